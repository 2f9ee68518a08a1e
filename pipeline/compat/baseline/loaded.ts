import type { Json, Name, View } from "../../../model/index.ts";
import type { Config } from "../../config.ts";
import type { NumberLock } from "../../locks/file.ts";
import type { SourceStore } from "../../source-store.ts";

/** One side of a comparison: a model, and what only some of its sources know. */
export interface Loaded {
  /** As it was asked for, or the part of its history that it is. */
  readonly label: string;
  readonly view: View;
  /** The texts its spans are about, where they are at hand. */
  readonly store?: SourceStore;
  readonly config?: Config;
  readonly locks?: ReadonlyMap<Name, NumberLock>;
  /** How generators are told to store it, by generator. */
  readonly storage?: { readonly [generator: string]: Json };
  /** The version of the types package. */
  readonly version?: string;
}

import type { Field, Name } from "../../model/index.ts";
import type { Random } from "./prng.ts";
import type { WireValue } from "./sample.ts";

/** What values of a type are made of, the system's profile applied. Parts are asked for when needed: types may contain themselves. */
export type Shape = LeafShape | ObjectShape | ListShape | MapShape | UnionShape;

/** A value that is chosen as a whole: a scalar, a member of an enum, a literal, free-form JSON. */
export interface LeafShape extends Probes {
  readonly kind: "leaf";
  /** True for its values, as they are after parsing: integers as doubles. */
  readonly accepts: (value: WireValue) => boolean;
  /** True for values of the right kind, whatever is wrong with them otherwise. */
  readonly isKind: (value: WireValue) => boolean;
  /** An everyday value. */
  readonly typical: (random: Random) => WireValue;
  /** Present when it has but one value. */
  readonly literal?: WireValue;
  /** Equal for leaves that messages describe by the same words. */
  readonly words: string;
  /** True when each of its values means something of its own. */
  readonly isEnum?: boolean;
}

/** Values worth trying. */
export interface Probes {
  /** The first is the simplest. */
  readonly valid: readonly Probe[];
  /** At an edge, or with a keyword beside it. */
  readonly boundary: readonly Probe[];
  readonly invalid: readonly Wrong[];
}

/** A value worth trying, and the keyword it fails if it is none of its type. */
export interface Probe {
  readonly shows: string;
  readonly value: WireValue;
  readonly keyword?: string;
  /** Another value that shows the same, with the same keyword. */
  readonly vary?: (random: Random) => WireValue;
}

/** A value that is none of its type. */
export type Wrong = Probe & { readonly keyword: string };

/** A JSON object with fields. */
export interface ObjectShape {
  readonly kind: "object";
  /** What the ledger calls it. */
  readonly at: Name;
  readonly members: readonly Member[];
  readonly groups: readonly Group[];
}

/** A field of an object. */
export interface Member {
  readonly key: string;
  /** What the ledger calls the field. */
  readonly at: Name;
  readonly field: Field;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly shape: () => Shape;
}

/** Keys of which at most one may be there. */
export interface Group {
  readonly name: string;
  readonly keys: readonly string[];
  readonly required: boolean;
}

/** A JSON array. */
export interface ListShape {
  readonly kind: "list";
  readonly item: () => Shape;
  readonly unique: boolean;
  readonly minItems: number;
  readonly maxItems: number;
}

/** A JSON object whose keys are values. */
export interface MapShape {
  readonly kind: "map";
  readonly keys: LeafShape;
  readonly value: () => Shape;
}

/** One of several shapes. */
export interface UnionShape {
  readonly kind: "union";
  readonly variants: readonly Variant[];
  /** Keys of fields that lie beside the shapes and are asked for whatever the shape; absent where the union adds nothing. */
  readonly common?: ReadonlySet<string>;
  /** True for a choice that is written where it is used, and has no name. */
  readonly isInline?: boolean;
}

/** One shape of a union. */
export interface Variant {
  readonly label: string;
  readonly shape: () => Shape;
}

/** True for an object, as opposed to an array or a scalar. */
export const isRecord = (value: WireValue | undefined): value is { readonly [key: string]: WireValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What an object has under a key of its own. */
export const own = (value: { readonly [key: string]: WireValue }, key: string): WireValue | undefined =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** An object of entries, whatever their keys are called. */
export function record(entries: Iterable<readonly [string, WireValue]>): WireValue {
  const value: Record<string, WireValue> = {};
  for (const [key, part] of entries) {
    if (key !== "__proto__") value[key] = part;
    else Object.defineProperty(value, key, { value: part, enumerable: true, configurable: true, writable: true });
  }
  return value;
}

/** A pointer one step further. */
export const pointerTo = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

import type { Event, System, View } from "../../pipeline/index.ts";
import type { Sample } from "../../verify/index.ts";
import type { Difference } from "./meaning.ts";

/** What the judges work on: the model, and a folder of generated files to hold against it. */
export interface Bench {
  readonly view: View;
  /** The folder of the project. */
  readonly folder: string;
  /** The folder that `concordat generate` wrote. */
  readonly generated: string;
  /** The events under test. */
  readonly events: readonly Event[];
  readonly system: (event: Event) => System;
}

/** What a target said to one sample. */
export type Verdict =
  | { readonly kind: "taken" }
  /** The target gave back something else than it was given. */
  | { readonly kind: "changed"; readonly got: string; readonly differences: readonly Difference[] }
  | {
      readonly kind: "refused";
      readonly why: string;
      /** Where, when the target says it. */
      readonly pointer?: string;
      /** Everything it found, when it has findings with a place and a keyword. */
      readonly findings?: readonly { readonly path: string; readonly keyword: string }[];
    }
  /** The engine or what surrounds it broke down: never right. */
  | { readonly kind: "failed"; readonly why: string }
  /** A question that this judge has no answer to. */
  | { readonly kind: "unasked" };

/** One target, asked by its own engine. */
export interface Judge {
  readonly name: string;
  /** The ledger's word for what it judges; of several, the weakest word counts. */
  readonly targets: readonly string[];
  /** Of each kind of an event's samples it sees no more than these, for what is slow. */
  readonly limit?: number;
  /** Which samples it sees, when not all of them. */
  readonly sees?: "values" | "faults";
  /** True where another judge stands before it that has to refuse faults: then it may take them. */
  readonly leavesFaults?: (event: Event) => boolean;
  /** Whether it judges this event at all. */
  readonly takes?: (event: Event) => boolean;
  /** Its verdicts, in the order of the samples; a promise may wait for `flush`. */
  readonly judge: (event: Event, samples: readonly Sample[]) => readonly Verdict[] | Promise<readonly Verdict[]>;
  /** Carries out what was put off. */
  readonly flush?: () => void | Promise<void>;
  readonly close?: () => void;
}

/** Makes a judge; it may compile, create tables or start processes. */
export type MakeJudge = (bench: Bench) => Judge | Promise<Judge>;

/** The word of a judge that has nothing against a sample. */
export const taken: Verdict = { kind: "taken" };

/** A refusal, its reason in one line. */
export const refused = (why: string, pointer?: string): Verdict => ({
  kind: "refused",
  why: why.replace(/\s+/g, " ").slice(0, 300),
  ...(pointer !== undefined && { pointer }),
});

/** The keywords by which a closed shape refuses keys it does not know; open shapes take them. */
export const closing: ReadonlySet<string> = new Set(["additionalProperties", "unevaluatedProperties"]);

/** One word for two engines of a judge: the one that is wrong, when one of them is. */
export function worse(sample: Sample | undefined, a: Verdict, b: Verdict | undefined): Verdict {
  if (b === undefined || b.kind === "unasked") return a;
  if (a.kind === "unasked") return b;
  const isGood = (verdict: Verdict): boolean => (verdict.kind === "taken") === (sample?.fault === undefined);
  return isGood(a) ? b : a;
}

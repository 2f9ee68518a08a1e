import type { Severity } from "../../model/index.ts";

/** What `concordat explain` has to say about one rule, finding or named thing. */
export interface Explanation {
  readonly name: string;
  /** What it is: `rule`, `finding`, `event`, `message`, `field of h2o.app.App`. */
  readonly what: string;
  /** What it means, in paragraphs. */
  readonly text: readonly string[];
  readonly facts: readonly Fact[];
  /** What it consists of: fields, values, versions. */
  readonly members: readonly Fact[];
  /** Everything that has been said about it, in the order in which it was said. */
  readonly origins: readonly Source[];
  readonly targets: readonly TargetFact[];
  readonly findings: readonly FoundFact[];
}

/** One thing that holds, and where that is said. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly from?: Source;
}

/** A place where a fact is stated, or the reason why it holds all the same. */
export interface Source {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly basis: "stated" | "inferred" | "overlay" | "default";
  readonly why?: string;
}

/** What it is in one target: under which names, and how well the target holds it. */
export interface TargetFact {
  readonly target: string;
  readonly names: readonly string[];
  readonly fidelity?: string;
  readonly why?: string;
}

/** A finding about it, or one that a code stands for. */
export interface FoundFact {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
}

/** An explanation with nothing in it but its subject. */
export const blank = (name: string, what: string): Explanation => ({
  name,
  what,
  text: [],
  facts: [],
  members: [],
  origins: [],
  targets: [],
  findings: [],
});

import type { View } from "./view.ts";

/**
 * How much a step asks of what is stored. `metadata`: nothing is written again. `rewrite`: everything is, and every value is
 * kept. `preflight`: as `rewrite`, if a query finds nothing that would be lost. `impossible`: not in place; what is printed is
 * the way around.
 */
export type StepClass = "metadata" | "rewrite" | "preflight" | "impossible";

/** When a step is taken: before producers send what is new, or after consumers have stopped to read what is old. */
export type StepPlace = "before-producers" | "after-consumers";

/** One step of a migration. */
export interface MigrationStep {
  readonly place: StepPlace;
  readonly class: StepClass;
  /** What it is about: a table, or a column behind the name of its table. */
  readonly at: string;
  /** What it does, in a sentence. */
  readonly what: string;
  /** A query that fails, and says why, when the step would lose something. */
  readonly preflight?: string;
  /** The same query in the names of before, where a former step renames something: it can be asked before any step. */
  readonly earlyPreflight?: string;
  readonly statements: readonly string[];
  /** The statements that undo it. */
  readonly back: readonly string[];
  /** What the way back does not bring back, or why there is none. */
  readonly backNote?: string;
  /** True for what has to be executed on each shard of a cluster, by hand. */
  readonly everyShard?: boolean;
}

/** What is not done, because it would lose data that nobody has asked to lose. */
export interface Withheld {
  /** The name by which it is asked for. */
  readonly allow: string;
  readonly at: string;
  readonly why: string;
}

/** The way from what was made of one model to what is made of another, in order. */
export interface Migration {
  readonly steps: readonly MigrationStep[];
  readonly withheld: readonly Withheld[];
}

/** A file, or what a running system says of itself. */
export interface StatementFile {
  readonly path: string;
  readonly content: string;
}

/** What a migration leads from and to. */
export interface MigrationSides {
  /** The files that were made of the old model, or the statements by which a running system describes itself. */
  readonly before: readonly StatementFile[];
  readonly after: readonly StatementFile[];
  /** The new model: it knows former names. */
  readonly view: View;
  /** True when `before` is what runs, and may have more than any model says. */
  readonly running: boolean;
  /** The names of what may be lost. */
  readonly allow: readonly string[];
}

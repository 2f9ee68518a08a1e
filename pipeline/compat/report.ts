import type { Audience, Direction, Mode, Verdict } from "../../checks/index.ts";
import type { Location, Name, Severity, Span } from "../../model/index.ts";

/** What a comparison with a baseline found, ready to be printed. */
export interface ComparisonReport {
  /** What it was compared with, as it was asked for. */
  readonly baselines: readonly string[];
  readonly mode: Mode;
  /** The least verdict that fails the run. */
  readonly failOn: FailOn;
  /** The targets that were judged, in the order of their columns. */
  readonly targets: readonly string[];
  /** How many facts differ, harmless ones included. */
  readonly changes: number;
  /** The changes that are not safe everywhere, by place. */
  readonly entries: readonly Entry[];
}

/** Verdicts that a run can be told to fail on. */
export const failOnChoices = ["breaking", "lossy", "hazard"] as const;
/** The least verdict that fails a run. */
export type FailOn = (typeof failOnChoices)[number];

/** One change, and what it means for every target. */
export interface Entry {
  /** The kind of the change: `field.type`. */
  readonly fact: string;
  readonly at: Name;
  readonly was?: string;
  readonly now?: string;
  readonly message: string;
  readonly fingerprint: string;
  /** The baseline that shows it; of several, the latest. */
  readonly baseline: string;
  /** Of the worst that nobody has waived; `info` when all of it is. */
  readonly severity: Severity;
  /** Where it is written now, or what it was part of. */
  readonly span?: Span;
  /** Where it stood in the baseline. */
  readonly old?: Pick<Location, "path"> & Partial<Location>;
  readonly audience: Audience;
  readonly judgements: readonly Judged[];
}

/** What one change means for one target in one direction. */
export interface Judged {
  readonly target: string;
  readonly direction: Direction;
  readonly verdict: Verdict;
  /** `compat/<target>/<fact>`. */
  readonly rule: string;
  readonly why: string;
  readonly fix?: string;
  /** How it counts; `safe` does not. */
  readonly severity?: Severity;
  readonly waiver?: Waived;
}

/** Why a verdict is accepted for a while. */
export interface Waived {
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

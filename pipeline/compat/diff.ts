import { type Audience, type Change, whom } from "../../checks/index.ts";
import type { RunResult } from "../run.ts";
import { sentence } from "./sentences.ts";
import { type AgainstOptions, startComparison } from "./sides.ts";
import { compareLoaded } from "./storage.ts";

/** One fact that differs, with whom it concerns, and no verdict. */
export interface Fact {
  readonly change: Change;
  /** The change as a sentence. */
  readonly message: string;
  readonly audience: Audience;
}

/** What differs from one baseline. */
export interface Difference {
  readonly baseline: string;
  readonly facts: readonly Fact[];
}

/** The outcome of `concordat diff`: one difference for each baseline, none when a side cannot be loaded. */
export interface DiffResult extends RunResult {
  readonly differences?: readonly Difference[];
}

/** Everything that differs between a project and its baselines. */
export async function diff(options: AgainstOptions): Promise<DiffResult> {
  const { sides, end } = await startComparison(options);
  if (!sides) return end();
  const differences = sides.baselines.map((before): Difference => {
    const { changes, sides: both } = compareLoaded(before, sides.current);
    const facts = changes.map((change) => ({ change, message: sentence(change), audience: whom(change, both) }));
    return { baseline: before.label, facts };
  });
  return { ...end(), differences };
}

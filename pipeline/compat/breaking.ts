import { existsSync } from "node:fs";
import { join } from "node:path";
import { isAtLeast, type Mode, targetNames } from "../../checks/index.ts";
import { nearest, type Report } from "../../model/index.ts";
import { unknownName } from "../diagnostics.ts";
import type { RunResult } from "../run.ts";
import { type Asked, entriesOf } from "./entries.ts";
import type { ComparisonReport, Entry, FailOn } from "./report.ts";
import { type AgainstOptions, type Session, type Sides, startComparison } from "./sides.ts";
import { compareLoaded } from "./storage.ts";
import { waive, worstOf } from "./waive.ts";
import { readWaivers, type Waiver } from "./waivers-file.ts";

/** Where waivers lie, unless the configuration says otherwise. */
const waiversPath = "contracts/waivers.yaml";

/** What to ask about a change. Whatever is not said is as configured, and otherwise: backward, all targets, fail on what breaks. */
export interface BreakingOptions extends AgainstOptions {
  readonly mode?: Mode;
  readonly targets?: readonly string[];
  readonly failOn?: FailOn;
  /** The day it is, as YYYY-MM-DD: waivers end. */
  readonly today: string;
}

/** The outcome of a comparison: what it has to tell of itself, and of the changes. */
export interface BreakingResult extends RunResult {
  readonly comparison?: ComparisonReport;
}

/** Compares a project with its baselines, and says of each change what it does to every target. */
export async function breaking(options: BreakingOptions): Promise<BreakingResult> {
  return judgeSession(await startComparison(options), options);
}

/** Judges what a session has loaded. */
export function judgeSession(session: Session, options: BreakingOptions): BreakingResult {
  const { sides, findings, end } = session;
  const asked = sides && whatIsAsked(sides, options, findings.report);
  if (!sides || !asked) return end();
  const comparison = comparisonOf(sides, asked, options.today, findings.report);
  const result = end();
  const isBroken = comparison.entries.some(({ severity }) => severity === "error");
  return { ...result, comparison, exitCode: result.exitCode === 0 && isBroken ? 1 : result.exitCode };
}

function whatIsAsked({ project }: Sides, options: BreakingOptions, report: Report): Asked | undefined {
  const { mode, targets, failOn } = { ...project.config.breaking, ...withoutNothing(options) };
  const unknown = (targets ?? []).filter((name) => !targetNames.includes(name));
  for (const name of unknown) {
    const near = nearest(name, targetNames);
    report(unknownName(undefined, { option: "--target", name, near, known: targetNames }));
  }
  if (unknown.length > 0) return undefined;
  return {
    mode: mode ?? "backward",
    targets: targets ? targetNames.filter((name) => targets.includes(name)) : targetNames,
    failOn: failOn ?? "breaking",
  };
}

/** Options that somebody gave. */
const withoutNothing = ({ mode, targets, failOn }: BreakingOptions) => ({
  ...(mode && { mode }),
  // An empty list would ask about nothing, and find nothing.
  ...(targets && targets.length > 0 && { targets }),
  ...(failOn && { failOn }),
});

function comparisonOf(sides: Sides, asked: Asked, today: string, report: Report): ComparisonReport {
  const { baselines, current } = sides;
  const entries = new Map<string, Entry>();
  const changes = new Set<string>();
  for (const before of baselines) {
    const found = entriesOf(before, current, compareLoaded(before, current), asked);
    for (const one of found.fingerprints) changes.add(one);
    // What an earlier version shows as well is told once, of the latest.
    for (const entry of found.entries) {
      const key = JSON.stringify([entry.fact, entry.at, entry.fingerprint]);
      const known = entries.get(key);
      entries.set(key, known ? worseOf(known, entry) : entry);
    }
  }
  return {
    baselines: baselines.map(({ label }) => label),
    ...asked,
    changes: changes.size,
    entries: waive([...entries.values()], waiversOf(sides, report), { today, ...asked }, report),
  };
}

/** One change that two baselines show: what surrounds it may differ, and whatever is worse holds. */
function worseOf(known: Entry, other: Entry): Entry {
  const judgements = known.judgements.map((judged) => {
    const again = other.judgements.find(
      ({ rule, direction }) => rule === judged.rule && direction === judged.direction,
    );
    return again && !isAtLeast(judged.verdict, again.verdict) ? again : judged;
  });
  return { ...known, judgements, severity: worstOf(judgements) };
}

/** The waivers of a project; none, where nobody wrote any. */
function waiversOf({ project: { config }, store }: Sides, report: Report): readonly Waiver[] {
  const own = config.breaking?.waivers;
  if (!own && !existsSync(join(config.folder, waiversPath))) return [];
  const source = store.read(own?.path ?? waiversPath, own?.span, report);
  return source ? readWaivers(source, report) : [];
}

import type { Verdict } from "../../checks/index.ts";
import type { Severity } from "../../model/index.ts";
import type { ComparisonReport, Entry, Judged } from "../compat/report.ts";
import type { Printed, PrintedFinding } from "./printed.ts";

/** All findings of a run, those of a comparison among them: one for each change, target and waiver, its directions together. */
export const allFindings = ({ findings, comparison }: Printed): readonly PrintedFinding[] => [
  ...findings,
  ...(comparison?.entries.flatMap(findingsOf) ?? []),
];

/** What one change means for one target. */
export interface Group {
  readonly first: Judged;
  readonly directions: readonly string[];
  readonly severity: Severity;
}

/** The verdicts of a change that count, worst first; directions with the same verdict for the same reason stand together. */
export function groupsOf({ judgements }: Entry): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const judged of judgements) {
    if (!judged.severity) continue;
    const { rule, verdict, why, waiver, severity, direction } = judged;
    const key = JSON.stringify([rule, verdict, why, waiver]);
    const known = groups.get(key);
    groups.set(key, { first: judged, severity, directions: [...(known?.directions ?? []), direction] });
  }
  const rank = { error: 0, warning: 1, info: 2 };
  return [...groups.values()].sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** What to do about a change, each advice once, with the targets that it helps. */
export function fixesOf(groups: readonly Group[]): ReadonlyMap<string, readonly string[]> {
  const fixes = new Map<string, readonly string[]>();
  for (const { first } of groups) {
    if (first.fix === undefined || first.waiver) continue;
    const known = fixes.get(first.fix) ?? [];
    if (!known.includes(first.target)) fixes.set(first.fix, [...known, first.target]);
  }
  return fixes;
}

function findingsOf(entry: Entry): readonly PrintedFinding[] {
  return groupsOf(entry).map(({ first, directions, severity }) => ({
    code: first.rule,
    severity,
    message: `${entry.message} ${verdictWords(first.target, first.verdict, directions)}: ${first.why}`,
    at: entry.at,
    ...(entry.span && { span: entry.span }),
    ...(first.fix !== undefined && { hint: first.fix }),
    fingerprint: entry.fingerprint,
    ...(first.waiver && { waived: first.waiver }),
  }));
}

const verdictWords = (target: string, verdict: Verdict, directions: readonly string[]): string =>
  `${words[verdict]} for ${target}, ${directions.join(" and ")}`;

const words: Readonly<Record<Verdict, string>> = {
  safe: "Safe",
  hazard: "A hazard",
  "unknown-field": "Passed over",
  lossy: "Lossy",
  breaking: "Breaking",
};

/** Who is reached by a change, in one line; nothing, when nobody is. */
export function audienceWords({ audience: { carriers, topics, owners } }: Entry, most = 5): string | undefined {
  const some = (all: readonly string[]): string =>
    all.length <= most ? all.join(", ") : `${all.slice(0, most).join(", ")} and ${all.length - most} more`;
  const parts = [
    ...(carriers.length > 0 ? [some(carriers)] : []),
    ...(topics.length > 0 ? [`topics ${some(topics)}`] : []),
    ...(owners.length > 0 ? [`owners ${some(owners)}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** How a comparison went, as a sentence. */
export function comparisonWords({ baselines, changes, entries, mode }: ComparisonReport): string {
  const against = `Compared with ${baselines.join(", ")} (${mode})`;
  if (changes === 0) return `${against}: no changes.`;
  const all = `${changes} change${changes === 1 ? "" : "s"}`;
  return `${against}: ${all}, ${entries.length === 0 ? "all of them safe" : `${entries.length} not safe for everybody`}.`;
}

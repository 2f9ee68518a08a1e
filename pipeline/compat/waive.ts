import { isAsked, type Mode } from "../../checks/index.ts";
import type { Report } from "../../model/index.ts";
import * as say from "./diagnostics.ts";
import type { Entry, Judged } from "./report.ts";
import type { Waiver } from "./waivers-file.ts";

/** What waivers are held against. */
export interface WaiverContext {
  /** The day it is, as YYYY-MM-DD. */
  readonly today: string;
  readonly targets: readonly string[];
  readonly mode: Mode;
}

/**
 * Puts waivers to work: verdicts they cover stay in the report and do not count. One that is past its day covers nothing and
 * is an error, and one that covers nothing is told.
 */
export function waive(
  entries: readonly Entry[],
  waivers: readonly Waiver[],
  { today, targets, mode }: WaiverContext,
  report: Report,
): readonly Entry[] {
  const used = new Set<Waiver>();
  const standing = waivers.filter(({ at, rule, expires, owner, span }) => {
    if (expires >= today) return true;
    report(say.expired(span, { at, rule, date: expires, owner, today }));
    return false;
  });
  const covered = (entry: Entry, judged: Judged): Judged => {
    const waiver = judged.severity && standing.find((one) => covers(one, entry, judged));
    if (!waiver) return judged;
    used.add(waiver);
    const { reason, owner, expires } = waiver;
    return { ...judged, severity: "info", waiver: { reason, owner, expires } };
  };
  const waived = entries.map((entry) => {
    const judgements = entry.judgements.map((judged) => covered(entry, judged));
    return { ...entry, judgements, severity: worstOf(judgements) };
  });
  for (const waiver of standing) {
    const { at, rule, directions, span } = waiver;
    const looked =
      targets.includes(rule.split("/")[1] ?? "") && (directions ?? [mode]).some((one) => isLookedAt(mode, one));
    if (used.has(waiver) || !looked) continue;
    const now = entries.find(
      (entry) => entry.at === at && entry.judgements.some((judged) => judged.severity && judged.rule === rule),
    )?.fingerprint;
    report(say.unusedWaiver(span, { at, rule, now: now === waiver.fingerprint ? undefined : now }));
  }
  return waived;
}

const isLookedAt = (mode: Mode, direction: string): boolean =>
  direction === "full" || isAsked(mode, direction as Judged["direction"]);

const covers = (waiver: Waiver, { at, fingerprint }: Entry, { rule, direction }: Judged): boolean =>
  waiver.rule === rule &&
  waiver.at === at &&
  waiver.fingerprint === fingerprint &&
  (waiver.directions === undefined || waiver.directions.includes(direction));

/** The worst severity of verdicts that count. */
export function worstOf(judgements: readonly Judged[]): Entry["severity"] {
  const severities = judgements.filter(({ waiver }) => !waiver).map(({ severity }) => severity);
  return (["error", "warning"] as const).find((severity) => severities.includes(severity)) ?? "info";
}

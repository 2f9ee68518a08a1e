import type { Span } from "../../model/index.ts";
import type { Difference } from "../compat/diff.ts";
import { place } from "./findings-text.ts";
import { plain } from "./paint.ts";
import { printable } from "./printable.ts";
import type { Surroundings } from "./printed.ts";

/** Differences as text: a sentence for each fact, where it stands now. */
export function differencesText(differences: readonly Difference[], surroundings: Surroundings): string {
  const { paint = plain } = surroundings;
  return differences
    .map(({ baseline, facts }) => {
      const lines = facts.map(({ change, message }) => {
        const text = `${paint.faint(`${change.kind}:`)} ${printable(message)}\n`;
        return change.new ? `${paint.place(place(change.new, surroundings))} - ${text}` : text;
      });
      const count = facts.length === 0 ? "no changes" : `${facts.length} change${facts.length === 1 ? "" : "s"}`;
      return `${lines.join("")}${lines.length > 0 ? "\n" : ""}Since ${printable(baseline)}: ${count}.\n`;
    })
    .join("\n");
}

/** Differences as JSON: the facts, their places on both sides, and whom they reach. */
export function differencesJson(differences: readonly Difference[], { store }: Pick<Surroundings, "store">): string {
  const located = (span: Span) => {
    const at = store?.text(span.path) === undefined ? undefined : store.locate(span);
    const { path, start, end } = span;
    return { path, start, end, ...(at && { from: { line: at.line, column: at.column } }) };
  };
  const rows = differences.map(({ baseline, facts }) => ({
    baseline,
    facts: facts.map(({ change: { kind, at, was, now, old, new: next, fingerprint }, message, audience }) => ({
      fact: kind,
      at,
      ...(was !== undefined && { was }),
      ...(now !== undefined && { now }),
      message,
      fingerprint,
      ...(old && { old: { path: old.path, start: old.start, end: old.end } }),
      ...(next && { span: located(next) }),
      audience,
    })),
  }));
  return `${JSON.stringify({ schemaVersion: 1, findings: [], suppressed: 0, differences: rows }, null, 2)}\n`;
}

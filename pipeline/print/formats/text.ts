import type { Entry } from "../../compat/report.ts";
import { audienceWords, comparisonWords, fixesOf, groupsOf } from "../compat-findings.ts";
import { count, excerpt, findingText, place } from "../findings-text.ts";
import { plain } from "../paint.ts";
import { printable } from "../printable.ts";
import type { Printed, Surroundings } from "../printed.ts";

/** Findings as people read them in a terminal; of a comparison, a block for each change. */
export function findingsAsText({ findings, suppressed, comparison }: Printed, surroundings: Surroundings): string {
  const entries = comparison?.entries ?? [];
  const blocks = [
    ...findings.map((finding) => findingText(finding, surroundings)),
    ...entries.map((entry) => entryText(entry, surroundings)),
    ...(comparison ? [`${printable(comparisonWords(comparison))}\n`] : []),
  ];
  const counted = [...findings, ...entries];
  return [...blocks, ...(counted.length + suppressed > 0 ? [count(counted, suppressed)] : [])].join("\n");
}

function entryText(entry: Entry, surroundings: Surroundings): string {
  const { paint = plain } = surroundings;
  const { severity, fact, message, span, old, baseline, fingerprint } = entry;
  const head = `${paint[severity](severity)} ${paint.faint(`${fact}:`)} ${printable(message)}`;
  const lines = span
    ? [`${paint.place(place(span, surroundings))} - ${head}`, ...excerpt(span, severity, surroundings)]
    : [head];
  const groups = groupsOf(entry);
  const width = Math.max(...groups.map(({ first }) => first.verdict.length), 0);
  for (const { first, directions, severity: own } of groups) {
    const rule = `${first.rule} (${directions.join(", ")})`;
    lines.push(`  ${paint[own](first.verdict.padEnd(width))} ${rule}: ${printable(first.why)}`);
    const { waiver } = first;
    if (waiver)
      lines.push(`    waived until ${waiver.expires} by ${printable(waiver.owner)}: ${printable(waiver.reason)}`);
  }
  for (const [fix, targets] of fixesOf(groups))
    lines.push(`  ${paint.faint(`fix (${targets.join(", ")}):`)} ${printable(fix)}`);
  const reached = audienceWords(entry);
  if (reached !== undefined) lines.push(`  ${paint.faint("reaches:")} ${printable(reached)}`);
  const was = old && (old.line === undefined ? old.path : `${old.path}:${old.line}:${old.column}`);
  lines.push(`  ${paint.faint("before:")} ${printable(was === undefined ? baseline : `${was} in ${baseline}`)}`);
  lines.push(`  ${paint.faint("fingerprint:")} ${fingerprint}`);
  return `${lines.join("\n")}\n`;
}

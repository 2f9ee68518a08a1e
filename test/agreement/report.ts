import type { Overstatement } from "./honesty.ts";
import type { Result, ToldDisagreement } from "./result.ts";

/** The end of a run in words: what disagrees, what the ledger overstates, and a table of counts. */
export function reportText(result: Result, overstated: readonly Overstatement[], seconds: number): string {
  return [
    ...result.disagreements.map(paragraph),
    ...overstated.map(({ target, at, fidelity, why }) => `${target} calls ${at} ${fidelity}, and it never was: ${why}`),
    "",
    table(result),
    "",
    `${result.events} events, ${result.disagreements.length} disagreements, ${overstated.length} rows of the ledger that overstate, ${Math.round(seconds)} s.`,
  ].join("\n");
}

function paragraph(one: ToldDisagreement): string {
  const often = one.count > 1 ? ` (${one.count} samples, ${one.events} event${one.events === 1 ? "" : "s"})` : "";
  const sample = one.sample.length > 1_000 ? `${one.sample.slice(0, 1_000)}…` : one.sample;
  return [
    `${one.judge} ${one.wrong}: ${one.at}${one.keyword ? `, ${one.keyword}` : ""}${often}`,
    `  event     ${one.event} (${one.source})`,
    `  shows     ${one.shows}`,
    `  sample    ${sample}`,
    `  expected  ${one.expected}`,
    `  verdict   ${one.verdict}`,
    `  ledger    ${one.word}`,
  ].join("\n");
}

function table({ counts }: Result): string {
  const head = ["judge", "samples", "taken", "refused", "ledgered", "disagree", "seconds"];
  const rows = Object.entries(counts).map(([judge, count]) => [
    judge,
    ...[count.samples, count.taken, count.refused, count.ledgered, count.disagreements].map(String),
    (count.milliseconds / 1000).toFixed(1),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
    )
    .join("\n");
}

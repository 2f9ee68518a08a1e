import { type Verdict, worst } from "../../../checks/index.ts";
import type { Severity } from "../../../model/index.ts";
import type { ComparisonReport, Entry } from "../../compat/report.ts";
import { comparisonWords, groupsOf } from "../compat-findings.ts";
import { count } from "../findings-text.ts";
import { code, prose } from "../markdown.ts";
import { type Printed, type PrintedFinding, placeOf, type Surroundings } from "../printed.ts";

/** A comment of GitHub has room for 65,536 characters. */
const room = 60_000;

/** Findings as a comment on a pull request: a row for each; of a comparison, a matrix of changes and targets, then whom they reach and the way out. */
export function findingsAsMarkdown(printed: Printed, surroundings: Surroundings): string {
  const { findings, suppressed, comparison } = printed;
  const counted = [...findings, ...(comparison?.entries ?? [])];
  const summary = counted.length + suppressed > 0 ? count(counted, suppressed).trimEnd() : "No findings.";
  const lines = [
    "## Contracts",
    "",
    summary,
    ...(findings.length > 0 ? ["", "| | Where | Finding | |", "| --- | --- | --- | --- |"] : []),
    ...findings.map((finding) => row(finding, surroundings)),
    ...(comparison ? ["", ...comparisonLines(comparison, surroundings)] : []),
  ];
  return `${fitted(lines)}\n`;
}

/** As many lines as fit; a table may end anywhere. */
function fitted(lines: readonly string[]): string {
  let length = 0;
  const kept = lines.filter((line) => {
    length += line.length + 1;
    return length < room;
  });
  const left = lines.length - kept.length;
  return [...kept, ...(left > 0 ? ["", `${left} more lines do not fit into a comment.`] : [])].join("\n");
}

function row(finding: PrintedFinding, surroundings: Surroundings): string {
  const { severity, message, hint, code: name } = finding;
  const text = hint === undefined ? prose(message) : `${prose(message)}<br>${prose(hint)}`;
  return `| ${signs[severity]} | ${where(finding, surroundings)} | ${text} | ${code(name)} |`;
}

function where({ span }: Pick<PrintedFinding, "span">, surroundings: Surroundings): string {
  if (!span) return "";
  const { path, from } = placeOf(span, surroundings);
  return code(from ? `${path}:${from.line}` : path);
}

function comparisonLines(comparison: ComparisonReport, surroundings: Surroundings): readonly string[] {
  const { targets } = comparison;
  // What does not fit is at the end: the worst comes first.
  const entries = severities.flatMap((severity) => comparison.entries.filter((entry) => entry.severity === severity));
  const head = prose(comparisonWords(comparison));
  if (entries.length === 0) return [head];
  return [
    head,
    "",
    `| Change | ${targets.join(" | ")} |`,
    `| --- |${" --- |".repeat(targets.length)}`,
    ...entries.map(
      (entry) => `| ${prose(entry.message)} | ${targets.map((target) => cell(entry, target)).join(" | ")} |`,
    ),
    "",
    "### Whom it reaches, and the way out",
    ...entries.flatMap((entry) => details(entry, surroundings)),
    "",
    "<sub>B breaking, L lossy, U passed over as unknown, H a hazard, – safe; one sign where all directions agree. Brackets: waived.</sub>",
  ];
}

/** The verdicts of a target: one sign, where its directions agree, and otherwise a sign for each. */
function cell({ judgements }: Entry, target: string): string {
  const own = judgements.filter((judged) => judged.target === target);
  const sign = ({ verdict, waiver }: (typeof own)[number]): string =>
    waiver ? `(${letters[verdict]})` : letters[verdict];
  const signs = own.map(sign);
  const shown =
    new Set(signs).size <= 1
      ? (signs[0] ?? "–")
      : own.map((judged) => `${judged.direction} ${sign(judged)}`).join(", ");
  return worst(own.filter(({ waiver }) => !waiver).map(({ verdict }) => verdict)) === "breaking"
    ? `**${shown}**`
    : shown;
}

function details(entry: Entry, surroundings: Surroundings): readonly string[] {
  const { carriers, topics, owners } = entry.audience;
  const list = (title: string, names: readonly string[]): readonly string[] =>
    names.length === 0
      ? []
      : [
          `- ${title}: ${names.slice(0, 10).map(code).join(", ")}${names.length > 10 ? ` and ${names.length - 10} more` : ""}`,
        ];
  const at = where(entry, surroundings);
  return [
    "",
    `**${code(entry.at)}** ${prose(entry.fact)}${at === "" ? "" : ` at ${at}`}, fingerprint ${code(entry.fingerprint)}`,
    "",
    ...list("Reaches", carriers),
    ...list("Topics", topics),
    ...list("Owners", owners),
    ...groupsOf(entry).map(({ first, directions }) => {
      const { target, verdict, why, fix, waiver } = first;
      const waived = waiver ? ` Waived until ${waiver.expires} by ${prose(waiver.owner)}: ${prose(waiver.reason)}` : "";
      return `- ${target} (${directions.join(", ")}), ${verdict}: ${prose(why)}${fix === undefined ? "" : ` ${prose(fix)}`}${waived}`;
    }),
  ];
}

const severities: readonly Severity[] = ["error", "warning", "info"];
const letters: Readonly<Record<Verdict, string>> = {
  safe: "–",
  hazard: "H",
  "unknown-field": "U",
  lossy: "L",
  breaking: "B",
};
const signs: Readonly<Record<Severity, string>> = { error: "❌", warning: "⚠️", info: "ℹ️" };

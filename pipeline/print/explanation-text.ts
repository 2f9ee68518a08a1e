import type { Explanation, Fact, Source } from "../explain/explanation.ts";
import { type Paint, plain } from "./paint.ts";

/** How explanations are printed. */
export interface ExplanationOptions {
  readonly paint?: Paint;
  /** Paths are shown as they are named from here. */
  readonly place: (source: Source) => string;
}

/** Explanations as text: what it is, what it means, what holds and who says so, and what became of it. */
export function explanationText(explanations: readonly Explanation[], options: ExplanationOptions): string {
  return explanations.map((explanation) => one(explanation, options)).join("\n");
}

function one(explanation: Explanation, { paint = plain, place }: ExplanationOptions): string {
  const { name, what, text, facts, members, origins, targets, findings } = explanation;
  // What is told once under "Said at" is not told again for every fact.
  const known = new Set(origins.map(({ why }) => why));
  const brief = (source: Source): string =>
    source.basis === "stated" ? "" : ` ${known.has(source.why) ? source.basis : reason(source)}`;
  const from = (source: Source | undefined): string => (source ? paint.faint(`${place(source)}${brief(source)}`) : "");
  const rows = (all: readonly Fact[]): readonly string[] =>
    columns(all.map((fact) => [fact.name, fact.value, from(fact.from)]));
  const isFinding = what === "rule" || what === "finding";
  return [
    `${paint.place(name)} ${paint.faint(`· ${what}`)}`,
    ...section(
      "",
      text.flatMap((paragraph, i) => [...(i > 0 ? [""] : []), ...wrap(paragraph)]),
    ),
    ...section("", rows(facts)),
    ...section(memberTitles[what] ?? "Fields", rows(members)),
    ...section("Said at", columns(origins.map((source) => [place(source), reason(source)]))),
    ...section(
      "In the targets",
      columns(targets.map((row) => [row.target, row.fidelity ?? "", row.names.join(", ") || (row.why ?? "")])),
    ),
    ...section(
      isFinding ? "What it says" : "Findings",
      findings.flatMap(({ severity, code, message, hint }) => [
        `${paint[severity](severity)} ${isFinding ? "" : `${paint.faint(`${code}:`)} `}${message}`,
        ...(hint ? [`  ${paint.faint("hint:")} ${hint}`] : []),
      ]),
    ),
    "",
  ].join("\n");
}

const reason = ({ basis, why }: Source): string => (why === undefined ? basis : `${basis}: ${why}`);

const memberTitles: Readonly<Record<string, string>> = {
  enum: "Values",
  operation: "Versions",
  component: "Environment",
  topic: "Events",
  "rule of compatibility": "Rows",
  union: "Variants and common fields",
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? []
    : ["", ...(title === "" ? [] : [title]), ...lines.map((line) => (line === "" ? "" : `  ${line}`))];

/** Columns as wide as they need to be; the last one runs on, and a very wide cell pushes only its own row. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1].map((at) => Math.min(48, Math.max(0, ...rows.map((row) => (row[at] ?? "").length))));
  return rows.map((row) =>
    row
      .map((cell, at) => (at < row.length - 1 ? cell.padEnd(widths[at] ?? 0) : cell))
      .join("  ")
      .trimEnd(),
  );
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 100) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

import { relative, resolve } from "node:path";
import type { Diagnostic, Location, Span } from "../../model/index.ts";
import type { SourceStore } from "../source-store.ts";
import { type Paint, plain } from "./paint.ts";
import { printable } from "./printable.ts";

/** What printing needs to know of its surroundings. */
export interface TextOptions {
  readonly store: SourceStore | undefined;
  /** The folder that spans are relative to, and the one that printed paths shall be relative to. */
  readonly folder: string;
  readonly workingFolder: string;
  readonly paint?: Paint;
  /** How many findings are not told, for the count at the end. */
  readonly suppressed?: number;
}

/**
 * Findings as text: `path:line:col - severity code: message`, the line with a mark under the span, related places, the way
 * out; at the end the count.
 */
export function findingsText(findings: readonly Diagnostic[], options: TextOptions): string {
  const blocks = findings.map((finding) => findingText(finding, options));
  const { suppressed = 0 } = options;
  return [...blocks, ...(findings.length + suppressed > 0 ? [count(findings, suppressed)] : [])].join("\n");
}

/** One finding, without what follows it. */
export function findingText(
  { code, severity, message, span, related = [], hint }: Diagnostic,
  options: TextOptions,
): string {
  const { paint = plain } = options;
  const head = `${paint[severity](severity)} ${paint.faint(`${code}:`)} ${printable(message)}`;
  const lines = span ? [`${paint.place(place(span, options))} - ${head}`, ...excerpt(span, severity, options)] : [head];
  for (const other of related) {
    lines.push(`  ${paint.place(place(other.span, options))} - ${printable(other.message)}`);
    lines.push(...excerpt(other.span, "info", options).map((line) => `  ${line}`));
  }
  if (hint) lines.push(`  ${paint.faint("hint:")} ${printable(hint)}`);
  return `${lines.join("\n")}\n`;
}

/** Where a span is, as somebody in the working folder would name it. */
export function place(span: Span, { store, folder, workingFolder }: TextOptions): string {
  const path = relative(workingFolder, resolve(folder, span.path)) || span.path;
  const location: Location | undefined = store?.text(span.path) === undefined ? undefined : store.locate(span);
  return location ? `${path}:${location.line}:${location.column}` : path;
}

const widest = 160;

/** The line of a span, and a mark under the part of it that the span covers. */
export function excerpt(
  span: Span,
  severity: Diagnostic["severity"],
  { store, paint = plain }: TextOptions,
): readonly string[] {
  const text = store?.text(span.path);
  if (!text || !store) return [];
  const { line, column } = store.locate(span);
  const start = span.start - column + 1;
  const newline = text.indexOf("\n", start);
  const whole = text.slice(start, newline < 0 ? undefined : newline).replace(/\r$/, "");
  if (whole.trim() === "") return [];
  // A very long line is shown around its mark.
  const from = column > widest - 40 ? column - 40 : 0;
  const shown = printable(whole.slice(from, from + widest));
  const length = Math.max(1, Math.min(span.end - span.start, whole.length - column + 1, widest));
  const mark = " ".repeat(column - 1 - from) + "~".repeat(length);
  const number = String(line);
  return [
    `${paint.faint(`${number} |`)} ${shown}`,
    `${paint.faint(`${" ".repeat(number.length)} |`)} ${paint[severity](mark.slice(0, shown.length + 1))}`,
  ];
}

/** How many findings there are of each severity, as a sentence. */
export function count(findings: readonly Pick<Diagnostic, "severity">[], suppressed: number): string {
  const of = (severity: Diagnostic["severity"], word: string): readonly string[] => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : [`${n} ${word}${n === 1 ? "" : "s"}`];
  };
  const hidden = suppressed === 0 ? [] : [`${suppressed} suppressed`];
  return `${[...of("error", "error"), ...of("warning", "warning"), ...of("info", "note"), ...hidden].join(", ")}.\n`;
}

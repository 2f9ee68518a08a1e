import type { Span } from "../../model/index.ts";
import type { PageCell } from "../event-pages/page.ts";

/** A line of a page without the blanks around it; `start` is where its first word stands in the file. */
export interface Line {
  readonly text: string;
  readonly start: number;
  /** How many blanks stand before it. */
  readonly indent: number;
  /** How many of them are tabs: cells that are empty. */
  readonly tabs: number;
}

/** Splits a text into lines; a last one without a line break is one as well. */
export function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/[^\r\n]+|\r\n|\r|\n/g)].reduce<Line[]>(
    (lines, { 0: part, index }) => {
      const last = lines.at(-1);
      if (/[\r\n]/.test(part)) lines.push({ text: "", start: index + part.length, indent: 0, tabs: 0 });
      else if (last) {
        const indent = part.length - part.trimStart().length;
        const tabs = part.slice(0, indent).split("\t").length - 1;
        lines[lines.length - 1] = { text: part.trim(), start: index + indent, indent, tabs };
      }
      return lines;
    },
    [{ text: "", start: 0, indent: 0, tabs: 0 }],
  );
}

/** Where a line stands. */
export const spanOf = (path: string, { text, start }: Line): Span => ({ path, start, end: start + text.length });

/** A stretch of one line as a cell, without the blanks around it. */
export function cellOf(path: string, line: Line, from: number, to: number): PageCell {
  const raw = line.text.slice(from, to);
  const text = raw.trim();
  const start = line.start + from + raw.length - raw.trimStart().length;
  return { text, span: { path, start, end: start + text.length } };
}

/** Several lines as one, with blanks for their breaks. */
export function joined(path: string, lines: readonly Line[]): PageCell {
  const [first] = lines;
  const last = lines.at(-1);
  return {
    text: lines.map((line) => line.text).join(" "),
    span: { path, start: first?.start ?? 0, end: (last?.start ?? 0) + (last?.text.length ?? 0) },
  };
}

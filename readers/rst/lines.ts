import type { SourceFile, Span } from "../../model/index.ts";

/** A line without its line feed, and without the marks that generators put in and nobody sees. */
export interface Line {
  readonly text: string;
  /** The place of a part of the text, `end` excluded; of all of it but the blanks around it when no part is named. */
  readonly span: (start?: number, end?: number) => Span;
}

/** Splits a text at its line feeds. */
export function linesOf({ path, text }: SourceFile): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    lines.push(lineOf(path, text.slice(start, end).replace(/\r$/, ""), start));
    start = end + 1;
  }
  return lines;
}

export const isBlank = ({ text }: Line): boolean => !/\S/.test(text);
export const isIndented = ({ text }: Line): boolean => /^[ \t]/.test(text);
/** A row of one punctuation mark: what stands under a title. */
export const isRuler = ({ text }: Line): boolean => /^([-=~^"'`#*+.:_])\1{2,}[ \t]*$/.test(text);

// Invisible separator, zero width space, byte order mark.
const unseen = /[\u2063\u200b\ufeff]/g;

function lineOf(path: string, raw: string, at: number): Line {
  const text = raw.replace(unseen, "");
  const offsetOf = offsets(raw, text, at);
  return {
    text,
    span: (start = text.length - text.trimStart().length, end = Math.max(start, text.trimEnd().length)) => ({
      path,
      start: offsetOf(start),
      end: end > start ? offsetOf(end - 1) + 1 : offsetOf(start),
    }),
  };
}

/** From columns of the text as it is read to offsets of the text as it is written. */
function offsets(raw: string, text: string, at: number): (column: number) => number {
  if (raw.length === text.length) return (column) => at + column;
  const columns: number[] = [];
  let last = 0;
  for (const { 0: mark, index } of raw.matchAll(unseen)) {
    for (; last < index; last++) columns.push(last);
    last = index + mark.length;
  }
  for (; last <= raw.length; last++) columns.push(last);
  return (column) => at + (columns[column] ?? raw.length);
}

import type { Report } from "../../model/index.ts";
import type { ColumnName } from "../event-pages/column-words.ts";
import { brief } from "../event-pages/context.ts";
import { eventTypeField } from "../event-pages/events.ts";
import { readMark } from "../event-pages/marks.ts";
import type { PageCell } from "../event-pages/page.ts";
import type { Phrases } from "../event-pages/phrases.ts";
import { quotedAt } from "../event-pages/quotes.ts";
import { parseType } from "../event-pages/type-grammar.ts";
import { unreadWords, unsplitColumn } from "./diagnostics.ts";
import { type Header, tabbed } from "./header.ts";
import { cellOf, type Line } from "./lines.ts";

/** Splits the lines of a table of fields into rows of cells, in the order of the header. */
export type SplitRow = (line: Line) => readonly PageCell[];

/**
 * Makes the splitter for a table whose cells are parted by single blanks. Only what comes from a closed vocabulary can be
 * told from what follows: a name is one word, a type is a known type, a mark is a yes or no; the one column of free text
 * takes what is left between them.
 */
export function fieldSplitter(path: string, header: Header, phrases: Phrases, report: Report): SplitRow {
  const free = header.columns.indexOf("description");
  const readable = header.columns.map((column, index) => index === free || isClosed(column));
  const before = header.columns.slice(0, free < 0 ? undefined : free);
  const after = free < 0 ? [] : header.columns.slice(free + 1);

  return (line) => {
    let from = 0;
    let to = line.text.length;
    const left = before.map((column, index) => {
      const start = from + blanksAt(line.text.slice(from, to));
      const size = readable[index] ? sizeAtStart(column, line.text.slice(start, to), line.text, phrases) : 0;
      from = start + size;
      return cellOf(path, line, start, from);
    });
    const right = [...after.entries()].reverse().map(([index, column]) => {
      const rest = line.text.slice(from, to).trimEnd();
      const size = readable[free + 1 + index] ? sizeAtEnd(column, rest, phrases) : 0;
      to = from + rest.length - size;
      return cellOf(path, line, to, to + size);
    });
    const middle = cellOf(path, line, from, to);
    if (free >= 0) return [...left, middle, ...right.reverse()];
    if (middle.text !== "") report(unreadWords(middle.span, { row: left[0]?.text ?? "", words: brief(middle.text) }));
    return left;
  };
}

/** Reports the columns that only tabs can tell from others. */
export function reportUnsplit(section: string, { cells, columns }: Header, report: Report): void {
  const free = columns.indexOf("description");
  for (const [index, cell] of cells.entries())
    if (index !== free && !isClosed(columns[index])) report(unsplitColumn(cell.span, { section, column: cell.text }));
}

/** True for a line that has a name and a type where a table has them. */
export function fitsTable(path: string, line: Line, header: Header, phrases: Phrases): boolean {
  const cells = header.parted === "tabs" ? tabbed(path, line) : fieldSplitter(path, header, phrases, () => {})(line);
  const name = cells[header.columns.indexOf("name")]?.text ?? "";
  const type = cells[header.columns.indexOf("type")]?.text ?? "";
  if (name === eventTypeField) return true;
  return (
    /^[a-z][\w$]*$|^\w+_\w+$/.test(name) && !isArticle(name) && type !== "" && typeSize(type, phrases) === type.length
  );
}

/** How sure it is that a line outside of a table is a row: `certain` has a name that prose has not. */
export function looksLikeField({ text }: Line, phrases: Phrases): "certain" | "likely" | undefined {
  const name = /^(?:[a-z][\w$]*|[A-Za-z]\w*_\w*)(?=\s)/.exec(text)?.[0];
  if (name === undefined || isArticle(name)) return undefined;
  if (name === eventTypeField) return "certain";
  if (typeSize(text.slice(name.length).trimStart(), phrases) === 0) return undefined;
  return name.includes("_") ? "certain" : "likely";
}

const isArticle = (word: string): boolean =>
  /^(?:an?|the|this|that|each|every|one|no|any|and|or|of|in|is|as|by|for)$/.test(word);

const isClosed = (column: ColumnName | undefined): boolean =>
  column === "name" ||
  column === "type" ||
  column === "format" ||
  column === "required" ||
  column === "optional" ||
  column === "nullable";

const blanksAt = (text: string): number => text.length - text.trimStart().length;
const firstWord = (text: string): string => /^\S+/.exec(text)?.[0] ?? "";
const lastWord = (text: string): string => /\S+$/.exec(text)?.[0] ?? "";

/** How much of a text belongs to a column that begins with it. A word that is no type is one that should be. */
function sizeAtStart(column: ColumnName | undefined, text: string, row: string, phrases: Phrases): number {
  switch (column) {
    case "type":
      if (firstWord(row) === eventTypeField) return quotedAt(text, 0)?.end ?? firstWord(text).length;
      return typeSize(text, phrases) || firstWord(text).length;
    case "format":
      return typeSize(text, phrases);
    case "required":
    case "optional":
    case "nullable":
      return readMark(firstWord(text), column) === undefined ? 0 : firstWord(text).length;
    default:
      return firstWord(text).length;
  }
}

function sizeAtEnd(column: ColumnName | undefined, text: string, phrases: Phrases): number {
  switch (column) {
    case "type":
    case "format": {
      const starts = [...text.matchAll(/(?<!\S)\S/g)].map((match) => match.index).slice(-12);
      const start = starts.find((index) => typeSize(text.slice(index), phrases) === text.length - index);
      return start === undefined ? 0 : text.length - start;
    }
    case "required":
    case "optional":
    case "nullable":
      return readMark(lastWord(text), column) === undefined ? 0 : lastWord(text).length;
    default:
      return lastWord(text).length;
  }
}

/** How much of a text is a type from its start; bare numbers and words are none. */
function typeSize(text: string, phrases: Phrases): number {
  const parsed = parseType(text, phrases);
  if (!parsed) return 0;
  const { node, end } = parsed;
  const isNone =
    node.kind === "word" || node.kind === "null" || (node.kind === "literal" && typeof node.value === "number");
  return isNone ? 0 : end;
}

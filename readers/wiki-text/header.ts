import { nearest } from "../../model/index.ts";
import { type ColumnName, columnNames, columnWords } from "../event-pages/column-words.ts";
import { columnOf, kindOfColumns } from "../event-pages/columns.ts";
import type { PageContext } from "../event-pages/context.ts";
import type { PageCell } from "../event-pages/page.ts";
import { cellOf, type Line } from "./lines.ts";

/** The first line of a table: its cells, and how those of its rows are parted. */
export interface Header {
  readonly line: Line;
  readonly kind: "fields" | "components" | "unknown";
  readonly parted: "tabs" | "blanks";
  readonly cells: readonly PageCell[];
  /** What each cell stands for. */
  readonly columns: readonly (ColumnName | undefined)[];
}

/** Reads a line as the header of a table. With single blanks between its cells, each word must be one of a column. */
export function headerOf(path: string, line: Line, context: PageContext): Header | undefined {
  const parted = line.text.includes("\t") ? "tabs" : "blanks";
  const cells = parted === "tabs" ? tabbed(path, line) : words(path, line, context);
  const columns = (cells ?? []).map((cell) => columnOf(cell.text, context));
  const kind = kindOfColumns(new Set(columns));
  if (!cells || cells.length < 2 || (parted === "blanks" && kind === undefined)) return undefined;
  return { line, kind: kind ?? "unknown", parted, cells, columns };
}

/** The cells of a line with tabs between them. */
export function tabbed(path: string, line: Line): readonly PageCell[] {
  return [...line.text.matchAll(/[^\t]+|\t/g)].reduce<PageCell[]>(
    (cells, { 0: part, index }) => {
      if (part === "\t") cells.push(cellOf(path, line, index + 1, index + 1));
      else cells[cells.length - 1] = cellOf(path, line, index, index + part.length);
      return cells;
    },
    Array.from({ length: line.tabs + 1 }, () => cellOf(path, line, 0, 0)),
  );
}

/** The column words that a line consists of, the longest first: `Data type` is one. */
function words(path: string, line: Line, context: PageContext): readonly PageCell[] | undefined {
  const tokens = [...line.text.matchAll(/\S+/g)];
  if (tokens.length > 2 * columnNames.length) return undefined;
  const cells: PageCell[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = [2, 1].find((length) => {
      const [first, last] = [tokens[at], tokens[at + length - 1]];
      if (!first || !last) return false;
      const cell = cellOf(path, line, first.index, last.index + last[0].length);
      if (columnOf(cell.text, context) === undefined) return false;
      cells.push(cell);
      return true;
    });
    if (found === undefined) return undefined;
    at += found;
  }
  return cells;
}

/** What a line was probably meant to be, when it is a header with a slip in it. */
export function nearHeader(line: Line | undefined, context: PageContext): string | undefined {
  const tokens = (line?.text ?? "").split(/\s+/);
  if (tokens.length < 2 || tokens.length > columnNames.length) return undefined;
  const meant = tokens.map((token) =>
    columnOf(token, context) ? token : nearest(token.toLowerCase(), columnWords.keys()),
  );
  const columns = new Set(meant.map((word) => (word === undefined ? undefined : columnOf(word, context))));
  return kindOfColumns(columns) && !columns.has(undefined)
    ? meant.map((word = "") => word.charAt(0).toUpperCase() + word.slice(1)).join(" ")
    : undefined;
}

import type { Table } from "mdast";
import type { Report, Span } from "../../../model/index.ts";
import { nearest } from "../../../model/index.ts";
import type { Cell, MarkdownDocument, Section } from "../document.ts";
import { spanOf, tableRows } from "../document.ts";
import { unreadColumn, unreadTable } from "./diagnostics.ts";

/** A row whose cells are found by the word in the header, so that columns may stand in any order. */
export interface Row<Column extends string> {
  /** The cell of a column; a short row, or a column the table lacks, gives an empty cell at the row's first one. */
  readonly cell: (column: Column) => Cell;
  readonly span: Span;
}

/** What a table of this dialect describes, told by its header. */
export type RecognisedTable =
  | { readonly kind: "event"; readonly rows: readonly Row<"name" | "type" | "description">[] }
  | { readonly kind: "components"; readonly rows: readonly Row<"component" | "description" | "owner">[] };

const columnWords: ReadonlyMap<string, string> = new Map([
  ["name", "name"],
  ["field", "name"],
  ["type", "type"],
  ["description", "description"],
  ["component", "component"],
  ["owner", "owner"],
  ["owners", "owner"],
]);

/** Tells by its header what a table describes; `undefined` when it belongs to no dialect of ours, which is reported. */
export function recogniseTable(
  document: MarkdownDocument,
  section: Section,
  table: Table,
  report: Report,
): RecognisedTable | undefined {
  const [header = [], ...body] = tableRows(document, table);
  const kind = kindOf(header);
  const where = section.title || document.path;
  if (!kind) {
    const columns = header.map((cell) => cell.text).join(", ");
    const near = header.flatMap((cell) => nearWord(cell.text) ?? []).at(0);
    report(unreadTable(header[0]?.span ?? spanOf(document, table), { section: where, columns, near }));
    return undefined;
  }
  const wanted: readonly string[] = columnsOf[kind];
  const at = new Map<string, number>();
  for (const [index, cell] of header.entries()) {
    const column = columnWords.get(cell.text.toLowerCase());
    if (column !== undefined && wanted.includes(column) && !at.has(column)) at.set(column, index);
    else report(unreadColumn(cell.span, { section: where, column: cell.text || `${index + 1}` }));
  }
  const rows = body.flatMap((cells) => rowOf(cells.map(whole), at) ?? []);
  return { kind, rows };

  /** Markdown takes the brackets of list<string> for HTML and drops them. */
  function whole(cell: Cell): Cell {
    const written = document.text.slice(cell.span.start, cell.span.end);
    return /^(?:list|array|map)\s*<.*>$/i.test(written) ? { ...cell, text: written } : cell;
  }
}

const columnsOf = {
  event: ["name", "type", "description"],
  components: ["component", "description", "owner"],
} as const;

function kindOf(header: readonly Cell[]): RecognisedTable["kind"] | undefined {
  const columns = new Set(header.map((cell) => columnWords.get(cell.text.toLowerCase())));
  if (columns.has("component")) return "components";
  return columns.has("name") && columns.has("type") ? "event" : undefined;
}

function rowOf(cells: readonly Cell[], at: ReadonlyMap<string, number>): Row<string> | undefined {
  const [first] = cells;
  const last = cells.at(-1);
  if (!first || !last || cells.every((cell) => cell.text === "")) return undefined;
  return {
    cell: (column) => cells[at.get(column) ?? cells.length] ?? { text: "", span: first.span },
    span: { path: first.span.path, start: first.span.start, end: Math.max(first.span.end, last.span.end) },
  };
}

/** The column that a header word was probably meant to be; columns that are merely different have none. */
function nearWord(text: string): string | undefined {
  const word = text.toLowerCase();
  return columnWords.has(word) ? undefined : nearest(word, columnWords.keys());
}

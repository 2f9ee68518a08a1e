import { nearest, type Report, type Span } from "../../model/index.ts";
import { type ColumnName, columnWords } from "./column-words.ts";
import type { PageContext } from "./context.ts";
import { unreadColumn, unreadTable } from "./diagnostics.ts";
import type { PageCell, PageSection, PageTable } from "./page.ts";

/** A row whose cells are found by the word in the header, so that columns may stand in any order. */
export interface Row {
  /** The cell of a column; a short row, or a column the table lacks, gives an empty cell at the row's first one. */
  readonly cell: (column: ColumnName) => PageCell;
  /** All cells of a column that a table may have several of. */
  readonly cells: (column: ColumnName) => readonly PageCell[];
  readonly span: Span;
}

/** What a table describes, told by its header: the fields of something, or components. */
export interface RecognisedTable {
  readonly kind: "fields" | "components";
  readonly columns: ReadonlySet<ColumnName>;
  readonly rows: readonly Row[];
  readonly span: Span;
}

const columnsOf: Readonly<Record<RecognisedTable["kind"], ReadonlySet<ColumnName>>> = {
  fields: new Set<ColumnName>([
    "name",
    "type",
    "format",
    "required",
    "optional",
    "nullable",
    "default",
    "description",
    "unit",
    "example",
  ]),
  components: new Set<ColumnName>(["component", "description", "owner"]),
};

/** What a word in a header stands for; what the configuration says of it holds against what is known. */
export const columnOf = (word: string, { columns }: Pick<PageContext, "columns">): ColumnName | undefined =>
  columns.get(word.toLowerCase()) ?? columnWords.get(word.toLowerCase());

/** What a table with such columns describes, if it is one of ours. */
export function kindOfColumns(columns: ReadonlySet<ColumnName | undefined>): RecognisedTable["kind"] | undefined {
  if (columns.has("component")) return "components";
  return columns.has("name") && (columns.has("type") || columns.has("format")) ? "fields" : undefined;
}

/** Tells by its header what a table describes; `undefined` when it is none of ours, which is reported. */
export function recogniseTable(
  path: string,
  section: PageSection,
  table: PageTable,
  context: PageContext,
): RecognisedTable | undefined {
  const { report } = context;
  const [header = [], ...body] = table.rows;
  const named = header.map((cell) => columnOf(cell.text, context));
  const kind = kindOfColumns(new Set(named));
  const where = section.title || path;
  if (!kind) {
    const columns = header.map((cell) => cell.text).join(", ");
    const near = header.flatMap((cell) => nearWord(cell.text, context) ?? []).at(0);
    report(unreadTable(header[0]?.span ?? table.span, { section: where, columns, near }));
    return undefined;
  }
  const at = placesOf(header, named, kind, where, report);
  const rows = body.flatMap((cells) => rowOf(cells, at) ?? []);
  return { kind, columns: new Set(at.keys()), rows, span: table.span };
}

/** Where each column stands. Descriptions add up; of two columns that say the same, the first is read. */
function placesOf(
  header: readonly PageCell[],
  named: readonly (ColumnName | undefined)[],
  kind: RecognisedTable["kind"],
  where: string,
  report: Report,
): ReadonlyMap<ColumnName, readonly number[]> {
  const at = new Map<ColumnName, number[]>();
  for (const [index, cell] of header.entries()) {
    const column = named[index];
    const others = column && at.get(column);
    if (column === undefined || !columnsOf[kind].has(column) || (others && column !== "description"))
      report(unreadColumn(cell.span, { section: where, column: cell.text || `${index + 1}` }));
    else if (others) others.push(index);
    else at.set(column, [index]);
  }
  const format = at.get("format");
  if (format && !at.has("type") && kind === "fields") {
    at.set("type", format);
    at.delete("format");
  }
  return at;
}

function rowOf(cells: readonly PageCell[], at: ReadonlyMap<ColumnName, readonly number[]>): Row | undefined {
  const [first] = cells;
  const last = cells.at(-1);
  if (!first || !last || cells.every((cell) => cell.text === "")) return undefined;
  const empty: PageCell = { text: "", span: first.span };
  const all = (column: ColumnName) => (at.get(column) ?? []).map((index) => cells[index] ?? empty);
  return {
    cell: (column) => all(column)[0] ?? empty,
    cells: all,
    span: { path: first.span.path, start: first.span.start, end: Math.max(first.span.end, last.span.end) },
  };
}

/** The column that a header word was probably meant to be; columns that are merely different have none. */
function nearWord(text: string, context: PageContext): string | undefined {
  return columnOf(text, context) ? undefined : nearest(text.toLowerCase(), columnWords.keys());
}

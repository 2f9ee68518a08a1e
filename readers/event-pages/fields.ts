import type { Enum, Field, Name, TypeRef } from "../../model/index.ts";
import { pascalCase } from "../../model/index.ts";
import type { RecognisedTable, Row } from "./columns.ts";
import { brief, type PageContext, stated } from "./context.ts";
import { rowName, unnamedRow, unreadMark, unreadValue } from "./diagnostics.ts";
import { emptyMeansNo, type MarkColumn, readMark } from "./marks.ts";
import type { PageCell } from "./page.ts";
import { isPhrase, type PhrasesFor } from "./phrases.ts";
import { readType, type TypeRead } from "./type-cell.ts";
import { readUnit } from "./units.ts";
import { readValue } from "./values.ts";

/** What the fields of a table are read for. */
export interface FieldsUse {
  /** The table, as a message names it. */
  readonly title: string;
  /** The message that will hold them: enums that they list are declared below it. */
  readonly of: Name;
  readonly phrasesFor: PhrasesFor;
  readonly context: PageContext;
  /** The type of a row that names no type but a constant; `none` when the row is not to be read. */
  readonly constant?: (name: string) => TypeRef | "none" | undefined;
}

/** The fields of a table, and the enums that their types list. */
export interface FieldsRead {
  readonly fields: readonly Field[];
  readonly enums: readonly Enum[];
}

/** Reads each row of a table as a field. */
export function readFields(table: RecognisedTable, use: FieldsUse): FieldsRead {
  const { context, title, phrasesFor } = use;
  const { report } = context;
  const enums: Enum[] = [];
  const silent = new Map(
    (["required", "optional", "nullable"] as const).map((column) => [
      column,
      emptyMeansNo(table.rows.map((row) => row.cell(column).text)),
    ]),
  );
  const fields = table.rows.flatMap((row) => {
    const name = nameOf(row, use);
    if (!name) return [];
    const constant = use.constant?.(name.text);
    if (constant === "none") return [];
    if (constant === undefined) return fieldOf(row, name);
    const presence = presenceOf(row, name);
    return { name: name.text, type: constant, presence, origins: stated(context, name.span) };
  });
  return { fields, enums };

  function fieldOf(row: Row, name: PageCell): Field {
    const doc = descriptionOf(row);
    const read = typeOf(row, name);
    const nullable = read.nullable ?? markOf(row, name, "nullable");
    const values = enums.find((decl) => decl.name === enumName(name))?.values.map((value) => value.name);
    const typed: TypeRead = { type: read.type, ...(nullable && { nullable }) };
    const given = (column: "default" | "example") => valueIn(row, name, column, typed, values);
    const initial = given("default");
    const example = given("example");
    const unit = readUnit(row.cell("unit").text);
    return {
      name: name.text,
      type: read.type,
      presence: presenceOf(row, name),
      ...(nullable && { nullable }),
      ...(initial && { default: initial.value }),
      ...(unit !== undefined && { unit }),
      ...(read.limits && { limits: read.limits }),
      ...(example && { examples: [example.value] }),
      ...(doc && { doc }),
      origins: stated(context, name.span),
    };
  }

  function typeOf(row: Row, name: PageCell): TypeRead {
    const type = row.cell("type");
    const format = row.cell("format");
    // A format says more exactly what the type says; formats that are no types are patterns and prose.
    const finer = format.text !== "" && (type.text === "" || isPhrase(format.text, phrasesFor(format)));
    const cell = finer ? format : type;
    return readType(cell, {
      subject: `${name.text} in ${title}`,
      enumName: enumName(name),
      declare: (decl) => void enums.push(decl),
      phrases: phrasesFor(cell),
      context,
    });
  }

  function enumName(name: PageCell): Name {
    return `${use.of}.${pascalCase(name.text) || "Values"}`;
  }

  function presenceOf(row: Row, name: PageCell): Field["presence"] {
    const required = markOf(row, name, "required");
    const optional = markOf(row, name, "optional");
    const is = required ?? (optional === undefined ? undefined : !optional);
    return is === undefined ? "unstated" : is ? "required" : "optional";
  }

  function markOf(row: Row, name: PageCell, column: MarkColumn): boolean | undefined {
    if (!table.columns.has(column)) return undefined;
    const cell = row.cell(column);
    if (cell.text === "") return silent.get(column) ? false : undefined;
    const mark = readMark(cell.text, column);
    if (mark === undefined)
      report(unreadMark(cell.span, { column, field: `${name.text} in ${title}`, text: brief(cell.text) }));
    return mark;
  }

  function valueIn(
    row: Row,
    name: PageCell,
    column: "default" | "example",
    type: TypeRead,
    values: readonly string[] | undefined,
  ) {
    const cell = row.cell(column);
    const read = readValue(cell.text, type, values);
    if (read !== "unread") return read.value === undefined ? undefined : { value: read.value };
    report(unreadValue(cell.span, { column, field: `${name.text} in ${title}`, text: brief(cell.text) }));
    return undefined;
  }
}

/** What the Description column and others of its kind say, each a paragraph; a dash says nothing. */
export function descriptionOf(row: Row): string {
  return row
    .cells("description")
    .map((cell) => cell.text)
    .filter((text) => !/^[-–—]?$/.test(text))
    .join("\n\n");
}

function nameOf(row: Row, { title, context: { report } }: FieldsUse): PageCell | undefined {
  const name = row.cell("name");
  if (name.text === "") report(unnamedRow(row.span, { table: title }));
  else if (!/^[^\s"“”|<>(){}]+$/.test(name.text) || !/[\p{L}\p{N}]/u.test(name.text))
    report(rowName(name.span, { table: title, name: brief(name.text) }));
  else return name;
  return undefined;
}

import { type Decl, type Enum, type Field, type Json, type Message, type Name, pascalCase } from "../../model/index.ts";
import { cell, table } from "./markdown-text.ts";
import { type TypeWriting, writeType } from "./markdown-types.ts";

/** The fields of a message as a table; columns that no field fills are left out. */
export function fieldsTable(message: Message, system: Name, decls: readonly Decl[]): readonly string[] {
  const writing: TypeWriting = { system, listed: listedEnums(message, decls) };
  const columns = allColumns.filter(
    ({ always, text }) => always || message.fields.some((field) => text(field, writing) !== ""),
  );
  return table([
    columns.map(({ title }) => title),
    ...message.fields.map((field) => columns.map(({ text }) => text(field, writing))),
  ]);
}

/** Enums that are nothing but the values that one row lists: they have that row's name and no more to say. */
export function listedEnums(message: Message, decls: readonly Decl[]): ReadonlyMap<Name, Enum> {
  const names = new Set(message.fields.map((field) => `${message.name}.${pascalCase(field.name) || "Values"}`));
  return new Map(
    decls
      .filter((decl): decl is Enum => decl.kind === "enum" && names.has(decl.name) && !decl.doc)
      .filter(({ values }) =>
        values.every(({ name, number }) => number === undefined && /^[^\s,|()[\]{}"“”]+$/.test(name)),
      )
      .map((decl) => [decl.name, decl]),
  );
}

interface Column {
  readonly title: string;
  readonly always?: boolean;
  readonly text: (field: Field, writing: TypeWriting) => string;
}

const allColumns: readonly Column[] = [
  { title: "Name", always: true, text: ({ name }) => cell(name) },
  { title: "Type", always: true, text: (field, writing) => limitedText(field) ?? writeType(field.type, writing) },
  {
    title: "Required",
    text: ({ presence }) => (presence === "required" ? "yes" : presence === "optional" ? "no" : ""),
  },
  { title: "Nullable", text: ({ nullable }) => (nullable === undefined ? "" : nullable ? "yes" : "no") },
  { title: "Default", text: ({ default: value }) => valueText(value) },
  { title: "Unit", text: ({ unit }) => cell(unit) },
  { title: "Example", text: ({ examples }) => valueText(examples?.[0]) },
  { title: "Description", always: true, text: ({ doc }) => cell(doc) },
];

/** `string(255)`: the one limit that people write into a type. */
function limitedText({ type, limits }: Field): string | undefined {
  const { maxLength, ...others } = limits ?? {};
  const isText = type.kind === "scalar" && type.scalar === "string" && !type.logical;
  return isText && maxLength !== undefined && Object.keys(others).length === 0 ? `string(${maxLength})` : undefined;
}

const valueText = (value: Json | undefined): string =>
  value === undefined ? "" : cell(typeof value === "string" ? `“${value}”` : JSON.stringify(value));

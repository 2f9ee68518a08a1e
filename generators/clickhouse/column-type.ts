import { assertNever } from "../../model/index.ts";
import { identifier, text } from "./sql.ts";

/** The type of a column or of a part of one, as data: views over the same events are made from it as well. */
export type ColumnType =
  | { readonly kind: "plain"; readonly name: PlainType }
  /** Text of which few values exist: `LowCardinality(String)`. */
  | { readonly kind: "word" }
  | { readonly kind: "time"; readonly scale: TimeScale }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "enum"; readonly values: readonly { readonly name: string; readonly number: number }[] }
  /** A free-form object: the `JSON` type. */
  | { readonly kind: "json" }
  | { readonly kind: "array"; readonly item: ColumnType }
  | { readonly kind: "map"; readonly key: ColumnType; readonly value: ColumnType }
  | { readonly kind: "tuple"; readonly elements: readonly TupleElement[] }
  | { readonly kind: "nullable"; readonly of: ColumnType };

/** Types without arguments. */
export type PlainType = "Bool" | "String" | "UUID" | "Int32" | "Int64" | "UInt32" | "UInt64" | "Float32" | "Float64";

/** Digits of the fraction of a second. */
export type TimeScale = 3 | 6 | 9;

/** A named part of a tuple. */
export interface TupleElement {
  readonly name: string;
  readonly type: ColumnType;
  /** Printed beside it, since only columns have a COMMENT of their own. */
  readonly comment?: string;
}

/** A type without arguments. */
export const plain = (name: PlainType): ColumnType => ({ kind: "plain", name });

/** The type that also holds NULL. Arrays and maps have none: they stay as they are. */
export const nullable = (type: ColumnType): ColumnType =>
  type.kind === "array" || type.kind === "map" || type.kind === "nullable" ? type : { kind: "nullable", of: type };

/** The type without NULL. */
export const withoutNull = (type: ColumnType): ColumnType => (type.kind === "nullable" ? type.of : type);

/** True when a `Nullable(Tuple(…))` stands in it, which ClickHouse creates under a setting only. */
export function hasNullableTuple(type: ColumnType): boolean {
  switch (type.kind) {
    case "nullable":
      return type.of.kind === "tuple" || hasNullableTuple(type.of);
    case "array":
      return hasNullableTuple(type.item);
    case "map":
      return hasNullableTuple(type.value);
    case "tuple":
      return type.elements.some((element) => hasNullableTuple(element.type));
    default:
      return false;
  }
}

/** The type on one line, without comments: what a cast or an extraction names. */
export function inlineType(type: ColumnType): string {
  switch (type.kind) {
    case "plain":
      return type.name;
    case "word":
      return "LowCardinality(String)";
    case "time":
      return `DateTime64(${type.scale}, 'UTC')`;
    case "decimal":
      return `Decimal(${type.precision}, ${type.scale})`;
    case "enum":
      return `${enumName(type.values)}(${type.values.map(enumValue).join(", ")})`;
    case "json":
      return "JSON(max_dynamic_paths = 256)";
    case "array":
      return `Array(${inlineType(type.item)})`;
    case "map":
      return `Map(${inlineType(type.key)}, ${inlineType(type.value)})`;
    case "tuple":
      return `Tuple(${type.elements.map(({ name, type }) => `${identifier(name)} ${inlineType(type)}`).join(", ")})`;
    case "nullable":
      // LowCardinality stands outside: ClickHouse refuses Nullable(LowCardinality(String)).
      return type.of.kind === "word" ? "LowCardinality(Nullable(String))" : `Nullable(${inlineType(type.of)})`;
    default:
      return assertNever(type);
  }
}

const inlineWidth = 64;

/** The type as it stands in a table: broken over lines where it is long or has comments to show. */
export function printType(type: ColumnType, indent: string): string {
  const inline = inlineType(type);
  if (!hasComments(type) && inline.length <= inlineWidth) return inline;
  switch (type.kind) {
    case "array":
      return `Array(${printType(type.item, indent)})`;
    case "map":
      return `Map(${inlineType(type.key)}, ${printType(type.value, indent)})`;
    case "nullable":
      return `Nullable(${printType(type.of, indent)})`;
    case "enum": {
      const values = type.values.map((value) => `${indent}    ${enumValue(value)}`).join(",\n");
      return `${enumName(type.values)}(\n${values}\n${indent})`;
    }
    case "tuple":
      return `Tuple(\n${printElements(type.elements, `${indent}    `)}\n${indent})`;
    default:
      return inline;
  }
}

function printElements(elements: readonly TupleElement[], indent: string): string {
  const last = elements.length - 1;
  const rows = elements.map(({ name, type, comment }, index) => ({
    name: identifier(name),
    type: printType(type, indent) + (index === last ? "" : ","),
    comment,
  }));
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const typeWidth = Math.max(0, ...rows.map(({ type }) => (type.includes("\n") ? 0 : type.length)));
  return rows
    .map(({ name, type, comment }) => {
      const note = comment ? `-- ${comment}` : "";
      const start = `${indent}${name.padEnd(nameWidth)} `;
      // A comment behind the last bracket of a long tuple would be far from the name it explains.
      if (type.includes("\n")) return `${note && `${indent}${note}\n`}${start}${type}`;
      return note ? `${start}${type.padEnd(typeWidth)} ${note}` : start + type;
    })
    .join("\n");
}

function hasComments(type: ColumnType): boolean {
  if (type.kind === "tuple")
    return type.elements.some((element) => element.comment !== undefined || hasComments(element.type));
  if (type.kind === "array") return hasComments(type.item);
  if (type.kind === "map") return hasComments(type.value);
  return type.kind === "nullable" && hasComments(type.of);
}

const enumName = (values: readonly { readonly number: number }[]): string =>
  values.every(({ number }) => number >= -128 && number <= 127) ? "Enum8" : "Enum16";

const enumValue = ({ name, number }: { readonly name: string; readonly number: number }): string =>
  `${text(name)} = ${number}`;

import { assertNever } from "../../../model/index.ts";
import { identifier, text } from "../sql.ts";
import {
  bracket,
  type Cursor,
  expect,
  looksAt,
  nested,
  peek,
  readDotted,
  readName,
  readString,
  stop,
  take,
} from "./cursor.ts";
import { canonOf } from "./expression.ts";

/** A type as ClickHouse has it. */
export type Type =
  /** `Int32`, `DateTime64(3, 'UTC')`, `JSON(max_dynamic_paths = 256)`. */
  | { readonly kind: "plain"; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: "nullable"; readonly of: Type }
  | { readonly kind: "low"; readonly of: Type }
  | { readonly kind: "array"; readonly of: Type }
  | { readonly kind: "map"; readonly key: Type; readonly value: Type }
  | { readonly kind: "tuple"; readonly elements: readonly Element[] }
  | { readonly kind: "enum"; readonly bits: 8 | 16; readonly values: readonly EnumValue[] }
  | { readonly kind: "variant"; readonly of: readonly Type[] }
  /** Lists of equal lengths, one for each element; in a table it becomes a column for each. */
  | { readonly kind: "nested"; readonly elements: readonly Element[] };

/** A part of a tuple; without a name, its place counts. */
export interface Element {
  readonly name?: string;
  readonly type: Type;
}

/** A value of an enum. */
export interface EnumValue {
  readonly name: string;
  readonly number: number;
}

/** Other names of types, in capitals. */
const aliases: Readonly<Record<string, string>> = {
  BOOL: "Bool",
  BOOLEAN: "Bool",
  TINYINT: "Int8",
  SMALLINT: "Int16",
  INT: "Int32",
  INTEGER: "Int32",
  BIGINT: "Int64",
  FLOAT: "Float32",
  DOUBLE: "Float64",
  TEXT: "String",
  VARCHAR: "String",
  CHAR: "String",
  STRING: "String",
};
const digits: Readonly<Record<string, string>> = {
  Decimal32: "9",
  Decimal64: "18",
  Decimal128: "38",
  Decimal256: "76",
};

/** Reads the type that the cursor stands before. */
export const readType = (cursor: Cursor): Type => nested(cursor, () => typeAt(cursor));

function typeAt(cursor: Cursor): Type {
  const token = peek(cursor);
  if (token?.kind !== "name") return stop(cursor, "a type");
  const name = readName(cursor);
  switch (name) {
    case "Nullable":
      return { kind: "nullable", of: single(cursor) };
    case "LowCardinality":
      return { kind: "low", of: single(cursor) };
    case "Array":
      return { kind: "array", of: single(cursor) };
    case "Map": {
      const [key, value] = many(cursor, readType);
      return key && value ? { kind: "map", key, value } : stop(cursor, "the key and the value of a Map");
    }
    case "Variant":
      return { kind: "variant", of: many(cursor, readType) };
    case "Tuple":
      return { kind: "tuple", elements: many(cursor, readElement) };
    case "Nested":
      return { kind: "nested", elements: many(cursor, readElement) };
    case "Enum":
    case "Enum8":
    case "Enum16":
      return readEnum(cursor, name);
    default:
      return readPlain(cursor, name);
  }
}

function readPlain(cursor: Cursor, written: string): Type {
  const upper = written.toUpperCase();
  const name = (Object.hasOwn(aliases, upper) ? aliases[upper] : undefined) ?? written;
  const args = looksAt(cursor, "(") ? splitArgs(bracket(cursor)) : [];
  const precision = Object.hasOwn(digits, name) ? digits[name] : undefined;
  if (precision !== undefined) return { kind: "plain", name: "Decimal", args: [precision, args[0] ?? "0"] };
  if (name === "Decimal" && args.length === 1) return { kind: "plain", name, args: [args[0] ?? "", "0"] };
  return { kind: "plain", name, args: name === "String" ? [] : args };
}

function splitArgs(words: ReturnType<typeof bracket>): readonly string[] {
  const parts: (typeof words)[number][][] = [[]];
  let open = 0;
  for (const word of words) {
    if (word.kind === "sign" && "([".includes(word.value)) open++;
    if (word.kind === "sign" && ")]".includes(word.value)) open--;
    if (open === 0 && word.kind === "sign" && word.value === ",") parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((part) => part.length > 0).map(printArg);
}

/** `max_dynamic_paths = 256` and `SKIP a.b` stay as they are written; values are printed the one way they have. */
function printArg(words: ReturnType<typeof bracket>): string {
  if (words.length === 1) return words[0]?.kind === "name" ? words[0].value : canonOf(words);
  return words
    .map(({ kind, value }, index) => {
      const before = words[index - 1];
      const tight = index === 0 || /^[(),.]$/.test(value) || /^[(.]$/.test(before?.value ?? "");
      const word = kind === "string" ? text(value) : kind === "quoted" ? identifier(value) : value;
      return `${tight && value !== "=" ? "" : " "}${word}`;
    })
    .join("");
}

function readEnum(cursor: Cursor, name: string): Type {
  let last = 0;
  const values = many(cursor, (): EnumValue => {
    const label = readString(cursor);
    if (!take(cursor, "=")) return { name: label, number: ++last };
    const minus = take(cursor, "-");
    const token = peek(cursor);
    if (token?.kind !== "number") return stop(cursor, "a number");
    cursor.at++;
    last = Number(token.value) * (minus ? -1 : 1);
    return { name: label, number: last };
  });
  const small = values.every(({ number }) => number >= -128 && number <= 127);
  const bits = name === "Enum16" || (name === "Enum" && !small) ? 16 : 8;
  return { kind: "enum", bits, values: [...values].sort((a, b) => a.number - b.number) };
}

function readElement(cursor: Cursor): Element {
  const next = peek(cursor, 1);
  const isNamed = peek(cursor)?.kind === "quoted" || next?.kind === "name" || next?.kind === "quoted";
  if (!isNamed) return { type: readType(cursor) };
  return { name: readDotted(cursor).join("."), type: readType(cursor) };
}

const single = (cursor: Cursor): Type => {
  expect(cursor, "(");
  const type = readType(cursor);
  expect(cursor, ")");
  return type;
};

function many<T>(cursor: Cursor, read: (cursor: Cursor) => T): readonly T[] {
  expect(cursor, "(");
  const values: T[] = [];
  while (!take(cursor, ")")) {
    if (values.length > 0) expect(cursor, ",");
    values.push(read(cursor));
  }
  return values;
}

/** The type as SQL, on one line. */
export function printType(type: Type): string {
  switch (type.kind) {
    case "plain":
      return type.args.length === 0 ? type.name : `${type.name}(${type.args.join(", ")})`;
    case "nullable":
      return `Nullable(${printType(type.of)})`;
    case "low":
      return `LowCardinality(${printType(type.of)})`;
    case "array":
      return `Array(${printType(type.of)})`;
    case "map":
      return `Map(${printType(type.key)}, ${printType(type.value)})`;
    case "variant":
      return `Variant(${type.of.map(printType).join(", ")})`;
    case "tuple":
      return `Tuple(${type.elements.map(printElement).join(", ")})`;
    case "nested":
      return `Nested(${type.elements.map(printElement).join(", ")})`;
    case "enum":
      return `Enum${type.bits}(${type.values.map((value) => `${text(value.name)} = ${value.number}`).join(", ")})`;
    default:
      return assertNever(type);
  }
}

const printElement = ({ name, type }: Element): string =>
  name === undefined ? printType(type) : `${identifier(name)} ${printType(type)}`;

/** Whether ClickHouse creates the type under a setting only: a tuple that may be NULL stands in it. */
export function hasNullableTuple(type: Type): boolean {
  switch (type.kind) {
    case "nullable":
      return type.of.kind === "tuple" || hasNullableTuple(type.of);
    case "array":
    case "low":
      return hasNullableTuple(type.of);
    case "map":
      return hasNullableTuple(type.value);
    case "tuple":
    case "nested":
      return type.elements.some((element) => hasNullableTuple(element.type));
    default:
      return false;
  }
}

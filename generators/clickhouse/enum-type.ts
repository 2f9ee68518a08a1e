import { type Enum, enumJsonValues, type Field, type JsonProfile, unalias, type View } from "../../model/index.ts";
import { type ColumnType, plain } from "./column-type.ts";
import * as reasons from "./reasons.ts";
import { text } from "./sql.ts";

/**
 * An enum as a type: `Enum8` or `Enum16` when it is closed and its values have numbers, which read from JSON by name and
 * by number; else the name as text, or the number as an integer, so that a new value is stored like the old ones.
 */
export function enumType(
  decl: Enum,
  profile: JsonProfile,
): { readonly type: ColumnType; readonly notes: readonly reasons.Note[] } {
  const unlisted = decl.open ? [] : [reasons.unlisted];
  const values = decl.values.flatMap(({ name, number }) => (number === undefined ? [] : [{ name, number }]));
  const numbers = new Set(values.map(({ number }) => number));
  const fits = [...numbers].every((number) => Number.isInteger(number) && number >= -32768 && number <= 32767);
  if (!decl.open && fits && numbers.size > 0 && numbers.size === decl.values.length)
    return { type: { kind: "enum", values }, notes: [] };
  const byNumber = enumJsonValues(decl, profile).every((value) => typeof value === "number");
  return { type: byNumber && numbers.size > 0 ? plain("Int32") : { kind: "word" }, notes: unlisted };
}

/** A single value: text and truth as such, numbers as the type they fit. */
export function literalType(value: string | number | boolean): ColumnType {
  if (typeof value === "string") return { kind: "word" };
  if (typeof value === "boolean") return plain("Bool");
  return plain(Number.isSafeInteger(value) ? "Int64" : "Float64");
}

/**
 * What absence means for a field of implicit presence, as SQL: `undefined` when it is ClickHouse's own default for the
 * type, `none` when the type has no such value.
 */
export function zeroOf(
  field: Pick<Field, "type">,
  type: ColumnType,
  { view }: { readonly view: View },
): string | "none" | undefined {
  // ClickHouse's default for an Enum is its smallest number.
  if (type.kind === "enum") {
    const zero = type.values.find(({ number }) => number === 0);
    if (!zero) return "none";
    return type.values.some(({ number }) => number < 0) ? text(zero.name) : undefined;
  }
  const target = unalias(field.type, view);
  if (type.kind === "word" && target.kind === "named") {
    const decl = view.type(target.name);
    const zero = decl.kind === "enum" ? decl.values.find(({ number }) => number === 0) : undefined;
    return zero ? text(zero.name) : "none";
  }
  if (target.kind === "literal") return "none";
  const isDuration = target.kind === "scalar" && target.logical?.name === "duration";
  if (isDuration && type.kind === "plain" && type.name === "String") return text("0s");
  return undefined;
}

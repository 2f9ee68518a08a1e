import { enumJsonValues, type Limits, type Message, objectForm, type TypeRef, unalias } from "../../model/index.ts";
import { type ColumnType, withoutNull } from "./column-type.ts";
import type { Context, ProjectedField } from "./context.ts";
import * as reasons from "./reasons.ts";
import { identifier, literal, text } from "./sql.ts";
import type { Constraint } from "./table.ts";

/** What a column's CHECK says, and the notes of the ledger that it settles. */
export interface Enforced {
  readonly check: string;
  readonly settles: readonly reasons.Note[];
}

/**
 * What a column takes that its field does not have, as a condition the table refuses rows by: another value than the only
 * one, values that a closed enum does not list, numbers, texts and lists beyond their limits.
 */
export function enforcedBy({ property, type }: ProjectedField, context: Context): Enforced | undefined {
  if (context.options.constraints === false) return undefined;
  const column = identifier(property.name);
  const bare = withoutNull(type);
  const ref = unalias(property.field.type, context.view);
  const listed = listedValues(ref, context);
  const checks = listed && bare.kind !== "enum" ? [oneOfThem(column, listed, bare)] : [];
  const limits = property.field.limits ?? {};
  const bounds = boundsOf(column, limits, bare, ref);
  checks.push(...bounds);
  if (checks.length === 0) return undefined;
  const isWhole = Object.keys(limits).length === bounds.length && bounds.length > 0;
  return {
    check: nullPasses(checks.join(" AND "), type),
    settles: [...(listed ? [reasons.oneValue, reasons.unlisted] : []), ...(isWhole ? [reasons.unchecked] : [])],
  };
}

/** The conditions of a table, each named after the column or the one-of that it is about. */
export function constraintsOf(
  message: Message,
  fields: readonly ProjectedField[],
  context: Context,
): readonly Constraint[] {
  const columns = fields.flatMap((field) => {
    const enforced = enforcedBy(field, context);
    return enforced ? [{ name: `${field.property.name} is valid`, check: enforced.check }] : [];
  });
  const oneofs = objectForm(message, context.profile).oneofs.flatMap(({ name, keys, required }) => {
    if (!tellsMembers(keys, fields, context)) return [];
    const members = keys.map((key) => `isNotNull(${identifier(key)})`).join(" + ");
    return [{ name: `one of ${name}`, check: `${members} ${required ? "=" : "<="} 1` }];
  });
  return [...columns, ...oneofs];
}

/** True when the table itself keeps a row from setting several members: each of them has a NULL for absence. */
export const tellsMembers = (
  keys: readonly string[],
  fields: readonly ProjectedField[],
  { options }: Context,
): boolean =>
  options.constraints !== false &&
  keys.every((key) => fields.some(({ property, type }) => property.name === key && type.kind === "nullable"));

function listedValues(ref: TypeRef, { view, profile }: Context): readonly (string | number | boolean)[] | undefined {
  if (ref.kind === "literal") return [ref.value];
  if (ref.kind !== "named") return undefined;
  const decl = view.type(ref.name);
  if (decl.kind !== "enum" || decl.open) return undefined;
  const values = enumJsonValues(decl, profile);
  // A mixture of names and numbers is kept as text.
  return values.length === 0 ? undefined : values;
}

function oneOfThem(column: string, values: readonly (string | number | boolean)[], type: ColumnType): string {
  const asText = type.kind === "word" || (type.kind === "plain" && type.name === "String");
  const list = values.map((value) => (asText ? text(String(value)) : literal(value)));
  return list.length === 1 ? `${column} = ${list[0]}` : `${column} IN (${list.join(", ")})`;
}

/** A condition per limit. A pattern has none: ClickHouse's expressions and those of contracts are two languages. */
function boundsOf(column: string, limits: Limits, type: ColumnType, ref: TypeRef): readonly string[] {
  const at = (value: number | undefined, sign: "<=" | ">=", of: string): readonly string[] =>
    value === undefined ? [] : [`${of} ${sign} ${literal(value)}`];
  if (type.kind === "array") {
    const length = `length(${column})`;
    return [...at(limits.minItems, ">=", length), ...at(limits.maxItems, "<=", length)];
  }
  if (type.kind === "plain" && type.name === "String" && ref.kind === "scalar" && ref.scalar === "string") {
    const length = `lengthUTF8(${column})`;
    return [...at(limits.minLength, ">=", length), ...at(limits.maxLength, "<=", length)];
  }
  if (type.kind !== "plain" || !/^(U?Int|Float)/.test(type.name) || ref.kind !== "scalar") return [];
  return [...at(limits.minimum, ">=", column), ...at(limits.maximum, "<=", column)];
}

const nullPasses = (check: string, type: ColumnType): string =>
  type.kind === "nullable" ? `ifNull(${check}, true)` : check;

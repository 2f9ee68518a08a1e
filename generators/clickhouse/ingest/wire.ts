import type { Name } from "../../../model/index.ts";
import type { Context } from "../context.ts";
import { text } from "../sql.ts";

/** Where the JSON text of a value is found: an expression, and the keys that lead on from there. */
export interface Place {
  readonly base: string;
  readonly path: readonly string[];
}

/** What surrounds a value: how deep it lies, and the messages around it. */
export interface Scope {
  readonly context: Context;
  readonly around: readonly Name[];
  readonly depth: number;
}

/** A place that is an expression by itself. */
export const placeOf = (base: string): Place => ({ base, path: [] });

/** A member of the object at a place. */
export const member = ({ base, path }: Place, key: string): Place => ({ base, path: [...path, key] });

/**
 * The JSON text at a place, as an expression: `''` when nothing is there. ClickHouse writes it anew: no blanks, and each
 * number in its shortest form, so that `1.0` and `1e0` read `1` as well.
 */
export const rawAt = ({ base, path }: Place): string =>
  path.length === 0 ? base : `JSONExtractRaw(${[base, ...path.map(text)].join(", ")})`;

/** A scope one step further in. */
export const deeper = (scope: Scope, around: readonly Name[] = scope.around): Scope => ({
  ...scope,
  around,
  depth: scope.depth + 1,
});

/** The text that ClickHouse writes for a string in JSON, where that is the same in every writer; else `undefined`. */
export const plainString = (value: string): string | undefined =>
  /^[ !#-.0-[\]-~]*$/.test(value) ? `"${value}"` : undefined;

/** All of these hold. */
export const all = (...conditions: readonly string[]): string =>
  conditions.length === 0 ? "true" : conditions.join(" AND ");

/** One of these holds; in brackets, so that it can stand among others. */
export const any = (...conditions: readonly string[]): string =>
  conditions.length === 1 ? (conditions[0] ?? "false") : `(${conditions.map(bracket).join(" OR ")})`;

/** A condition as a part of another one. */
export const bracket = (condition: string): string => (condition.includes(" AND ") ? `(${condition})` : condition);

/** One of these texts. */
export const oneOf = (raw: string, values: readonly string[]): string =>
  values.length === 1 ? `${raw} = ${text(values[0] ?? "")}` : `${raw} IN (${values.map(text).join(", ")})`;

/** A string, whatever it says. */
export const isString = (raw: string): string => `startsWith(${raw}, '"')`;
/** An object, whatever is in it. */
export const isObject = (raw: string): string => `startsWith(${raw}, '{')`;
/** A list, whatever is in it. */
export const isList = (raw: string): string => `startsWith(${raw}, '[')`;
/** What a string says. */
export const content = (raw: string): string => `JSONExtractString(${raw})`;
/** What a string says of which it is known that it has no escapes. */
export const inQuotes = (raw: string): string => `trim(BOTH '"' FROM ${raw})`;
/** A free-form object, or NULL when it is none or ClickHouse refuses it: asking costs fifty times as much when it does. */
export const freeForm = (raw: string, type: string): string =>
  `if(${isObject(raw)}, accurateCastOrNull(${raw}, ${text(type)}), NULL)`;

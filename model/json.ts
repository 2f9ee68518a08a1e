/** A JSON value. Objects are plain data; keys such as `__proto__` are own properties when they come from a source. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Compares two strings by UTF-16 code unit, the one order every sorted output uses (never the locale's). */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Reports a case that the type system holds impossible; reaching it is a bug in the tool. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}

/** True when both values are the same JSON, object keys in any order. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));
}

/** One line of JSON with sorted keys: equal for equal values. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value as Record<string, Json>).sort(([a], [b]) => compareText(a, b));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

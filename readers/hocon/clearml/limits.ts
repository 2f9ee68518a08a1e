import type { Json, Limits } from "../../../model/index.ts";
import { type HoconObject, toJson } from "../syntax/index.ts";
import { asText, kindName } from "./access.ts";
import type { Service } from "./context.ts";
import { unexpectedValue } from "./diagnostics.ts";
import { take } from "./reading.ts";

const numeric = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"] as const;

/** The keys that bound a value. */
export const limitKeys: readonly string[] = [...numeric, "pattern"];

/** The bounds of a field's value, if it has any. */
export function limitsOf(s: Service, schema: HoconObject, at: string): { readonly limits?: Limits } {
  const bounds = numeric.flatMap((key) => {
    const value = take(s, schema, key);
    if (value?.kind === "number") return [[key, value.value] as const];
    if (value && value.kind !== "unknown")
      s.report(unexpectedValue(value.span, { what: `${key} of ${at}`, expected: "a number", found: kindName(value) }));
    return [];
  });
  const pattern = asText(take(s, schema, "pattern"), `The pattern of ${at}`, s.report);
  const limits: Limits = { ...Object.fromEntries(bounds), ...(pattern !== undefined && { pattern }) };
  return Object.keys(limits).length > 0 ? { limits } : {};
}

/** The default, when the text has one and not only the prose. */
export function defaultOf(s: Service, schema: HoconObject): { readonly default?: Json } {
  const value = take(s, schema, "default");
  return value && value.kind !== "unknown" ? { default: toJson(value) } : {};
}

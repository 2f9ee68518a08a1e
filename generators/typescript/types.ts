import { assertNever, type JsonForm, type PropertyForm } from "../../model/index.ts";
import type { Scope } from "./scope.ts";
import { quote } from "./text.ts";

/** A form as a type of TypeScript. */
export function typeText(form: JsonForm, scope: Scope): string {
  switch (form.kind) {
    case "boolean":
      return "boolean";
    case "string":
      if (form.format === "int64") return scope.helper("Int64String");
      if (form.format === "uint64") return scope.helper("Uint64String");
      return "string";
    case "integer":
    case "number":
      return "number";
    case "literal":
      return typeof form.value === "string" ? quote(form.value) : String(form.value);
    case "named":
      return scope.typeName(form.name);
    case "list":
      return form.item.kind === "union" ? `(${typeText(form.item, scope)})[]` : `${typeText(form.item, scope)}[]`;
    case "map":
      // Not Record: in an alias that refers to itself only an index signature is allowed.
      return `{ [key: string]: ${typeText(form.value, scope)} }`;
    case "union":
      return memberTexts(form.variants, scope).join(" | ");
    case "object":
      return scope.helper("JsonObject");
    case "any":
      return "unknown";
    default:
      return assertNever(form);
  }
}

/** The members of a union, each once; never empty. */
export function memberTexts(variants: readonly JsonForm[], scope: Scope): readonly string[] {
  const texts = [...new Set(variants.map((variant) => typeText(variant, scope)))];
  if (texts.includes("unknown")) return ["unknown"];
  return texts.length > 0 ? texts : ["never"];
}

/** The type of a property's value, null included where null is a value. */
export function propertyType({ form, nullable }: PropertyForm, scope: Scope): string {
  const text = typeText(form, scope);
  return nullable && text !== "unknown" ? `${text} | null` : text;
}

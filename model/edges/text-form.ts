import { enumJsonValues, type JsonForm, jsonForm } from "../json-form.ts";
import type { JsonProfile, Limits, TypeRef } from "../model.ts";
import { scalar } from "../type-ref.ts";
import { unalias, type View } from "../view.ts";

/** How a text is turned into a value: left as it is, or read as a number, as `true` or `false`, or as JSON. */
export type TextForm = "text" | "integer" | "number" | "boolean" | "json";

/** How text becomes a value of a type; `undefined` when a text does not tell which of several kinds it is. */
export function textFormOf(type: TypeRef, view: Pick<View, "type">, profile: JsonProfile): TextForm | undefined {
  const form = jsonForm(unalias(type, view), profile);
  switch (form.kind) {
    case "boolean":
    case "integer":
    case "number":
      return form.kind;
    case "string":
      return "text";
    case "literal":
      return literalForm(form.value);
    case "named":
      return namedForm(form, view, profile);
    case "union":
      return type.kind === "union" ? common(type.variants.map((part) => textFormOf(part, view, profile))) : undefined;
    case "list":
    case "map":
    case "object":
      return "json";
    default:
      return undefined;
  }
}

function namedForm(
  form: JsonForm & { kind: "named" },
  view: Pick<View, "type">,
  profile: JsonProfile,
): TextForm | undefined {
  const decl = view.type(form.name);
  if (decl.kind === "message") return "json";
  if (decl.kind === "enum") return common(enumJsonValues(decl, profile).map(literalForm));
  if (decl.kind === "union") return decl.variants.every((part) => isObject(part, view)) ? "json" : undefined;
  return undefined;
}

const isObject = (type: TypeRef, view: Pick<View, "type">): boolean => {
  const target = unalias(type, view);
  return target.kind === "named" && view.type(target.name).kind === "message";
};

function literalForm(value: string | number | boolean): TextForm {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "boolean" ? "boolean" : "text";
}

const common = (forms: readonly (TextForm | undefined)[]): TextForm | undefined =>
  new Set(forms).size === 1 ? forms[0] : undefined;

/** The type of the text itself, for forms that are more than text. Its value may still be too large for what it is meant for. */
export function writtenType(
  form: Exclude<TextForm, "text">,
  wanted: JsonForm | undefined,
): { readonly type: TypeRef; readonly limits?: Limits } {
  switch (form) {
    case "boolean":
      return {
        type: {
          kind: "union",
          variants: [
            { kind: "literal", value: "true" },
            { kind: "literal", value: "false" },
          ],
        },
      };
    case "json":
      return { type: scalar("string"), limits: { minLength: 1 } };
    case "integer": {
      const { minimum, maximum } = wanted?.kind === "integer" ? wanted : { minimum: -Infinity, maximum: Infinity };
      const furthest = Math.min(Number.MAX_SAFE_INTEGER, Math.max(Math.abs(minimum), Math.abs(maximum)));
      const digits = `(0|[1-9][0-9]{0,${String(furthest).length - 1}})`;
      return { type: scalar("string"), limits: { pattern: `^${minimum < 0 ? "-?" : ""}${digits}$` } };
    }
    case "number":
      // Bounded, so that no text that fits is too large for a number.
      return {
        type: scalar("string"),
        limits: { pattern: "^-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][+-]?[0-9]{1,2})?$" },
      };
  }
}

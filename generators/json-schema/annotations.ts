import {
  type Declared,
  enumJson,
  type Field,
  type Json,
  type JsonForm,
  type JsonProfile,
  type View,
} from "../../model/index.ts";
import { fromJson, type Schema, schema } from "./node.ts";

/** What a declaration says beside its shape. */
export function annotations(declared: Partial<Declared>, title?: string): Schema {
  const { reason, replacedBy, since } = declared.deprecated ?? {};
  const deprecation = schema({ reason, replacedBy, since });
  return schema({
    title,
    description: declared.doc,
    deprecated: declared.deprecated && true,
    "x-deprecation": deprecation.size > 0 ? deprecation : undefined,
    "x-aliases": declared.aliases?.length ? declared.aliases : undefined,
  });
}

/** What a field says about its values beside their type. */
export function valueAnnotations(field: Field, form: JsonForm, view: View, profile: JsonProfile): Schema {
  const value = (json: Json) => fromJson(jsonValue(json, form, view, profile));
  return schema({
    default: field.default === undefined ? undefined : value(field.default),
    examples: field.examples?.map(value),
    "x-unit": field.unit,
  });
}

/** A value that a source states, as the profile writes it: a 64-bit integer as its digits, an enum by its number. */
function jsonValue(value: Json, form: JsonForm, view: View, profile: JsonProfile): Json {
  if (form.kind === "string" && typeof value === "number") return String(value);
  if (form.kind === "integer" && typeof value === "string" && /^-?[0-9]+$/.test(value)) return Number(value);
  if (form.kind === "list" && Array.isArray(value))
    return value.map((item: Json) => jsonValue(item, form.item, view, profile));
  if (form.kind !== "named") return value;
  const decl = view.type(form.name);
  if (decl.kind !== "enum") return value;
  const member = decl.values.find((item) => item.name === value || item.number === value);
  return member ? enumJson(member, profile) : value;
}

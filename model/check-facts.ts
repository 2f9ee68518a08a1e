import type { Report } from "./diagnostic.ts";
import * as say from "./diagnostics.ts";
import { hasFormat } from "./formats.ts";
import type { Json } from "./json.ts";
import { type JsonForm, jsonForm, objectForm } from "./json-form.ts";
import type { Field, Limits, Name } from "./model.ts";
import { spanOf } from "./places.ts";
import { unalias, type View } from "./view.ts";

/** Reports limits that no value or every value meets by mistake, and defaults that are no values of their field. */
export function checkFacts(view: View, report: Report): void {
  for (const system of view.systems)
    for (const decl of view.model.decls) {
      if ((decl.kind !== "message" && decl.kind !== "union") || decl.system !== system.name) continue;
      const { properties } = objectForm({ fields: decl.fields ?? [] }, system.json);
      for (const { field, form } of properties) {
        const at = `${decl.name}.${field.name}`;
        checkLimits(field, at, report);
        const { default: value } = field;
        // A source states a 64-bit default as a number, whatever its profile writes.
        const loose = value === undefined || fits(value, form, view) || fits(value, numeric(field, view), view);
        if (!loose) report(say.defaultMisfit(spanOf(field), { at, value: show(value) }));
      }
    }
}

/** The field's form where integers are numbers. */
function numeric(field: Field, view: View): JsonForm {
  const type = unalias(field.type, view);
  return jsonForm(type, {
    fieldNames: "declared",
    int64: "number",
    enums: "name",
    timestamp: "rfc3339",
    duration: "seconds",
  });
}

function fits(value: Json, form: JsonForm, view: View): boolean {
  switch (form.kind) {
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string" && (form.format === undefined || hasFormat(form.format, value));
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "literal":
      return value === form.value;
    case "list":
      return Array.isArray(value) && value.every((item: Json) => fits(item, form.item, view));
    case "map":
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "union":
      return form.variants.some((variant) => fits(value, variant, view));
    case "named":
      return fitsNamed(value, form.name, view);
    case "any":
      return isJson(value);
  }
}

function fitsNamed(value: Json, name: Name, view: View): boolean {
  const decl = view.type(name);
  if (decl.kind === "enum") return decl.values.some((item) => item.name === value || item.number === value);
  return decl.kind === "message" ? typeof value === "object" : true;
}

/** JSON has no infinity and no NaN. */
const isJson = (value: Json): boolean => typeof value !== "number" || Number.isFinite(value);

const show = (value: Json | undefined): string =>
  (typeof value === "number" ? String(value) : JSON.stringify(value)) ?? "";

function checkLimits({ limits = {}, ...field }: Field, at: Name, report: Report): void {
  const numbers: readonly (readonly [keyof Limits, keyof Limits])[] = [
    ["minimum", "maximum"],
    ["minLength", "maxLength"],
    ["minItems", "maxItems"],
  ];
  for (const [low, high] of numbers) {
    const [from, to] = [limits[low], limits[high]];
    for (const [key, value] of [
      [low, from],
      [high, to],
    ] as const) {
      const isCount = low !== "minimum";
      if (
        value === undefined ||
        (Number.isFinite(value) && !(isCount && (!Number.isInteger(value) || Number(value) < 0)))
      )
        continue;
      report(say.limitMisfit(spanOf(field), { at, key, value: String(value) }));
    }
    if (typeof from === "number" && typeof to === "number" && from > to)
      report(say.limitsCross(spanOf(field), { at, low, high }));
  }
  if (limits.pattern !== undefined && !isPattern(limits.pattern))
    report(say.patternMisfit(spanOf(field), { at, pattern: limits.pattern }));
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

import { jsonAny, nearest, type TypeRef } from "../../../model/index.ts";
import type { HoconObject } from "../syntax/index.ts";
import { get, kindName } from "./access.ts";
import type { Service } from "./context.ts";
import { ignoredBesideReference, unexpectedValue, unresolvedReference } from "./diagnostics.ts";

const prefix = "#/definitions/";

/** What may stand beside a reference: it says something of the field, not of the type. */
const siblings = ["$ref", "description", "default"];

/** The type that `$ref` names; `undefined` where there is none. A name that is not defined is reported and may be anything. */
export function referenceOf(s: Service, schema: HoconObject, at: string): TypeRef | undefined {
  const value = get(schema, "$ref");
  if (!value) return undefined;
  for (const field of schema.fields.values())
    if (!siblings.includes(field.key)) s.report(ignoredBesideReference(field.value.span, { key: field.key, at }));
  if (value.kind !== "string") {
    if (value.kind !== "unknown")
      s.report(unexpectedValue(value.span, { what: `The $ref of ${at}`, expected: "a text", found: kindName(value) }));
    return jsonAny;
  }
  const ref = value.value;
  const name = ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
  if (name !== undefined && s.definitions.has(name))
    return { kind: "named", name: `.${s.system}.${name}`, span: value.span };
  const near = nearest(name ?? ref, s.definitions.keys());
  s.report(unresolvedReference(value.span, { ref, at, near: near && prefix + near }));
  return jsonAny;
}

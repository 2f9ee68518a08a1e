import { jsonAny, nearest, type TypeRef } from "../../../model/index.ts";
import { kindName } from "./access.ts";
import type { Service } from "./context.ts";
import { ignoredBesideReference, keptBesideReference, unexpectedValue, unresolvedReference } from "./diagnostics.ts";
import type { Part } from "./part.ts";
import { take } from "./reading.ts";

const prefix = "#/definitions/";

/** What may stand beside a reference: it says something of the field, not of the type. */
const siblings = ["description", "default"];

/** The type that `$ref` names; `undefined` where there is none. A name that is not defined is reported and may be anything. */
export function referenceOf(s: Service, { schema, at }: Part): TypeRef | undefined {
  const value = take(s, schema, "$ref");
  if (!value) return undefined;
  for (const { key } of schema.fields.values()) {
    if (key === "$ref") continue;
    if (siblings.includes(key)) {
      s.report(keptBesideReference(value.span, { key, at }));
      continue;
    }
    const beside = take(s, schema, key);
    s.report(ignoredBesideReference(beside?.span, { key, at }));
  }
  if (value.kind !== "string") {
    if (value.kind !== "unknown")
      s.report(unexpectedValue(value.span, { what: `The $ref of ${at}`, expected: "a text", found: kindName(value) }));
    return jsonAny;
  }
  const ref = value.value;
  const name = ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
  if (name !== undefined && s.definitions.has(name))
    return { kind: "named", name: `.${s.scope}.${name}`, span: value.span };
  const near = nearest(name ?? ref, s.definitions.keys());
  s.report(unresolvedReference(value.span, { ref, at, near: near && prefix + near }));
  return jsonAny;
}

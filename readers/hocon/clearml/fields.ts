import { type Field, jsonAny, nearest, type TypeRef } from "../../../model/index.ts";
import type { HoconField, HoconObject, HoconValue } from "../syntax/index.ts";
import { asArray, asBoolean, asObject, asText, docOf, originsOf } from "./access.ts";
import type { Service } from "./context.ts";
import * as say from "./diagnostics.ts";
import { isNull } from "./enums.ts";
import { defaultOf, limitsOf } from "./limits.ts";
import { below, nameOf } from "./naming.ts";
import type { Part } from "./part.ts";
import { peek, take } from "./reading.ts";

/** How the type of a field is read: fields and types contain one another. */
export type ReadType = (s: Service, part: Part) => TypeRef;

/** The fields of a message, or those beside the shapes of a union: only in a message must what is required be among them. */
export function fieldsOf(
  s: Service,
  part: Part,
  properties: HoconObject | undefined,
  strict: boolean,
  typeOf: ReadType,
): readonly Field[] {
  const required = requiredOf(s, part);
  const names = [...(properties?.fields.keys() ?? [])];
  for (const [name, value] of required) {
    if (names.includes(name)) continue;
    if (strict) s.report(say.unknownRequired(value.span, { name, of: part.at, near: nearest(name, names) }));
    else s.report(say.notHeld(value.span, { what: `The required field ${name} in every shape`, at: part.at }));
  }
  return [...(properties?.fields.values() ?? [])].map((property) => fieldOf(s, part, property, required, typeOf));
}

function requiredOf(s: Service, part: Part): ReadonlyMap<string, HoconValue> {
  const what = `required of ${part.at}`;
  const names = asArray(take(s, part.schema, "required"), what, s.report)?.items ?? [];
  return new Map(
    names.flatMap((name) => {
      const text = asText(name, `A name in ${what}`, s.report);
      return text === undefined ? [] : [[text, name] as const];
    }),
  );
}

function fieldOf(
  s: Service,
  owner: Part,
  property: HoconField,
  required: ReadonlyMap<string, HoconValue>,
  typeOf: ReadType,
): Field {
  const { key } = property;
  const at = `${nameOf(owner.name)}.${key}`;
  const origins = originsOf(property);
  const presence = required.has(key) ? "required" : "optional";
  const schema = asObject(property.value, at, s.report);
  if (!schema) return { name: key, type: jsonAny, presence, origins };
  const type = typeOf(s, { schema, origins, name: below(owner.name, key), at, role: "member" });
  return {
    name: key,
    ...describe(s, schema, type, at),
    type,
    presence,
    ...(isNullable(schema) && { nullable: true }),
    ...defaultOf(s, schema),
    ...limitsOf(s, schema, at),
    ...(asBoolean(take(s, schema, "deprecated"), `deprecated of ${at}`, s.report) && { deprecated: {} }),
    origins,
  };
}

const isNullable = (schema: HoconObject): boolean =>
  [peek(schema, "type"), peek(schema, "enum")].some((value) => value?.kind === "array" && value.items.some(isNull));

/** What is said of the items of a list is said of the list as well, unless they are a type that can say it. */
function describe(s: Service, schema: HoconObject, type: TypeRef, at: string): { readonly doc?: string } {
  const own = docOf(s, schema, at);
  const items = peek(schema, "items");
  if (items?.kind !== "object" || (own.doc !== undefined && type.kind === "list" && type.item.kind === "named"))
    return own;
  const doc = [own.doc, docOf(s, items, `${at}[]`).doc].filter((part) => part !== undefined).join("\n\n");
  return doc === "" ? {} : { doc };
}

import {
  type Field,
  jsonAny,
  jsonObject,
  list,
  map,
  nearest,
  scalar,
  type TypeRef,
  unstated,
} from "../../../model/index.ts";
import type { HoconField, HoconObject, HoconValue } from "../syntax/index.ts";
import { asArray, asObject, asText, docOf, expectKeys, get, originsOf } from "./access.ts";
import { type Service, statedAt } from "./context.ts";
import * as say from "./diagnostics.ts";
import { enumType, literalType } from "./enums.ts";
import { defaultOf, limitKeys, limitsOf } from "./limits.ts";
import { below, nameOf } from "./naming.ts";
import { declare, type Part } from "./part.ts";
import { referenceOf } from "./references.ts";

const schemaKeys = [
  ...["type", "description", "default", "const", "enum"],
  ...["properties", "required", "additionalProperties", "items", "uniqueItems", "anyOf", "oneOf"],
  ...limitKeys,
];

const scalars: ReadonlyMap<string, TypeRef> = new Map([
  ["string", scalar("string")],
  ["boolean", scalar("bool")],
  ["integer", scalar("int64")],
  ["number", scalar("number")],
]);

/** The type that a schema describes; what has fields or named values is declared on the way. */
export function typeOf(s: Service, part: Part): TypeRef {
  const { schema, at } = part;
  const reference = referenceOf(s, schema, at);
  if (reference) return reference;
  expectKeys(schema, schemaKeys, at, s.report);
  const fixed = get(schema, "const");
  if (fixed) return literalType(s, fixed, at) ?? jsonAny;
  return enumType(s, part) ?? unionType(s, part) ?? typeByName(s, part);
}

function typeByName(s: Service, part: Part): TypeRef {
  const { schema, at } = part;
  const value = get(schema, "type");
  if (!value) return schema.fields.has("properties") ? objectType(s, part) : unstated;
  const choices = value.kind === "array" ? value.items.filter((item) => !isNull(item)) : [value];
  const variants = choices.map((choice) => oneType(s, part, choice, at));
  return variants.length === 1 ? (variants[0] ?? jsonAny) : { kind: "union", variants };
}

function oneType(s: Service, part: Part, value: HoconValue, at: string): TypeRef {
  const type = asText(value, `The type of ${at}`, s.report);
  if (type === undefined) return jsonAny;
  if (type === "object") return objectType(s, part);
  if (type === "array") return arrayType(s, part);
  const known = scalars.get(type);
  if (known) return known;
  s.report(say.unknownType(value.span, { type, at, near: nearest(type, ["object", "array", ...scalars.keys()]) }));
  return jsonAny;
}

const isNull = (value: HoconValue): boolean =>
  value.kind === "null" || (value.kind === "string" && value.value === "null");

function arrayType(s: Service, part: Part): TypeRef {
  const { schema, at } = part;
  const items = schema.fields.get("items");
  const item = asObject(items?.value, `items of ${at}`, s.report);
  const unique = get(schema, "uniqueItems");
  const name = below(part.name, "Item");
  const type =
    item && items ? typeOf(s, { schema: item, origins: originsOf(items), name, at: `${at}[]`, role: "item" }) : jsonAny;
  return unique?.kind === "boolean" && unique.value ? { kind: "list", item: type, unique: true } : list(type);
}

/** A message where there are fields, or where one is asked for; a map or free-form JSON otherwise. */
function objectType(s: Service, part: Part): TypeRef {
  const { schema, at } = part;
  const properties = asObject(get(schema, "properties"), `properties of ${at}`, s.report);
  const others = schema.fields.get("additionalProperties");
  if (others?.value.kind === "object") {
    if (properties) s.report(say.typedOthers(others.value.span, { at }));
    const name = below(part.name, "Value");
    if (!properties)
      return map(typeOf(s, { schema: others.value, origins: originsOf(others), name, at: `${at}{}`, role: "item" }));
  }
  const open = others?.value.kind === "boolean" ? others.value.value : undefined;
  const wanted = part.role === "definition" || part.role === "body" || open === false;
  if (!wanted && (properties?.fields.size ?? 0) === 0) return jsonObject;
  return declare(s, part, (doc) => ({
    kind: "message",
    name: nameOf(part.name),
    system: s.system,
    ...doc,
    fields: fieldsOf(s, part, properties, true),
    ...(open !== undefined && { open }),
    origins: part.origins,
  }));
}

/** One of several shapes; the properties beside them are fields of all. */
function unionType(s: Service, part: Part): TypeRef | undefined {
  const { schema, at } = part;
  const key = schema.fields.has("anyOf") ? "anyOf" : "oneOf";
  const shapes = asArray(get(schema, key), `${key} of ${at}`, s.report);
  if (!shapes) return undefined;
  const properties = asObject(get(schema, "properties"), `properties of ${at}`, s.report);
  const make = (): TypeRef[] =>
    shapes.items.flatMap((shape, index) => {
      const object = asObject(shape, `A shape of ${at}`, s.report);
      const name = below(part.name, `Variant${index + 1}`);
      return object ? [typeOf(s, { schema: object, origins: [statedAt(shape.span)], name, at, role: "item" })] : [];
    });
  if (!properties && part.role === "member") return { kind: "union", variants: make() };
  return declare(s, part, (doc) => {
    const fields = fieldsOf(s, part, properties, false);
    return {
      kind: "union",
      name: nameOf(part.name),
      system: s.system,
      ...doc,
      variants: make(),
      ...(fields.length > 0 && { fields }),
      origins: part.origins,
    };
  });
}

/** `strict`: what is required must be a property; beside shapes it may be a property of those. */
function fieldsOf(s: Service, part: Part, properties: HoconObject | undefined, strict: boolean): readonly Field[] {
  const required = requiredOf(s, part);
  const names = [...(properties?.fields.keys() ?? [])];
  if (strict)
    for (const [name, value] of required)
      if (!names.includes(name))
        s.report(say.unknownRequired(value.span, { name, of: part.at, near: nearest(name, names) }));
  return [...(properties?.fields.values() ?? [])].map((property) => fieldOf(s, part, property, required));
}

function requiredOf(s: Service, part: Part): ReadonlyMap<string, HoconValue> {
  const what = `required of ${part.at}`;
  const names = asArray(get(part.schema, "required"), what, s.report)?.items ?? [];
  return new Map(
    names.flatMap((name) => {
      const text = asText(name, `A name in ${what}`, s.report);
      return text === undefined ? [] : [[text, name] as const];
    }),
  );
}

function fieldOf(s: Service, owner: Part, property: HoconField, required: ReadonlyMap<string, HoconValue>): Field {
  const { key } = property;
  const at = `${nameOf(owner.name)}.${key}`;
  const origins = originsOf(property);
  const presence = required.has(key) ? "required" : "optional";
  const schema = asObject(property.value, at, s.report);
  if (!schema) return { name: key, type: jsonAny, presence, origins };
  const type = typeOf(s, { schema, origins, name: below(owner.name, key), at, role: "member" });
  const types = get(schema, "type");
  return {
    name: key,
    ...describe(s, schema, at),
    type,
    presence,
    ...(types?.kind === "array" && types.items.some(isNull) && { nullable: true }),
    ...defaultOf(schema),
    ...limitsOf(s, schema, at),
    origins,
  };
}

/** A list that is not described itself is described by its items. */
function describe(s: Service, schema: HoconObject, at: string): { readonly doc?: string } {
  const own = docOf(schema, at, s.report);
  const items = get(schema, "items");
  return own.doc === undefined && items?.kind === "object" ? docOf(items, at, s.report) : own;
}

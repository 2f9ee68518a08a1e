import { jsonAny, jsonObject, list, map, type TypeRef, unstated } from "../../../model/index.ts";
import type { HoconValue } from "../syntax/index.ts";
import { asArray, asBoolean, asObject, asText, docOf, originsOf } from "./access.ts";
import { type Service, statedAt } from "./context.ts";
import * as say from "./diagnostics.ts";
import { enumType, isNull, literalType, withoutNull } from "./enums.ts";
import { fieldsOf, type ReadType } from "./fields.ts";
import { limitKeys } from "./limits.ts";
import { below } from "./naming.ts";
import { declare, type Part } from "./part.ts";
import { open, peek, take, takeField } from "./reading.ts";
import { referenceOf } from "./references.ts";
import { checkType, scalarType } from "./scalars.ts";

/** What JSON Schema has; what of it is not read is told by name. */
const schemaKeys = [
  ...["$ref", "type", "format", "description", "title", "default", "const", "enum", "examples", "deprecated"],
  ...["properties", "required", "dependencies", "additionalProperties", "patternProperties", "propertyNames"],
  ...["minProperties", "maxProperties", "items", "additionalItems", "contains", "uniqueItems"],
  ...["anyOf", "oneOf", "allOf", "not", "if", "then", "else", "readOnly", "writeOnly"],
  ...["exclusiveMinimum", "exclusiveMaximum", "multipleOf", ...limitKeys],
];

/** What one type alone is made of. */
const structure = [
  ["items", "array"],
  ["properties", "object"],
] as const;

/** The type that a schema describes; what has fields or named values is declared on the way. */
export const typeOf: ReadType = (s, part) => {
  const { schema, at } = part;
  open(s, schema, schemaKeys, at);
  const reference = referenceOf(s, part);
  if (reference) return reference;
  const fixed = take(s, schema, "const");
  const told = fixed ? (literalType(s, fixed, at) ?? jsonAny) : enumType(s, part);
  if (!told) return unionType(s, part) ?? typeByName(s, part);
  checkType(s, part);
  return told;
};

function typeByName(s: Service, part: Part): TypeRef {
  const value = take(s, part.schema, "type");
  if (!value) return part.schema.fields.has("properties") ? objectType(s, part) : unstated;
  const choices = withoutNull(s, part, value.kind === "array" ? value.items : isNull(value) ? [] : [value]);
  if (choices.length === 0) s.report(say.notHeld(value.span, { what: "A type without values", at: part.at }));
  const variants = choices.map((choice) => oneType(s, part, choice));
  for (const [key, type] of structure) {
    const field = part.schema.fields.get(key);
    if (!field || choices.some((choice) => choice.kind !== "string" || choice.value === type)) continue;
    const types = choices.map((choice) => (choice.kind === "string" ? choice.value : "")).join(" or ");
    s.report(say.doesNotApply(take(s, part.schema, key)?.span, { key, at: part.at, type: types }));
  }
  return variants.length > 1 ? { kind: "union", variants } : (variants[0] ?? jsonAny);
}

function oneType(s: Service, part: Part, value: HoconValue): TypeRef {
  const type = asText(value, `The type of ${part.at}`, s.report);
  if (type === undefined) return jsonAny;
  if (type === "object") return objectType(s, part);
  if (type === "array") return arrayType(s, part);
  return scalarType(s, part, type, value) ?? jsonAny;
}

function arrayType(s: Service, part: Part): TypeRef {
  const { schema, at } = part;
  const items = takeField(s, schema, "items");
  const item = asObject(items?.value, `items of ${at}`, s.report);
  if (!items) s.report(say.noItems(take(s, schema, "type")?.span ?? schema.span, { at }));
  const unique = asBoolean(take(s, schema, "uniqueItems"), `uniqueItems of ${at}`, s.report);
  const name = below(part.name, "Item");
  const type =
    item && items ? typeOf(s, { schema: item, origins: originsOf(items), name, at: `${at}[]`, role: "item" }) : jsonAny;
  return unique ? { kind: "list", item: type, unique } : list(type);
}

/** A message where there are fields, or where one is asked for; a map or free-form JSON otherwise. */
function objectType(s: Service, part: Part): TypeRef {
  const { schema, at } = part;
  const properties = asObject(take(s, schema, "properties"), `properties of ${at}`, s.report);
  const others = takeField(s, schema, "additionalProperties");
  if (others?.value.kind === "object") {
    if (properties) s.report(say.typedOthers(others.value.span, { at }));
    const name = below(part.name, "Value");
    if (!properties)
      return map(typeOf(s, { schema: others.value, origins: originsOf(others), name, at: `${at}{}`, role: "item" }));
  }
  const open = others?.value.kind === "object" || asBoolean(others?.value, `additionalProperties of ${at}`, s.report);
  const wanted = part.role === "definition" || part.role === "body" || open === false;
  if (!wanted && (properties?.fields.size ?? 0) === 0) return jsonObject;
  return declare(s, part, (head) => ({
    ...head,
    kind: "message",
    fields: fieldsOf(s, part, properties, true, typeOf),
    ...(open !== undefined && { open }),
  }));
}

/** One of several shapes; the properties beside them are fields of all. */
function unionType(s: Service, part: Part): TypeRef | undefined {
  const { schema, at } = part;
  const key = schema.fields.has("anyOf") ? "anyOf" : "oneOf";
  if (onlyRequire(peek(schema, key))) return undefined;
  const shapes = asArray(take(s, schema, key), `${key} of ${at}`, s.report);
  if (!shapes) return undefined;
  checkType(s, part);
  const properties = asObject(take(s, schema, "properties"), `properties of ${at}`, s.report);
  const make = (): TypeRef[] =>
    shapes.items.flatMap((shape, index) => {
      const object = asObject(shape, `A shape of ${at}`, s.report);
      const name = below(part.name, `Variant${index + 1}`);
      return object ? [typeOf(s, { schema: object, origins: [statedAt(shape.span)], name, at, role: "item" })] : [];
    });
  if (!properties && part.role === "member") return { kind: "union", variants: make() };
  return declare(s, part, (head) => {
    const fields = fieldsOf(s, part, properties, false, typeOf);
    return { ...head, kind: "union", variants: make(), ...(fields.length > 0 && { fields }) };
  });
}

/** Shapes that only say which fields are required are a condition on one shape, and the model has no place for it. */
const onlyRequire = (shapes: HoconValue | undefined): boolean =>
  shapes?.kind === "array" &&
  shapes.items.every((shape) => shape.kind === "object" && [...shape.fields.keys()].every((key) => key === "required"));

/** A definition is a type of its own name; one that needs no declaration gets an alias. */
export function declareDefinition(s: Service, part: Part): void {
  const type = typeOf(s, part);
  if (type.kind === "named" && type.name === `.${part.at}` && !part.schema.fields.has("$ref")) return;
  const { at: name, schema, origins } = part;
  s.decls.push({ kind: "alias", name, system: s.system, ...docOf(s, schema, name), type, origins });
}

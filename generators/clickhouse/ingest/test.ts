import {
  assertNever,
  type Enum,
  enumJsonValues,
  jsonForm,
  jsonKey,
  type Limits,
  type Message,
  type TypeRef,
  unalias,
} from "../../../model/index.ts";
import { type ColumnType, inlineType, withoutNull } from "../column-type.ts";
import { text } from "../sql.ts";
import { stringTest } from "./string-test.ts";
import {
  all,
  any,
  content,
  deeper,
  freeForm,
  isList,
  isObject,
  isString,
  member,
  oneOf,
  type Place,
  placeOf,
  plainString,
  rawAt,
  type Scope,
} from "./wire.ts";

/** How deep values are looked into; what lies deeper is taken as it is. */
const deepest = 16;

/**
 * The condition that the JSON text at a place is a value of the type, and one that its column holds unchanged. It is never
 * NULL and never fails, whatever the text is: a check that throws would stop all messages behind this one.
 */
export function valueTest(
  ref: TypeRef,
  limits: Limits,
  column: ColumnType | undefined,
  place: Place,
  scope: Scope,
): string {
  const type = column && withoutNull(column);
  const test = typeTest(ref, limits, type, place, scope);
  // Of what JSON allows the type refuses some: two values on one path, integers beyond 64 bits.
  return type?.kind === "json" ? all(test, `isNotNull(${freeForm(rawAt(place), inlineType(type))})`) : test;
}

function typeTest(ref: TypeRef, limits: Limits, type: ColumnType | undefined, place: Place, scope: Scope): string {
  const raw = rawAt(place);
  const { view, profile } = scope.context;
  const target = unalias(ref, view);
  switch (target.kind) {
    case "scalar": {
      const form = jsonForm(target, profile, limits);
      if (form.kind === "string") return stringTest(form, raw, type);
      if (form.kind === "boolean") return oneOf(raw, ["true", "false"]);
      return numberTest(form.kind, target.logical ? "int64" : target.scalar, limits, raw);
    }
    case "literal":
      return literalTest(target.value, raw);
    case "named": {
      const decl = view.type(target.name);
      if (decl.kind === "enum") return enumTest(decl, raw, scope);
      if (decl.kind === "message") return messageTest(decl, type, place, scope);
      if (decl.kind === "union") return unionTest(decl.variants, place, scope);
      return `${raw} != ''`;
    }
    case "list": {
      const item = `x${scope.depth}`;
      const items = `JSONExtractArrayRaw(${raw})`;
      const column = type?.kind === "array" ? type.item : undefined;
      const test = valueTest(target.item, {}, column, placeOf(item), deeper(scope));
      return all(
        isList(raw),
        ...(test === "true" ? [] : [`arrayAll(${item} -> ${test}, ${items})`]),
        ...(limits.minItems === undefined ? [] : [`length(${items}) >= ${limits.minItems}`]),
        ...(limits.maxItems === undefined ? [] : [`length(${items}) <= ${limits.maxItems}`]),
        ...(target.unique ? [`length(arrayDistinct(${items})) = length(${items})`] : []),
      );
    }
    case "map": {
      const entry = `x${scope.depth}`;
      const column = type?.kind === "map" ? type.value : undefined;
      const test = valueTest(target.value, {}, column, placeOf(`${entry}.2`), deeper(scope));
      const keys = keyTest(target.key, `${entry}.1`);
      const test2 = all(...keys, ...(test === "true" ? [] : [test]));
      return all(
        isObject(raw),
        `length(arrayDistinct(JSONExtractKeys(${raw}))) = length(JSONExtractKeys(${raw}))`,
        ...(test2 === "true" ? [] : [`arrayAll(${entry} -> ${test2}, JSONExtractKeysAndValuesRaw(${raw}))`]),
      );
    }
    case "union":
      return unionTest(target.variants, place, scope);
    case "json":
      return target.only === "object" ? isObject(raw) : `${raw} != ''`;
    case "unstated":
      return `${raw} != ''`;
    default:
      return assertNever(target);
  }
}

const integerTypes: Readonly<Record<string, string>> = {
  int32: "Int32",
  int64: "Int64",
  uint32: "UInt32",
  uint64: "UInt64",
};

function numberTest(kind: string, scalar: string, limits: Limits, raw: string): string {
  const type = kind === "integer" ? (integerTypes[scalar] ?? "Int64") : scalar === "float32" ? "Float32" : "Float64";
  const value = `to${type}OrZero(${raw})`;
  return all(
    `isNotNull(to${type}OrNull(${raw}))`,
    ...(type === "Float32" ? [`isFinite(${value})`] : []),
    ...(limits.minimum === undefined ? [] : [`${value} >= ${limits.minimum}`]),
    ...(limits.maximum === undefined ? [] : [`${value} <= ${limits.maximum}`]),
  );
}

function literalTest(value: string | number | boolean, raw: string): string {
  if (typeof value === "number") return `ifNull(toFloat64OrNull(${raw}) = ${value}, false)`;
  const json = typeof value === "boolean" ? String(value) : plainString(value);
  return json === undefined ? all(isString(raw), `${content(raw)} = ${text(String(value))}`) : oneOf(raw, [json]);
}

function enumTest(decl: Enum, raw: string, { context: { profile } }: Scope): string {
  // The same openness as that of the open schemas: what has no number has no form but its name.
  if (decl.open && profile.enums === "number") return `isNotNull(toInt32OrNull(${raw}))`;
  if (decl.open && decl.values.every(({ number }) => number === undefined)) return isString(raw);
  const values = enumJsonValues(decl, profile);
  const texts = values.flatMap((value) => (typeof value === "number" ? String(value) : (plainString(value) ?? [])));
  const others = values.filter((value) => typeof value === "string" && plainString(value) === undefined);
  return any(
    ...(texts.length > 0 || others.length === 0 ? [oneOf(raw, texts.length > 0 ? texts : ["-"])] : []),
    ...(others.length > 0 ? [all(isString(raw), oneOf(content(raw), others.map(String)))] : []),
  );
}

function messageTest(message: Message, type: ColumnType | undefined, place: Place, scope: Scope): string {
  const raw = rawAt(place);
  if (scope.around.includes(message.name) || scope.depth >= deepest) return isObject(raw);
  const inside = deeper(scope, [...scope.around, message.name]);
  const elements = type?.kind === "tuple" ? type.elements : [];
  const { profile } = scope.context;
  const members = message.fields.flatMap((field): readonly string[] => {
    const key = jsonKey(field, profile);
    const at = member(place, key);
    const column = elements.find(({ name }) => name === key)?.type;
    const test = valueTest(field.type, field.limits ?? {}, column, at, inside);
    if (field.presence === "required" && !field.nullable) return [test];
    const absent = field.presence === "required" ? ["null"] : field.nullable ? ["", "null"] : [""];
    return [any(oneOf(rawAt(at), absent), test)];
  });
  return all(
    isObject(raw),
    ...(message.fields.length > 0
      ? [`length(arrayDistinct(JSONExtractKeys(${raw}))) = length(JSONExtractKeys(${raw}))`]
      : []),
    ...members,
    ...oneofTests(message, place, scope),
  );
}

/** A condition per one-of: not more than one of its members is there, and one where one is required. */
export function oneofTests(
  message: Message,
  place: Place | ((key: string) => string),
  scope: Scope,
): readonly string[] {
  const keys = new Map(message.fields.map((field) => [field.name, jsonKey(field, scope.context.profile)]));
  const raw = (key: string): string => (typeof place === "function" ? place(key) : rawAt(member(place, key)));
  return (message.oneofs ?? []).map(({ fields, required }) => {
    const there = fields.map((field) => `(${raw(keys.get(field) ?? field)} NOT IN ('', 'null'))`);
    return `${there.join(" + ")} ${required ? "=" : "<="} 1`;
  });
}

function unionTest(variants: readonly TypeRef[], place: Place, scope: Scope): string {
  if (scope.depth >= deepest) return `${rawAt(place)} != ''`;
  return any(...variants.map((variant) => valueTest(variant, {}, undefined, place, deeper(scope))));
}

function keyTest(key: string, at: string): readonly string[] {
  if (key === "string") return [];
  if (key === "bool") return [oneOf(at, ["true", "false"])];
  return [`isNotNull(to${integerTypes[key] ?? "Int64"}OrNull(${at}))`];
}

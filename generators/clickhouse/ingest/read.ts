import { assertNever, jsonForm, jsonKey, type TypeRef, unalias } from "../../../model/index.ts";
import { type ColumnType, inlineType, withoutNull } from "../column-type.ts";
import { text } from "../sql.ts";
import {
  content,
  deeper,
  freeForm,
  inQuotes,
  isString,
  member,
  type Place,
  placeOf,
  rawAt,
  type Scope,
} from "./wire.ts";

/**
 * The expression that makes a column's value of the JSON text at a place. It is meant for texts that have been tested, and
 * yet never fails: ClickHouse is free to compute it for rows that are filtered out.
 */
export function readValue(type: ColumnType, ref: TypeRef, place: Place, scope: Scope): string {
  const raw = rawAt(place);
  const target = unalias(ref, scope.context.view);
  switch (type.kind) {
    case "plain":
      return plainValue(type.name, isTextForm(target, scope), raw);
    case "word":
      return target.kind === "literal" || isTextForm(target, scope) ? content(raw) : textOf(raw);
    case "time":
      return `parseDateTime64BestEffortOrZero(${inQuotes(raw)}, ${type.scale}, 'UTC')`;
    case "enum":
      return enumValue(type, raw, scope);
    case "json":
      return `assumeNotNull(${freeForm(raw, inlineType(type))})`;
    case "nullable": {
      if (type.of.kind === "json") return freeForm(raw, inlineType(type.of));
      const inner = `if(${raw} IN ('', 'null'), NULL, ${readValue(type.of, ref, place, scope)})`;
      return type.of.kind === "tuple" ? `CAST(${inner}, ${text(inlineType(type))})` : inner;
    }
    case "array": {
      const item = `x${scope.depth}`;
      const itemType: TypeRef = target.kind === "list" ? target.item : { kind: "json" };
      return `arrayMap(${item} -> ${readValue(type.item, itemType, placeOf(item), deeper(scope))}, JSONExtractArrayRaw(${raw}))`;
    }
    case "map": {
      const entry = `x${scope.depth}`;
      const valueType: TypeRef = target.kind === "map" ? target.value : { kind: "json" };
      const key = type.key.kind === "plain" ? `to${type.key.name}OrZero(${entry}.1)` : `${entry}.1`;
      const value = readValue(type.value, valueType, placeOf(`${entry}.2`), deeper(scope));
      return `CAST(arrayMap(${entry} -> (${key}, ${value}), JSONExtractKeysAndValuesRaw(${raw})), ${text(inlineType(type))})`;
    }
    case "tuple": {
      const decl = target.kind === "named" ? scope.context.view.type(target.name) : undefined;
      const fields = decl?.kind === "message" ? decl.fields : [];
      const elements = type.elements.map(({ name, type: element }) => {
        const field = fields.find((candidate) => jsonKey(candidate, scope.context.profile) === name);
        return readValue(element, field?.type ?? { kind: "json" }, member(place, name), deeper(scope));
      });
      return `CAST(tuple(${elements.join(", ")}), ${text(inlineType(type))})`;
    }
    case "decimal":
      throw new Error("No field of an event is a decimal; only derived columns are.");
    default:
      return assertNever(type);
  }
}

function plainValue(name: string, isText: boolean, raw: string): string {
  if (name === "String") return isText ? content(raw) : textOf(raw);
  if (name === "Bool") return `${raw} = 'true'`;
  return `to${name}OrZero(${isText ? inQuotes(raw) : raw})`;
}

/** What any JSON is as text: a string as what it says, everything else as it is written. */
const textOf = (raw: string): string => `if(${isString(raw)}, ${content(raw)}, ${raw})`;

/** True when every value of the type is a string in JSON. */
function isTextForm(target: TypeRef, { context }: Scope): boolean {
  return target.kind === "scalar" && jsonForm(target, context.profile).kind === "string";
}

function enumValue(type: ColumnType & { kind: "enum" }, raw: string, { context }: Scope): string {
  // What is not listed has failed its test; a cast of it would throw.
  const zero = type.values.find(({ number }) => number === 0) ?? type.values[0];
  const name = text(inlineType(type));
  if (context.profile.enums === "number") {
    const numbers = type.values.map(({ number }) => number).join(", ");
    const value = `toInt16OrZero(${raw})`;
    return `CAST(if(${value} IN (${numbers}), ${value}, ${zero?.number ?? 0}), ${name})`;
  }
  const names = type.values.map((value) => text(value.name)).join(", ");
  return `CAST(if(${content(raw)} IN (${names}), ${content(raw)}, ${text(zero?.name ?? "")}), ${name})`;
}

/** The value of a column, with the one that stands for absence where ClickHouse would take another one. */
export function columnValue(
  { type, value }: { readonly type: ColumnType; readonly value?: { readonly expression: string } },
  ref: TypeRef,
  place: Place,
  scope: Scope,
): string {
  const read = readValue(type, ref, place, scope);
  const bare = withoutNull(type);
  if (value === undefined) return read;
  const zero = bare.kind === "enum" ? `CAST(${value.expression}, ${text(inlineType(bare))})` : value.expression;
  return `if(${rawAt(place)} = '', ${zero}, ${read})`;
}

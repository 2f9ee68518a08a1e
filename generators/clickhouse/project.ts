import {
  assertNever,
  type Field,
  jsonKey,
  type Limits,
  type Message,
  type Name,
  objectForm,
  type PropertyForm,
  type TypeRef,
  unalias,
} from "../../model/index.ts";
import { type ColumnType, nullable, plain, type TupleElement } from "./column-type.ts";
import { fieldNote } from "./comment.ts";
import { enforcedBy, tellsMembers } from "./constraints.ts";
import type { Context, Projected, ProjectedField } from "./context.ts";
import { enumType, literalType, zeroOf } from "./enum-type.ts";
import * as reasons from "./reasons.ts";
import { keyType, scalarType, unchecked } from "./scalar-type.ts";
import { unionType } from "./union-type.ts";

/** Where in a type the projection is. */
interface Place {
  /** The messages around it. */
  readonly around: readonly Name[];
  /** How many types are around it, of whatever kind: an alias may contain itself without any message. */
  readonly depth: number;
  /** How many fields and variants the event may still spread out, all its columns together. */
  readonly budget: { left: number };
}

const deepest = 32;
const largest = 1000;
const into = (place: Place): Place => ({ ...place, depth: place.depth + 1 });

/** The fields of what is sent, as columns; the ledger gets a row for each, and for each field of the types inside. */
export function projectFields(message: Message, context: Context): readonly ProjectedField[] {
  const place: Place = { around: [message.name], depth: 0, budget: { left: largest } };
  return membersOf(message, place, context, "column");
}

function membersOf(
  message: Message,
  place: Place,
  context: Context,
  as: "column" | "element",
): readonly ProjectedField[] {
  const { properties, oneofs, open } = objectForm(message, context.profile);
  if (open) context.ledger.note(message.name, reasons.unknownFields, message.origins[0]);
  const fields = properties.map((property) => projectField(property, place, context, as));
  const oneofOf = (key: string) => oneofs.find(({ keys }) => keys.includes(key));
  for (const field of fields) {
    const { property } = field;
    const oneof = oneofOf(property.name);
    // Columns have conditions that their table keeps; parts of a tuple have none.
    const isKept = as === "column" && oneof !== undefined && tellsMembers(oneof.keys, fields, context);
    const settled = as === "column" ? (enforcedBy(field, context)?.settles ?? []) : [];
    const notes = [
      ...field.notes.filter((note) => !settled.includes(note)),
      ...(oneof && !isKept ? [reasons.oneOf] : []),
    ];
    context.ledger.field(`${message.name}.${property.field.name}`, notes, property.field);
  }
  return fields;
}

function projectField(
  property: PropertyForm,
  place: Place,
  context: Context,
  as: "column" | "element",
): ProjectedField {
  const { field } = property;
  const value = plainList(typeOf(field.type, field.limits ?? {}, place, context), property.name, as);
  const type = isFewWords(field, value.type, context) ? ({ kind: "word" } as const) : value.type;
  const optional = field.presence !== "required" && field.presence !== "implicit";
  if (optional || property.nullable) return { ...orNull({ ...value, type }, property, context), property };
  if (field.presence === "required") return { type, notes: value.notes, property };

  const zero = zeroOf(field, type, context);
  // A tuple's elements have no DEFAULT: where ClickHouse's own would be another value, absence is NULL.
  if (zero === "none") return { type: nullable(type), notes: value.notes, property };
  if (zero && as === "element") return { type: nullable(type), notes: [...value.notes, reasons.absentZero], property };
  return { type, notes: value.notes, property, ...(zero && { default: zero }) };
}

/** The type of a field that may be absent or null, as far as ClickHouse can tell it from a value. */
function orNull(value: Projected, { field, nullable: hasNull }: PropertyForm, context: Context): Projected {
  const { type } = value;
  const notes = [...value.notes];
  if (type.kind === "array" || type.kind === "map") return { type, notes: [...notes, reasons.absentContainer] };
  if (type.kind === "tuple" && context.options.nullableTuples === false)
    return { type, notes: [...notes, reasons.absentTuple] };
  if (hasNull && field.presence !== "required") notes.push(reasons.absentOrNull);
  return { type: nullable(type), notes };
}

/** ClickHouse takes lists whose names share what stands before a dot for one Nested structure of equal lengths. */
const plainList = (value: Projected, name: string, as: "column" | "element"): Projected =>
  as === "column" && value.type.kind === "array" && name.includes(".")
    ? { type: plain("String"), notes: [...value.notes, reasons.dottedList] }
    : value;

/** True for plain text that the options call one of few values. */
const isFewWords = (field: Field, type: ColumnType, { options }: Context): boolean =>
  type.kind === "plain" && type.name === "String" && (options.lowCardinality ?? []).includes(field.name);

function typeOf(ref: TypeRef, limits: Limits, place: Place, context: Context): Projected {
  if (place.depth > deepest) return { type: plain("String"), notes: [reasons.anyJson] };
  const type = unalias(ref, context.view);
  switch (type.kind) {
    case "scalar":
      return scalarType(type, limits, context);
    case "named": {
      const decl = context.view.type(type.name);
      if (decl.kind === "message") return messageType(decl, place, context);
      if (decl.kind === "enum") return enumType(decl, context.profile);
      if (decl.kind === "union") return unionOf(decl.variants, place, context);
      return { type: plain("String"), notes: [reasons.anyJson] };
    }
    case "list": {
      const item = typeOf(type.item, {}, into(place), context);
      const notes = [...item.notes, ...(type.unique ? [reasons.duplicates] : []), ...unchecked(limits)];
      return { type: { kind: "array", item: item.type }, notes };
    }
    case "map": {
      const value = typeOf(type.value, {}, into(place), context);
      const notes = [...value.notes, ...(type.key === "bool" ? [reasons.boolKeys] : [])];
      return { type: { kind: "map", key: keyType(type.key), value: value.type }, notes };
    }
    case "union":
      return unionOf(type.variants, place, context);
    case "literal":
      return { type: literalType(type.value), notes: [reasons.oneValue] };
    case "json":
      return type.only === "object" ? freeForm(context) : { type: plain("String"), notes: [reasons.anyJson] };
    case "unstated":
      return { type: plain("String"), notes: [reasons.anyJson] };
    default:
      return assertNever(type);
  }
}

function messageType(message: Message, place: Place, context: Context): Projected {
  if (place.around.includes(message.name)) return freeForm(context, reasons.recursive);
  place.budget.left -= message.fields.length;
  if (place.depth >= deepest || place.budget.left < 0) return freeForm(context, reasons.tooLarge);
  if (!fitsTuple(message, context)) return freeForm(context, reasons.noTuple);

  const inside = { ...into(place), around: [...place.around, message.name] };
  const elements = membersOf(message, inside, context, "element").map(({ property, type }): TupleElement => {
    const comment = fieldNote(property.field);
    return { name: property.name, type, ...(comment !== undefined && { comment }) };
  });
  return { type: { kind: "tuple", elements }, notes: [] };
}

/**
 * A tuple needs elements of different names; ClickHouse keeps the name `null` for itself, reads no empty tuple, and leaves
 * an element at its default whose name has a control character.
 */
function fitsTuple(message: Message, { profile }: Context): boolean {
  const names = new Set(message.fields.map((field) => jsonKey(field, profile)));
  const isOdd = [...names].some((name) => name === "null" || name === "" || /[\u0000-\u001f\u007f]/.test(name));
  return names.size > 0 && names.size === message.fields.length && !isOdd;
}

function unionOf(variants: readonly TypeRef[], place: Place, context: Context): Projected {
  place.budget.left -= variants.length;
  if (place.budget.left < 0) return { type: plain("String"), notes: [reasons.anyJson] };
  // The variants' own fields are not spread out, but they are looked at: their kinds decide.
  const kinds = variants.map((variant) => {
    const type = unalias(variant, context.view);
    if (type.kind === "named") {
      const decl = context.view.type(type.name);
      if (decl.kind === "message") return "object" as const;
      if (decl.kind === "union") {
        if (place.depth >= deepest) return "any" as const;
        const inner = unionOf(decl.variants, into(place), context).type;
        return inner.kind === "json" ? ("object" as const) : inner;
      }
    }
    if (type.kind === "map" || (type.kind === "json" && type.only)) return "object" as const;
    if (type.kind === "json" || type.kind === "list") return "any" as const;
    return typeOf(type, {}, into(place), context).type;
  });
  if (kinds.every((kind) => kind === "object")) return freeForm(context);
  return unionType(kinds.flatMap((kind) => (typeof kind === "string" ? [undefined] : [kind])));
}

const freeForm = ({ options }: Context, because = reasons.jsonType): Projected =>
  options.freeForm === "string"
    ? { type: plain("String"), notes: [reasons.jsonText] }
    : { type: { kind: "json" }, notes: [because] };

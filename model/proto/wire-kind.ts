import { assertNever } from "../json.ts";
import { jsonForm } from "../json-form.ts";
import type { JsonProfile, TypeRef } from "../model.ts";
import { unalias, type View } from "../view.ts";
import type { WireField } from "./wire.ts";

/** How the value of a field is converted between JSON and binary; the runtime knows the kinds by name. */
export interface ValueKind {
  /** The name of a kind of the runtime; absent for messages and enums, which have tables of their own. */
  readonly kind?: string;
  /** True where the wire has all bits instead of a varint. */
  readonly fixed?: boolean;
  /** True where the value stands in a message of its own, so that it can be absent. */
  readonly wrapped?: boolean;
}

const wrappers: Readonly<Record<string, string>> = {
  BoolValue: "bool",
  Int32Value: "int32",
  Int64Value: "int64",
  UInt32Value: "uint32",
  UInt64Value: "uint64",
  FloatValue: "float",
  DoubleValue: "double",
  StringValue: "string",
  BytesValue: "bytes",
};

const freeForms: Readonly<Record<string, string>> = {
  Struct: "struct",
  Value: "value",
  ListValue: "list-value",
  Any: "any",
  Empty: "empty",
  FieldMask: "field-mask",
  NullValue: "null",
};

/** The kind of a field's values, those of its items where it is a list or a map. */
export function valueKind({ field, shape, type }: WireField, profile: JsonProfile, view: View): ValueKind {
  switch (type.kind) {
    case "message":
    case "enum":
      return {};
    case "scalar":
      return { kind: scalarKind(type.name, element(field.type, shape, view), profile), ...fixed(type.name) };
    case "known": {
      const inner = wrappers[type.name];
      if (inner !== undefined)
        return { kind: scalarKind(inner, element(field.type, shape, view), profile), wrapped: true };
      return { kind: freeForms[type.name] ?? timeKind(element(field.type, shape, view), profile) };
    }
    default:
      return assertNever(type);
  }
}

/** The kind of a map's keys, which JSON has as texts. */
export const keyKind = (key: string): ValueKind => ({ kind: usual(key), ...fixed(key) });

function element(type: TypeRef, shape: WireField["shape"], view: View): TypeRef {
  if (shape === "list" && type.kind === "list") return unalias(type.item, view);
  if (shape === "map" && type.kind === "map") return unalias(type.value, view);
  return unalias(type, view);
}

const fixed = (name: string): Pick<ValueKind, "fixed"> => (/fixed/.test(name) ? { fixed: true } : {});

/** Encodings of one value: sint32, sfixed32 and int32 are all an int32. */
const usual = (name: string): string => name.replace(/^s(?:fixed|int)/, "int").replace(/^fixed/, "uint");

function scalarKind(name: string, type: TypeRef, profile: JsonProfile): string {
  const kind = usual(name);
  const form = jsonForm(type, profile).kind;
  // Free-form JSON of a document whose numbers are locked is text.
  if (kind === "string" && (form === "any" || form === "object"))
    return form === "any" ? "json-text" : "json-object-text";
  return kind.endsWith("64") && form !== "string" ? `${kind}-number` : kind;
}

/** A moment or a span of time, in the form that the system writes. */
function timeKind(type: TypeRef, profile: JsonProfile): string {
  const logical = type.kind === "scalar" ? type.logical : undefined;
  if (logical?.name === "duration") {
    const encoding = logical.encoding === "protobuf" ? profile.duration : logical.encoding;
    return encoding === "seconds-string" ? "duration" : `duration-${encoding}`;
  }
  const encoding = logical?.name === "timestamp" && logical.encoding !== "protobuf" ? logical.encoding : undefined;
  return `timestamp${{ rfc3339: "", "epoch-seconds": "-seconds", "epoch-millis": "-millis" }[encoding ?? profile.timestamp]}`;
}

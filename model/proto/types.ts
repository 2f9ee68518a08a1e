import { assertNever } from "../json.ts";
import type { Field, MapKey, Name, Scalar, TypeDecl, TypeRef, Wire } from "../model.ts";
import { lastSegment } from "../names.ts";
import { formatTypeRef } from "../type-expression.ts";
import { isIdentifier } from "./names.ts";

/** A type as Protobuf writes it, or why it cannot. */
export type ProtoType =
  | {
      readonly text: string;
      /** `repeated` and `map` fields are never absent: none and an empty one are the same. */
      readonly shape: "scalar" | "enum" | "message" | "repeated" | "map";
      /** Files that have to be imported for it. */
      readonly imports: readonly string[];
      /** What Protobuf does not say of it, when it does not say all. */
      readonly loses?: string;
    }
  | { readonly cannot: string };

/** What a type is printed with. */
export interface TypeContext {
  readonly type: (name: Name) => TypeDecl | undefined;
  /** The file that declares a type, when it is not the one that is printed. */
  readonly importOf: (name: Name) => string | undefined;
  readonly shorten: (target: Name, from: Name) => string;
  /**
   * True for fields whose moments, spans of time and free-form JSON are text on the wire, as in their documents. Otherwise they
   * are the messages that Protobuf has for them.
   */
  readonly isText?: (field: Field) => boolean;
  /** True within such a field. */
  readonly text?: boolean;
}

const scalars: Readonly<Record<Scalar, string>> = {
  bool: "bool",
  int32: "int32",
  int64: "int64",
  uint32: "uint32",
  uint64: "uint64",
  float32: "float",
  float64: "double",
  number: "double",
  string: "string",
  bytes: "bytes",
};

const wrappers: Readonly<Record<Scalar, string>> = {
  bool: "BoolValue",
  int32: "Int32Value",
  int64: "Int64Value",
  uint32: "UInt32Value",
  uint64: "UInt64Value",
  float32: "FloatValue",
  float64: "DoubleValue",
  number: "DoubleValue",
  string: "StringValue",
  bytes: "BytesValue",
};

const wellKnown = (name: string, file: string, loses?: string): ProtoType => ({
  text: `google.protobuf.${name}`,
  shape: "message",
  imports: [`google/protobuf/${file}.proto`],
  ...(loses && { loses }),
});

const plain = (text: string, loses?: string): ProtoType => ({
  text,
  shape: "scalar",
  imports: [],
  ...(loses && { loses }),
});

/** The type of a field; `from` is the message it stands in. */
export function fieldType(field: Field, from: Name, context: TypeContext): ProtoType {
  const { type } = field;
  if (field.wire?.type ?? field.wire?.key) return wiredType(field.wire, type, from, context);
  const { isText, ...rest } = context;
  if (isText?.(field)) return fieldType(field, from, { ...rest, text: true });
  if (type.kind === "list") {
    if (isJson(type.item) && field.presence === "optional" && !context.text) return wellKnown("ListValue", "struct");
    const item = single(type.item, from, context);
    if ("cannot" in item) return item;
    if (item.shape === "repeated" || item.shape === "map")
      return { cannot: "Protobuf has no lists of lists or of maps." };
    const loses = type.unique ? "That no item stands twice is not said." : item.loses;
    return { ...item, text: `repeated ${item.text}`, shape: "repeated", ...(loses && { loses }) };
  }
  if (type.kind === "map") return mapType(type.key, type.value, from, context);
  if (type.kind === "scalar" && !type.logical && field.nullable && !context.text)
    return wellKnown(wrappers[type.scalar], "wrappers");
  const result = single(type, from, context);
  const isValue = "text" in result && result.text === "google.protobuf.Value";
  if ("cannot" in result || !field.nullable || isValue) return result;
  return { ...result, loses: result.loses ?? "Null and absent are the same." };
}

/** A type that the source names itself. */
function wiredType(wire: Wire, type: TypeRef, from: Name, context: TypeContext): ProtoType {
  const part = type.kind === "list" ? type.item : type.kind === "map" ? type.value : type;
  const item = wire.type === undefined ? single(part, from, context) : statedType(wire.type);
  if ("cannot" in item) return item;
  if (type.kind === "list") return { ...item, text: `repeated ${item.text}`, shape: "repeated" };
  if (type.kind === "map") return { ...item, text: `map<${wire.key ?? type.key}, ${item.text}>`, shape: "map" };
  return item;
}

function statedType(text: string): ProtoType {
  const [, name] = /^google\.protobuf\.(\w+)$/.exec(text) ?? [];
  if (name === undefined) return plain(text);
  const file = /^(?:Struct|ListValue|NullValue|Value)$/.test(name)
    ? "struct"
    : name.endsWith("Value")
      ? "wrappers"
      : name === "FieldMask"
        ? "field_mask"
        : name.toLowerCase();
  const known = wellKnown(name, file);
  return name === "NullValue" ? { ...known, shape: "enum" } : known;
}

const isJson = (type: TypeRef): boolean => type.kind === "json" && type.only === undefined;

function mapType(key: MapKey, value: TypeRef, from: Name, context: TypeContext): ProtoType {
  const item = single(value, from, context);
  if ("cannot" in item) return item;
  if (item.shape === "repeated" || item.shape === "map") return { cannot: "Protobuf has no maps of lists or of maps." };
  return { ...item, text: `map<${key}, ${item.text}>`, shape: "map" };
}

function single(type: TypeRef, from: Name, context: TypeContext, steps = 0): ProtoType {
  switch (type.kind) {
    case "scalar":
      return scalarType(type, context);
    case "named":
      return named(type.name, from, context, steps);
    case "json":
      if (context.text) return plain("string", "That it is JSON text is not said.");
      return type.only === "object" ? wellKnown("Struct", "struct") : wellKnown("Value", "struct");
    case "literal": {
      const kind = typeof type.value;
      const text = kind === "string" ? "string" : kind === "boolean" ? "bool" : "double";
      return plain(text, `That it is always ${JSON.stringify(type.value)} is not said.`);
    }
    case "list":
    case "map":
      return { cannot: "Protobuf has no lists or maps inside of others." };
    case "union":
      return { cannot: `Protobuf has no type that is one of several, as ${formatTypeRef(type)} is.` };
    case "unstated":
      return { cannot: "Its type is not stated." };
    default:
      return assertNever(type);
  }
}

function scalarType({ scalar, logical }: TypeRef & { kind: "scalar" }, context: TypeContext): ProtoType {
  const text = scalars[scalar];
  if (!logical) return plain(text);
  const unsaid = `That it is a ${formatTypeRef({ kind: "scalar", scalar, logical })} is not said.`;
  const isWritten = (logical.name === "timestamp" || logical.name === "duration") && logical.encoding !== "protobuf";
  if (context.text && isWritten) return plain(text, unsaid);
  switch (logical.name) {
    case "timestamp":
      if (logical.encoding === "protobuf") return wellKnown("Timestamp", "timestamp");
      if (logical.encoding === "rfc3339")
        return wellKnown("Timestamp", "timestamp", "How it is written in JSON is left to the system's profile.");
      return plain(text, unsaid);
    case "duration":
      if (logical.encoding === "protobuf") return wellKnown("Duration", "duration");
      if (logical.encoding === "seconds-string")
        return wellKnown("Duration", "duration", "How it is written in JSON is left to the system's profile.");
      return plain(text, unsaid);
    case "uuid":
    case "uri":
    case "ip":
    case "json":
      return plain(text, unsaid);
    default:
      return assertNever(logical);
  }
}

function named(name: Name, from: Name, context: TypeContext, steps: number): ProtoType {
  const decl = context.type(name);
  if (!decl || steps > 100) return { cannot: `The type ${name} is not declared.` };
  if ((decl.kind === "message" || decl.kind === "enum") && !isIdentifier(lastSegment(name)))
    return { cannot: `${lastSegment(name)} is no name in Protobuf.` };
  const file = context.importOf(name);
  const imports = file === undefined ? [] : [file];
  switch (decl.kind) {
    case "message":
    case "enum":
      return { text: context.shorten(name, from), shape: decl.kind, imports };
    case "alias":
      return single(decl.type, from, context, steps + 1);
    case "external":
      if (file !== undefined) return { text: context.shorten(name, from), shape: "message", imports };
      if (decl.as) return single(decl.as, from, context, steps + 1);
      return { cannot: `No .proto file that is known here declares ${name}.` };
    case "union":
      return { cannot: `Protobuf has no type that is one of several, as ${name} is.` };
    default:
      return assertNever(decl);
  }
}

import {
  assertNever,
  type Field,
  type JsonProfile,
  jsonForm,
  jsonKey,
  type Message,
  type Name,
  type TypeRef,
  unalias,
} from "../../../model/index.ts";
import type { Reading, Side } from "../sides.ts";
import { type Verdict, worst } from "../verdict.ts";

/** A type as Avro has it, as far as resolution asks: its kind, and what stands inside. */
type Avro =
  | { readonly kind: Primitive; readonly meaning?: string }
  | { readonly kind: "named"; readonly name: Name }
  | { readonly kind: "constant"; readonly values: readonly unknown[] }
  | { readonly kind: "array"; readonly item: TypeRef }
  | { readonly kind: "map"; readonly value: TypeRef }
  | { readonly kind: "union"; readonly variants: readonly TypeRef[] };

type Primitive = "boolean" | "int" | "long" | "float" | "double" | "string" | "bytes";

/** What a reader and a writer write JSON like: Avro's types follow from it. */
export interface Profiles {
  readonly writer: JsonProfile;
  readonly reader: JsonProfile;
}

/** What becomes of a value when the reader's schema resolves the writer's. */
export function readAvro(
  from: TypeRef,
  to: TypeRef,
  reading: Reading,
  profiles: Profiles,
  asked = new Set<string>(),
): Verdict {
  const [own, other] = [avroOf(from, reading.writer, profiles.writer), avroOf(to, reading.reader, profiles.reader)];
  const inner = (written: TypeRef, read: TypeRef): Verdict => readAvro(written, read, reading, profiles, asked);
  if (own.kind === "union") return worst(own.variants.map((variant) => inner(variant, to)));
  if (other.kind === "union") {
    // The first branch that matches is taken; which one that is depends on the others.
    const found = other.variants.map((variant) => inner(from, variant));
    return (["safe", "hazard", "lossy"] as const).find((verdict) => found.includes(verdict)) ?? "breaking";
  }
  switch (own.kind) {
    case "array":
      return other.kind === "array" ? inner(own.item, other.item) : "breaking";
    case "map":
      return other.kind === "map" ? inner(own.value, other.value) : "breaking";
    case "constant":
      return other.kind === "constant" && JSON.stringify(own.values) === JSON.stringify(other.values)
        ? "safe"
        : "breaking";
    case "named":
      return other.kind === "named" ? readNamed(own.name, other.name, reading, profiles, asked) : "breaking";
    default:
      return isPrimitive(other) ? readPrimitive(own, other) : "breaking";
  }
}

/** Named types resolve when their names agree without the namespaces; then their insides decide. */
function readNamed(from: Name, to: Name, reading: Reading, profiles: Profiles, asked: Set<string>): Verdict {
  const pair = `${from} ${to}`;
  if (asked.has(pair)) return "safe";
  asked.add(pair);
  if (reading.isSame(from, to)) return "safe";
  if (lastPart(from) !== lastPart(to)) return "breaking";
  const [written, read] = [reading.writer.view.type(from), reading.reader.view.type(to)];
  if (written.kind === "enum" && read.kind === "enum") {
    const known = new Set(read.values.map(({ name }) => name));
    return written.values.every(({ name }) => known.has(name)) ? "hazard" : "breaking";
  }
  if (written.kind !== "message" || read.kind !== "message") return "breaking";
  // The specification passes over the namespaces; not every implementation does.
  return worst(["hazard", readRecord(written, read, reading, profiles, asked)]);
}

function readRecord(
  written: Message,
  read: Message,
  reading: Reading,
  profiles: Profiles,
  asked: Set<string>,
): Verdict {
  const sent = new Map(written.fields.map((field) => [jsonKey(field, profiles.writer), field]));
  return worst(
    read.fields.map((field) => {
      const own = sent.get(jsonKey(field, profiles.reader));
      if (!own) return hasAvroDefault(field, reading.reader) ? "safe" : "breaking";
      if (mayBeNull(own) && !mayBeNull(field)) return "breaking";
      return readAvro(own.type, field.type, reading, profiles, asked);
    }),
  );
}

/** True where the Avro type of a field is a union with null. */
export const mayBeNull = ({ presence, nullable }: Field): boolean => presence !== "required" || nullable === true;

/** True where a reader that does not find a field in the writer's schema has a value for it. */
export function hasAvroDefault(field: Field, { view }: Side): boolean {
  if (field.presence !== "required") return true;
  const { default: value } = field;
  if (value === undefined || value === null) return false;
  const type = unalias(field.type, view);
  if (type.kind !== "scalar" || type.logical) return false;
  switch (type.scalar) {
    case "bool":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string";
    case "bytes":
    case "uint64":
      return false;
    default:
      return typeof value === "number";
  }
}

const lastPart = (name: Name): string => name.slice(name.lastIndexOf(".") + 1);

function avroOf(type: TypeRef, { view }: Side, profile: JsonProfile): Avro {
  const target = unalias(type, view);
  switch (target.kind) {
    case "scalar":
      return scalarOf(target, profile);
    case "named": {
      const decl = view.type(target.name);
      if (decl.kind === "union" && (decl.fields ?? []).length === 0) return { kind: "union", variants: decl.variants };
      return decl.kind === "external" ? { kind: "string", meaning: "json" } : { kind: "named", name: target.name };
    }
    case "list":
      return { kind: "array", item: target.item };
    case "map":
      return { kind: "map", value: target.value };
    case "union":
      return target.variants.every(({ kind }) => kind === "literal")
        ? { kind: "constant", values: target.variants.map((variant) => variant.kind === "literal" && variant.value) }
        : { kind: "union", variants: target.variants };
    case "literal":
      return { kind: "constant", values: [target.value] };
    case "json":
    case "unstated":
      return { kind: "string", meaning: "json" };
    default:
      return assertNever(target);
  }
}

function scalarOf(type: TypeRef & { readonly kind: "scalar" }, profile: JsonProfile): Avro {
  const { scalar, logical } = type;
  if (logical?.name === "timestamp" || logical?.name === "duration") {
    const encoding = logical.encoding === "protobuf" ? profile[logical.name] : logical.encoding;
    const form = jsonForm(type, profile);
    if (encoding === "seconds-string") return { kind: "constant", values: ["google.protobuf.Duration"] };
    if (form.kind === "string" && logical.name === "duration") return { kind: "string", meaning: encoding };
    return { kind: form.kind === "number" ? "double" : "long", meaning: encoding };
  }
  const meaning = logical ? { meaning: logical.name } : {};
  switch (scalar) {
    case "bool":
      return { kind: "boolean" };
    case "int32":
      return { kind: "int" };
    case "uint32":
    case "int64":
      return { kind: "long" };
    case "uint64":
      return { kind: "bytes", meaning: "decimal" };
    case "float32":
      return { kind: "float" };
    case "float64":
    case "number":
      return { kind: "double" };
    case "string":
    case "bytes":
      return { kind: scalar, ...meaning };
    default:
      return assertNever(scalar);
  }
}

const isPrimitive = (type: Avro): type is Avro & { readonly kind: Primitive } =>
  !["named", "constant", "array", "map", "union"].includes(type.kind);

type PrimitiveType = { readonly kind: Primitive; readonly meaning?: string };

function readPrimitive(from: PrimitiveType, to: PrimitiveType): Verdict {
  // Any bytes are a number, and most of them one that is out of its bounds.
  if (to.meaning === "decimal" && from.meaning !== "decimal") return "breaking";
  const promoted = promote(from.kind, to.kind);
  if (promoted === "breaking" || from.meaning === to.meaning) return promoted;
  // Resolution does not look at meanings: it takes the scale of a decimal, or milliseconds for microseconds, as it comes.
  const isCount = ["int", "long"].includes(to.kind) && (from.meaning === undefined || to.meaning === undefined);
  return worst([isCount ? "hazard" : "lossy", promoted]);
}

/** What the specification promotes, and what a double cannot hold of it. */
function promote(from: Primitive, to: Primitive): Verdict {
  if (from === to) return "safe";
  if (from === "int") return to === "long" || to === "double" ? "safe" : to === "float" ? "lossy" : "breaking";
  if (from === "long") return to === "float" || to === "double" ? "lossy" : "breaking";
  if (from === "float") return to === "double" ? "safe" : "breaking";
  return (from === "string" && to === "bytes") || (from === "bytes" && to === "string") ? "lossy" : "breaking";
}

import {
  assertNever,
  type Enum,
  enumJsonValues,
  type JsonProfile,
  jsonForm,
  jsonKey,
  type Message,
  type TypeRef,
  unalias,
} from "../../../model/index.ts";
import type { Reading, Side } from "../sides.ts";
import { type Verdict, worst } from "../verdict.ts";
import type { Profiles } from "./avro.ts";
import { acceptsKey } from "./json.ts";

/** The type of a column, as far as converting it asks. */
type Column =
  | { readonly kind: "Bool" | "Float32" | "Float64" | "String" | "UUID" | "JSON" }
  | { readonly kind: "integer"; readonly bits: 32 | 64; readonly signed: boolean }
  | { readonly kind: "time"; readonly scale: number }
  | { readonly kind: "enum"; readonly decl: Enum }
  | { readonly kind: "array"; readonly item: TypeRef }
  | { readonly kind: "map"; readonly key: string; readonly value: TypeRef }
  | { readonly kind: "tuple"; readonly message: Message };

/**
 * What becomes of stored values when `ALTER` makes another type of their column. ClickHouse converts what it can: some numbers
 * it wraps without a word, and texts that are none of the new type stop the change half-way, with every `SELECT` failing.
 */
export function convertColumn(from: TypeRef, to: TypeRef, reading: Reading, profiles: Profiles, depth = 0): Verdict {
  if (depth > 32) return "breaking";
  const [own, other] = [columnOf(from, reading.writer, profiles.writer), columnOf(to, reading.reader, profiles.reader)];
  const inner = (written: TypeRef, read: TypeRef): Verdict =>
    convertColumn(written, read, reading, profiles, depth + 1);
  switch (own.kind) {
    case "Bool":
      return other.kind === "Bool" || other.kind === "integer" || other.kind === "String" ? "safe" : "breaking";
    case "integer":
      return convertInteger(own, other);
    case "Float32":
    case "Float64":
      if (other.kind === own.kind || other.kind === "Float64" || other.kind === "String") return "safe";
      return other.kind === "Float32" || other.kind === "integer" ? "lossy" : "breaking";
    case "String":
      return other.kind === "String" ? "safe" : "breaking";
    case "UUID":
      return other.kind === "UUID" || other.kind === "String" ? "safe" : "breaking";
    case "JSON":
      return other.kind === "JSON" || other.kind === "String" ? "safe" : "breaking";
    case "time":
      if (other.kind === "time") return other.scale === own.scale ? "safe" : "lossy";
      return other.kind === "String" ? "safe" : other.kind === "integer" ? "lossy" : "breaking";
    case "enum":
      if (other.kind === "enum") return convertEnum(own.decl, other.decl, reading);
      return other.kind === "String" || other.kind === "integer" ? "safe" : "breaking";
    case "array":
      return other.kind === "array" ? inner(own.item, other.item) : "breaking";
    case "map":
      if (other.kind === "JSON") return "safe";
      if (other.kind !== "map" || !acceptsKey(own.key, other.key)) return "breaking";
      return inner(own.value, other.value);
    case "tuple":
      if (other.kind !== "tuple") return "breaking";
      return convertTuple(own.message, other.message, reading, profiles, depth);
    default:
      return assertNever(own);
  }
}

function convertInteger(from: Column & { readonly kind: "integer" }, to: Column): Verdict {
  switch (to.kind) {
    case "integer": {
      const holds = to.signed ? to.bits > from.bits || from.signed : !from.signed;
      return holds && to.bits >= from.bits ? "safe" : "lossy";
    }
    case "String":
      return "safe";
    case "Float64":
      return from.bits === 32 ? "safe" : "lossy";
    case "Float32":
    case "Bool":
    case "time":
      return "lossy";
    default:
      return "breaking";
  }
}

function convertEnum(from: Enum, to: Enum, { isSame }: Reading): Verdict {
  if (isSame(from.name, to.name)) return "safe";
  const known = new Map(to.values.map(({ name, number }) => [name, number]));
  return from.values.every(({ name, number }) => known.has(name) && known.get(name) === number) ? "safe" : "breaking";
}

function convertTuple(from: Message, to: Message, reading: Reading, profiles: Profiles, depth: number): Verdict {
  if (reading.isSame(from.name, to.name)) return "safe";
  const read = new Map(to.fields.map((field) => [jsonKey(field, profiles.reader), field]));
  return worst(
    from.fields.map((field) => {
      const other = read.get(jsonKey(field, profiles.writer));
      if (!other) return "lossy";
      const value = convertColumn(field.type, other.type, reading, profiles, depth + 1);
      return field.presence === other.presence ? value : worst(["lossy", value]);
    }),
  );
}

function columnOf(type: TypeRef, { view }: Side, profile: JsonProfile): Column {
  const target = unalias(type, view);
  switch (target.kind) {
    case "scalar":
      return scalarOf(target, profile);
    case "named": {
      const decl = view.type(target.name);
      if (decl.kind === "message") return { kind: "tuple", message: decl };
      if (decl.kind === "enum") {
        const numbers = new Set(decl.values.map(({ number }) => number));
        if (!decl.open && !numbers.has(undefined) && numbers.size === decl.values.length) return { kind: "enum", decl };
        const byNumber = enumJsonValues(decl, profile).every((value) => typeof value === "number");
        return byNumber ? { kind: "integer", bits: 32, signed: true } : { kind: "String" };
      }
      return decl.kind === "union" ? { kind: "JSON" } : { kind: "String" };
    }
    case "list":
      return { kind: "array", item: target.item };
    case "map":
      return { kind: "map", key: target.key, value: target.value };
    case "json":
      return { kind: target.only ? "JSON" : "String" };
    case "literal":
      if (typeof target.value === "boolean") return { kind: "Bool" };
      return typeof target.value === "string" ? { kind: "String" } : { kind: "integer", bits: 64, signed: true };
    case "union":
    case "unstated":
      return { kind: "String" };
    default:
      return assertNever(target);
  }
}

function scalarOf(type: TypeRef & { readonly kind: "scalar" }, profile: JsonProfile): Column {
  const form = jsonForm(type, profile);
  const { scalar, logical } = type;
  switch (form.kind) {
    case "boolean":
      return { kind: "Bool" };
    case "integer":
      if (logical || scalar === "int64") return { kind: "integer", bits: 64, signed: true };
      return { kind: "integer", bits: scalar === "uint64" ? 64 : 32, signed: !scalar.startsWith("u") };
    case "number":
      return { kind: scalar === "float32" ? "Float32" : "Float64" };
    case "string":
      if (form.format === "uuid") return { kind: "UUID" };
      if (form.format === "int64" || form.format === "uint64")
        return { kind: "integer", bits: 64, signed: form.format === "int64" };
      if (form.format === "date-time")
        return { kind: "time", scale: logical?.name === "timestamp" && logical.encoding === "protobuf" ? 9 : 3 };
      return { kind: "String" };
    default:
      return { kind: "String" };
  }
}

import {
  type Enum,
  type Json,
  type JsonProfile,
  jsonKey,
  keyKind,
  memberName,
  type Name,
  type View,
  valueKind,
  type WireField,
  type WireMessage,
} from "../../model/index.ts";
import { type Decoded, isDecoded, long, scalarJson } from "./scalars.ts";

/** What a message is read with. */
export interface Reading {
  readonly view: View;
  readonly messages: ReadonlyMap<Name, WireMessage>;
  readonly profileOf: (system: Name) => JsonProfile;
  /** Decodes the bytes of a message by its name in the model; for what is packed in another. */
  readonly unpack: (name: Name, bytes: Uint8Array) => Decoded | undefined;
  readonly problem: (path: string, said: string) => void;
}

/** A decoded message as the JSON of its system. */
export function messageJson(wire: WireMessage, message: Decoded, path: string, reading: Reading): Json {
  const profile = reading.profileOf(wire.message.system);
  const byName = new Map(wire.fields.map((field) => [field.field.name, field]));
  const entries: [string, Json][] = [];
  for (const { name } of wire.message.fields) {
    const field = byName.get(name);
    if (!field) continue;
    const key = jsonKey(field.field, profile);
    const value = fieldJson(field, message, `${path}/${pointerPart(key)}`, profile, reading);
    if (value !== undefined) entries.push([key, value]);
    else if (field.field.presence === "required") {
      if (field.field.nullable) entries.push([key, null]);
      else reading.problem(`${path}/${pointerPart(key)}`, "is missing");
    }
  }
  for (const oneof of wire.message.oneofs ?? [])
    if (oneof.required && !oneof.fields.some((name) => Object.hasOwn(message, memberName(name))))
      reading.problem(path, `has none of ${oneof.name}`);
  // Not an assignment, which would take the key `__proto__` for the prototype.
  return Object.fromEntries(entries);
}

function fieldJson(
  wire: WireField,
  message: Decoded,
  path: string,
  profile: JsonProfile,
  reading: Reading,
): Json | undefined {
  const { field, shape, key } = wire;
  const member = memberName(field.name);
  const raw = Object.hasOwn(message, member) ? message[member] : undefined;
  if (raw === undefined || raw === null) return undefined;
  const isKept = field.presence === "required";
  if (shape === "list") {
    const items = (raw as readonly unknown[]).flatMap((item, i) => {
      const value = valueJson(wire, item, `${path}/${i}`, profile, reading);
      return value === undefined ? [] : [value];
    });
    return (raw as readonly unknown[]).length > 0 || isKept ? items : undefined;
  }
  if (shape === "map") {
    const all = Object.entries(raw);
    const entries = all.flatMap(([hash, item]): readonly [string, Json][] => {
      const name = mapKey(hash, key ?? "string");
      const value = valueJson(wire, item, `${path}/${pointerPart(name)}`, profile, reading);
      return value === undefined ? [] : [[name, value]];
    });
    return all.length > 0 || isKept ? Object.fromEntries(entries) : undefined;
  }
  if (isImplicitZero(wire, raw)) return undefined;
  return valueJson(wire, raw, path, profile, reading);
}

/** protobufjs keeps keys of 64 bits as eight characters of one byte each, a zero that nobody wrote as itself. */
function mapKey(key: string, type: string): string {
  const { kind = "" } = keyKind(type);
  if (!kind.endsWith("64") || key === "0") return key;
  const bytes = Array.from(key, (sign) => BigInt(sign.charCodeAt(0)));
  const bits = bytes.reduceRight((all, byte) => (all << 8n) | byte, 0n);
  return String(kind === "int64" ? BigInt.asIntN(64, bits) : bits);
}

/** Where presence means nothing, a zero is the same as none. */
function isImplicitZero({ field, oneof, type }: WireField, raw: unknown): boolean {
  if (oneof !== undefined || field.presence === "required" || field.presence === "optional") return false;
  if (type.kind !== "scalar" && type.kind !== "enum") return false;
  if (raw instanceof Uint8Array) return raw.length === 0;
  if (typeof raw === "number") return Object.is(raw, 0);
  return raw === "" || raw === false || long(raw) === 0n;
}

function valueJson(
  wire: WireField,
  raw: unknown,
  path: string,
  profile: JsonProfile,
  reading: Reading,
): Json | undefined {
  const { type } = wire;
  if (type.kind === "enum") return enumJson(type.decl, Number(raw), reading.profileOf(type.decl.system));
  if (type.kind === "message") {
    const inner = reading.messages.get(type.name);
    return inner && isDecoded(raw) ? messageJson(inner, raw, path, reading) : undefined;
  }
  const { kind = "", wrapped = false } = valueKind(wire, profile, reading.view);
  if (kind === "any") return anyJson(raw, path, reading);
  const value = scalarJson(kind, wrapped ? unwrapped(raw, kind) : raw, path, reading.problem);
  return value === undefined ? null : value;
}

function unwrapped(raw: unknown, kind: string): unknown {
  if (isDecoded(raw) && Object.hasOwn(raw, "value")) return raw.value;
  return kind === "string" ? "" : kind === "bool" ? false : kind === "bytes" ? new Uint8Array(0) : 0;
}

/** A number that a closed enum does not list is none of its values, and is not there. */
function enumJson(decl: Enum, number: number, profile: JsonProfile): Json | undefined {
  const value = decl.values.find((other) => other.number === number);
  if (!value) return decl.open ? number : undefined;
  return profile.enums === "number" ? number : value.name;
}

/** A message that names its own type. */
function anyJson(raw: unknown, path: string, reading: Reading): Json {
  const any = isDecoded(raw) ? raw : {};
  const url = typeof any.type_url === "string" ? any.type_url : "";
  const bytes = any.value instanceof Uint8Array ? any.value : new Uint8Array(0);
  if (url === "" && bytes.length === 0) return {};
  const name = url.slice(url.lastIndexOf("/") + 1);
  const wire = url.includes("/") ? reading.messages.get(name) : undefined;
  const inner = wire && reading.unpack(name, bytes);
  if (!wire || !inner) {
    reading.problem(path, `holds a ${url}, which is not known here or does not fit its bytes`);
    return {};
  }
  const value = messageJson(wire, inner, path, reading);
  return { "@type": url, ...(value as { readonly [key: string]: Json }) };
}

const pointerPart = (key: string): string => key.replace(/~/g, "~0").replace(/\//g, "~1");

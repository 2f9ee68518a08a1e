import {
  type Field,
  type JsonProfile,
  jsonKey,
  type Message,
  type TypeRef,
  unalias,
  type View,
} from "../../../pipeline/index.ts";
import type { WireValue } from "../../../verify/index.ts";
import { isRecord, nanosOf, own } from "../meaning.ts";

/** What the printer needs to know. */
export interface TextScope {
  readonly view: View;
  readonly profile: JsonProfile;
}

/** A message's JSON in the text format of the Protobuf compiler, written from the model and by no codec. */
export function textFormat(message: Message, value: WireValue, scope: TextScope): string {
  if (!isRecord(value)) throw new Error(`${message.name} is an object in JSON.`);
  return message.fields
    .flatMap((field) => {
      const part = own(value, jsonKey(field, scope.profile));
      return part === undefined || part === null ? [] : fieldTexts(field, part, scope);
    })
    .join(" ");
}

function fieldTexts({ name, type }: Field, value: WireValue, scope: TextScope): readonly string[] {
  const plain = unalias(type, scope.view);
  if (plain.kind === "list" && Array.isArray(value))
    return value.map((item) => `${name}: ${valueText(plain.item, item, scope)}`);
  if (plain.kind === "map" && isRecord(value))
    return Object.entries(value).map(([key, part]) => {
      const keyText = plain.key === "string" ? quoted(Buffer.from(key)) : key;
      return `${name}: { key: ${keyText} value: ${valueText(plain.value, part, scope)} }`;
    });
  return [`${name}: ${valueText(plain, value, scope)}`];
}

function valueText(type: TypeRef, value: WireValue, scope: TextScope): string {
  const plain = unalias(type, scope.view);
  if (plain.kind === "json") return `{ ${structText(value)} }`;
  if (plain.kind === "named") {
    const decl = scope.view.type(plain.name);
    if (decl.kind === "message") return `{ ${textFormat(decl, value, scope)} }`;
    if (decl.kind === "enum") return String(value);
  }
  if (plain.kind === "scalar") {
    if (plain.logical?.name === "timestamp") return partsText(nanosOf(String(value)) ?? 0n, "floor");
    if (plain.logical?.name === "duration") return partsText(durationOf(String(value)), "truncate");
    if (plain.scalar === "bytes") return quoted(Buffer.from(String(value), "base64"));
    if (plain.scalar === "string") return quoted(Buffer.from(String(value)));
    return Object.is(value, -0) ? "-0" : String(value);
  }
  throw new Error(`The text format of ${plain.kind} is not known here.`);
}

/** Seconds and nanoseconds: a moment's nanoseconds count upwards, a duration's have its sign. */
function partsText(nanos: bigint, how: "floor" | "truncate"): string {
  const billion = 1_000_000_000n;
  const rest = how === "floor" ? ((nanos % billion) + billion) % billion : nanos % billion;
  return `{ seconds: ${(nanos - rest) / billion} nanos: ${rest} }`;
}

function durationOf(text: string): bigint {
  const [, sign, seconds = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?s$/.exec(text) ?? [];
  const nanos = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
  return sign === "-" ? -nanos : nanos;
}

/** google.protobuf.Struct. */
function structText(value: WireValue): string {
  return Object.entries(isRecord(value) ? value : {})
    .map(([key, part]) => `fields { key: ${quoted(Buffer.from(key))} value { ${jsonText(part)} } }`)
    .join(" ");
}

function jsonText(value: WireValue): string {
  if (value === null) return "null_value: NULL_VALUE";
  if (typeof value === "string") return `string_value: ${quoted(Buffer.from(value))}`;
  if (typeof value === "boolean") return `bool_value: ${value}`;
  if (Array.isArray(value)) return `list_value { ${value.map((item) => `values { ${jsonText(item)} }`).join(" ")} }`;
  if (isRecord(value)) return `struct_value { ${structText(value)} }`;
  return `number_value: ${Object.is(value, -0) ? "-0" : String(Number(value))}`;
}

const quoted = (bytes: Buffer): string =>
  `"${[...bytes].map((byte) => (byte > 31 && byte < 127 && byte !== 34 && byte !== 92 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`)).join("")}"`;

import type { Json } from "../../model/index.ts";
import { dateTime, secondsText, span, type Time } from "./times.ts";

/** A message as protobufjs decodes it: what was not on the wire is none of its own properties. */
export type Decoded = { readonly [key: string]: unknown };

/** True for a decoded message. */
export const isDecoded = (value: unknown): value is Decoded => value !== null && typeof value === "object";

/** A 64-bit integer as protobufjs holds it: two halves, or a number where it is small. */
export function long(raw: unknown): bigint | undefined {
  if (typeof raw === "number") return Number.isInteger(raw) ? BigInt(raw) : undefined;
  if (!isDecoded(raw)) return undefined;
  const { low, high, unsigned } = raw;
  if (typeof low !== "number" || typeof high !== "number") return undefined;
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return unsigned === true ? bits : BigInt.asIntN(64, bits);
}

type Problem = (path: string, said: string) => void;

/** A value of a kind as JSON; `undefined`, and told, when JSON cannot say it. */
export function scalarJson(kind: string, raw: unknown, path: string, problem: Problem): Json | undefined {
  const told = (value: Json | undefined, said: string): Json | undefined => {
    if (value === undefined) problem(path, said);
    return value;
  };
  switch (kind) {
    case "bool":
    case "string":
      return raw as Json;
    case "int32":
    case "uint32":
      return Number(raw);
    case "int64":
    case "uint64":
      return String(long(raw) ?? 0n);
    case "int64-number":
    case "uint64-number":
      return told(exact(long(raw) ?? 0n), "has more digits than a number keeps");
    case "double":
      return told(finite(raw), "is no number that JSON can say");
    case "float":
      return told(shortest(finite(raw)), "is no number that JSON can say");
    case "bytes":
      return base64(raw as Uint8Array);
    case "json-text":
    case "json-object-text":
      return told(parsed(String(raw), kind === "json-object-text"), "is no JSON text of its form");
    case "null":
      return null;
    case "empty":
      return {};
    case "value":
    case "struct":
    case "list-value":
      return freeJson(kind, raw, path, problem);
    case "field-mask":
      return told(maskText(partsOf(raw, "paths")), "is no list of fields that JSON can say");
    default:
      return told(timeJson(kind, time(raw)), "is no time that JSON can say");
  }
}

function parsed(text: string, isObject: boolean): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isObject && (typeof value !== "object" || value === null || Array.isArray(value)) ? undefined : value;
  } catch {
    return undefined;
  }
}

function time(raw: unknown): Time {
  const parts = isDecoded(raw) ? raw : {};
  const nanos = Object.hasOwn(parts, "nanos") ? Number(parts.nanos) : 0;
  return { seconds: Object.hasOwn(parts, "seconds") ? (long(parts.seconds) ?? 0n) : 0n, nanos };
}

function timeJson(kind: string, value: Time): Json | undefined {
  const whole = kind.startsWith("duration") ? span(value) : undefined;
  const millis = value.seconds * 1000n + BigInt(Math.trunc(value.nanos / 1e6));
  switch (kind) {
    case "timestamp":
      return dateTime(value);
    case "timestamp-seconds":
      return value.nanos < 0 || value.nanos > 999_999_999 ? undefined : exact(value.seconds);
    case "timestamp-millis":
      return value.nanos < 0 || value.nanos > 999_999_999 ? undefined : exact(millis);
    case "duration":
      return whole === undefined || !isInRange(value) ? undefined : `${secondsText(whole)}s`;
    case "duration-iso8601":
      return whole === undefined || whole < 0n ? undefined : `PT${secondsText(whole)}S`;
    case "duration-seconds":
      return whole === undefined ? undefined : Number(value.seconds) + value.nanos / 1e9;
    default:
      return whole === undefined ? undefined : exact(millis);
  }
}

/** Ten thousand years: no duration of Protobuf has more seconds. */
const longestSpan = 315_576_000_000n;
const isInRange = ({ seconds }: Time): boolean => seconds <= longestSpan && seconds >= -longestSpan;

const exact = (value: bigint): number | undefined => (BigInt(Number(value)) === value ? Number(value) : undefined);

const finite = (raw: unknown): number | undefined =>
  typeof raw === "number" && Number.isFinite(raw) ? raw : undefined;

/** The fewest digits that are the same number in 32 bits. */
function shortest(value: number | undefined): number | undefined {
  if (value === undefined || value === 0) return value;
  const texts = [6, 7, 8].map((digits) => Number(value.toPrecision(digits)));
  return texts.find((short) => Math.fround(short) === value) ?? value;
}

function base64(bytes: Uint8Array): string {
  const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const quad = [18, 12, 6, 0].map((shift) => signs.charAt((bits >> shift) & 63)).join("");
    texts.push(quad.slice(0, Math.min(4, bytes.length - at + 1)).padEnd(4, "="));
  }
  return texts.join("");
}

function maskText(paths: readonly unknown[]): string | undefined {
  const texts = paths.map(String);
  if (texts.some((path) => !/^[a-z0-9_.]+$/.test(path) || /_(?![a-z])/.test(path))) return undefined;
  return texts.map((path) => path.replace(/_([a-z])/g, (_, sign: string) => sign.toUpperCase())).join(",");
}

const partsOf = (raw: unknown, key: string): readonly unknown[] => {
  const parts = isDecoded(raw) && Object.hasOwn(raw, key) ? raw[key] : [];
  return Array.isArray(parts) ? parts : [];
};

/** Any JSON, as `google.protobuf.Value` and its parts hold it. */
function freeJson(kind: string, raw: unknown, path: string, problem: Problem): Json {
  const parts = isDecoded(raw) ? raw : {};
  if (kind === "list-value")
    return partsOf(raw, "values").map((item, index) => freeJson("value", item, `${path}/${index}`, problem));
  if (kind === "struct") {
    const fields = isDecoded(parts.fields) ? parts.fields : {};
    return Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [key, freeJson("value", value, `${path}/${key}`, problem)]),
    );
  }
  const has = (key: string): boolean => Object.hasOwn(parts, key);
  if (has("null_value")) return null;
  if (has("string_value")) return String(parts.string_value);
  if (has("bool_value")) return parts.bool_value === true;
  if (has("struct_value")) return freeJson("struct", parts.struct_value, path, problem);
  if (has("list_value")) return freeJson("list-value", parts.list_value, path, problem);
  const number = has("number_value") ? finite(parts.number_value) : undefined;
  if (number === undefined) problem(path, has("number_value") ? "is no number that JSON can say" : "has no value");
  return number ?? null;
}

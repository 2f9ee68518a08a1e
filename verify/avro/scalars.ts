import { hasFormat, type Json } from "../../model/index.ts";
import { type WireValue, wireText } from "../samples/sample.ts";
import { type AvroValue, type Codec, deepest, type Place, refuse, show } from "./codec.ts";
import {
  integerFromBytes,
  integerToBytes,
  parseDuration,
  parseTimestamp,
  printDuration,
  printTimestamp,
} from "./text.ts";

/** The attributes of a primitive that decide how it looks in JSON. */
export interface ScalarSchema {
  readonly type: string;
  readonly logicalType?: string | undefined;
  readonly json?: string | undefined;
  readonly const?: Json | undefined;
}

/** The codec of a primitive with its attributes; `undefined` when there is no such type. */
export function scalarCodec(schema: ScalarSchema): Codec | undefined {
  const codec = plainCodec(schema);
  const { const: only } = schema;
  if (!codec || only === undefined) return codec;
  return {
    ...codec,
    accepts: (json) => json === only,
    encode: (json, at) =>
      json === only
        ? codec.encode(json, at)
        : refuse(at, `The value is ${show(json)}, and only ${show(only)} is allowed.`),
  };
}

function plainCodec({ type, logicalType, json }: ScalarSchema): Codec | undefined {
  switch (type) {
    case "null":
      return leaf(
        "null",
        "null",
        (value) => (value === null ? null : undefined),
        (value) => (value === null ? null : undefined),
      );
    case "boolean":
      return leaf("boolean", "true or false", ...both((value) => (typeof value === "boolean" ? value : undefined)));
    case "int":
      return leaf("int", "a 32-bit integer", ...both((value) => (isInt(value) ? value : undefined)));
    case "float":
    case "double":
      return leaf(type, "a number", ...both((value) => (isFiniteNumber(value) ? value : undefined)));
    case "long":
      return longCodec(logicalType, json);
    case "string":
      return stringCodec(logicalType, json);
    case "bytes":
      return logicalType === "decimal" ? decimalCodec(json) : bytesCodec();
    default:
      return undefined;
  }
}

/** The codec of Protobuf's duration: a text in JSON, a record of seconds and nanoseconds in Avro. */
export const durationCodec = (branch: string): Codec =>
  leaf(
    branch,
    'a duration in seconds such as "1.5s"',
    (json) => {
      const parts = typeof json === "string" ? parseDuration(json) : undefined;
      return parts && { seconds: parts.seconds, nanos: parts.nanos };
    },
    (value) => {
      if (typeof value !== "object" || value === null || !("seconds" in value)) return undefined;
      const { seconds, nanos } = value as { readonly [key: string]: AvroValue };
      const whole = seconds === undefined ? undefined : toBigint(seconds);
      return whole !== undefined && isInt(nanos) ? printDuration(whole, nanos) : undefined;
    },
  );

function longCodec(logicalType: string | undefined, json: string | undefined): Codec {
  if (json === "date-time") {
    const perSecond = logicalType === "timestamp-millis" ? 1_000 : 1_000_000;
    return leaf(
      "long",
      "an RFC 3339 date-time",
      (value) => (typeof value === "string" ? parseTimestamp(value, perSecond) : undefined),
      (value) => {
        const moment = toBigint(value);
        return moment === undefined ? undefined : printTimestamp(moment, perSecond);
      },
    );
  }
  const fits = (value: bigint | undefined) =>
    value !== undefined && BigInt.asIntN(64, value) === value ? value : undefined;
  return json === "string"
    ? leaf(
        "long",
        "a 64-bit integer in a string",
        (value) => (typeof value === "string" && hasFormat("int64", value) ? BigInt(value) : undefined),
        (value) => fits(toBigint(value))?.toString(),
      )
    : leaf(
        "long",
        "a 64-bit integer",
        (value) => (typeof value === "string" ? undefined : fits(toBigint(value))),
        (value) => numberOf(fits(toBigint(value))),
      );
}

function stringCodec(logicalType: string | undefined, json: string | undefined): Codec {
  if (json === "any" || json === "object") return jsonTextCodec(json);
  const isUuid = logicalType === "uuid";
  return leaf(
    "string",
    isUuid ? "a UUID" : "a string",
    ...both((value) => (typeof value === "string" && (!isUuid || hasFormat("uuid", value)) ? value : undefined)),
  );
}

/** JSON of any shape, or any object, as its text. */
function jsonTextCodec(json: "any" | "object"): Codec {
  const fits = (value: WireValue | undefined): value is WireValue =>
    value !== undefined &&
    (json === "any" || (typeof value === "object" && value !== null && !Array.isArray(value))) &&
    isShallow(value, deepest);
  return leaf(
    "string",
    json === "any" ? `a JSON value, at most ${deepest} deep` : `a JSON object, at most ${deepest} deep`,
    (value) => (fits(value) ? wireText(value) : undefined),
    (value) => {
      if (typeof value !== "string") return undefined;
      try {
        const parsed = JSON.parse(value) as Json;
        return fits(parsed) ? parsed : undefined;
      } catch {
        return undefined;
      }
    },
  );
}

const bytesCodec = (): Codec =>
  leaf(
    "bytes",
    "base64 text",
    (json) => (typeof json === "string" && hasFormat("base64", json) ? Buffer.from(json, "base64") : undefined),
    (value) => (value instanceof Uint8Array ? Buffer.from(value).toString("base64") : undefined),
  );

/** Unsigned 64-bit integers, which no Avro integer holds. */
function decimalCodec(json: string | undefined): Codec {
  const fits = (value: bigint | undefined) =>
    value !== undefined && BigInt.asUintN(64, value) === value ? value : undefined;
  const read = (value: AvroValue) => (value instanceof Uint8Array ? fits(integerFromBytes(value)) : undefined);
  const write = (value: bigint | undefined) => (value === undefined ? undefined : Buffer.from(integerToBytes(value)));
  return json === "string"
    ? leaf(
        "bytes",
        "an unsigned 64-bit integer in a string",
        (value) => (typeof value === "string" && hasFormat("uint64", value) ? write(BigInt(value)) : undefined),
        (value) => read(value)?.toString(),
      )
    : leaf(
        "bytes",
        "an unsigned 64-bit integer",
        (value) => (typeof value === "string" ? undefined : write(fits(toBigint(value)))),
        (value) => numberOf(read(value)),
      );
}

/** A codec from two functions that give `undefined` for what they do not take. */
function leaf(
  branch: string,
  words: string,
  encode: (json: WireValue) => AvroValue | undefined,
  decode: (value: AvroValue) => WireValue | undefined,
): Codec {
  const or = <T>(made: T | undefined, given: WireValue | AvroValue, at: Place): T | null =>
    made === undefined ? refuse(at, `The value is ${show(given)}, and not ${words}.`) : made;
  return {
    branch,
    accepts: (json) => encode(json) !== undefined,
    encode: (json, at) => or(encode(json), json, at),
    decode: (value, at) => or(decode(value), value, at),
  };
}

/** One function for both directions, for values that look the same in JSON and in Avro. */
const both = <T extends boolean | number | string>(
  same: (value: WireValue | AvroValue) => T | undefined,
): [(json: WireValue) => T | undefined, (value: AvroValue) => T | undefined] => [same, same];

const isInt = (value: WireValue | AvroValue | undefined): value is number =>
  typeof value === "number" && (value | 0) === value;
const isFiniteNumber = (value: WireValue | AvroValue): value is number =>
  typeof value === "number" && Number.isFinite(value);
/** The number, where a double holds it; else the integer itself, so that none of its digits is lost. */
const numberOf = (value: bigint | undefined) =>
  value === undefined || BigInt(Number(value)) !== value ? value : Number(value);

function toBigint(value: WireValue | AvroValue): bigint | undefined {
  if (typeof value === "bigint") return value;
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : undefined;
}

function isShallow(value: WireValue, left: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return left > 0 && Object.values(value).every((item: WireValue) => isShallow(item, left - 1));
}

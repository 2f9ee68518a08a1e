/**
 * The part of the runtime that knows the kinds of values: for each what stands on the wire (\`wire\`), how a JSON value
 * becomes what ts-proto writes (\`pack\`) and back (\`unpack\`). Both answer undefined for what the kind does not hold.
 */
export const kindsSource = `
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

const isText = (value) => typeof value === "string" && !/\\p{Surrogate}/u.test(value);

const integer = (least, most) => (value) =>
  Number.isInteger(value) && value >= least && value <= most ? value + 0 : undefined;

const integer64 = (fits) => ({
  words: "a 64-bit integer in a string",
  wire: varint,
  zero: 0n,
  pack: (value) => {
    if (typeof value !== "string" || !/^(?:0|-?[1-9][0-9]{0,19})$/.test(value)) return undefined;
    const number = BigInt(value);
    return fits(number) ? number : undefined;
  },
  unpack: String,
});

const number64 = (fits) => ({
  words: "an integer",
  wire: varint,
  zero: 0n,
  pack: (value) => (Number.isInteger(value) && fits(BigInt(value)) ? BigInt(value) : undefined),
  unpack: exactNumber,
});

/** A bigint as a number, when a number has all its digits. */
function exactNumber(value) {
  return BigInt(Number(value)) === value ? Number(value) : undefined;
}

const isInt64 = (value) => BigInt.asIntN(64, value) === value;
const isUint64 = (value) => BigInt.asUintN(64, value) === value;

/** The fewest digits that 32 bits of float take for the same number: 0.1, not 0.10000000149011612. */
function shortest(value) {
  // Digits would not tell a negative zero.
  if (value === 0) return value;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

const moment = (words, pack, unpack) => ({
  words,
  wire: { fields: [varintField(1), varintField(2)] },
  pack: (value) => {
    const time = pack(value);
    return time && isInt64(time.seconds) ? { seconds: time.seconds || undefined, nanos: time.nanos || undefined } : undefined;
  },
  unpack: ({ seconds = 0n, nanos = 0 }) => unpack({ seconds, nanos }),
});

const isMoment = ({ nanos }) => nanos >= 0 && nanos <= 999999999;

const ofText = (read) => (value) => (typeof value === "string" ? read(value) : undefined);

/** Free-form JSON that travels as text; what is too deep to be written is no value of it. */
const jsonText = (words, fits) => ({
  words,
  wire: text,
  pack: (value) => {
    try {
      return fits(value) ? JSON.stringify(value) : undefined;
    } catch {
      return undefined;
    }
  },
  unpack: (written) => {
    try {
      const value = JSON.parse(written);
      return fits(value) ? value : undefined;
    } catch {
      return undefined;
    }
  },
});

const scalarKinds = {
  bool: {
    words: "true or false",
    wire: varint,
    zero: false,
    pack: (value) => (typeof value === "boolean" ? value : undefined),
    unpack: (value) => value,
  },
  int32: { words: "a 32-bit integer", wire: varint, zero: 0, pack: integer(-2147483648, 2147483647), unpack: (value) => value },
  uint32: { words: "an unsigned 32-bit integer", wire: varint, zero: 0, pack: integer(0, 4294967295), unpack: (value) => value },
  int64: integer64(isInt64),
  uint64: integer64(isUint64),
  "int64-number": number64(isInt64),
  "uint64-number": number64(isUint64),
  double: {
    words: "a number",
    wire: fixed64,
    zero: 0,
    pack: (value) => (Number.isFinite(value) ? value : undefined),
    unpack: (value) => (Number.isFinite(value) ? value : undefined),
  },
  float: {
    words: "a number that 32 bits of float hold",
    wire: fixed32,
    zero: 0,
    pack: (value) => (Number.isFinite(value) && Number.isFinite(Math.fround(value)) ? value : undefined),
    unpack: (value) => (Number.isFinite(value) ? shortest(value) : undefined),
  },
  string: {
    words: "text without half surrogate pairs",
    wire: text,
    zero: "",
    pack: (value) => (isText(value) ? value : undefined),
    unpack: (value) => value,
  },
  "json-text": jsonText("JSON", () => true),
  "json-object-text": jsonText("an object", isObject),
  bytes: { words: "base64 text", wire: bytes, pack: bytesOf, unpack: base64 },
  timestamp: moment("an RFC 3339 date-time", ofText(timestampOf), timestampText),
  "timestamp-seconds": moment(
    "an integer",
    (value) => (Number.isInteger(value) ? { seconds: BigInt(value), nanos: 0 } : undefined),
    (time) => (isMoment(time) ? exactNumber(time.seconds) : undefined),
  ),
  "timestamp-millis": moment(
    "an integer",
    (value) => (Number.isInteger(value) ? momentOfMillis(value, true) : undefined),
    (time) => (isMoment(time) ? exactNumber(millisOf(time)) : undefined),
  ),
  duration: moment('a duration in seconds such as "1.5s"', ofText(durationOf), durationText),
  "duration-iso8601": moment("an ISO 8601 duration without years and months", ofText(isoDurationOf), isoDurationText),
  "duration-seconds": moment(
    "a number of seconds",
    (value) => (Number.isFinite(value) && Math.abs(value) < 1e15 ? durationOfSeconds(value) : undefined),
    (time) => (isDuration(time) ? Number(time.seconds) + time.nanos / 1e9 : undefined),
  ),
  "duration-millis": moment(
    "an integer",
    (value) => (Number.isInteger(value) ? momentOfMillis(value, false) : undefined),
    (time) => (isDuration(time) ? exactNumber(millisOf(time)) : undefined),
  ),
  "field-mask": {
    words: "paths with commas between them",
    wire: { fields: [{ no: 1, wire: text, list: true }] },
    pack: (value) => {
      if (!isText(value)) return undefined;
      const paths = value === "" ? [] : value.split(",").map((path) => path.replace(/[A-Z]/g, (c) => "_" + c.toLowerCase()));
      return maskText(paths) === value ? { paths } : undefined;
    },
    unpack: ({ paths }) => maskText(paths),
  },
  empty: {
    words: "an empty object",
    wire: { fields: [] },
    pack: (value) => (isObject(value) && Object.keys(value).length === 0 ? {} : undefined),
    unpack: () => ({}),
  },
  null: { words: "null", wire: varint, pack: (value) => (value === null ? 0 : undefined), unpack: () => null },
};

const maskText = (paths) => {
  if (paths.some((path) => !/^[a-z0-9_.]+$/.test(path) || /_(?![a-z])/.test(path))) return undefined;
  return paths.map((path) => path.replace(/_([a-z])/g, (_, c) => c.toUpperCase())).join(",");
};

const base64Signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function bytesOf(value) {
  if (typeof value !== "string" || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return undefined;
  const length = (value.length / 4) * 3 - (value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0);
  const out = new Uint8Array(length);
  for (let i = 0, o = 0; i < value.length; i += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => Math.max(0, base64Signs.indexOf(value[i + k])));
    const triple = (a << 18) | (b << 12) | (c << 6) | d;
    for (let shift = 16; shift >= 0 && o < length; shift -= 8) out[o++] = (triple >> shift) & 255;
  }
  return out;
}

function base64(value) {
  let out = "";
  for (let i = 0; i < value.length; i += 3) {
    const left = value.length - i;
    const triple = (value[i] << 16) | ((value[i + 1] ?? 0) << 8) | (value[i + 2] ?? 0);
    out += base64Signs[triple >> 18] + base64Signs[(triple >> 12) & 63];
    out += left > 1 ? base64Signs[(triple >> 6) & 63] : "=";
    out += left > 2 ? base64Signs[triple & 63] : "=";
  }
  return out;
}
`;

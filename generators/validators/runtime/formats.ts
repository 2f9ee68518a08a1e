import { formats, type StringFormat, uriShape } from "../../../model/index.ts";

/** The patterns of map keys, which JSON has only as strings; those of 64 bits are formats of their own. */
const keyPatterns = { int32: "^(?:0|-?[1-9][0-9]{0,9})$", uint32: "^(?:0|[1-9][0-9]{0,9})$" } as const;

/** The function of the runtime that tests a format; it takes any value and is true for strings of the format alone. */
export const formatTests: Readonly<Record<StringFormat | keyof typeof keyPatterns, string>> = {
  uuid: "isUuid",
  uri: "isUri",
  ip: "isIp",
  "date-time": "isDateTime",
  "duration-seconds": "isDurationSeconds",
  "duration-iso8601": "isDurationIso8601",
  int64: "isInt64Text",
  uint64: "isUint64Text",
  base64: "isBase64",
  json: "isJsonText",
  int32: "isInt32Text",
  uint32: "isUint32Text",
};

const regExp = (format: StringFormat): string => new RegExp(formats[format].pattern ?? "", "u").toString();

const hexPlaces = Array.from({ length: 36 }, (_, i) => i).filter((i) => ![8, 13, 18, 23].includes(i));
const hexLines = [0, 4, 8, 12, 16, 20, 24, 28].map((first) =>
  hexPlaces
    .slice(first, first + 4)
    .map((i) => `notHex[v.charCodeAt(${i})]`)
    .join(" | "),
);

/**
 * The part of the runtime that knows which strings have a format. Every function here accepts exactly what the definition
 * of its format accepts; the frequent ones read character codes, which is several times faster than a regular expression,
 * and those for text without bounds must not recurse, as regular expressions do.
 */
export const formatsSource = `
/** A table over UTF-16 units: 0 for the given characters, 1 for all others. */
function allBut(characters) {
  const table = new Uint8Array(65536).fill(1);
  for (let i = 0; i < characters.length; i++) table[characters.charCodeAt(i)] = 0;
  return table;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const notHex = /* @__PURE__ */ allBut("0123456789ABCDEFabcdef");
const notBase64 = /* @__PURE__ */ allBut(letters + "0123456789+/");

/** A UUID. All 32 digits are looked up without a branch. */
export const isUuid = (v) =>
  typeof v === "string" &&
  v.length === 36 &&
  v.charCodeAt(8) === 45 &&
  v.charCodeAt(13) === 45 &&
  v.charCodeAt(18) === 45 &&
  v.charCodeAt(23) === 45 &&
  (${hexLines.join(" |\n    ")}) === 0;

/** The two digits at a place as a number, or -1. */
function twoDigits(text, at) {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** An RFC 3339 date-time with a day that its month has. */
export function isDateTime(v) {
  if (typeof v !== "string" || v.length < 20) return false;
  const century = twoDigits(v, 0);
  const years = twoDigits(v, 2);
  const month = twoDigits(v, 5);
  const day = twoDigits(v, 8);
  if (century < 0 || years < 0 || century + years === 0 || month < 1 || month > 12 || day < 1) return false;
  if (day > 28 && day > daysIn(century * 100 + years, month)) return false;
  if (!isTime(v, 11) || twoDigits(v, 17) < 0 || twoDigits(v, 17) > 59) return false;
  // "-", "-", "T" and ":"
  if (v.charCodeAt(4) !== 45 || v.charCodeAt(7) !== 45 || v.charCodeAt(10) !== 84 || v.charCodeAt(16) !== 58)
    return false;
  let at = 19;
  if (v.charCodeAt(at) === 46) {
    const start = ++at;
    while (v.charCodeAt(at) >= 48 && v.charCodeAt(at) <= 57) at++;
    if (at === start || at - start > 9) return false;
  }
  const zone = v.charCodeAt(at);
  if (zone === 90) return at === v.length - 1;
  return (zone === 43 || zone === 45) && at === v.length - 6 && isTime(v, at + 1);
}

/** Hours and minutes, with a colon between them. */
function isTime(text, at) {
  const hours = twoDigits(text, at);
  const minutes = twoDigits(text, at + 3);
  return hours >= 0 && hours <= 23 && text.charCodeAt(at + 2) === 58 && minutes >= 0 && minutes <= 59;
}

function daysIn(year, month) {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Base64 with padding, and nothing in the bits that no byte uses. */
export function isBase64(v) {
  if (typeof v !== "string" || v.length % 4 !== 0) return false;
  const end = v.length - (v.endsWith("==") ? 2 : v.endsWith("=") ? 1 : 0);
  for (let i = 0; i < end; i++) if (notBase64[v.charCodeAt(i)]) return false;
  return end === v.length || (v.length - end === 1 ? "AEIMQUYcgkosw048" : "AQgw").includes(v[end - 1]);
}

/** True when a string matches; never throws, however long it is. */
export function matches(pattern, v) {
  if (typeof v !== "string") return false;
  try {
    return pattern.test(v);
  } catch {
    return false;
  }
}

const ip =
  ${regExp("ip")};
const durationSeconds = ${regExp("duration-seconds")};
const durationIso8601 =
  ${regExp("duration-iso8601")};
const int64 = ${regExp("int64")};
const uint64 = ${regExp("uint64")};

const uri =
  ${new RegExp(uriShape, "u").toString()};

/** An absolute URI. Escapes are looked at apart, so that no length of text exhausts the stack. */
export const isUri = (v) => matches(uri, v) && !/%(?![0-9A-Fa-f]{2})/.test(v);

export const isIp = (v) => matches(ip, v);
export const isDurationSeconds = (v) => matches(durationSeconds, v);
export const isDurationIso8601 = (v) => matches(durationIso8601, v);

/** A 64-bit integer as its digits; below 19 of them the range cannot be left. */
export const isInt64Text = (v) => matches(int64, v) && (v.length < 19 || BigInt.asIntN(64, BigInt(v)) === BigInt(v));
export const isUint64Text = (v) => matches(uint64, v) && (v.length < 20 || BigInt.asUintN(64, BigInt(v)) === BigInt(v));
export const isInt32Text = (v) => matches(int64, v) && Number(v) >= -2147483648 && Number(v) <= 2147483647;
export const isUint32Text = (v) => matches(uint64, v) && Number(v) <= 4294967295;

/** JSON in a string. */
export function isJsonText(v) {
  if (typeof v !== "string") return false;
  try {
    JSON.parse(v);
    return true;
  } catch {
    return false;
  }
}
`;

/** What the schema engine knows of formats beside their tests. */
export const formatTablesSource = `
/** The patterns of the schemas, each with the test that is the whole of its format. */
const testsByPattern = new Map([
${patternRows()}
]);

/** What a format is called, by the keyword value that names it in a schema. */
const formatWords = new Map([
${wordRows()}
]);
`;

function patternRows(): string {
  const rows = Object.entries(formats).flatMap(([name, { pattern }]) =>
    pattern === undefined ? [] : [[pattern, formatTests[name as StringFormat]] as const],
  );
  const keys = Object.entries(keyPatterns).map(
    ([name, pattern]) => [pattern, formatTests[name as keyof typeof keyPatterns]] as const,
  );
  return [...rows, ...keys].map(([pattern, test]) => `  [${JSON.stringify(pattern)}, ${test}],`).join("\n");
}

function wordRows(): string {
  const rows = Object.entries(formats).map(([name, { keyword, words }]) => {
    const value = keyword === undefined ? name : (Object.values(keyword)[0] ?? name);
    return [value, words] as const;
  });
  return [...rows, ["int32", "a 32-bit integer in a string"], ["uint32", "an unsigned 32-bit integer in a string"]]
    .map(([value, words]) => `  [${JSON.stringify(value)}, ${JSON.stringify(words)}],`)
    .join("\n");
}

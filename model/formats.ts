/** The forms a JSON string can have to take. Each is defined here once, for schemas, validators and samples alike. */
export type StringFormat =
  | "uuid"
  | "uri"
  | "ip"
  | "date-time"
  | "duration-seconds"
  | "duration-iso8601"
  | "int64"
  | "uint64"
  | "base64"
  | "json";

/** What is known of one {@link StringFormat}. */
export interface FormatDefinition {
  /** The strings that are taken: an ECMAScript regular expression, anchored, valid in Unicode mode. */
  readonly pattern?: string;
  /** The JSON Schema `format` or `contentMediaType` that says it to people and tools. */
  readonly keyword:
    | { readonly format: string }
    | { readonly contentMediaType: string }
    | { readonly contentEncoding: string }
    | undefined;
  /** In words, for messages: "a UUID". */
  readonly words: string;
}

const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

/** The definitions, by format. Where a pattern cannot say all of it, {@link hasFormat} adds the rest. */
export const formats: Readonly<Record<StringFormat, FormatDefinition>> = {
  // RFC 4122, section 3: hexadecimal digits of either case, no braces, no `urn:uuid:`.
  uuid: {
    pattern: "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
    keyword: { format: "uuid" },
    words: "a UUID",
  },
  // RFC 3986, section 3: a scheme and only the characters a URI may hold.
  uri: {
    pattern: "^[A-Za-z][A-Za-z0-9+.\\-]*:(?:[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$",
    keyword: { format: "uri" },
    words: "an absolute URI",
  },
  // Dotted quads, or the hexadecimal groups of RFC 4291 with at most one `::`.
  ip: {
    pattern: `^(?:(?:${octet}\\.){3}${octet}|(?=.*:)(?!.*::.*::)(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{0,4}|(?:${octet}\\.){3}${octet}))$`,
    keyword: undefined,
    words: "an IP address",
  },
  // RFC 3339, section 5.6, in the subset that every target takes: capital T and Z, no leap second, 1 to 9 digits of fraction.
  "date-time": {
    pattern:
      "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?(?:Z|[+\\-](?:[01][0-9]|2[0-3]):[0-5][0-9])$",
    keyword: { format: "date-time" },
    words: "an RFC 3339 date-time",
  },
  // The JSON form of google.protobuf.Duration: seconds with up to nine digits of fraction and an `s`.
  "duration-seconds": {
    pattern: "^-?(?:0|[1-9][0-9]{0,11})(?:\\.[0-9]{1,9})?s$",
    keyword: undefined,
    words: 'a duration in seconds such as "1.5s"',
  },
  // ISO 8601-1, section 5.5.2.
  "duration-iso8601": {
    pattern:
      "^P(?!$)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+W)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\\.[0-9]{1,9})?S)?)?$",
    keyword: { format: "duration" },
    words: "an ISO 8601 duration",
  },
  // Canonical decimal: no plus sign, no leading zero.
  int64: { pattern: "^(?:0|-?[1-9][0-9]{0,18})$", keyword: undefined, words: "a 64-bit integer in a string" },
  uint64: { pattern: "^(?:0|[1-9][0-9]{0,19})$", keyword: undefined, words: "an unsigned 64-bit integer in a string" },
  // RFC 4648, section 4, with padding.
  base64: {
    pattern: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    keyword: { contentEncoding: "base64" },
    words: "base64 text",
  },
  json: { keyword: { contentMediaType: "application/json" }, words: "JSON text" },
};

const compiled = new Map(
  Object.entries(formats).flatMap(([name, { pattern }]) =>
    pattern ? [[name, new RegExp(pattern, "u")] as const] : [],
  ),
);

/** True when the text has the format: its pattern, and what a pattern cannot say (days of a month, 64-bit range, JSON). */
export function hasFormat(format: StringFormat, text: string): boolean {
  // These two may be megabytes long, where the groups of their patterns would exhaust the stack.
  if (format === "base64") return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (format === "uri")
    return /^[A-Za-z][A-Za-z0-9+.-]*:[\w\-.~:/?#[\]@!$&'()*+,;=]*$/.test(text.replace(/%[0-9A-Fa-f]{2}/g, ""));
  if (compiled.get(format)?.test(text) === false) return false;
  switch (format) {
    case "date-time":
      return Number(text.slice(8, 10)) <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
    case "int64":
      return BigInt.asIntN(64, BigInt(text)) === BigInt(text);
    case "uint64":
      return BigInt.asUintN(64, BigInt(text)) === BigInt(text);
    case "json":
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    default:
      return true;
  }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

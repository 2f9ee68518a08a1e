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
const ipv4 = `(?:${octet}\\.){3}${octet}`;

/** RFC 4291, section 2.2: eight groups, or fewer around one `::`; the last two may be written as IPv4. */
function ipv6(): string {
  const group = "[0-9A-Fa-f]{1,4}";
  const upTo = (count: number): string => `(?:(?:${group}:){0,${count}}${group})?::`;
  const heads = [
    `(?:${group}:){6}`,
    `::(?:${group}:){5}`,
    `(?:${group})?::(?:${group}:){4}`,
    `${upTo(1)}(?:${group}:){3}`,
    `${upTo(2)}(?:${group}:){2}`,
    `${upTo(3)}${group}:`,
    upTo(4),
  ];
  return `(?:${heads.join("|")})(?:${group}:${group}|${ipv4})|${upTo(5)}${group}|${upTo(6)}`;
}

/** RFC 3986, appendix A; `one` writes one of some characters or an escape. */
function uri(one: (characters: string) => string): string {
  const plain = "A-Za-z0-9\\-._~!$&'()*+,;=";
  const step = `${plain}:@`;
  const future = `[vV][0-9A-Fa-f]+\\.[${plain}:]+`;
  const authority = `(?:${one(`${plain}:`)}*@)?(?:\\[(?:${ipv6()}|${future})\\]|${one(plain)}*)(?::[0-9]*)?`;
  // Where there is no authority, a path must not begin as if there were one.
  const place = `(?://${authority}(?:/${one(`${step}/`)}*)?|/?(?:${one(step)}${one(`${step}/`)}*)?)`;
  const rest = `${one(`${step}/?`)}*`;
  return `^[A-Za-z][A-Za-z0-9+.\\-]*:${place}(?:\\?${rest})?(?:#${rest})?$`;
}

/** The pattern of a URI whose percent signs are known to begin escapes: without groups that a long text would repeat. */
export const uriShape = uri((characters) => `[${characters}%]`);

/** The Gregorian calendar from the year 1 to 9999, leap days included. */
const date = (() => {
  const year = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])";
  const long = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])";
  const short = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)";
  const february = "02-(?:0[1-9]|1[0-9]|2[0-8])";
  const fourth = "(?:0[48]|[2468][048]|[13579][26])";
  return `(?:${year}-(?:${long}|${short}|${february})|(?:[0-9]{2}${fourth}|${fourth}00)-02-29)`;
})();
const hoursAndMinutes = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";

/** Whole seconds up to 315,576,000,000, which is ten thousand years. */
const seconds = [
  "0",
  "[1-9][0-9]{0,10}",
  "[12][0-9]{11}",
  "30[0-9]{10}",
  "31[0-4][0-9]{9}",
  "315[0-4][0-9]{8}",
  "3155[0-6][0-9]{7}",
  "31557[0-5][0-9]{6}",
  "315576000000",
].join("|");

/** Parts of a duration in this order, each at most once and at least one of them. */
const someOf = ([first, ...rest]: readonly string[]): string =>
  first === undefined
    ? ""
    : [`${first}${rest.map((part) => `(?:${part})?`).join("")}`, someOf(rest)].filter(Boolean).join("|");
const spanOfDate = `(?:${someOf(["[0-9]+Y", "[0-9]+M", "[0-9]+W", "[0-9]+D"])})`;
const spanOfTime = `T(?:${someOf(["[0-9]+H", "[0-9]+M", "[0-9]+(?:\\.[0-9]{1,9})?S"])})`;

/**
 * The definitions, by format. A pattern says all of its format but where {@link hasFormat} says what it adds. None looks
 * ahead or back, so that engines without look-around take them too.
 */
export const formats: Readonly<Record<StringFormat, FormatDefinition>> = {
  // RFC 4122, section 3: hexadecimal digits of either case, any version and variant; no braces, no `urn:uuid:`.
  uuid: {
    pattern: "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
    keyword: { format: "uuid" },
    words: "a UUID",
  },
  // RFC 3986, section 3: a URI with its scheme; a reference without one is none.
  uri: {
    pattern: uri((characters) => `(?:[${characters}]|%[0-9A-Fa-f]{2})`),
    keyword: { format: "uri" },
    words: "an absolute URI",
  },
  // Dotted quads, or the groups of IPv6 without a zone.
  ip: { pattern: `^(?:${ipv4}|${ipv6()})$`, keyword: undefined, words: "an IP address" },
  // RFC 3339, section 5.6, as every target takes it: capital T and Z, no leap second, 1 to 9 digits of fraction. Not the
  // year 0, which ClickHouse reads as the current one.
  "date-time": {
    pattern: `^${date}T${hoursAndMinutes}:[0-5][0-9](?:\\.[0-9]{1,9})?(?:Z|[+\\-]${hoursAndMinutes})$`,
    keyword: { format: "date-time" },
    words: "an RFC 3339 date-time",
  },
  // The JSON form of google.protobuf.Duration: seconds in its range, with up to nine digits of fraction and an `s`.
  "duration-seconds": {
    pattern: `^-?(?:${seconds})(?:\\.[0-9]{1,9})?s$`,
    keyword: undefined,
    words: 'a duration in seconds such as "1.5s"',
  },
  // ISO 8601-1, section 5.5.2. The `duration` of JSON Schema takes no fraction of a second, so that it is not claimed.
  "duration-iso8601": {
    pattern: `^P(?:${spanOfDate}(?:${spanOfTime})?|${spanOfTime})$`,
    keyword: undefined,
    words: "an ISO 8601 duration",
  },
  // Canonical decimal: no plus sign, no leading zero.
  int64: { pattern: "^(?:0|-?[1-9][0-9]{0,18})$", keyword: undefined, words: "a 64-bit integer in a string" },
  uint64: { pattern: "^(?:0|[1-9][0-9]{0,19})$", keyword: undefined, words: "an unsigned 64-bit integer in a string" },
  // RFC 4648, section 4, with padding, and zeros in the bits that no byte uses: one text for the same bytes.
  base64: {
    pattern: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$",
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

const shapeOfUri = new RegExp(uriShape, "u");

/** True when the text has the format: its pattern, and what no pattern says (the range of 64 bits, JSON). */
export function hasFormat(format: StringFormat, text: string): boolean {
  switch (format) {
    // These two may be megabytes long, where the groups of their patterns would exhaust the stack.
    case "base64":
      return text.length % 4 === 0 && /^[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?$/.test(text);
    case "uri":
      return !/%(?![0-9A-Fa-f]{2})/.test(text) && shapeOfUri.test(text);
    case "int64":
      return matches(format, text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
    case "uint64":
      return matches(format, text) && BigInt.asUintN(64, BigInt(text)) === BigInt(text);
    case "json":
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    default:
      return matches(format, text);
  }
}

const matches = (format: StringFormat, text: string): boolean => compiled.get(format)?.test(text) ?? true;

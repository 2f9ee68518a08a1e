import type { StringFormat } from "../../model/index.ts";
import type { Random } from "./prng.ts";
import {
  anyInstant,
  instantEdges,
  instants,
  isoSpanEdges,
  isoSpans,
  type Labelled,
  noInstants,
  noIsoSpans,
  noSpans,
  spanEdges,
  spans,
  typicalInstant,
} from "./times.ts";

/** Texts of a form: everyday ones, those at an edge, and those that only look like it. */
export interface Texts {
  readonly valid: readonly Labelled[];
  readonly edges: readonly Labelled[];
  readonly wrong: readonly Labelled[];
  readonly typical: (random: Random) => string;
  /** Something at or near an edge, whichever. */
  readonly mix?: (random: Random) => string;
}

const words = [
  "amber",
  "basin",
  "cedar",
  "delta",
  "ember",
  "fjord",
  "grove",
  "harbor",
  "inlet",
  "jasper",
  "kelp",
] as const;

/** Two words and a number, as names of things are. */
const typicalName = (random: Random): string =>
  `${random.pick(words)}${random.pick([" ", "-", "_", "/"])}${random.pick(words)}-${random.below(10000)}`;

const oddTexts: readonly Labelled[] = [
  ["empty", ""],
  ["a space", " "],
  ["a character beyond 16 bits", "😀"],
  ["a letter and its accent apart", "e\u0301"],
  ["the same letter in one", "\u00e9"],
  ["right to left", "שלום \u202eעולם"],
  ["joined characters", "👩‍👩‍👧‍👦"],
  ["NUL", "\u0000"],
  ["text with NUL within", "a\u0000b"],
  ["new lines and tabs", "a\nb\r\nc\td"],
  ["quotes", "\"double\" 'single' `back`"],
  ["backslashes", "C:\\new\\table\\"],
  ["what looks like an escape", "\\u0041 \\n \\0"],
  ["control characters", "\u0001\u001b[0m\u007f"],
  ["line separators", "a\u2028b\u2029c"],
  ["a byte order mark", "\ufeffa"],
  ["the last character", "\u{10ffff}"],
  ["a null in words", "null"],
  ["a null of databases", "\\N"],
  ["a number in words", "0"],
  ["braces", '{"a": 1}'],
  ["a statement", "'); DROP TABLE events; --"],
  ["a thousand characters", "0123456789".repeat(100)],
];

/** Text of no particular form. */
export const plainTexts: Texts = {
  valid: [
    ["a word", "amber"],
    ["a sentence", "The grove is quiet."],
    ["letters of another script", "Тихая роща"],
  ],
  edges: oddTexts,
  wrong: [],
  typical: typicalName,
  mix: (random) => {
    const parts = Array.from({ length: 1 + random.below(4) }, () => random.pick(oddTexts)?.[1] ?? "");
    return parts.join(random.pick(["", " ", "\n", "a"]));
  },
};

const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => "0123456789abcdef".charAt(random.below(16))).join("");

const uuids: Texts = {
  valid: [["a UUID", "c56a4180-65aa-42ec-a945-5fd21dec0538"]],
  edges: [
    ["capital letters", "C56A4180-65AA-42EC-A945-5FD21DEC0538"],
    ["letters of both cases", "c56A4180-65Aa-42Ec-a945-5Fd21dec0538"],
    ["all zeros", "00000000-0000-0000-0000-000000000000"],
    ["all ones", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
  ],
  wrong: [
    ["a word", "amber"],
    ["empty", ""],
    ["no hyphens", "c56a418065aa42eca9455fd21dec0538"],
    ["braces", "{c56a4180-65aa-42ec-a945-5fd21dec0538}"],
    ["a URN", "urn:uuid:c56a4180-65aa-42ec-a945-5fd21dec0538"],
    ["a letter that is no digit", "g56a4180-65aa-42ec-a945-5fd21dec0538"],
    ["one digit less", "c56a4180-65aa-42ec-a945-5fd21dec053"],
    ["a space after it", "c56a4180-65aa-42ec-a945-5fd21dec0538 "],
  ],
  typical: (random) =>
    `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${random.pick(["8", "9", "a", "b"])}${hex(random, 3)}-${hex(random, 12)}`,
};

const uris: Texts = {
  valid: [
    ["a web address", "https://example.org/a/b?c=d#e"],
    ["a bucket", "s3://bucket/key"],
  ],
  edges: [
    ["a name, not an address", "urn:isbn:9780141036144"],
    ["a scheme alone", "x:"],
    ["percent signs", "https://example.org/%D0%B0%20b"],
    ["an IPv6 host", "http://[2001:db8::1]:8080/"],
  ],
  wrong: [
    ["no scheme", "example.org/a"],
    ["a bracket that stays open", "https://[2001:db8::1/a"],
    ["a bracket in a path", "https://example.org/a[0]"],
    ["a path alone", "/a/b"],
    ["a space", "https://example.org/a b"],
    ["half a percent sign", "https://example.org/%zz"],
    ["a letter beyond ASCII", "https://example.org/é"],
    ["empty", ""],
  ],
  typical: (random) => `https://${random.pick(words)}.example.org/${random.pick(words)}/${random.below(100000)}`,
};

const addresses: Texts = {
  valid: [
    ["IPv4", "192.0.2.17"],
    ["IPv6", "2001:db8::8a2e:370:7334"],
  ],
  edges: [
    ["all zeros", "0.0.0.0"],
    ["all ones", "255.255.255.255"],
    ["nothing but zeros", "::"],
    ["this host", "::1"],
    ["IPv4 in IPv6", "::ffff:192.0.2.17"],
    ["every group", "2001:0DB8:0000:0000:0000:8A2E:0370:7334"],
  ],
  wrong: [
    ["256", "192.0.2.256"],
    ["three parts", "192.0.2"],
    ["five parts", "192.0.2.17.1"],
    ["two gaps", "2001::db8::1"],
    ["a port", "192.0.2.17:80"],
    ["a name", "localhost"],
    ["empty", ""],
  ],
  typical: (random) => `10.${random.below(256)}.${random.below(256)}.${random.below(256)}`,
};

const jsonTexts: Texts = {
  valid: [
    ["an object", '{"id":"amber","roles":["reader"]}'],
    ["an empty object", "{}"],
  ],
  edges: [
    ["an array", "[1, 2.5, null]"],
    ["a string", '"amber"'],
    ["null", "null"],
    ["zero", "0"],
    ["spaces around it", ' \n{ "a" : 1 }\t'],
    ["text within text", '{"a":"{\\"b\\":\\"c\\\\n\\"}"}'],
    ["characters beyond 16 bits", '{"😀":"\\ud83d\\ude00"}'],
    ["digits that no double keeps", '{"n":9007199254740993}'],
  ],
  wrong: [
    ["empty", ""],
    ["a word", "amber"],
    ["not closed", '{"a":1'],
    ["single quotes", "{'a':1}"],
    ["a comma at the end", "[1,]"],
    ["undefined", "undefined"],
    ["a byte order mark", "\ufeff{}"],
  ],
  typical: (random) => JSON.stringify({ id: typicalName(random), level: random.below(10), active: random.percent(50) }),
};

const base64s: Texts = {
  valid: [
    ["text", "YW1iZXI="],
    ["three bytes", "AAEC"],
  ],
  edges: [
    ["no bytes", ""],
    ["one byte", "AA=="],
    ["two bytes", "AAE="],
    ["the last characters of the alphabet", "//79+/8="],
    ["three hundred bytes", "AAEC".repeat(100)],
  ],
  wrong: [
    ["no padding", "AA"],
    ["half the padding", "AA="],
    ["the alphabet of URLs", "_-79"],
    ["a line break", "AAEC\nAAEC"],
    ["padding within", "AA==AAEC"],
    ["five characters", "AAECA"],
    ["bits that no byte uses", "AB=="],
  ],
  typical: (random) => Array.from({ length: random.below(6) }, () => random.pick(["AAEC", "YW1i", "/+8x"])).join(""),
};

const signed: Texts = {
  valid: [
    ["an integer", "42"],
    ["a large one", "1099511627776"],
  ],
  edges: [
    ["zero", "0"],
    ["one below zero", "-1"],
    ["2^32", "4294967296"],
    ["the last safe integer", "9007199254740991"],
    ["2^53", "9007199254740992"],
    ["one past 2^53", "9007199254740993"],
    ["one before -2^53", "-9007199254740993"],
    ["the largest", "9223372036854775807"],
    ["the smallest", "-9223372036854775808"],
  ],
  wrong: [
    ["2^63", "9223372036854775808"],
    ["one before -2^63", "-9223372036854775809"],
    ["a word", "amber"],
    ["a fraction", "1.5"],
    ["a fraction of nothing", "1.0"],
    ["a plus", "+1"],
    ["zeros before", "007"],
    ["zero with a sign", "-0"],
    ["an exponent", "1e3"],
    ["sixteen as base", "0x10"],
    ["a space before", " 1"],
    ["empty", ""],
  ],
  typical: (random) => String(random.below(10 ** (1 + random.below(12)))),
  mix: (random) =>
    nearEdge(["0", "9007199254740992", "-9007199254740992", "9223372036854775807", "-9223372036854775808"], random),
};

const nearEdge = (edges: readonly string[], random: Random): string =>
  String(BigInt(random.pick(edges) ?? 0) + BigInt(random.below(2049) - 1024));

const unsigned: Texts = {
  ...signed,
  edges: [
    ...signed.edges.filter(([, text]) => !text.startsWith("-")),
    ["2^63", "9223372036854775808"],
    ["the largest", "18446744073709551615"],
  ],
  wrong: [
    ["2^64", "18446744073709551616"],
    ["one below zero", "-1"],
    ...signed.wrong.filter(([, text]) => !text.startsWith("-") && text !== "9223372036854775808"),
  ],
  mix: (random) => nearEdge(["512", "9007199254740992", "9223372036854775808", "18446744073709551615"], random),
};

const digits = (random: Random, most: number): string => {
  const length = random.below(most + 1);
  return length === 0 ? "" : `.${String(random.below(10 ** length)).padStart(length, "0")}`;
};

/** The texts of each format. */
export const textsOf: Readonly<Record<StringFormat, Texts>> = {
  uuid: uuids,
  uri: uris,
  ip: addresses,
  "date-time": { valid: instants, edges: instantEdges, wrong: noInstants, typical: typicalInstant, mix: anyInstant },
  "duration-seconds": {
    valid: spans,
    edges: spanEdges,
    wrong: noSpans,
    typical: (random) => `${random.below(100000)}${random.percent(50) ? `.${1 + random.below(9)}` : ""}s`,
    mix: (random) => `${random.percent(50) ? "-" : ""}${1 + random.below(315576000000)}${digits(random, 9)}s`,
  },
  "duration-iso8601": {
    valid: isoSpans,
    edges: isoSpanEdges,
    wrong: noIsoSpans,
    typical: (random) => `PT${random.below(48)}H${random.below(60)}M`,
    mix: (random) => `P${random.below(1000)}DT${random.below(100)}H${random.below(1000)}${digits(random, 9)}S`,
  },
  int64: signed,
  uint64: unsigned,
  base64: base64s,
  json: jsonTexts,
};

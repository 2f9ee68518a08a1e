import { expect, test } from "vitest";
import type { JsonProfile, Message, TypeRef } from "../../pipeline/index.ts";
import { messageDifferences } from "./meaning.ts";
import { literal, parseWire } from "./wire.ts";

const profile: JsonProfile = {
  fieldNames: "declared",
  int64: "string",
  enums: "number",
  timestamp: "rfc3339",
  duration: "seconds-string",
};
const scalar = (name: string, logical?: string): TypeRef =>
  ({
    kind: "scalar",
    scalar: name,
    ...(logical && { logical: { name: logical, encoding: "protobuf" } }),
  }) as unknown as TypeRef;
const field = (name: string, type: TypeRef, more: object = {}) => ({
  name,
  type,
  presence: "implicit" as const,
  origins: [],
  ...more,
});
const state = {
  kind: "enum",
  name: "State",
  open: false,
  origins: [],
  system: "s",
  values: [
    { name: "NONE", number: 0, origins: [] },
    { name: "DONE", number: 7, origins: [] },
  ],
};
const message = {
  kind: "message",
  name: "M",
  system: "s",
  origins: [],
  fields: [
    field("id", scalar("string", "uuid")),
    field("at", scalar("string", "timestamp")),
    field("took", scalar("string", "duration")),
    field("count", scalar("int64")),
    field("ratio", scalar("float32")),
    field("mean", scalar("float64")),
    field("state", { kind: "named", name: "State" }),
    field("inner", { kind: "named", name: "M" }),
    field("note", scalar("string"), { presence: "optional", nullable: true }),
    field("extra", { kind: "json" }, { presence: "optional" }),
  ],
} as unknown as Message;
const view = { type: (name: string) => (name === "State" ? state : message) } as never;

const found = (wanted: unknown, got: unknown, cells = false) =>
  messageDifferences(message, wanted as never, got as never, { view, profile, cells }).map(
    ({ pointer, wanted, got }) => `${pointer} ${wanted} ${got}`,
  );

test.each([
  [
    "the case of a UUID",
    { id: "C56A4180-65AA-42EC-A945-5FD21DEC0538" },
    { id: "c56a4180-65aa-42ec-a945-5fd21dec0538" },
  ],
  [
    "the offset and the zeros of a moment",
    { at: "2024-02-29T23:30:00.5+05:30" },
    { at: "2024-02-29T18:00:00.500000Z" },
  ],
  ["the zeros of a duration", { took: "-1.50s" }, { took: "-1.500s" }],
  ["a zero that is left out", { count: "0", state: 0, inner: { ratio: 0 } }, {}],
  ["a 32-bit float as it is held", { ratio: 0.1 }, { ratio: 0.10000000149011612 }],
  ["the two zeros", { ratio: -0 }, { ratio: 0 }],
  ["how many digits of a double are written", { mean: 944218815637105500 }, { mean: 944218815637105500n }],
])("is no difference: %s", (_, wanted, got) => {
  expect(found(wanted, got)).toEqual([]);
  expect(found(got, wanted)).toEqual([]);
});

test.each([
  ["a nanosecond", { at: "2024-02-29T23:30:00.000000001Z" }, { at: "2024-02-29T23:30:00Z" }],
  ["a neighbour beyond doubles", { count: "9007199254740993" }, { count: "9007199254740992" }],
  ["null where absence is something else", { note: null }, {}],
  ["null in free-form JSON", { extra: { a: null } }, { extra: {} }],
  ["a number instead of its text", { count: "5" }, { count: 5 }],
  ["a key that nobody declared", {}, { more: 1 }],
])("is a difference: %s", (_, wanted, got) => {
  expect(found(wanted, got)).toHaveLength(1);
});

test("cells of a database have symbols, numbers and columns of their own", () => {
  expect(
    found({ state: 7, count: "9007199254740993" }, { state: "DONE", count: 9007199254740993n, ingested_at: "x" }, true),
  ).toEqual([]);
  expect(found({ state: 7, count: "1" }, { state: "NONE", count: 2 }, true)).toEqual([
    '/count "1" 2',
    '/state 7 "NONE"',
  ]);
});

test("reading keeps every digit, and only digits", () => {
  expect(parseWire('{"a":9007199254740993,"b":"9007199254740993","c":[-9223372036854775808],"d":1e20}')).toEqual({
    a: 9007199254740993n,
    b: "9007199254740993",
    c: [-(2 ** 63)],
    d: 1e20,
  });
});

test("a literal is one line and has no prototype of its own", () => {
  const value = JSON.parse('{ "__proto__": "a\\u2028b", "n": [null] }');
  expect(literal(value)).toBe('{ ["__proto__"]: "a\\u2028b", "n": [null] }');
});

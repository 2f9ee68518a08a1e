import { describe, expect, test } from "vitest";
import { type Decl, type Field, type Message, named, scalar, timestamp } from "../../model/index.ts";
import { codecsOf, messageCodec, moduleFolder, viewOf } from "./testing.ts";

const write = moduleFolder("codecs-hostile");

const system: Decl = {
  kind: "system",
  name: "a",
  json: {
    fieldNames: "declared",
    int64: "string",
    enums: "name",
    timestamp: "rfc3339",
    duration: "seconds-string",
  },
  origins: [],
};
const field = (name: string, number: number, rest: Partial<Field> = {}): Field => ({
  name,
  number,
  type: scalar("string"),
  presence: "optional",
  origins: [],
  ...rest,
});
const message = (name: string, fields: readonly Field[], rest: Partial<Message> = {}): Message => ({
  kind: "message",
  name,
  system: "a",
  fields,
  origins: [],
  ...rest,
});
const codecOf = async (...decls: readonly Decl[]) => {
  const view = viewOf([system, ...decls]);
  const { module } = await codecsOf(view, "a", write);
  return messageCodec(module, view, "a.M", "M");
};
const map = (value: Field["type"]): Field["type"] => ({ kind: "map", key: "string", value });
const list = (item: Field["type"]): Field["type"] => ({ kind: "list", item });
const implicit = { presence: "implicit" } as const;
const duration = { kind: "scalar", scalar: "string", logical: { name: "duration", encoding: "protobuf" } } as const;

const codec = await codecOf(
  {
    kind: "enum",
    name: "a.Kind",
    system: "a",
    open: false,
    origins: [],
    values: [
      { name: "NONE", number: 0, origins: [] },
      { name: "ONE", number: 1, origins: [] },
      { name: "UNO", number: 1, origins: [] },
      { name: "__proto__", number: 3, origins: [] },
    ],
  },
  message("a.Part", [
    field("text", 1),
    field("count", 2, { type: scalar("int64") }),
    field("list", 3, { type: list(scalar("int32")), ...implicit }),
    field("part", 4, { type: named("a.Part") }),
    field("parts", 5, { type: map(named("a.Part")), ...implicit }),
  ]),
  message(
    "a.M",
    [
      field("part", 1, { type: named("a.Part") }),
      field("parts", 2, { type: map(named("a.Part")), ...implicit }),
      field("kind", 3, { type: named("a.Kind") }),
      field("kinds", 4, { type: map(named("a.Kind")), ...implicit }),
      field("at", 5, { type: timestamp("protobuf") }),
      field("took", 6, { type: duration }),
      field("left", 7, { type: named("a.Part") }),
      field("right", 8, { type: named("a.Part") }),
      field("other", 9),
      field("group", 10, { type: named("a.Part"), wire: { delimited: true } }),
      field("list", 11, { type: list(named("a.Part")), ...implicit }),
      field("flags", 12, { type: { kind: "map", key: "bool", value: scalar("string") }, ...implicit }),
    ],
    { oneofs: [{ name: "side", fields: ["left", "right", "other"], required: false }] },
  ),
);

/** A field with what stands behind its length. */
const chunk = (number: number, ...content: readonly number[]): readonly number[] => [
  number * 8 + 2,
  content.length,
  ...content,
];
const a = chunk(1, 97);
const one = [16, 1];

describe("what Protobuf allows and decoders make of it", () => {
  test.each<[string, readonly number[], unknown]>([
    ["a pair without its message", chunk(2, ...a), { parts: { a: {} } }],
    ["a pair without both", chunk(2), { parts: { "": {} } }],
    ["a pair without its key", chunk(2, ...chunk(2, ...a)), { parts: { "": { text: "a" } } }],
    ["a pair within a pair", chunk(2, ...a, ...chunk(2, ...chunk(5, ...a))), { parts: { a: { parts: { a: {} } } } }],
    [
      "a pair whose message stands twice",
      chunk(2, ...chunk(2, ...a), ...chunk(2, ...one)),
      { parts: { "": { text: "a", count: "1" } } },
    ],
    ["a pair without its value of an enum", chunk(4, ...a), { kinds: { a: "NONE" } }],
    ["a pair without its key, which is a flag", chunk(12, ...chunk(2, 97)), { flags: { false: "a" } }],
    [
      "a key that is no plain one",
      chunk(2, ...chunk(1, ...new TextEncoder().encode("__proto__"))),
      JSON.parse('{"parts":{"__proto__":{}}}'),
    ],
    ["a message in two parts", [...chunk(1, ...a), ...chunk(1, ...one)], { part: { text: "a", count: "1" } }],
    ["its lists one behind the other", [...chunk(1, 24, 1), ...chunk(1, 24, 2)], { part: { list: [1, 2] } }],
    [
      "a message within it in two parts",
      [...chunk(1, ...chunk(4, ...a)), ...chunk(1, ...chunk(4, ...one))],
      { part: { part: { text: "a", count: "1" } } },
    ],
    [
      "a message in two parts within a list",
      chunk(11, ...chunk(4, ...a), ...chunk(4, ...one)),
      { list: [{ part: { text: "a", count: "1" } }] },
    ],
    ["a moment in two parts", [...chunk(5, 8, 1), ...chunk(5, 16, 5)], { at: "1970-01-01T00:00:01.000000005Z" }],
    ["a group in two parts", [83, ...a, 84, 83, ...one, 84], { group: { text: "a", count: "1" } }],
    ["one of a one-of in two parts", [...chunk(7, ...a), ...chunk(7, ...one)], { left: { text: "a", count: "1" } }],
    [
      "the same with another between them",
      [...chunk(7, ...a), ...chunk(8, ...a), ...chunk(7, ...one)],
      { left: { count: "1" } },
    ],
    ["the same with a text behind them", [...chunk(7, ...a), ...chunk(7, ...one), ...chunk(9, 98)], { other: "b" }],
    ["two values of one number", [24, 1], { kind: "ONE" }],
    ["a value called as no key can be", [24, 3], { kind: "__proto__" }],
    ["a value that is not listed", [24, 99], {}],
    [
      "fields of a newer schema",
      [...chunk(99 - 84, 1, 2), 0xa3, 6, 8, 1, 0xa4, 6, ...chunk(1, 56, 1, ...a)],
      { part: { text: "a" } },
    ],
  ])("%s", (_, bytes, value) => {
    expect(codec.decode(Uint8Array.from(bytes))).toStrictEqual(value);
    expect(codec.verify(Uint8Array.from(bytes))).toStrictEqual(value);
  });

  test.each<[string, readonly number[]]>([
    ["a group that ends without a beginning", [0xa4, 6]],
    ["a tag of zero", [0, 1]],
    ["a message that is cut off", [10, 5, 10]],
    ["a length of 2^63", [74, ...Array<number>(9).fill(0xff), 1]],
    ["half a surrogate pair", chunk(9, 0xed, 0xa0, 0x80)],
    ["a moment in the year 0", chunk(5, 8, ...varint(-62_167_219_200n))],
    ["a moment before all years", chunk(5, 8, ...varint(-(2n ** 63n)))],
    ["a duration of more than ten thousand years", chunk(6, 8, ...varint(315_576_000_001n))],
    ["a duration of two signs", chunk(6, 8, 1, 16, ...varint(-1n))],
  ])("refused: %s", (_, bytes) => {
    expect(() => codec.decode(Uint8Array.from(bytes))).toThrow();
    expect(() => codec.verify(Uint8Array.from(bytes))).toThrow();
  });

  test("the last hours of the year 0 are in the year 1 elsewhere", () => {
    const bytes = Uint8Array.from(chunk(5, 8, ...varint(-62_135_596_801n)));
    const value = { at: "0001-01-01T23:58:59+23:59" };
    expect(codec.decode(bytes)).toEqual(value);
    expect(codec.verify(bytes)).toEqual(value);
    expect(codec.decode(codec.encode(value))).toEqual(value);
    expect(() => codec.encode({ at: "0000-06-01T00:00:00Z" })).toThrow("/at is not an RFC 3339 date-time.");
    expect(() => codec.encode({ took: "315576000001s" })).toThrow("/took is not a duration");
  });

  test("bytes by chance end in a value or in a CodecError, the same for both decoders", () => {
    let seed = 7;
    const next = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    const whole = codec.encode({
      part: { text: "a", parts: { b: { list: [1, 300] } } },
      list: [{ count: "-1" }],
      at: "2024-01-01T00:00:00.5Z",
    });
    for (let run = 0; run < 3000; run++) {
      const bytes = Uint8Array.from(whole);
      for (let i = 0; i <= next(3); i++) bytes[next(bytes.length)] = next(256);
      const cut = bytes.subarray(0, next(4) === 0 ? next(bytes.length) : bytes.length);
      let ours: unknown;
      try {
        ours = codec.decode(cut);
      } catch (error) {
        expect((error as Error).name).toBe("CodecError");
        continue;
      }
      expect([...cut, codec.verify(cut)]).toEqual([...cut, ours]);
    }
  });
});

function varint(value: bigint): readonly number[] {
  const out: number[] = [];
  let bits = BigInt.asUintN(64, value);
  for (; bits > 127n; bits >>= 7n) out.push(Number(bits & 127n) | 128);
  return [...out, Number(bits)];
}

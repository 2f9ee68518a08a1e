import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { read } from "../../pipeline/index.ts";
import { codecsOf, type MessageCodec, messageCodec, moduleFolder, protoc } from "./testing.ts";

/** The sources of the case `everything`: every encoding that Protobuf has. */
const folder = join(import.meta.dirname, "cases/everything");
const { project } = await read({ folder });
if (!project) throw new Error("There is no model.");
const { view } = project;
const { module, projections } = await codecsOf(view, "acme", moduleFolder("codecs-acme"));
const protos = join(folder, "protos");
const everything = protoc(protos, "acme/everything.proto");
const codec = await messageCodec(module, view, "acme.Everything", "Everything");

const any = "type.googleapis.com/acme.Part";
const pairs: readonly (readonly [json: Readonly<Record<string, unknown>>, text: string])[] = [
  [{}, ""],
  [
    { flag: true, i32: -2147483648, s32: -2147483648, u32: 4294967295, f32: 4294967295, sf32: -2147483648 },
    "flag: true i32: -2147483648 s32: -2147483648 u32: 4294967295 f32: 4294967295 sf32: -2147483648",
  ],
  [
    {
      i64: "-9223372036854775808",
      s64: "-9223372036854775808",
      u64: "18446744073709551615",
      f64: "18446744073709551615",
      sf64: "-9223372036854775808",
    },
    `i64: -9223372036854775808 s64: -9223372036854775808 u64: 18446744073709551615 f64: 18446744073709551615
     sf64: -9223372036854775808`,
  ],
  [
    { i64: "9223372036854775807", s64: "-1", sf64: "9007199254740993" },
    "i64: 9223372036854775807 s64: -1 sf64: 9007199254740993",
  ],
  [
    { single: 0.1, twice: 5e-324, text: "a\u0000\u2028😀", data: "AP/+", color: "GREEN" },
    'single: 0.1 twice: 5e-324 text: "a\\000\u2028😀" data: "\\000\\377\\376" color: GREEN',
  ],
  [
    { single: -3.4028235e38, twice: -1.7976931348623157e308 },
    "single: -3.4028234663852886e38 twice: -1.7976931348623157e308",
  ],
  [{ twice: -0, single: -0 }, "single: -0 twice: -0"],
  [
    { maybeI32: 0, maybeText: "", maybeColor: "COLOR_UNSPECIFIED", maybeData: "" },
    'maybe_i32: 0 maybe_text: "" maybe_color: COLOR_UNSPECIFIED maybe_data: ""',
  ],
  [
    {
      packed: ["0", "-1", "9223372036854775807"],
      unpacked: [0, 1.5],
      texts: ["", "b"],
      colors: ["RED", "BELOW_ZERO"],
      parts: [{}, { name: "p", parts: [{}] }],
    },
    `packed: [0, -1, 9223372036854775807] unpacked: [0, 1.5] texts: ["", "b"] colors: [RED, BELOW_ZERO]
     parts { } parts { name: "p" parts { } }`,
  ],
  [
    {
      counts: { "": "0", a: "-1" },
      byFixed: { "0": "", "18446744073709551615": "max" },
      bySigned: { "-2147483648": {}, "0": { name: "n" } },
      byFlag: { false: "COLOR_UNSPECIFIED", true: "RED" },
    },
    `counts { key: "" value: 0 } counts { key: "a" value: -1 }
     by_fixed { key: 0 value: "" } by_fixed { key: 18446744073709551615 value: "max" }
     by_signed { key: -2147483648 value { } } by_signed { key: 0 value { name: "n" } }
     by_flag { key: false value: COLOR_UNSPECIFIED } by_flag { key: true value: RED }`,
  ],
  [{ choiceNumber: "0" }, "choice_number: 0"],
  [{ choiceText: "" }, 'choice_text: ""'],
  [{ choicePart: {} }, "choice_part { }"],
  [{ choiceTime: "1970-01-01T00:00:00Z" }, "choice_time { }"],
  [{ choiceColor: "COLOR_UNSPECIFIED" }, "choice_color: COLOR_UNSPECIFIED"],
  [{ choiceValue: null }, "choice_value { null_value: NULL_VALUE }"],
  [
    { at: "0001-01-01T00:00:00.000000001Z", times: ["1969-12-31T23:59:58.500Z", "1970-01-01T00:00:00Z"] },
    "at { seconds: -62135596800 nanos: 1 } times { seconds: -2 nanos: 500000000 } times { }",
  ],
  [{ took: "-315576000000.999999999s" }, "took { seconds: -315576000000 nanos: -999999999 }"],
  [{ took: "0s", anyValue: 0, free: {}, anyList: [] }, "took { } free { } any_value { number_value: 0 } any_list { }"],
  [
    { anyValue: [null, { a: false }] },
    "any_value { list_value { values { null_value: 0 } values { struct_value { fields { key: 'a' value { bool_value: false } } } } } }",
  ],
  [{ packedMessage: { "@type": any, name: "n" } }, 'packed_message { [type.googleapis.com/acme.Part] { name: "n" } }'],
  [{ nothing: {}, mask: "fooBar,a.bC" }, 'nothing { } mask { paths: "foo_bar" paths: "a.b_c" }'],
  [
    { wrappedFlag: false, wrappedI64: "0", wrappedText: "", wrappedData: "", wrappedSingle: 0 },
    "wrapped_flag { } wrapped_i64 { } wrapped_text { } wrapped_data { } wrapped_single { }",
  ],
  [
    { wrappedI64: "-1", wrappedSingle: 0.1, wrappedList: ["0", "18446744073709551615"], wrappedMap: { a: 0, b: 1.5 } },
    `wrapped_i64 { value: -1 } wrapped_single { value: 0.1 } wrapped_list { } wrapped_list { value: 18446744073709551615 }
     wrapped_map { key: "a" value { } } wrapped_map { key: "b" value { value: 1.5 } }`,
  ],
  [
    { again: { again: { last: 1 } }, calledOtherwise: "r", last: 5 },
    'again { again { last: 1 } } renamed: "r" last: 5',
  ],
];

test.each(pairs)("%j", (json, text) => {
  const bytes = codec.encode(json);
  const theirs = everything.encode("acme.Everything", text);
  const decoded = (data: Uint8Array): string => everything.decode("acme.Everything", data);
  // Two keys of a map have no order in binary.
  if (!text.includes("key:")) expect(decoded(bytes)).toBe(decoded(theirs));
  for (const data of [bytes, theirs]) {
    expect(codec.decode(data)).toStrictEqual(json);
    expect(codec.verify(data)).toStrictEqual(json);
  }
});

describe("equal in meaning", () => {
  const same = (a: unknown, b: unknown): void => {
    const bytes = codec.encode(a);
    expect(codec.decode(bytes)).toStrictEqual(b);
    expect(codec.verify(bytes)).toStrictEqual(b);
  };
  test("a zero where presence means nothing is none", () =>
    same(
      {
        flag: false,
        i32: 0,
        s64: "0",
        twice: 0,
        text: "",
        data: "",
        color: "COLOR_UNSPECIFIED",
        texts: [],
        counts: {},
      },
      {},
    ));
  test("null for a wrapper is none", () => same({ wrappedI64: null, wrappedText: null }, {}));
  test("an offset from UTC is the same moment", () =>
    same({ at: "2024-02-29T01:00:00.1+02:30" }, { at: "2024-02-28T22:30:00.100Z" }));
  test("what lies beyond four digits in UTC is written in another zone", () => {
    same({ at: "9999-12-31T23:59:59.5-12:00" }, { at: "9999-12-31T12:00:59.500-23:59" });
    same({ at: "0001-01-01T00:00:00+12:00" }, { at: "0001-01-01T11:59:00+23:59" });
  });
  test("an enum's number that is not listed stays a number", () =>
    same({ color: 77, colors: [-5] }, { color: 77, colors: [-5] }));
  test("keys without a field are passed over", () => same({ flag: true, other: 1, constructor: 2 }, { flag: true }));
  test("keys that objects inherit are keys like any other", () => {
    const counts = JSON.parse('{ "__proto__": "1", "constructor": "2" }');
    same({ counts, free: counts }, { counts, free: counts });
  });
  test("a list of numbers may be packed or not", () => {
    const packed = new Uint8Array([0xaa, 1, 2, 0, 2]);
    const unpacked = new Uint8Array([0xa8, 1, 0, 0xa8, 1, 2]);
    for (const bytes of [packed, unpacked]) {
      expect(codec.decode(bytes)).toEqual({ packed: ["0", "1"] });
      expect(codec.verify(bytes)).toEqual({ packed: ["0", "1"] });
    }
  });
  test("of the fields of a one-of the last one holds, and unknown fields are passed over", () => {
    const bytes = new Uint8Array([0xf0, 1, 7, 0xfa, 1, 1, 65, 0xa0, 6, 1, 0xa3, 6, 8, 1, 0xa4, 6]);
    expect(codec.decode(bytes)).toEqual({ choiceText: "A" });
    expect(codec.verify(bytes)).toEqual({ choiceText: "A" });
  });
});

describe("proto2 and editions", () => {
  const cases: readonly (readonly [string, string, object, string])[] = [
    ["acme.Legacy", "legacy", { id: "0" }, "id: 0"],
    [
      "acme.Legacy",
      "legacy",
      {
        id: "-1",
        size: "SMALL",
        sizes: ["LARGE"],
        numbers: [0, -1],
        pair: { left: "l", right: 7 },
        item: [{ key: 0 }, { key: 9 }],
      },
      'id: -1 size: SMALL sizes: LARGE numbers: [0, -1] Pair { left: "l" right: 7 } Item { key: 0 } Item { key: 9 }',
    ],
    [
      "acme.Edition",
      "edition",
      { explicit: 0, expanded: [1, 2], inner: { name: "a", deeper: { name: "b" } }, inners: [{}, { name: "c" }] },
      'explicit: 0 expanded: [1, 2] inner { name: "a" deeper { name: "b" } } inners { } inners { name: "c" }',
    ],
  ];
  test.each(cases)("%s of %s.proto: %j", async (name, file, json, text) => {
    const { encode, decode, verify } = await messageCodec(module, view, name, name.slice(5));
    const witness = protoc(protos, `acme/${file}.proto`);
    const bytes = encode(json);
    const theirs = witness.encode(name, text);
    expect(witness.decode(name, bytes)).toBe(witness.decode(name, theirs));
    expect(decode(theirs)).toStrictEqual(json);
    expect(verify(theirs)).toStrictEqual(json);
    expect(decode(bytes)).toStrictEqual(json);
  });

  test("a required field that is missing, and numbers that a closed enum does not list", async () => {
    const legacy: MessageCodec = await messageCodec(module, view, "acme.Legacy", "Legacy");
    expect(() => legacy.encode({})).toThrow("/id is missing.");
    expect(() => legacy.decode(new Uint8Array())).toThrow("/id is missing.");
    expect(() => legacy.verify(new Uint8Array())).toThrow("/id of acme.Legacy is missing.");
    expect(() => legacy.encode({ id: "1", size: 9 })).toThrow("/size is not a value of acme.Legacy.Size.");
    const bytes = new Uint8Array([8, 1, 16, 9, 24, 2, 24, 9]);
    expect(legacy.decode(bytes)).toEqual({ id: "1", sizes: ["LARGE"] });
    expect(legacy.verify(bytes)).toEqual({ id: "1", sizes: ["LARGE"] });
  });
});

describe("what is no value of the type", () => {
  test.each<[string, unknown, string]>([
    ["no object", 5, "The value is not an object."],
    ["a list for an object", [], "The value is not an object."],
    ["text for a number", { i32: "1" }, "/i32 is not a 32-bit integer."],
    ["a fraction", { i32: 1.5 }, "/i32 is not a 32-bit integer."],
    ["past 32 bits", { sf32: 2147483648 }, "/sf32 is not a 32-bit integer."],
    ["below zero", { u32: -1 }, "/u32 is not an unsigned 32-bit integer."],
    ["a number for 64 bits", { i64: 1 }, "/i64 is not a 64-bit integer in a string."],
    ["past 64 bits", { i64: "9223372036854775808" }, "/i64 is not a 64-bit integer in a string."],
    ["below zero in 64 bits", { f64: "-1" }, "/f64 is not a 64-bit integer in a string."],
    ["past what float holds", { single: 1e39 }, "/single is not a number that 32 bits of float hold."],
    ["no number", { twice: Number.NaN }, "/twice is not a number."],
    ["half a surrogate pair", { text: "\ud800" }, "/text is not text without half surrogate pairs."],
    ["base64 without padding", { data: "AP8" }, "/data is not base64 text."],
    ["no such value", { color: "BLUE" }, "/color is not a value of acme.Color."],
    ["null", { text: null }, "/text is not text without half surrogate pairs."],
    ["null for a list", { texts: null }, "/texts is not a list."],
    ["a fault in a list", { parts: [{}, { name: 1 }] }, "/parts/1/name is not text without half surrogate pairs."],
    ["a key of a map", { bySigned: { "01": {} } }, "/bySigned/01 is not a key of this map."],
    ["a key that needs marks", { counts: { "a/b~": 1 } }, "/counts/a~1b~0 is not a 64-bit integer in a string."],
    [
      "two of a one-of",
      { choiceText: "a", choiceNumber: "1" },
      "/choiceText is set beside choice_number; at most one of choice can be.",
    ],
    ["no day", { at: "2023-02-29T00:00:00Z" }, "/at is not an RFC 3339 date-time."],
    ["no length", { took: "1h" }, '/took is not a duration in seconds such as "1.5s".'],
    [
      "an unknown type",
      { packedMessage: { "@type": "x/acme.No" } },
      "/packedMessage/@type names no message that is known here.",
    ],
    ["something in nothing", { nothing: { a: 1 } }, "/nothing is not an empty object."],
    ["no path", { mask: "foo_bar" }, "/mask is not paths with commas between them."],
    ["infinity inside", { free: { a: [1 / 0] } }, "/free/a/0 is not a number."],
  ])("%s", (_, value, message) => {
    expect(() => codec.encode(value)).toThrow(message);
    expect(() => codec.encode(value)).toThrow(module.CodecError as never);
  });
});

describe("bytes that are no message", () => {
  const deep = (levels: number): Uint8Array => {
    let bytes: readonly number[] = [];
    for (let i = 0; i < levels; i++) bytes = [0xe2, 3, ...varint(bytes.length), ...bytes];
    return new Uint8Array(bytes);
  };
  const varint = (value: number): readonly number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];

  test.each<[string, Uint8Array]>([
    ["a tag of zero", new Uint8Array([0])],
    ["a tag that does not end", new Uint8Array([0x80])],
    ["a number that does not end", new Uint8Array([16, 0xff, 0xff])],
    ["eleven bytes of a number", new Uint8Array([16, ...new Array(10).fill(0xff), 1])],
    ["a length past the end", new Uint8Array([0x72, 5, 65])],
    ["a length of 2^63", new Uint8Array([0x72, ...new Array(9).fill(0xff), 1])],
    ["text that is no UTF-8", new Uint8Array([0x72, 1, 0xff])],
    ["a wire type that is none", new Uint8Array([0x17])],
    ["a group that ends without beginning", new Uint8Array([0x14])],
    ["a group that does not end", new Uint8Array([0xa3, 6, 8, 1])],
    ["fixed bytes past the end", new Uint8Array([0x2d, 1, 2])],
    ["a broken message inside", new Uint8Array([0xca, 1, 1, 0])],
    ["packed numbers that end in the middle", new Uint8Array([0xb2, 1, 3, 1, 2, 3])],
    ["messages 200 deep", deep(200)],
  ])("%s", (_, bytes) => {
    expect(() => codec.decode(bytes)).toThrow(module.CodecError as never);
    expect(() => codec.verify(bytes)).toThrow("The bytes are no message acme.Everything");
    expect(() => everything.decode("acme.Everything", bytes)).toThrow();
  });

  test("groups nested a million deep are no way to exhaust the stack", () => {
    expect(() => codec.decode(new Uint8Array(1_000_000).fill(0x0b))).toThrow("more than 100 deep");
    expect(() => codec.verify(new Uint8Array(1_000_000).fill(0x0b))).toThrow("The bytes are no message");
  });

  test("messages 90 deep are read, and values past the bound are not written", () => {
    expect(codec.verify(deep(90))).toEqual(codec.decode(deep(90)));
    let value: Record<string, unknown> = {};
    for (let i = 0; i < 150; i++) value = { again: value };
    expect(() => codec.encode(value)).toThrow("lies more than 100 messages deep");
    let free: unknown = 1;
    for (let i = 0; i < 100_000; i++) free = [free];
    expect(() => codec.encode({ anyValue: free })).toThrow("lies more than 100 messages deep");
  });

  test("what JSON cannot say is told, and not replaced", () => {
    const notANumber = new Uint8Array([0x69, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f]);
    expect(() => codec.decode(notANumber)).toThrow("/twice is not something that JSON can say as a number.");
    expect(() => codec.verify(notANumber)).toThrow("/twice of acme.Everything is no number that JSON can say.");
    const badNanos = new Uint8Array([0xc2, 2, 2, 16, 0x80 | 0x7f, 0x7f].slice(0, 4).concat([5]).slice(0, 5));
    expect(codec.decode(badNanos)).toEqual({ at: "1970-01-01T00:00:00.000000005Z" });
    const negativeNanos = new Uint8Array([0xc2, 2, 11, 16, ...new Array(9).fill(0xff), 1]);
    expect(() => codec.decode(negativeNanos)).toThrow(
      "/at is not something that JSON can say as an RFC 3339 date-time.",
    );
    expect(() => codec.verify(negativeNanos)).toThrow("/at of acme.Everything is no time that JSON can say.");
  });
});

test("the ledger", () => {
  const odd = projections.filter(({ fidelity }) => fidelity !== "exact");
  expect(odd.map(({ at, fidelity, why }) => `${at}: ${fidelity}. ${why}`)).toEqual([
    "acme.Everything.single: widened. Digits that 32 bits of float do not hold are rounded.",
    ...["color", "maybe_color", "colors", "by_flag", "choice_color"].map(
      (field) =>
        `acme.Everything.${field}: widened. A number that the enum does not list is taken, as newer producers send it.`,
    ),
    "acme.Everything.packed_message: lossy. Only a message that is known here can stand in it.",
    "acme.Everything.nothing: lossy. An object with anything in it is refused.",
    "acme.Everything.mask: lossy. Only paths of fields in lowerCamelCase are taken.",
    "acme.Everything.wrapped_single: widened. Digits that 32 bits of float do not hold are rounded.",
  ]);
});

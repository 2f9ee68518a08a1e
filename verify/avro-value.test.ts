import avsc from "avsc";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../model/index.ts";
import { type AvroValue, avroCodec, avscOptions, checkLogicalTypes, type WireValue } from "./index.ts";

/** One field of every form that generated schemas have. */
const schema: Json = {
  type: "record",
  name: "Order",
  namespace: "shop",
  fields: [
    { name: "id", type: { type: "string", logicalType: "uuid" } },
    { name: "event_type", type: { type: "string", const: "shop.order.placed" } },
    { name: "total", type: ["null", { type: "long", json: "string" }], default: null },
    { name: "stock", type: ["null", "long"], default: null },
    { name: "small", type: ["null", "int"], default: null },
    { name: "ratio", type: ["null", "double"], default: null },
    {
      name: "counter",
      type: ["null", { type: "bytes", logicalType: "decimal", precision: 20, scale: 0, json: "string" }],
      default: null,
    },
    {
      name: "placed",
      type: ["null", { type: "long", logicalType: "timestamp-micros", json: "date-time" }],
      default: null,
    },
    {
      name: "shown",
      type: ["null", { type: "long", logicalType: "timestamp-millis", json: "date-time" }],
      default: null,
    },
    { name: "epoch", type: ["null", { type: "long", logicalType: "timestamp-millis" }], default: null },
    {
      name: "took",
      type: [
        "null",
        {
          type: "record",
          name: "Duration",
          namespace: "google.protobuf",
          json: "duration",
          fields: [
            { name: "seconds", type: "long" },
            { name: "nanos", type: "int" },
          ],
        },
      ],
      default: null,
    },
    { name: "took_again", type: ["null", "google.protobuf.Duration"], default: null },
    { name: "image", type: ["null", "bytes"], default: null },
    {
      name: "state",
      type: ["null", { type: "enum", name: "State", symbols: ["NEW", "A_B"], json: { NEW: 0, A_B: 7 } }],
      default: null,
    },
    {
      name: "phase",
      type: ["null", { type: "enum", name: "Phase", symbols: ["UNDEFINED", "DONE"], default: "UNDEFINED", open: true }],
      default: null,
    },
    { name: "extra", type: ["null", { type: "string", json: "object" }], default: null },
    { name: "any", type: ["null", { type: "string", json: "any" }], default: null },
    { name: "closed_at", type: ["null", "int"] },
    { name: "seen_at", nullable: true, type: ["null", "int"], default: null },
    { name: "labels", type: ["null", { type: "map", values: "string" }], default: null },
    { name: "parts", type: ["null", { type: "array", items: "shop.Order" }], default: null },
    { name: "_proto_", wireName: "__proto__", type: ["null", "string"], default: null },
    {
      name: "pay",
      type: [
        "null",
        {
          type: "record",
          name: "Card",
          fields: [
            { name: "kind", type: { type: "enum", name: "CardKind", symbols: ["card"] } },
            { name: "number", type: "string" },
          ],
        },
        {
          type: "record",
          name: "Cash",
          fields: [
            {
              name: "kind",
              type: ["null", { type: "enum", name: "CashKind", symbols: ["cash"] }],
              default: null,
            },
          ],
        },
        { type: "array", items: "string" },
        "string",
      ],
      default: null,
    },
  ],
};

const codec = avroCodec(schema);
const type = avsc.Type.forSchema(schema as avsc.Schema, avscOptions<avsc.Type>(avsc as never));

const base = { id: "0b6d1bd8-6d44-4d92-8c0d-0a3f2a4d8c11", event_type: "shop.order.placed", closed_at: null };
const toAvro = (json: WireValue): { readonly [key: string]: AvroValue } => {
  const result = codec.toAvro(json);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value as { readonly [key: string]: AvroValue };
};
/** Through bytes and back. */
const roundTrip = (json: WireValue): WireValue => {
  const result = codec.fromAvro(type.fromBuffer(type.toBuffer(toAvro(json))));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
};
const problems = (json: Json): readonly string[] => {
  const result = codec.toAvro(json);
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path}: ${message}`);
};

describe("an event becomes what Avro encodes", () => {
  test.each<[string, Json, AvroValue]>([
    ["total", "9223372036854775807", { long: 9223372036854775807n }],
    ["stock", 12, { long: 12n }],
    ["counter", "18446744073709551615", { bytes: Buffer.from([0, 255, 255, 255, 255, 255, 255, 255, 255]) }],
    ["placed", "2024-02-29T12:00:00.123456Z", { long: 1709208000123456n }],
    ["placed", "1969-12-31T23:59:59.999999Z", { long: -1n }],
    ["placed", "2024-02-29T14:00:00.1234567+02:00", { long: 1709208000123456n }],
    ["shown", "2024-02-29T12:00:00.1239Z", { long: 1709208000123n }],
    ["epoch", 1709208000123, { long: 1709208000123n }],
    ["took", "-1.5s", { "google.protobuf.Duration": { seconds: -1n, nanos: -500000000 } }],
    ["image", "aGk=", { bytes: Buffer.from("hi") }],
    ["state", 7, { "shop.State": "A_B" }],
    ["phase", "NOT_LISTED", { "shop.Phase": "UNDEFINED" }],
    ["extra", { a: [1, null] }, { string: '{"a":[1,null]}' }],
    ["any", null, { string: "null" }],
    ["pay", "cheque", { string: "cheque" }],
    ["pay", ["a"], { array: ["a"] }],
    ["pay", { kind: "card", number: "4" }, { "shop.Card": { kind: "card", number: "4" } }],
    ["pay", {}, { "shop.Cash": { kind: null } }],
  ])("%s: %j", (key, json, expected) => {
    expect(toAvro({ ...base, [key]: json })[key]).toEqual(expected);
  });

  test("with what Avro has no room for, which is named", () => {
    const result = codec.toAvro({ ...base, more: 1, phase: "NEW_ONE", parts: [{ ...base, "a/b": 2 }] });
    expect(result).toMatchObject({ ok: true, lost: ["/more", "/phase", "/parts/0/a~1b"] });
  });
});

describe("what does not fit is refused, with its place", () => {
  test.each<[string, Json, string]>([
    ["total", 5, "/total: The value is 5, and not a 64-bit integer in a string."],
    [
      "total",
      "9223372036854775808",
      '/total: The value is "9223372036854775808", and not a 64-bit integer in a string.',
    ],
    ["stock", null, "/stock: The value is null, and not a 64-bit integer."],
    ["stock", 1.5, "/stock: The value is 1.5, and not a 64-bit integer."],
    ["stock", 2 ** 63, "/stock: The value is 9223372036854776000, and not a 64-bit integer."],
    ["small", 2147483648, "/small: The value is 2147483648, and not a 32-bit integer."],
    ["ratio", "1", '/ratio: The value is "1", and not a number.'],
    ["counter", "-1", '/counter: The value is "-1", and not an unsigned 64-bit integer in a string.'],
    ["placed", "2024-02-30T12:00:00Z", '/placed: The value is "2024-02-30T12:00:00Z", and not an RFC 3339 date-time.'],
    ["took", "1.5", '/took: The value is "1.5", and not a duration in seconds such as "1.5s".'],
    ["image", "aGk", '/image: The value is "aGk", and not base64 text.'],
    ["state", 1, "/state: The value is 1, which is none of the enum's."],
    ["extra", [], "/extra: The value is a list, and not a JSON object, at most 200 deep."],
    ["event_type", "x", '/event_type: The value is "x", and only "shop.order.placed" is allowed.'],
    ["labels", { a: 1 }, "/labels/a: The value is 1, and not a string."],
    ["pay", { kind: "coin" }, "/pay: The value is an object, which fits none of shop.Card, shop.Cash, array, string."],
    ["pay", 4, "/pay: The value is 4, which fits none of shop.Card, shop.Cash, array, string."],
  ])("%s: %j", (key, json, expected) => {
    expect(problems({ ...base, [key]: json })).toEqual([expected]);
  });

  test("all at once", () => {
    expect(problems({ event_type: 1, parts: [{ ...base, id: "x" }] })).toEqual([
      ': The key "id" is missing.',
      '/event_type: The value is 1, and only "shop.order.placed" is allowed.',
      ': The key "closed_at" is missing.',
      '/parts/0/id: The value is "x", and not a UUID.',
    ]);
  });

  test("nesting that no stack would survive", () => {
    let parts: Json = [];
    for (let i = 0; i < 10_000; i++) parts = [{ ...base, parts }];
    expect(problems({ ...base, parts })).toHaveLength(1);
    let any: Json = [];
    for (let i = 0; i < 10_000; i++) any = [any];
    expect(problems({ ...base, any })).toHaveLength(1);
  });
});

describe("back again", () => {
  test("keys that were absent are absent, keys that were null are null", () => {
    expect(roundTrip(base)).toEqual(base);
    // Where both are allowed, Avro does not keep which it was.
    expect(roundTrip({ ...base, seen_at: null })).toEqual(base);
  });

  test("hostile keys are only keys", () => {
    const json = JSON.parse(
      `{ "id": "${base.id}", "event_type": "shop.order.placed", "closed_at": 1, "__proto__": "x" }`,
    );
    expect(JSON.stringify(roundTrip(json))).toBe(
      `{"id":"${base.id}","event_type":"shop.order.placed","closed_at":1,"__proto__":"x"}`,
    );
    expect(problems(JSON.parse('{ "constructor": 1 }'))).toContain(': The key "id" is missing.');
  });

  test("a moment comes back in UTC, fractions in groups of three digits", () => {
    const back = (placed: string) => (roundTrip({ ...base, placed }) as { placed: string }).placed;
    expect(back("2024-02-29T14:00:00.5+02:00")).toBe("2024-02-29T12:00:00.500Z");
    expect(back("0001-01-01T00:00:00Z")).toBe("0001-01-01T00:00:00Z");
    expect(back("9999-12-31T23:59:59.999999Z")).toBe("9999-12-31T23:59:59.999999Z");
  });

  test("a value that no schema of ours wrote is refused", () => {
    const good = toAvro(base);
    const back = (key: string, value: AvroValue) => codec.fromAvro({ ...good, [key]: value });
    expect(back("took", { "google.protobuf.Duration": { seconds: 1n, nanos: -1 } })).toMatchObject({ ok: false });
    expect(back("placed", { long: 2n ** 62n })).toMatchObject({ ok: false });
    expect(back("extra", { string: "{" })).toMatchObject({ ok: false });
    expect(back("pay", { "shop.Coin": {} })).toMatchObject({ ok: false });
    expect(back("state", { "shop.State": "OLD" })).toMatchObject({ ok: false });
  });

  test("any event comes back as it was", () => {
    const digits = (count: number) => fc.stringMatching(new RegExp(`^(\\.([0-9]{3}){0,${count - 1}}[0-9]{2}[1-9])?$`));
    const moment = (count: number) =>
      fc
        .tuple(
          fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
          digits(count),
        )
        .map(([date, fraction]) => `${date.toISOString().slice(0, 19)}${fraction}Z`);
    const took = fc
      .tuple(fc.boolean(), fc.integer({ min: 0, max: 999_999_999 }), digits(3))
      .map(
        ([minus, seconds, fraction]) => `${minus && (seconds > 0 || fraction !== "") ? "-" : ""}${seconds}${fraction}s`,
      );
    const json = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
    const event = fc.record(
      {
        id: fc.uuid(),
        event_type: fc.constant("shop.order.placed"),
        closed_at: fc.option(fc.integer()),
        total: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
        stock: fc.maxSafeInteger(),
        ratio: fc.double({ noNaN: true, noDefaultInfinity: true }),
        counter: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
        placed: moment(2),
        shown: moment(1),
        took,
        image: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("base64")),
        state: fc.constantFrom(0, 7),
        phase: fc.constantFrom("UNDEFINED", "DONE"),
        extra: fc.dictionary(fc.string(), json),
        any: json,
        labels: fc.dictionary(fc.string({ minLength: 10 }), fc.string()),
        pay: fc.oneof(fc.string(), fc.array(fc.string()), fc.constant({ kind: "card", number: "1" }), fc.constant({})),
      },
      { requiredKeys: ["id", "event_type", "closed_at"] },
    );
    fc.assert(
      fc.property(event, (value) => {
        expect(roundTrip(value as Json)).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });
});

test("a record may stand for the value of its only field", () => {
  const ids = avroCodec({
    type: "record",
    name: "Ids",
    json: "value",
    fields: [{ name: "value", type: { type: "array", items: { type: "long", json: "string" } } }],
  });
  expect(ids.toAvro(["1", "2"])).toEqual({ ok: true, value: { value: [1n, 2n] }, lost: [] });
  expect(ids.fromAvro({ value: [1n, 2n] })).toMatchObject({ ok: true, value: ["1", "2"] });
});

describe("logical types", () => {
  test.each<[Json, string | undefined]>([
    [{ type: "string", logicalType: "uuid" }, undefined],
    [{ type: "fixed", size: 16, logicalType: "uuid" }, undefined],
    [{ type: "bytes", logicalType: "decimal", precision: 20, scale: 0 }, undefined],
    [{ type: "fixed", size: 9, logicalType: "decimal", precision: 20 }, undefined],
    [
      { type: "fixed", size: 8, logicalType: "decimal", precision: 20 },
      "A fixed of 8 bytes holds 18 digits, and not 20.",
    ],
    [{ type: "bytes", logicalType: "decimal" }, "A decimal states its precision, a whole number above 0."],
    [
      { type: "bytes", logicalType: "decimal", precision: 2, scale: 3 },
      "The scale of a decimal is a whole number up to its precision.",
    ],
    [{ type: "fixed", size: 16, logicalType: "decimal", precision: 38, scale: 38 }, undefined],
    [{ type: "bytes", logicalType: "big-decimal" }, undefined],
    [{ type: "int", logicalType: "date" }, undefined],
    [{ type: "int", logicalType: "time-millis" }, undefined],
    [{ type: "long", logicalType: "time-micros" }, undefined],
    [{ type: "long", logicalType: "timestamp-nanos" }, undefined],
    [{ type: "long", logicalType: "local-timestamp-millis" }, undefined],
    [{ type: "long", logicalType: "local-timestamp-micros" }, undefined],
    [{ type: "long", logicalType: "local-timestamp-nanos" }, undefined],
    [{ type: "fixed", size: 12, logicalType: "duration" }, undefined],
    [{ type: "fixed", size: 8, logicalType: "duration" }, "duration needs a fixed of 12 bytes."],
    [{ type: "fixed", size: 12, logicalType: "uuid" }, "uuid needs a fixed of 16 bytes."],
    [{ type: "bytes", logicalType: "uuid" }, 'uuid stands on "bytes", and belongs on string or fixed.'],
    [{ type: "long", logicalType: "date" }, 'date stands on "long", and belongs on int.'],
    [{ type: "int", logicalType: "time-micros" }, 'time-micros stands on "int", and belongs on long.'],
    [
      { type: "double", logicalType: "decimal", precision: 4 },
      'decimal stands on "double", and belongs on bytes or fixed.',
    ],
    [
      { type: "bytes", logicalType: "decimal", precision: 0 },
      "A decimal states its precision, a whole number above 0.",
    ],
    [
      { type: "bytes", logicalType: "decimal", precision: 4, scale: -1 },
      "The scale of a decimal is a whole number up to its precision.",
    ],
    [
      { type: "fixed", size: 16, logicalType: "decimal", precision: 39 },
      "A fixed of 16 bytes holds 38 digits, and not 39.",
    ],
    [{ type: "int", logicalType: "timestamp-millis" }, 'timestamp-millis stands on "int", and belongs on long.'],
    [{ type: "long", logicalType: "timestamp-seconds" }, 'Avro defines no logical type "timestamp-seconds".'],
  ])("%j", (part, message) => {
    const found = checkLogicalTypes({ type: "record", name: "R", fields: [{ name: "a", type: ["null", part] }] });
    expect(found).toEqual(message === undefined ? [] : [{ path: "/fields/0/type/1", message }]);
  });
});

test("an integer that no double holds keeps its digits in both directions", () => {
  const schema = { type: "record", name: "Count", fields: [{ name: "n", type: "long" }] };
  const long = avsc.Type.forSchema(schema as avsc.Schema, avscOptions<avsc.Type>(avsc as never));
  const counts = avroCodec(schema);
  for (const n of [9007199254740993n, 9223372036854775807n, -9223372036854775808n, 5]) {
    const encoded = counts.toAvro({ n });
    if (!encoded.ok) throw new Error(JSON.stringify(encoded.problems));
    const decoded = counts.fromAvro(long.fromBuffer(long.toBuffer(encoded.value)));
    const exact = typeof n === "bigint" && BigInt(Number(n)) === n ? Number(n) : n;
    expect(decoded).toEqual({ ok: true, value: { n: exact }, lost: [] });
  }
  expect(counts.toAvro({ n: 9223372036854775808n }).ok).toBe(false);
});

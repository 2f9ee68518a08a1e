import { describe, expect, test } from "vitest";
import { enumeration, event, field, message, system, union, viewOf } from "../../generators/json-schema/testing.ts";
import {
  type Decl,
  type Field,
  type JsonProfile,
  list,
  literal,
  map,
  named,
  scalar,
  type TypeRef,
  timestamp,
} from "../../model/index.ts";
import { sampleMaker } from "./maker.ts";
import { type Sample, wireText } from "./sample.ts";

const text = scalar("string");
const required = { presence: "required" } as const;

function makerOf(
  decls: readonly Decl[],
  json: Partial<JsonProfile> = {},
  type: TypeRef = named("shop.Order"),
  seed = 1,
) {
  return sampleMaker(viewOf(decls, json), system(json), type, { seed });
}

/** Samples of a message of one required field. */
const ofField = (type: TypeRef, more: Partial<Field> = {}, json: Partial<JsonProfile> = {}) =>
  makerOf([message("shop.Order", [field("it", type, { ...required, ...more })])], json);

const right = (samples: Iterable<Sample>): readonly string[] =>
  [...samples].flatMap(({ value, fault }) => (fault ? [] : [wireText(value)]));

/** What is wrong in samples: the text, and where and by which keyword. */
const wrong = (samples: Iterable<Sample>): ReadonlyMap<string, string> =>
  new Map(
    [...samples].flatMap(({ value, fault }) => (fault ? [[wireText(value), `${fault.pointer} ${fault.keyword}`]] : [])),
  );

describe("a stream", () => {
  const decls = [
    message("shop.Order", [
      field("id", text, required),
      field("at", timestamp("rfc3339")),
      field("lines", list(named("shop.Line"))),
    ]),
    message("shop.Line", [field("count", scalar("int64")), field("tags", map(text))]),
  ];
  const bytes = (seed: number): string => {
    const maker = makerOf(decls, {}, named("shop.Order"), seed);
    const all = [...maker.valid(300), ...maker.boundary(300), ...maker.invalid(300)];
    return all
      .map((sample) => `${sample.shows} ${JSON.stringify([sample.place, sample.fault])} ${wireText(sample.value)}`)
      .join("\n");
  };

  test("is the same for the same seed, and another one for another", () => {
    expect(bytes(7)).toBe(bytes(7));
    expect(bytes(7)).not.toBe(bytes(8));
  });

  test("begins with the least and the fullest value", () => {
    const [least, full] = [...makerOf(decls).valid(2)];
    expect(wireText(least?.value ?? null)).toBe('{"id":"amber"}');
    expect(Object.keys(full?.value ?? {})).toEqual(["id", "at", "lines"]);
  });

  test("says nothing twice, and of a longer stream the beginning is the shorter one", () => {
    const texts = right(makerOf(decls).valid(400));
    expect(new Set(texts).size).toBe(400);
    expect(right(makerOf(decls).valid(50))).toEqual(texts.slice(0, 50));
  });

  test("of valid samples has no fault, of samples with a fault has none without", () => {
    expect([...makerOf(decls).valid(300)].filter(({ fault }) => fault)).toEqual([]);
    expect([...makerOf(decls).invalid(300)].filter(({ fault }) => !fault)).toEqual([]);
  });

  test("names the place and the field of a fault, wherever it lies", () => {
    const found = [...makerOf(decls).invalid(300)].find(({ fault }) => fault?.pointer === "/lines/0/count");
    expect(found?.fault).toMatchObject({ at: "shop.Line.count", pointer: "/lines/0/count" });
    expect(found?.shows).toMatch(/^lines\[0\]\.count: /);
    const missing = [...makerOf(decls).invalid(300)].find(({ fault }) => fault?.keyword === "required");
    expect(missing).toMatchObject({
      shows: "without id",
      place: { pointer: "/id", at: "shop.Order.id" },
      fault: { pointer: "", at: "shop.Order.id" },
    });
  });
});

describe("of what a field can be", () => {
  test("a flag has two values, and everything else is a fault", () => {
    expect(right(ofField(scalar("bool")).valid(50))).toEqual(['{"it":true}', '{"it":false}']);
    const faults = wrong(ofField(scalar("bool")).invalid(50));
    const expected = {
      "{}": " required",
      '{"it":null}': "/it type",
      '{"it":"true"}': "/it type",
      '{"it":1}': "/it type",
      '{"it":0}': "/it type",
      '{"it":[]}': "/it type",
      '{"it":{}}': "/it type",
      null: " type",
      '"text"': " type",
      "[]": " type",
    };
    expect(Object.fromEntries(faults)).toMatchObject(expected);
    expect(new Set(faults.values())).toEqual(new Set([" required", "/it type", " type"]));
  });

  test("an enum has each of its values, as its system writes them", () => {
    const values = [
      { name: "LOW", number: 1, origins: [] },
      { name: "HIGH", number: 5, origins: [] },
    ];
    const decls = [
      enumeration("shop.Level", values),
      message("shop.Order", [field("it", named("shop.Level"), required)]),
    ];
    expect(right(makerOf(decls).valid(9))).toEqual(['{"it":"LOW"}', '{"it":"HIGH"}']);
    expect(right(makerOf(decls, { enums: "number" }).valid(9))).toEqual(['{"it":1}', '{"it":5}']);
    expect(Object.fromEntries(wrong(makerOf(decls).invalid(40)))).toMatchObject({
      '{"it":"NOT_LISTED"}': "/it enum",
      '{"it":"low"}': "/it enum",
      '{"it":5}': "/it type",
    });
    expect(Object.fromEntries(wrong(makerOf(decls, { enums: "number" }).invalid(40)))).toMatchObject({
      '{"it":6}': "/it enum",
      '{"it":0}': "/it enum",
      '{"it":"LOW"}': "/it type",
    });
  });

  test("an integer stands at its limits, and beside them is a fault", () => {
    const maker = ofField(scalar("int32"), { limits: { minimum: 1, maximum: 3 } });
    expect(right(maker.boundary(20))).toEqual(expect.arrayContaining(['{"it":1}', '{"it":3}']));
    expect(Object.fromEntries(wrong(maker.boundary(20)))).toMatchObject({
      '{"it":0}': "/it minimum",
      '{"it":4}': "/it maximum",
    });
    expect(right(maker.valid(50)).toSorted()).toEqual(['{"it":1}', '{"it":2}', '{"it":3}']);
  });

  test("a 64-bit integer in digits ends where 64 bits end", () => {
    const maker = ofField(scalar("int64"));
    expect(right(maker.boundary(60))).toEqual(
      expect.arrayContaining([
        '{"it":"9007199254740993"}',
        '{"it":"9223372036854775807"}',
        '{"it":"-9223372036854775808"}',
      ]),
    );
    expect(Object.fromEntries(wrong(maker.boundary(60)))).toMatchObject({
      '{"it":"9223372036854775808"}': "/it format",
      '{"it":"-9223372036854775809"}': "/it format",
    });
    expect(right(ofField(scalar("uint64")).boundary(60))).toContain('{"it":"18446744073709551615"}');
  });

  test("a 64-bit integer as a number has digits that no double holds, and ends at the last double", () => {
    const maker = ofField(scalar("int64"), {}, { int64: "number" });
    expect(right(maker.boundary(60))).toEqual(
      expect.arrayContaining([
        '{"it":9007199254740991}',
        '{"it":9007199254740993}',
        '{"it":-9223372036854775808}',
        '{"it":9223372036854774784}',
      ]),
    );
    expect(wrong(maker.boundary(60)).get('{"it":9223372036854775808}')).toBe("/it maximum");
  });

  test("text is counted in characters, not in units", () => {
    const found = ofField(text, { limits: { minLength: 1, maxLength: 2 } });
    expect(right(found.boundary(60))).toEqual(expect.arrayContaining(['{"it":"aa"}', '{"it":"😀😀"}', '{"it":"😀"}']));
    expect(Object.fromEntries(wrong(found.boundary(60)))).toMatchObject({
      '{"it":""}': "/it minLength",
      '{"it":"aaa"}': "/it maxLength",
      '{"it":"😀😀😀"}': "/it maxLength",
    });
  });

  test("text is empty, quoted, without end and beyond 16 bits", () => {
    const texts = [
      '""',
      '"\\u0000"',
      '"😀"',
      '"e\u0301"',
      '"C:\\\\new\\\\table\\\\"',
      '"\\"double\\" \'single\' `back`"',
    ];
    expect(right(ofField(text).boundary(60))).toEqual(expect.arrayContaining(texts.map((it) => `{"it":${it}}`)));
  });

  test("an instant stands where clocks and databases end", () => {
    const edges = [
      "1970-01-01T00:00:00Z",
      "1969-12-31T23:59:59.999Z",
      "2024-02-29T12:00:00Z",
      "2262-04-11T23:47:16.854775807Z",
      "9999-12-31T23:59:59.999999999Z",
      "0001-01-01T00:00:00Z",
      "2024-01-01T00:00:00+14:00",
      "2024-05-14T09:30:00.123456789Z",
    ];
    const maker = ofField(timestamp("rfc3339"));
    expect(right(maker.boundary(80))).toEqual(expect.arrayContaining(edges.map((it) => `{"it":"${it}"}`)));
    expect([...wrong(maker.invalid(60)).keys()]).toEqual(
      expect.arrayContaining([
        '{"it":"2023-02-29T00:00:00Z"}',
        '{"it":"2024-05-14 09:30:00Z"}',
        '{"it":"2024-05-14T09:30:00"}',
      ]),
    );
  });

  test("a list has no item, one, or several, each of the right kind", () => {
    const maker = ofField(list(scalar("bool")), { limits: { maxItems: 2 } });
    expect(right(maker.valid(60)).toSorted()).toEqual([
      '{"it":[]}',
      '{"it":[false,false]}',
      '{"it":[false,true]}',
      '{"it":[false]}',
      '{"it":[true,false]}',
      '{"it":[true,true]}',
      '{"it":[true]}',
    ]);
    expect(Object.fromEntries(wrong(maker.invalid(60)))).toMatchObject({
      '{"it":[true,true,true]}': "/it maxItems",
      '{"it":[1]}': "/it/0 type",
      '{"it":[null]}': "/it/0 type",
    });
  });

  test("of a list of different items none comes twice", () => {
    const maker = ofField({ kind: "list", item: text, unique: true });
    expect(wrong(maker.invalid(60)).get('{"it":["amber","amber"]}')).toBe("/it uniqueItems");
    for (const { value } of maker.valid(100)) {
      const { it } = value as { readonly it: readonly string[] };
      expect(new Set(it).size).toBe(it.length);
    }
  });

  test("a map has awkward keys too", () => {
    const texts = right(ofField(map(scalar("bool"))).boundary(40));
    expect(texts).toEqual(
      expect.arrayContaining(['{"it":{}}', '{"it":{"":true}}', '{"it":{"a.b":true}}', '{"it":{"__proto__":true}}']),
    );
  });

  test("null is a value where the field says so, else a fault", () => {
    const either = makerOf([message("shop.Order", [field("it", scalar("bool"), { nullable: true })])]);
    expect(right(either.valid(50)).toSorted()).toEqual(['{"it":false}', '{"it":null}', '{"it":true}', "{}"]);
    expect(wrong(either.invalid(50)).has('{"it":null}')).toBe(false);
    expect(wrong(ofField(text).boundary(60)).get('{"it":null}')).toBe("/it type");
  });

  test("a literal is that and nothing else", () => {
    expect(right(ofField(literal("1.0")).valid(10))).toEqual(['{"it":"1.0"}']);
    expect(Object.fromEntries(wrong(ofField(literal("1.0")).invalid(40)))).toMatchObject({
      '{"it":"1.0x"}': "/it const",
      '{"it":null}': "/it const",
    });
  });

  test("a pattern is followed, and broken", () => {
    const maker = ofField(text, { limits: { pattern: "^(?:s3|gs)://[a-z]{3}/\\d+$" } });
    const values = right(maker.valid(30));
    expect(values.length).toBeGreaterThan(3);
    for (const value of values) expect(value).toMatch(/^\{"it":"(?:s3|gs):\/\/[a-z]{3}\/\d+"\}$/);
    expect(wrong(maker.invalid(60)).get('{"it":"amber"}')).toBe("/it pattern");
  });

  test("an example of the source is among its values", () => {
    expect(right(ofField(text, { examples: ["projects/7"] }).valid(60))).toContain('{"it":"projects/7"}');
  });
});

describe("of what a type can be", () => {
  const pay = (isRequired: boolean): Decl =>
    message("shop.Order", [field("card", scalar("bool")), field("cash", scalar("bool"))], {
      oneofs: [{ name: "means", fields: ["card", "cash"], required: isRequired }],
    });

  test("each branch of a one-of is shown, and never two", () => {
    const branches = ['{"card":false}', '{"card":true}', '{"cash":false}', '{"cash":true}'];
    expect(right(makerOf([pay(true)]).valid(50)).toSorted()).toEqual(branches);
    expect(right(makerOf([pay(false)]).valid(50)).toSorted()).toEqual([...branches, "{}"]);
    expect(Object.fromEntries(wrong(makerOf([pay(true)]).invalid(50)))).toMatchObject({
      "{}": " oneOf",
      '{"card":true,"cash":true}': " oneOf",
    });
    expect(wrong(makerOf([pay(false)]).invalid(50)).has("{}")).toBe(false);
  });

  test("each shape of a union is shown; a wrong tag is one fault", () => {
    const shape = (name: string) =>
      message(`shop.${name}`, [field("type", literal(name), required), field("on", scalar("bool"))]);
    const maker = makerOf([shape("A"), shape("B"), union("shop.Order", [named("shop.A"), named("shop.B")])]);
    expect(right(maker.valid(50)).toSorted()).toEqual(
      [
        '{"type":"A"}',
        '{"type":"A","on":false}',
        '{"type":"A","on":true}',
        '{"type":"B"}',
        '{"type":"B","on":false}',
        '{"type":"B","on":true}',
      ].sort(),
    );
    expect(Object.fromEntries(wrong(maker.invalid(60)))).toMatchObject({
      "{}": " required",
      '{"type":"Ax"}': "/type enum",
      '{"type":"B","on":null}': "/on type",
    });
  });

  test("what breaks one shape and makes another is no fault", () => {
    const maker = ofField({ kind: "union", variants: [text, scalar("int32")] });
    const values = [...maker.invalid(60)].map(({ value }) => (value as { readonly it?: unknown } | null)?.it);
    expect(values.filter((it) => typeof it === "string" || it === Number(it) >> 0)).toEqual([]);
  });

  test("a message without fields is one value, and its faults are of another kind", () => {
    const maker = makerOf([message("shop.Order", [])]);
    expect(right(maker.valid(50))).toEqual(["{}"]);
    expect([...maker.invalid(50)]).toHaveLength(50);
    expect(new Set(wrong(maker.invalid(50)).values())).toEqual(new Set([" type"]));
  });

  test("a type within itself ends, as deep as it was asked for", () => {
    const tree = message("shop.Order", [
      field("name", text),
      field("left", named("shop.Order")),
      field("all", list(named("shop.Order"))),
      field("by", map(named("shop.Order"))),
    ]);
    const view = viewOf([tree]);
    const depths = new Set<number>();
    const maker = sampleMaker(view, system(), named("shop.Order"), { seed: 1, maxDepth: 5 });
    for (const { value } of [...maker.valid(500), ...maker.boundary(100)]) {
      depths.add(depthOf(value));
      expect(wireText(value).length).toBeLessThan(65536);
    }
    expect(Math.max(...depths)).toBe(5);
  });

  test("a type without an end has no samples, and a field of it is left out", () => {
    const loop = message("shop.Loop", [field("next", named("shop.Loop"), required)]);
    const endless = makerOf([loop], {}, named("shop.Loop"));
    expect([...endless.valid(5), ...endless.boundary(5), ...endless.invalid(5)]).toEqual([]);
    const around = makerOf([
      loop,
      message("shop.Order", [field("it", scalar("bool"), required), field("loop", named("shop.Loop"))]),
    ]);
    expect(right(around.valid(20)).toSorted()).toEqual(['{"it":false}', '{"it":true}']);
    const none = makerOf([
      loop,
      message("shop.Order", [field("loop", named("shop.Loop"), { ...required, nullable: true })]),
    ]);
    expect(right(none.valid(5))).toEqual(['{"loop":null}']);
  });

  test("a wide type stays small", () => {
    const fields = Array.from({ length: 3000 }, (_, i) => field(`field_${i}`, i % 2 ? text : named("shop.Order")));
    const maker = makerOf([message("shop.Order", fields)]);
    for (const { value } of [...maker.valid(60), ...maker.invalid(60)])
      expect(wireText(value).length).toBeLessThan(65536);
  });

  test("an event in its envelope has its own fields, named after it", () => {
    const view = viewOf([
      message("shop.Envelope", [field("event_id", text, required)]),
      message("shop.Body", [field("total", scalar("int32"), required)]),
      event("shop.paid", named("shop.Body"), { envelope: { type: "shop.Envelope", how: "merge" } }),
    ]);
    const [paid] = view.events("shop");
    if (!paid) throw new Error("There is no event.");
    const samples = [...sampleMaker(view, system(), paid, { seed: 1 }).invalid(30)];
    expect(new Set(samples.map(({ fault }) => fault?.at))).toEqual(
      new Set(["shop.paid", "shop.paid.event_id", "shop.paid.total"]),
    );
  });
});

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

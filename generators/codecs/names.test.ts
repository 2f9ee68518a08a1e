import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Decl, type Field, jsonObject, type Message, named, scalar, timestamp } from "../../model/index.ts";
import { generate, read } from "../../pipeline/index.ts";
import codecs from "./index.ts";
import { codecsOf, messageCodec, moduleFolder, protoc, viewOf } from "./testing.ts";

const folderOf = (name: string): string => join(import.meta.dirname, "cases", name);
const write = moduleFolder("codecs-names");

test("names that code or objects have a meaning of their own for", async () => {
  const { project } = await read({ folder: folderOf("names") });
  if (!project) throw new Error("There is no model.");
  const { module } = await codecsOf(project.view, "shop", write);
  const codec = await messageCodec(module, project.view, "shop.Map", "Map");
  const value = JSON.parse(
    `{ "constructor": "c", "__proto__": "p", "toString": 9007199254740991, "hasOwnProperty": { "__proto__": "x" },
       "decode": { "message": "m", "level": 1 }, "timestamp": "2024-01-01T00:00:00Z", "own": { "ticks": 1 }, "foo_bar": "f" }`,
  );
  const text = `constructor: "c" __proto__: "p" toString: 9007199254740991 hasOwnProperty { key: "__proto__" value: "x" }
    decode { message: "m" level: __proto__ } timestamp { seconds: 1704067200 } own { ticks: 1 } foo_bar: "f"`;
  const bytes = protoc(folderOf("names"), "shop.proto").encode("shop.Map", text);
  expect(new Uint8Array(codec.encode(value))).toEqual(bytes);
  expect(JSON.stringify(codec.decode(bytes))).toBe(JSON.stringify(value));
  expect(JSON.stringify(codec.verify(bytes))).toBe(JSON.stringify(value));
  expect(codec.decode(codec.encode({}))).toEqual({});

  const past = protoc(folderOf("names"), "shop.proto").encode("shop.Map", "toString: 9007199254740993");
  expect(() => codec.decode(past)).toThrow("/toString is not something that JSON can say as an integer.");
  expect(() => codec.verify(past)).toThrow("/toString of shop.Map has more digits than a number keeps.");
});

test("types of any source have codecs once a lock gives them numbers", async () => {
  const { project } = await read({ folder: folderOf("locked") });
  if (!project) throw new Error("There is no model.");
  const { module, projections } = await codecsOf(project.view, "shop", write);
  const sale = { id: "s", sold_at: "2024-01-01T00:00:00Z", cents: "-5", state: 2, lines: [{ sku: "a", weight: 0.5 }] };
  const bytes = module.encodeEvent?.("shop.sale", sale);
  expect(module.decodeEvent?.("shop.sale", bytes)).toEqual(sale);
  expect(() => module.encodeEvent?.("toString", sale)).toThrow("No event is called toString.");
  const omitted = projections.filter(({ fidelity }) => fidelity === "omitted");
  expect(omitted.map(({ at, why }) => `${at}: ${why}`)).toEqual([
    "shop.Shelf: It has no numbers.",
    "shop.StockEvent: It contains shop.Shelf, which cannot be written in Protobuf.",
    "shop.stock: It is sent as no message of Protobuf.",
  ]);
});

const system = (name: string, json: object = {}): Decl => ({
  kind: "system",
  name,
  json: {
    fieldNames: "declared",
    int64: "string",
    enums: "name",
    timestamp: "rfc3339",
    duration: "seconds-string",
    ...json,
  },
  origins: [],
});
const field = (name: string, number: number, rest: Partial<Field> = {}): Field => ({
  name,
  number,
  type: scalar("string"),
  presence: "implicit",
  origins: [],
  ...rest,
});
const message = (name: string, fields: readonly Field[], rest: Partial<Message> = {}): Message => ({
  kind: "message",
  name,
  system: name.split(".")[0] ?? "",
  fields,
  origins: [],
  ...rest,
});

describe("made by hand", () => {
  test("two types that come to one name are told", async () => {
    const view = viewOf([system("a"), message("a.Foo", [field("x", 1)]), message("a.foo", [field("x", 1)])]);
    const found: string[] = [];
    await codecs.generate(view, { options: {}, report: ({ message: text }) => found.push(text) });
    expect(found).toEqual(["The encoders of a.foo and a.Foo would both be called encodeFoo."]);
  });

  test("a message of another system has the JSON of that system", async () => {
    const decls = [
      system("a"),
      system("b", { fieldNames: "lowerCamel", timestamp: "epoch-millis" }),
      message("a.Outer", [
        field("inner_one", 1, { type: named("b.Inner") }),
        field("own", 2, { type: named("a.Inner") }),
      ]),
      message("a.Inner", [field("x_y", 1)]),
      message("b.Inner", [field("at_time", 1, { type: timestamp("protobuf") })]),
    ];
    const view = viewOf(decls);
    const { module } = await codecsOf(view, "a", write);
    const { encode, decode, verify } = await messageCodec(module, view, "a.Outer", "Outer");
    const value = { inner_one: { atTime: -1500 }, own: { x_y: "v" } };
    expect(decode(encode(value))).toEqual(value);
    expect(verify(encode(value))).toEqual(value);
  });

  test.each<[string, object, readonly (readonly [unknown, unknown?])[]]>([
    ["epoch-seconds", { timestamp: "epoch-seconds" }, [[-1], [0], [253402300799]]],
    ["epoch-millis", { timestamp: "epoch-millis" }, [[-1], [-1001], [0], [253402300799999]]],
    ["rfc3339", {}, [["1582-10-15T00:00:00Z"], ["2000-02-29T23:59:59.000000010Z"]]],
  ])("timestamps as %s", async (_, json, values) => {
    const view = viewOf([
      system("a", json),
      message("a.M", [field("at", 1, { type: timestamp("protobuf"), presence: "optional" })]),
    ]);
    const { module } = await codecsOf(view, "a", write);
    const { encode, decode, verify } = await messageCodec(module, view, "a.M", "M");
    for (const [at] of values) for (const back of [decode, verify]) expect(back(encode({ at }))).toEqual({ at });
  });

  test.each<[string, string, readonly (readonly [unknown, unknown?])[], readonly unknown[]]>([
    [
      "seconds-string",
      "seconds-string",
      [["0s"], ["-0.000000001s"], ["1.5s", "1.500s"], ["315576000000s"]],
      ["1.5", "1s ", 1, "315576000001s"],
    ],
    [
      "iso8601",
      "iso8601",
      [["PT0S"], ["P1W2DT3H4M5.5S", "PT788645.500S"], ["PT0.000000001S"]],
      ["P1Y", "P1M", "P", "PT", "-PT1S"],
    ],
    ["seconds", "seconds", [[0], [-1.5], [0.1], [1e9]], ["1", Number.POSITIVE_INFINITY]],
    ["millis", "millis", [[0], [-1], [-1001], [1_500]], [1.5, "1"]],
  ])("durations as %s", async (_, duration, values, wrong) => {
    const type = { kind: "scalar", scalar: "string", logical: { name: "duration", encoding: "protobuf" } } as const;
    const view = viewOf([
      system("a", { duration }),
      message("a.M", [field("took", 1, { type, presence: "optional" })]),
    ]);
    const { module } = await codecsOf(view, "a", write);
    const { encode, decode, verify } = await messageCodec(module, view, "a.M", "M");
    for (const [took, again = took] of values)
      for (const back of [decode, verify]) expect(back(encode({ took }))).toEqual({ took: again });
    for (const took of wrong) expect(() => encode({ took })).toThrow("/took is not");
  });

  test("null, required lists and one-ofs that have to be set", async () => {
    const view = viewOf([
      system("a"),
      message(
        "a.M",
        [
          field("list", 1, { type: { kind: "list", item: scalar("int64") }, presence: "required" }),
          field("maybe", 2, { presence: "required", nullable: true, type: { kind: "json", only: "object" } }),
          field("left", 3, { presence: "optional" }),
          field("right", 4, { presence: "optional" }),
        ],
        { oneofs: [{ name: "side", fields: ["left", "right"], required: true }] },
      ),
    ]);
    const { module } = await codecsOf(view, "a", write);
    const { encode, decode, verify } = await messageCodec(module, view, "a.M", "M");
    const value = { list: [], maybe: null, left: "" };
    expect(decode(encode(value))).toEqual(value);
    expect(verify(encode(value))).toEqual(value);
    expect(() => encode({ list: [], maybe: null })).toThrow("The value has none of side.");
    expect(() => encode({ maybe: null, left: "" })).toThrow("/list is missing.");
    expect(() => verify(new Uint8Array())).toThrow("has none of side");
  });

  test("where a lock gives the numbers, what documents write as text is text on the wire", async () => {
    const locked = [{ span: { path: "lock", start: 0, end: 0 }, reader: "lock", basis: "overlay" }] as const;
    const of = (name: string, number: number, type: Field["type"]): Field =>
      field(name, number, { type, presence: "optional", origins: locked });
    const view = viewOf([
      system("a"),
      message("a.M", [of("at", 1, timestamp("rfc3339")), of("any", 2, { kind: "json" }), of("tags", 3, jsonObject)]),
    ]);
    const { module } = await codecsOf(view, "a", write);
    const { encode, decode, verify } = await messageCodec(module, view, "a.M", "M");
    const value = { at: "2024-01-01T00:00:00+02:00", any: null, tags: { a: [1, "b"] } };
    expect(new TextDecoder().decode(encode(value))).toContain('{"a":[1,"b"]}');
    expect(decode(encode(value))).toEqual(value);
    expect(verify(encode(value))).toEqual(value);
    expect(() => encode({ tags: [] })).toThrow("/tags is not an object.");
    expect(() => decode(new Uint8Array([26, 1, 91]))).toThrow("/tags is not something that JSON can say as an object.");
    expect(() => verify(new Uint8Array([26, 1, 91]))).toThrow("/tags of a.M is no JSON text of its form.");
  });

  test("a message without numbers has no decoder, and says why", async () => {
    const view = viewOf([system("a"), message("a.M", [{ ...field("x", 1), number: undefined } as unknown as Field])]);
    const codec = await messageCodec({}, view, "a.M", "M");
    expect(() => codec.verify(new Uint8Array())).toThrow("a.M has no form in Protobuf: It has no numbers.");
    const other = await messageCodec({}, view, "a.No", "No");
    expect(() => other.verify(new Uint8Array())).toThrow(
      "a.No has no form in Protobuf: no source declares such a message.",
    );
  });
});

test("the same model gives the same bytes", async () => {
  const run = async () => (await generate({ folder: folderOf("everything"), mode: "dry-run" })).made?.get("codecs");
  expect(await run()).toEqual(await run());
});

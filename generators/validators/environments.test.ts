import { describe, expect, it } from "vitest";
import {
  type Component,
  type Decl,
  type Diagnostic,
  type Field,
  type JsonProfile,
  list,
  named,
  scalar,
  timestamp,
  uuid,
} from "../../model/index.ts";
import jsonSchema from "../json-schema/index.ts";
import { enumeration, event, field, message, viewOf } from "../json-schema/testing.ts";
import validators from "./index.ts";
import { loadValidators, moduleFolders, type Violation } from "./testing.ts";

const write = moduleFolders("environments");

interface Reading {
  readonly ok: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly violations?: readonly Violation[];
}

const component = (env: readonly Field[], feeds: Readonly<Record<string, string>>): Component => ({
  kind: "component",
  name: "shop.till",
  system: "shop",
  group: "shop",
  role: "producer",
  env,
  feeds,
  origins: [{ span: { path: "shop.md", start: 0, end: 0 }, reader: "test", basis: "stated" }],
});

/** One till whose variables each feed the field of their name in lower case. */
function made(fields: readonly Field[], more: readonly Decl[] = [], json: Partial<JsonProfile> = {}) {
  const env = fields.map(({ name }) => field(name.toUpperCase(), scalar("string"), { presence: "required" }));
  const feeds = Object.fromEntries(fields.map(({ name }) => [name.toUpperCase(), name]));
  return generated([component(env, feeds), ...sale(fields), ...more], json);
}

const sale = (fields: readonly Field[]): readonly Decl[] => [
  message("shop.Sale", fields),
  event("shop.sale.made", named("shop.Sale"), { group: "shop" }),
];

function generated(decls: readonly Decl[], json: Partial<JsonProfile> = {}) {
  const findings: Diagnostic[] = [];
  const context = { options: {}, report: (finding: Diagnostic) => void findings.push(finding) };
  const view = viewOf(decls, json);
  const files = [...jsonSchema.generate(view, context).files, ...validators.generate(view, context).files];
  return { findings, files };
}

async function reader(...of: Parameters<typeof made>): Promise<(environment: unknown) => Reading> {
  const module = await loadValidators(write(made(...of).files), "shop");
  return module.readTillEnv as (environment: unknown) => Reading;
}

const required = { presence: "required" } as const;

describe("a text becomes", () => {
  it.each<[string, Field, readonly Decl[], Partial<JsonProfile>, readonly [string, unknown][], readonly string[]]>([
    [
      "an integer within its limits",
      field("count", scalar("uint32"), { ...required, limits: { maximum: 12 } }),
      [],
      {},
      [
        ["0", 0],
        ["12", 12],
      ],
      ["13", "-1", "99", "100", "1.0", "+1", "0x1", "", " ", "١"],
    ],
    [
      "an integer of 32 bits",
      field("count", scalar("int32"), required),
      [],
      {},
      [
        ["-2147483648", -2147483648],
        ["-0", 0],
      ],
      ["2147483648", "-", "1_000", "1,000"],
    ],
    [
      "an integer that a number holds",
      field("count", scalar("int64"), required),
      [],
      { int64: "number" },
      [["-9007199254740991", -9007199254740991]],
      ["9007199254740992", "9223372036854775807", "123456789012345678"],
    ],
    [
      "its own digits, where a system writes 64 bits as text",
      field("count", scalar("int64"), required),
      [],
      { int64: "string" },
      [["9223372036854775807", "9223372036854775807"]],
      ["9223372036854775808", "1.5", "many"],
    ],
    [
      "a number",
      field("rate", scalar("float64"), required),
      [],
      {},
      [
        ["-0.5", -0.5],
        ["1e3", 1000],
        ["7", 7],
      ],
      ["1e400", "1,5", ".5", "5.", "NaN", "Infinity", "-", "e3", ""],
    ],
    [
      "true or false",
      field("dry", scalar("bool"), required),
      [],
      {},
      [
        ["true", true],
        ["false", false],
      ],
      ["1", "0", "yes", "True", "FALSE", ""],
    ],
    [
      "the symbol of an enum",
      field("state", named("shop.State"), required),
      [enumeration("shop.State", ["OPEN", "SHUT"])],
      { enums: "name" },
      [["OPEN", "OPEN"]],
      ["open", "0", ""],
    ],
    [
      "the number of an enum",
      field("state", named("shop.State"), required),
      [
        enumeration("shop.State", [
          { name: "OPEN", number: 0, origins: [] },
          { name: "SHUT", number: 1, origins: [] },
        ]),
      ],
      { enums: "number" },
      [["1", 1]],
      ["2", "OPEN", ""],
    ],
    [
      "a time in seconds",
      field("since", timestamp("epoch-seconds"), required),
      [],
      {},
      [["1767225600", 1767225600]],
      ["2026-01-01T00:00:00Z", "1767225600.5"],
    ],
    [
      "a time as it is written",
      field("since", timestamp("rfc3339"), required),
      [],
      {},
      [["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"]],
      ["1767225600", "2026-02-30T00:00:00Z"],
    ],
    [
      "a list, from JSON",
      field("ids", list(uuid), required),
      [],
      {},
      [["[]", []]],
      ["a,b", '["a"]', "{}", "null", "[", ""],
    ],
  ])("%s", async (_, one, more, json, good, bad) => {
    const read = await reader([one], more, json);
    const variable = one.name.toUpperCase();
    for (const [text, value] of good)
      expect(read({ [variable]: text })).toEqual({ ok: true, fields: { [one.name]: value } });
    for (const text of bad) {
      const { ok, fields, violations } = read({ [variable]: text });
      expect([text, ok, fields]).toEqual([text, false, {}]);
      expect(violations?.every(({ path }) => path.startsWith(`/${variable}`))).toBe(true);
      expect(violations).not.toEqual([]);
    }
  });
});

describe("a reader", () => {
  it("leaves out what need not be there", async () => {
    const env = [field("NOTE", scalar("string")), field("TILL", scalar("string"), required)];
    const fields = [field("note", scalar("string"), required), field("till", scalar("string"), required)];
    const decls = [component(env, { NOTE: "note", TILL: "till" }), ...sale(fields)];
    const module = await loadValidators(write(generated(decls).files), "shop");
    const read = module.readTillEnv as (environment: unknown) => Reading;
    expect(read({ TILL: "3" })).toEqual({ ok: true, fields: { till: "3" } });
    expect(read({ TILL: "3", NOTE: "new" })).toEqual({ ok: true, fields: { till: "3", note: "new" } });
    expect(read({ TILL: "3", NOTE: "" })).toMatchObject({ ok: false, fields: { till: "3" } });
    expect(read({ TILL: 3 })).toMatchObject({ ok: false, violations: [{ path: "/TILL", keyword: "type" }] });
  });

  it("gives fields the keys that they have in JSON, and leaves those of variables alone", async () => {
    const read = await reader([field("till_number", scalar("int32"), required)], [], { fieldNames: "lowerCamel" });
    expect(read({ TILL_NUMBER: "3" })).toEqual({ ok: true, fields: { tillNumber: 3 } });
    expect(read({ tillNumber: "3" }).violations).toMatchObject([{ path: "", property: "TILL_NUMBER" }]);
  });

  it("is safe with names that every object has", async () => {
    const fields = [field("constructor", scalar("string"), required), field("__proto__", scalar("string"), required)];
    const env = fields.map(({ name }) => ({ ...field(name, scalar("string")), presence: "required" as const }));
    const feeds = JSON.parse('{ "constructor": "constructor", "__proto__": "__proto__" }') as Record<string, string>;
    const module = await loadValidators(write(generated([component(env, feeds), ...sale(fields)]).files), "shop");
    const read = module.readTillEnv as (environment: unknown) => Reading;
    expect(read({}).violations).toHaveLength(2);
    const { ok, fields: found } = read(JSON.parse('{ "constructor": "a", "__proto__": "b" }'));
    expect([ok, JSON.stringify(found)]).toEqual([true, '{"constructor":"a","__proto__":"b"}']);
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
  });

  it("does not repeat a long text", async () => {
    const read = await reader([field("ids", list(uuid), required)]);
    expect(read({ IDS: "x".repeat(1000) }).violations?.[0]?.message).toBe(
      "Expected JSON, found a string of 1000 characters.",
    );
  });
});

describe("what feeds nothing is told", () => {
  const says = (decls: readonly Decl[]): readonly string[] =>
    generated(decls).findings.map(({ message: text }) => text);
  const env = [field("TILL", scalar("string"), required), field("DESK", scalar("string"), required)];

  it("when no event has the field", () => {
    expect(says([component(env, { TILL: "gone" }), ...sale([field("till", scalar("string"))])])).toEqual([
      "TILL of shop.till is to feed gone, but none of its events has that field.",
    ]);
  });

  it("when there is no such variable", () => {
    expect(says([component(env, { SEAT: "till" }), ...sale([field("till", scalar("string"))])])).toEqual([
      "SEAT of shop.till is to feed till, but no variable of the environment has that name.",
    ]);
  });

  it("when two variables feed it", () => {
    expect(says([component(env, { TILL: "till", DESK: "till" }), ...sale([field("till", scalar("string"))])])).toEqual([
      "TILL of shop.till is to feed till, but another variable feeds that field as well.",
      "DESK of shop.till is to feed till, but another variable feeds that field as well.",
    ]);
  });

  it("when events do not agree on what it is", () => {
    const other = [
      message("shop.Refund", [field("till", scalar("int32"))]),
      event("shop.refund.made", named("shop.Refund"), { group: "shop" }),
    ];
    const decls = [component(env, { TILL: "till" }), ...sale([field("till", scalar("string"))]), ...other];
    expect(says(decls)).toEqual([
      "TILL of shop.till is to feed till, but the types of that field do not say how its text is to be read.",
    ]);
    expect(generated(decls).files.some(({ content }) => content.includes("readTillEnv"))).toBe(false);
  });
});

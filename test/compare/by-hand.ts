import { type Comparison, compare } from "../../checks/index.ts";
import {
  type Decl,
  duration,
  type Enum,
  type Field,
  type JsonProfile,
  named,
  type Operation,
  scalar,
  type TypeRef,
  timestamp,
  type Union,
} from "../../model/index.ts";
import { origins, viewOf } from "./random-models.ts";

/** Changes of models that no document leads to, or only after many detours. */
export const byHand: ReadonlyMap<string, Comparison> = new Map([
  pair("enums-without-numbers", values(["A", "B", "C"], {}), values(["A", "D"], {})),
  pair("open-enums-without-numbers", values(["A", "B"], { open: true }), values(["A", "BB=B"], { open: true })),
  pair("enums-with-their-first-numbers", values(["A", "B"], {}), values(["A:0", "B:1"], {})),
  pair(
    "enums-by-their-first-numbers",
    values(["A", "B"], { open: true }, "number"),
    values(["A:0", "B:1"], { open: true }, "number"),
  ),
  pair("enums-with-a-bare-value", values(["A:1", "B:2", "C"], {}), values(["A:2", "B:1", "CC=C"], {})),
  pair("enums-without-a-default", values(["A:1", "B:2", "C:3"], {}), values(["A:1", "BB:2", "D:4"], {})),
  pair(
    "values-of-one-number",
    values(["A:0", "B:1", "C:1"], {}, "number"),
    values(["A:0", "D:0", "B:1"], {}, "number"),
  ),
  pair(
    "one-ofs-without-numbers",
    [
      ...paid(
        ["a", "b", "c", "d", "e", "f"].map((name) => field(name)),
        [group("x", "a", "b"), group("y", "c", "d")],
      ),
    ],
    [
      ...paid(
        ["a", "b", "c", "d", "e", "f"].map((name) => field(name)),
        [group("x", "a", "e"), group("y", "c", "b")],
      ),
    ],
  ),
  pair(
    "wire-types-without-numbers",
    paid([field("a", { type: scalar("int32") }), field("b")]),
    paid([field("a", { type: scalar("int32"), wire: { type: "sint32" } }), field("b", { jsonName: "bee" })]),
  ),
  pair(
    "moments-and-spans",
    paid([field("a", { number: 1, type: timestamp("rfc3339") })]),
    paid([field("a", { number: 1, type: duration("iso8601") })]),
  ),
  pair(
    "moments-as-the-profile-has-them",
    [system("name", "epoch-millis"), ...paid([field("a", { number: 1, type: timestamp("protobuf") })])],
    [system("name", "epoch-millis"), ...paid([field("a", { number: 1, type: timestamp("rfc3339") })])],
  ),
  pair("numbers-of-a-topic", [topic(2), ...paid([])], [topic(3), ...paid([])]),
  pair("tags-of-a-union", either("kind"), either("type")),
  pair("endpoints-renamed", [operation("shop.pay")], [{ ...operation("shop.settle"), aliases: ["shop.pay"] }]),
  pair(
    "any-value-in-open-messages",
    paid([field("a", { type: { kind: "json" } })], [], true),
    paid([field("b", { type: { kind: "json" } })], [], true),
  ),
]);

function pair(name: string, before: readonly Decl[], after: readonly Decl[]): readonly [string, Comparison] {
  const view = (decls: readonly Decl[]) =>
    viewOf({ irVersion: 1, decls: decls.some(({ kind }) => kind === "system") ? decls : [system("name"), ...decls] });
  return [name, compare(view(before), view(after))];
}

function system(enums: JsonProfile["enums"], timestamp: JsonProfile["timestamp"] = "rfc3339"): Decl {
  const json = { fieldNames: "declared", int64: "string", enums, timestamp, duration: "iso8601" } as const;
  return { kind: "system", name: "shop", json, origins };
}

function field(name: string, facts: Partial<Field> = {}): Field {
  return { name, type: scalar("string"), presence: "optional", origins, ...facts };
}

function group(name: string, ...fields: readonly string[]) {
  return { name, fields, required: false };
}

function paid(
  fields: readonly Field[],
  oneofs: readonly ReturnType<typeof group>[] = [],
  open = false,
): readonly Decl[] {
  return [
    { kind: "event", name: "shop.paid", system: "shop", payload: named("shop.Paid"), origins },
    {
      kind: "message",
      name: "shop.Paid",
      system: "shop",
      fields,
      ...(oneofs.length > 0 && { oneofs }),
      ...(open && { open }),
      origins,
    },
  ];
}

/** An enum that an event has: `A:1` has a number, and `BB=B` was called B. */
function values(
  texts: readonly string[],
  { open = false }: { readonly open?: boolean },
  enums: JsonProfile["enums"] = "name",
): readonly Decl[] {
  const decl: Enum = {
    kind: "enum",
    name: "shop.Color",
    system: "shop",
    open,
    values: texts.map((text) => {
      const [, name = "", number, alias] = /^(\w+)(?::(\d+))?(?:=(\w+))?$/.exec(text) ?? [];
      return {
        name,
        ...(number !== undefined && { number: Number(number) }),
        ...(alias !== undefined && { aliases: [alias] }),
        origins,
      };
    }),
    origins,
  };
  return [system(enums), ...paid([field("color", { number: 1, type: named("shop.Color") })]), decl];
}

function topic(number: number): Decl {
  return { kind: "topic", name: "money", transport: "kafka", numbers: [{ name: "shop_paid", number }], origins };
}

function either(tag: string): readonly Decl[] {
  const one = (name: string): Decl => ({
    kind: "message",
    name: `shop.${name}`,
    system: "shop",
    fields: ["kind", "type"].map((key) => field(key, { type: { kind: "literal", value: name }, presence: "required" })),
    origins,
  });
  const types: readonly TypeRef[] = [named("shop.Card"), named("shop.Cash")];
  const union: Union = {
    kind: "union",
    name: "shop.Way",
    system: "shop",
    variants: types,
    tag: { field: tag, values: { Card: "shop.Card", Cash: "shop.Cash" } },
    origins,
  };
  return [...paid([field("way", { type: named("shop.Way") })]), union, one("Card"), one("Cash")];
}

function operation(name: string): Operation {
  return {
    kind: "operation",
    name,
    system: "shop",
    versions: [{ version: "1", request: scalar("string"), origins }],
    origins,
  };
}

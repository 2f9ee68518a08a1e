import { describe, expect, test } from "vitest";
import {
  type Component,
  createView,
  type Decl,
  type Event,
  edgesOf,
  type Field,
  type JsonProfile,
  jsonForm,
  literal,
  localName,
  type Message,
  named,
  objectForm,
  scalar,
  type Topic,
  uuid,
} from "../index.ts";

const origins = [{ span: { path: "shop.md", start: 0, end: 1 }, reader: "test", basis: "stated" }] as const;
const profile: JsonProfile = {
  fieldNames: "declared",
  int64: "number",
  enums: "name",
  timestamp: "rfc3339",
  duration: "seconds-string",
};
const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  type: scalar("string"),
  presence: "required",
  origins,
  ...more,
});
const message = (name: string, ...fields: readonly Field[]): Message => ({
  kind: "message",
  name,
  system: "shop",
  fields,
  origins,
});
const event = (name: string, more: Partial<Event> = {}): Event => ({
  kind: "event",
  name,
  system: "shop",
  topic: "orders",
  payload: named("shop.Body"),
  origins,
  ...more,
});
const topic = (more: Partial<Topic> = {}): Topic => ({
  kind: "topic",
  name: "orders",
  producers: ["shop.till"],
  origins,
  ...more,
});
const till = (more: Partial<Component> = {}): Component => ({
  kind: "component",
  name: "shop.till",
  system: "shop",
  group: "shop",
  role: "producer",
  transport: "rest-proxy",
  env: [],
  origins,
  ...more,
});
const body = message("shop.Body", field("id", { type: uuid }));

function edges(decls: readonly Decl[], json: Partial<JsonProfile> = {}) {
  const all: readonly Decl[] = [{ kind: "system", name: "shop", json: { ...profile, ...json }, origins }, ...decls];
  const view = createView({ irVersion: 1, decls: all }, ({ path }) => ({ path, line: 1, column: 1 }));
  return { given: view, ...edgesOf(view, "shop") };
}

const names = (found: ReturnType<typeof edges>): readonly string[] => found.types.map(({ name }) => name);

describe("the edges of a system", () => {
  test("are none where there is no producer and no proxy", () => {
    const found = edges([topic({ producers: [] }), event("shop.order.placed"), body]);
    expect([found.types, found.documents, found.topics, found.environments]).toEqual([[], [], [], []]);
  });

  test("are types in a view of their own, and of no other", () => {
    const { given, view } = edges([topic(), till(), event("shop.order.placed"), body]);
    const added = view.types("shop").filter((decl) => !given.types("shop").includes(decl));
    expect(added.map(({ name }) => name)).toEqual([
      "shop.OrdersProduceRequest",
      "shop.OrdersProduceRecord",
      "shop.ProduceResponse",
      "shop.ProduceOffset",
      "shop.ProduceError",
    ]);
    expect(view.type("shop.ProduceError").kind).toBe("message");
    expect(() => given.type("shop.ProduceError")).toThrow();
  });

  test("take no name that a source has given", () => {
    const taken = message("shop.OrdersProduceRequest", field("id"));
    const found = edges([topic(), till(), event("shop.order.placed"), event("shop.orders.event"), body, taken]);
    expect(names(found).slice(0, 3)).toEqual([
      "shop.OrdersProduceRequest2",
      "shop.OrdersProduceRecord",
      "shop.OrdersEvent2",
    ]);
  });

  test("have keys that no profile changes", () => {
    const decls = [topic(), till({ env: [field("TILL_ID")] }), event("shop.order.placed"), body];
    const found = edges(decls, { fieldNames: "lowerCamel", int64: "string" });
    const lower: JsonProfile = { ...profile, fieldNames: "lowerCamel", int64: "string" };
    const keys = found.types.flatMap((decl) =>
      decl.kind === "message" ? objectForm(decl, lower).properties.map(({ name }) => name) : [],
    );
    expect(keys).toEqual(expect.arrayContaining(["key_schema_id", "error_code", "TILL_ID"]));
    const offset = found.types.find(({ name }) => name === "shop.ProduceOffset");
    const type = offset?.kind === "message" && offset.fields.find(({ name }) => name === "offset")?.type;
    expect(type && jsonForm(type, lower).kind).toBe("number");
  });
});

describe("what is sent to the proxy", () => {
  const kinds = (kind: string): Message => message(`shop.${kind}`, field("kind", { type: literal(kind) }));

  test("holds the one event of a topic itself", () => {
    const [, record] = edges([topic(), till(), event("shop.order.placed"), body]).types;
    expect(record).toMatchObject({ fields: [{ name: "key" }, { name: "value", type: named("shop.Body") }, {}] });
  });

  test("tells several events by the field that does", () => {
    const decls = [
      event("shop.order.paid", { payload: named("shop.paid") }),
      event("shop.order.placed", { payload: named("shop.placed") }),
    ];
    const found = edges([topic(), till(), ...decls, kinds("paid"), kinds("placed")]);
    expect(found.types[2]).toMatchObject({
      kind: "union",
      name: "shop.OrdersEvent",
      variants: [named("shop.paid"), named("shop.placed")],
      tag: { field: "kind", values: { paid: "shop.paid", placed: "shop.placed" } },
    });
  });

  test("names an event in its envelope by the event's own type", () => {
    const envelope = message("shop.Envelope", field("event_id"));
    const how = { envelope: { type: "shop.Envelope", how: "merge" } } as const;
    const { view, types } = edges([topic(), till(), event("shop.order.a.b_placed", how), body, envelope]);
    const value = types[1]?.kind === "message" ? types[1].fields[1]?.type : undefined;
    const name = value?.kind === "named" ? value.name : "";
    expect(localName(name)).toBe("OrderABPlaced");
    expect(view.type(name)).toMatchObject({ kind: "message", fields: [{ name: "event_id" }, { name: "id" }] });
    expect(view.types("shop").map((decl) => decl.name)).not.toContain(name);
  });

  test("needs a producer that uses the proxy, an event, and a topic of the system", () => {
    const placed = event("shop.order.placed");
    expect(edges([topic(), till({ transport: "direct" }), placed, body]).topics).toEqual([]);
    expect(edges([topic(), till(), event("shop.order.placed", { topic: "others" }), body]).topics).toEqual([]);
    expect(edges([topic({ system: "store" }), till(), placed, body]).topics).toEqual([]);
    expect(edges([topic({ name: "a/b" }), till(), { ...placed, topic: "a/b" }, body]).topics).toMatchObject([
      { path: "/topics/a%2Fb" },
    ]);
  });
});

describe("what producers are told", () => {
  const env = [field("COUNT", { unit: "1" })];
  const counted = (name: string, more: Partial<Field>): Message =>
    message(name, field("count", { type: scalar("int32"), ...more }));

  test("is text there, and what events make of it here", () => {
    const decls = [topic(), till({ env, feeds: { COUNT: "count" } }), event("shop.order.placed")];
    const { environments, view } = edges([...decls, counted("shop.Body", { limits: { minimum: 0 } })]);
    expect(environments).toMatchObject([
      { name: "till", variables: [{ variable: "COUNT", key: "count", form: "integer" }] },
    ]);
    expect(view.type("shop.TillEnv")).toMatchObject({
      open: true,
      fields: [{ name: "COUNT", type: scalar("string"), limits: { pattern: "^(0|[1-9][0-9]{0,9})$" }, unit: "1" }],
    });
    expect(view.type("shop.TillFields")).toMatchObject({
      fields: [{ name: "count", type: scalar("int32"), limits: { minimum: 0 }, presence: "required" }],
    });
  });

  test("comes from the events of a component's topics, and of its group where it has none", () => {
    const other = event("shop.desk.opened", { payload: named("shop.Other"), topic: "desks", group: "shop" });
    const decls = [
      till({ env, feeds: { COUNT: "count" } }),
      event("shop.order.placed"),
      other,
      counted("shop.Body", {}),
      counted("shop.Other", { type: scalar("bool") }),
    ];
    expect(edges([topic(), ...decls]).environments[0]?.variables[0]?.form).toBe("integer");
    expect(edges([topic({ producers: [] }), ...decls]).environments[0]?.variables[0]?.form).toBe("boolean");
  });

  test("keeps limits that all events agree on, and no others", () => {
    const second = event("shop.order.paid", { payload: named("shop.Other") });
    const decls = [topic(), till({ env, feeds: { COUNT: "count" } }), event("shop.order.placed"), second];
    const first = counted("shop.Body", { limits: { maximum: 3 } });
    const limits = (other: Partial<Field>): unknown => {
      const decl = edges([...decls, first, counted("shop.Other", other)]).view.type("shop.TillFields");
      return decl.kind === "message" ? decl.fields[0]?.limits : undefined;
    };
    expect(limits({ limits: { maximum: 3 } })).toEqual({ maximum: 3 });
    expect(limits({})).toBeUndefined();
  });

  test("is nobody's guess, and nothing that a proxy is told", () => {
    const inferred = { ...origins[0], basis: "inferred" as const, why: "The environment holds text." };
    const { view } = edges([till({ env: [field("URL", { origins: [inferred] })] })]);
    expect(view.type("shop.TillEnv")).toMatchObject({ fields: [{ origins: [{ basis: "stated" }] }] });
    expect(edges([till({ role: "proxy", env })]).environments).toEqual([]);
  });
});

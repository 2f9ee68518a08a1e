import avsc from "avsc";
import { describe, expect, test } from "vitest";
import { type Json, jsonObject, list, literal, named, scalar, type Topic, timestamp, uuid } from "../../model/index.ts";
import { avroCodec, avscOptions, checkLogicalTypes, topicCodec } from "../../verify/index.ts";
import { canonicalForm } from "./canonical.ts";
import { enumOf, event, field, make, message, origins } from "./testing.ts";

const typeOf = (schema: unknown) => avsc.Type.forSchema(schema as avsc.Schema, avscOptions<avsc.Type>(avsc as never));

describe("the order of fields", () => {
  const numbered = (...fields: readonly (readonly [string, number?])[]) =>
    fields.map(([name, number]) => field(name, uuid, number === undefined ? {} : { number }));
  const orderOf = (...fields: readonly (readonly [string, number?])[]) =>
    make([event("shop.order", named("shop.Order")), message("shop.Order", numbered(...fields))])
      .schemas.get("shop/avro/shop.order.avsc")
      ?.fields.map(({ name }) => name);

  test("is that of their numbers, whoever lists them in whatever order", () => {
    expect(orderOf(["a", 1], ["c", 9], ["b", 3])).toEqual(["a", "b", "c"]);
    expect(orderOf(["c", 9], ["a", 1], ["b", 3])).toEqual(["a", "b", "c"]);
  });

  test("is that of the document while one has no number", () => {
    expect(orderOf(["c", 9], ["a", 1], ["b"])).toEqual(["c", "a", "b"]);
  });

  test("has the envelope first, each part by its own numbers", () => {
    const { schemas } = make([
      event("shop.placed", named("shop.Placed"), { envelope: { type: "shop.Envelope", how: "merge" } }),
      message("shop.Envelope", numbered(["at", 2], ["id", 1])),
      message("shop.Placed", numbered(["note", 2], ["at", 3], ["order", 1])),
    ]);
    expect(schemas.get("shop/avro/shop.placed.avsc")?.fields.map(({ name }) => name)).toEqual([
      "id",
      "at",
      "order",
      "note",
    ]);
  });

  test("of symbols is that of their numbers as well, so that the canonical form is the same", () => {
    const formOf = (...values: readonly (readonly [string, number])[]) => {
      const { schemas } = make([
        event("shop.order", named("shop.Order")),
        message("shop.Order", [field("state", named("shop.State"))]),
        enumOf(
          "shop.State",
          values.map(([name, number]) => ({ name, number })),
        ),
      ]);
      const schema = schemas.get("shop/avro/shop.order.avsc");
      return schema && canonicalForm(schema);
    };
    expect(formOf(["DONE", 2], ["NEW", 0], ["OPEN", 1])).toBe(formOf(["NEW", 0], ["OPEN", 1], ["DONE", 2]));
  });
});

test("types and scopes have legal names that no primitive has, and keep what they were", () => {
  const made = make([
    event("shop.order", named("shop.größe.2nd-Order")),
    message("shop.größe.2nd-Order", [
      field("a", named("shop.string")),
      field("b", named("shop.9-lives.日本")),
      field("c", named("shop.größe.2nd-Order.Kind")),
    ]),
    message("shop.string", []),
    message("shop.9-lives.日本", []),
    enumOf("shop.größe.2nd-Order.Kind", ["2nd", "a b", "constructor", "__proto__"]),
  ]);
  expect(made.findings).toEqual([]);
  expect(made.schemas.get("shop/avro/shop.order.avsc")).toMatchObject({
    name: "_2ndOrder",
    namespace: "shop.gr__e",
    wireName: "shop.größe.2nd-Order",
    fields: [
      { name: "a", type: { name: "String", namespace: "shop", wireName: "shop.string" } },
      { name: "b", type: { name: "__", namespace: "shop._9_lives", wireName: "shop.9-lives.日本" } },
      {
        name: "c",
        type: {
          name: "_2ndOrderKind",
          wireName: "shop.größe.2nd-Order.Kind",
          symbols: ["_2nd", "a_b", "_constructor", "_proto_"],
          json: { _2nd: "2nd", a_b: "a b", _constructor: "constructor", _proto_: "__proto__" },
        },
      },
    ],
  });
});

describe("what the engine reads and writes", () => {
  test("recurses through records and lists, to any depth a stack survives", () => {
    const { schemas } = make([
      event("shop.tree", named("shop.Tree")),
      message("shop.Tree", [
        field("name", scalar("string")),
        field("left", named("shop.Tree"), { presence: "optional" }),
        field("others", list(named("shop.Tree"))),
      ]),
    ]);
    const schema = schemas.get("shop/avro/shop.tree.avsc") as Json;
    const [type, codec] = [typeOf(schema), avroCodec(schema)];
    let tree: Json = { name: "leaf", others: [] };
    for (let depth = 0; depth < 60; depth++)
      tree = depth % 2 ? { name: `${depth}`, left: tree, others: [] } : { name: `${depth}`, others: [tree] };
    const encoded = codec.toAvro(tree);
    if (!encoded.ok) throw new Error(JSON.stringify(encoded.problems));
    expect(codec.fromAvro(type.fromBuffer(type.toBuffer(encoded.value)))).toMatchObject({ ok: true, value: tree });
  });

  test.each(["9007199254740993", "-9007199254740993", "9223372036854775807", "-9223372036854775808", "0"])(
    "keeps the 64-bit integer %s exact",
    (digits) => {
      const { schemas } = make([
        event("shop.sum", named("shop.Sum")),
        message("shop.Sum", [field("total", scalar("int64")), field("all", list(scalar("int64")))]),
      ]);
      const schema = schemas.get("shop/avro/shop.sum.avsc") as Json;
      const [type, codec] = [typeOf(schema), avroCodec(schema)];
      const json = { total: digits, all: [digits] };
      const encoded = codec.toAvro(json);
      if (!encoded.ok) throw new Error(JSON.stringify(encoded.problems));
      const decoded = type.fromBuffer(type.toBuffer(encoded.value));
      expect(decoded.total).toBe(BigInt(digits));
      expect(codec.fromAvro(decoded)).toMatchObject({ ok: true, value: json });
    },
  );
});

describe("a topic", () => {
  const topic: Topic = { kind: "topic", name: "shop-orders", system: "shop", doc: "All about orders.", origins };
  const envelope = { type: "shop.Envelope", how: "merge" } as const;
  const made = make([
    topic,
    event("shop.order.placed", named("shop.Placed"), { envelope, topic: "shop-orders", doc: "It is placed." }),
    event("shop.order.paid", named("shop.Paid"), { envelope, topic: "shop-orders" }),
    event("shop.order.seen", named("shop.Seen"), { topic: "shop-orders" }),
    event("shop.order.sent", named("shop.Seen"), { topic: "shop-orders", envelope: { ...envelope, how: "wrap" } }),
    event("shop.ids", list(scalar("int64")), { topic: "shop-orders" }),
    message("shop.Envelope", [
      field("event_id", uuid),
      field("user", uuid, { presence: "optional" }),
      field("at", timestamp("rfc3339")),
    ]),
    message("shop.Placed", [
      field("kind", literal("placed")),
      field("user", scalar("string")),
      field("extra", jsonObject),
    ]),
    message("shop.Paid", [field("cents", scalar("int64")), field("__proto__", scalar("string"))]),
    message("shop.Seen", [field("by", scalar("string"))]),
  ]);
  const schema = made.schemas.get("shop/avro/topics/shop-orders.avsc") as Json;
  const [type, codec] = [typeOf(schema), topicCodec(schema)];

  test("is a record of the envelope's fields and a body per event, null but for one", () => {
    expect(made.findings).toEqual([]);
    expect(checkLogicalTypes(schema)).toEqual([]);
    expect(schema).toMatchObject({
      name: "ShopOrdersMessage",
      namespace: "shop",
      doc: "All about orders.",
      json: "topic",
      fields: [
        { name: "event_id", type: ["null", { logicalType: "uuid" }], default: null },
        { name: "user" },
        { name: "at" },
        { name: "order_placed", event: "shop.order.placed", envelope: "merge", doc: "It is placed.", default: null },
        { name: "order_paid", event: "shop.order.paid", envelope: "merge" },
        { name: "order_seen", event: "shop.order.seen", type: ["null", { name: "Seen" }] },
        { name: "order_sent", event: "shop.order.sent", envelope: "wrap", type: ["null", "shop.Seen"] },
        { name: "ids", event: "shop.ids", type: ["null", { type: "array" }] },
      ],
    });
  });

  const id = "61f0c404-5cb3-11e7-907b-a6006ad3dba0";
  const head = { event_id: id, at: "2024-05-06T07:08:09Z" };
  test.each<[string, Json]>([
    ["shop.order.placed", { ...head, user: "somebody", kind: "placed", extra: { a: [1, null] } }],
    ["shop.order.placed", { ...head, user: id, kind: "placed", extra: {} }],
    [
      "shop.order.paid",
      JSON.parse(`{"event_id":"${id}","at":"${head.at}","cents":"9007199254740993","__proto__":"x"}`),
    ],
    ["shop.order.seen", { by: "me" }],
    ["shop.order.sent", { ...head, payload: { by: "me" } }],
    ["shop.ids", ["1", "-9223372036854775808"]],
  ])("carries %s and gives it back", (name, json) => {
    const encoded = codec.toAvro(name, json);
    if (!encoded.ok) throw new Error(JSON.stringify(encoded.problems));
    expect(encoded.lost).toEqual([]);
    const decoded = codec.fromAvro(type.fromBuffer(type.toBuffer(encoded.value)));
    if (!decoded.ok) throw new Error(JSON.stringify(decoded.problems));
    expect(decoded.value.event).toBe(name);
    expect(decoded.value.json).toEqual(json);
  });

  test("shows the envelope's copy of what a body holds, where it fits", () => {
    const userOf = (user: string) => {
      const encoded = codec.toAvro("shop.order.placed", { ...head, user, kind: "placed", extra: {} });
      return encoded.ok && (encoded.value as { readonly user: unknown }).user;
    };
    expect(userOf(id)).toEqual({ string: id });
    expect(userOf("somebody")).toBeNull();
  });

  test("says what it cannot carry, and what it has no room for", () => {
    expect(codec.events).toHaveLength(5);
    expect(codec.toAvro("shop.order.lost", {})).toEqual({
      ok: false,
      problems: [{ path: "", message: 'The topic carries no event "shop.order.lost".' }],
    });
    expect(codec.toAvro("shop.order.paid", { ...head, cents: "1", __proto: 1 })).toMatchObject({
      ok: false,
      problems: [{ path: "", message: 'The key "__proto__" is missing.' }],
    });
    expect(codec.toAvro("shop.order.seen", { by: "me", more: 1 })).toMatchObject({ ok: true, lost: ["/more"] });
    expect(codec.toAvro("shop.order.sent", { ...head, more: 1 })).toMatchObject({ ok: false });
    expect(codec.toAvro("shop.order.paid", "x")).toMatchObject({ ok: false });
    expect(codec.fromAvro({ ids: null })).toEqual({
      ok: false,
      problems: [{ path: "", message: "The record holds 0 events, and not one." }],
    });
    expect(codec.fromAvro(1)).toMatchObject({ ok: false });
  });
});

import { describe, expect, test } from "vitest";
import {
  type Decl,
  duration,
  type Field,
  jsonAny,
  jsonObject,
  list,
  literal,
  map,
  named,
  scalar,
  type TypeRef,
  timestamp,
  uuid,
} from "../../model/index.ts";
import type { AvroField } from "./schema.ts";
import { enumOf, event, fidelityOf, field, fieldsOf, make, message, origins, row, typeOf } from "./testing.ts";

describe("a type", () => {
  test.each<[string, TypeRef, unknown, string]>([
    ["a 32-bit integer", scalar("int32"), "int", "exact"],
    ["an unsigned one", scalar("uint32"), "long", "widened"],
    ["a 64-bit integer in a string", scalar("int64"), { type: "long", json: "string" }, "exact"],
    [
      "an unsigned one",
      scalar("uint64"),
      { type: "bytes", logicalType: "decimal", precision: 20, scale: 0, json: "string" },
      "widened",
    ],
    ["a float", scalar("float32"), "float", "exact"],
    ["bytes", scalar("bytes"), "bytes", "exact"],
    ["a URI", scalar("string", { name: "uri" }), "string", "widened"],
    ["milliseconds since 1970", timestamp("epoch-millis"), { type: "long", logicalType: "timestamp-millis" }, "exact"],
    ["seconds since 1970", timestamp("epoch-seconds"), "long", "exact"],
    ["a moment", timestamp("protobuf"), { type: "long", logicalType: "timestamp-micros", json: "date-time" }, "lossy"],
    ["a duration in ISO 8601", duration("iso8601"), "string", "widened"],
    ["free-form JSON", jsonAny, { type: "string", json: "any" }, "widened"],
    ["a free-form object", jsonObject, { type: "string", json: "object" }, "widened"],
    ["a constant that is no symbol", literal(7), { type: "int", const: 7 }, "widened"],
    ["a map", map(scalar("int32")), { type: "map", values: "int" }, "exact"],
    [
      "a map with numbers as keys",
      { kind: "map", key: "int32", value: jsonAny },
      { type: "map", values: { type: "string", json: "any" } },
      "widened",
    ],
  ])("%s", (_, type, schema, fidelity) => {
    expect(typeOf(type)).toEqual(schema);
    expect(fidelityOf(type)).toBe(fidelity);
  });

  test("that is a moment follows the option", () => {
    const of = (timestamps: "millis" | "string") =>
      fieldsOf([field("at", timestamp("rfc3339"))], [], { timestamps })[0]?.type;
    expect(of("millis")).toEqual({ type: "long", logicalType: "timestamp-millis", json: "date-time" });
    expect(of("string")).toBe("string");
  });

  test("that is a duration is a record of seconds and nanoseconds, defined once", () => {
    const [first, second] = fieldsOf([field("a", duration("protobuf")), field("b", list(duration("seconds-string")))]);
    expect(first?.type).toMatchObject({
      name: "Duration",
      namespace: "google.protobuf",
      json: "duration",
      fields: [
        { name: "seconds", type: "long" },
        { name: "nanos", type: "int" },
      ],
    });
    expect(second?.type).toEqual({ type: "array", items: "google.protobuf.Duration" });
  });

  test("that is a constant symbol is an enum of one", () => {
    expect(typeOf(literal("plot"))).toEqual({ type: "enum", name: "OrderIt", namespace: "shop", symbols: ["plot"] });
    expect(fidelityOf(literal("plot"))).toBe("exact");
  });

  test("that refers to itself does so by name", () => {
    const node = message("shop.Node", [field("next", named("shop.Node"), { presence: "optional" })]);
    expect(typeOf(named("shop.Node"), node)).toMatchObject({ fields: [{ type: ["null", "shop.Node"] }] });
  });

  test("that recurses without a record ends as JSON text", () => {
    const tree: Decl = {
      kind: "alias",
      name: "shop.Tree",
      system: "shop",
      origins,
      type: { kind: "union", variants: [scalar("string"), list(named("shop.Tree"))] },
    };
    expect(typeOf(named("shop.Tree"), tree)).toEqual([
      "string",
      { type: "array", items: { type: "string", json: "any" } },
    ]);
  });
});

describe("an enum", () => {
  test("by number keeps the numbers, and its zero stands in for what a reader does not know", () => {
    const made = make(
      [
        event("shop.order", named("shop.Order")),
        message("shop.Order", [field("split", named("shop.Split"))]),
        enumOf(
          "shop.Split",
          [
            { name: "A/B", number: 1, label: "A/B testing" },
            { name: "NONE", number: 0, deprecated: { reason: "Nobody sends it" } },
          ],
          { open: true },
        ),
      ],
      {},
      { enums: "number" },
    );
    expect(made.schemas.get("shop/avro/shop.order.avsc")?.fields[0]?.type).toEqual({
      type: "enum",
      name: "Split",
      namespace: "shop",
      symbols: ["NONE", "A_B"],
      default: "NONE",
      open: true,
      json: { NONE: 0, A_B: 1 },
      symbolDocs: { A_B: "A/B testing", NONE: "Deprecated: Nobody sends it." },
    });
    expect(row(made, "shop.Order.split")).toMatchObject({ fidelity: "widened" });
  });

  // They are legal symbols of Avro, but avsc refuses them; `make` lets it parse every schema.
  test("has other symbols for the names that every object of JavaScript has", () => {
    const names = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "paid"];
    expect(typeOf(named("shop.E"), enumOf("shop.E", names, { open: true }))).toMatchObject({
      symbols: ["_constructor", "_toString", "_valueOf", "_hasOwnProperty", "_proto_", "paid"],
      default: "_constructor",
      json: {
        _constructor: "constructor",
        _toString: "toString",
        _valueOf: "valueOf",
        _hasOwnProperty: "hasOwnProperty",
        _proto_: "__proto__",
      },
    });
    expect(typeOf({ kind: "union", variants: names.map((name) => literal(name)) })).toMatchObject({
      symbols: ["_constructor", "_toString", "_valueOf", "_hasOwnProperty", "_proto_", "paid"],
    });
    expect(typeOf(literal("constructor"))).toEqual({ type: "string", const: "constructor" });
  });

  test("that is closed and has no zero refuses what it does not know", () => {
    expect(typeOf(named("shop.E"), enumOf("shop.E", ["asc", "desc"]))).not.toHaveProperty("default");
    expect(fidelityOf(named("shop.E"), {}, enumOf("shop.E", ["asc", "desc"]))).toBe("exact");
  });
});

describe("a field", () => {
  const made = (more: Partial<Field>, type: TypeRef = scalar("int32")): AvroField | undefined =>
    fieldsOf([field("it", type, more)])[0];

  test.each<[string, Partial<Field>, Partial<AvroField>, string]>([
    ["optional", { presence: "optional" }, { type: ["null", "int"], default: null }, "exact"],
    ["implicit", { presence: "implicit" }, { type: ["null", "int"], default: null }, "exact"],
    ["nullable", { nullable: true }, { type: ["null", "int"] }, "exact"],
    [
      "optional and nullable",
      { presence: "optional", nullable: true },
      { nullable: true, type: ["null", "int"], default: null },
      "lossy",
    ],
    ["with a default", { default: 3 }, { type: "int", default: 3 }, "exact"],
    ["with limits", { limits: { minimum: 1 } }, { type: "int" }, "widened"],
  ])("%s", (_, more, expected, fidelity) => {
    expect(made(more)).toEqual({ name: "it", ...expected });
    expect(fidelityOf(scalar("int32"), more)).toBe(fidelity);
  });

  test("that may be absent tells its default in words", () => {
    expect(made({ presence: "optional", default: 3, doc: "How many." })?.doc).toBe("How many.\n\nUnless given: 3.");
  });

  test("that is deprecated says so, and leads on", () => {
    const deprecated = { reason: "It was ambiguous", replacedBy: "total", since: "2.1" };
    expect(made({ deprecated })?.doc).toBe("Deprecated since 2.1: It was ambiguous. Use total.");
  });

  test("keeps former names as aliases while no other field bears them", () => {
    const fields = fieldsOf([
      field("total", scalar("int32"), { aliases: ["sum", "count"] }),
      field("count", scalar("int32")),
    ]);
    expect(fields[0]?.aliases).toEqual(["sum"]);
  });

  test("is guessed when its type is only inferred", () => {
    const inferred = [{ ...origins[0], basis: "inferred", why: "Its name ends in _bytes." }] as const;
    const decls = [
      event("shop.order", named("shop.Order")),
      message("shop.Order", [field("n", scalar("int64"), { origins: inferred })]),
    ];
    expect(row(make(decls), "shop.Order.n")).toMatchObject({
      fidelity: "guessed",
      why: "The type is inferred: Its name ends in _bytes.",
    });
  });

  test("of a one-of can be set beside the others", () => {
    const order = message(
      "shop.Order",
      [field("a", uuid, { presence: "optional" }), field("b", uuid, { presence: "optional" })],
      {
        oneofs: [{ name: "result", fields: ["a", "b"], required: false }],
      },
    );
    expect(row(make([event("shop.order", named("shop.Order")), order]), "shop.Order.a")).toMatchObject({
      fidelity: "widened",
    });
  });
});

describe("a union", () => {
  const card = message("shop.Card", [field("kind", literal("card")), field("number", scalar("string"))]);
  const cash = message("shop.Cash", [field("kind", literal("cash"), { presence: "optional" })]);
  const union = (...variants: readonly TypeRef[]): TypeRef => ({ kind: "union", variants });

  test("of records that a constant tells apart is an Avro union", () => {
    expect(typeOf(union(named("shop.Card"), named("shop.Cash")), card, cash)).toMatchObject([
      { type: "record", name: "Card" },
      { type: "record", name: "Cash" },
    ]);
  });

  test("of records that a required key tells apart, too", () => {
    const [a, b] = [message("shop.A", [field("a", uuid)]), message("shop.B", [field("b", uuid)])];
    expect(typeOf(union(named("shop.A"), named("shop.B")), a, b)).toHaveLength(2);
    const open = { ...b, open: true };
    expect(typeOf(union(named("shop.A"), named("shop.B")), { ...a, open: true }, open)).toEqual({
      type: "string",
      json: "any",
    });
  });

  test("whose variants JSON does not tell apart is JSON text", () => {
    const [a, b] = [message("shop.A", [field("x", uuid)]), message("shop.B", [field("x", scalar("string"))])];
    expect(typeOf(union(named("shop.A"), named("shop.B")), a, b)).toEqual({ type: "string", json: "any" });
    expect(typeOf(union(scalar("string"), timestamp("rfc3339")))).toEqual({ type: "string", json: "any" });
    expect(typeOf(union(scalar("int64"), timestamp("epoch-millis")))).toEqual({ type: "string", json: "any" });
  });

  test("of kinds of value, and with null before it", () => {
    const fields = fieldsOf([
      field("it", union(scalar("string"), list(scalar("string")), scalar("bool")), { presence: "optional" }),
    ]);
    expect(fields[0]).toMatchObject({ type: ["null", "string", { type: "array" }, "boolean"], default: null });
  });

  test("of constants is an enum", () => {
    expect(typeOf(union(literal("a"), literal("b c")))).toEqual({
      type: "enum",
      name: "OrderIt",
      namespace: "shop",
      symbols: ["a", "b_c"],
      json: { b_c: "b c" },
    });
  });

  test("with fields of its own adds them to every variant", () => {
    const pay: Decl = {
      kind: "union",
      name: "shop.Pay",
      system: "shop",
      variants: [named("shop.Card"), named("shop.Cash")],
      fields: [field("locked", scalar("bool"), { presence: "optional" })],
      origins,
    };
    expect(typeOf(named("shop.Pay"), pay, card, cash)).toMatchObject([
      {
        name: "PayCard",
        wireName: "shop.Pay | shop.Card",
        fields: [{ name: "kind" }, { name: "number" }, { name: "locked" }],
      },
      { name: "PayCash", fields: [{ name: "kind" }, { name: "locked" }] },
    ]);
  });
});

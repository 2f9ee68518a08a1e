import { describe, expect, test } from "vitest";
import { duration, jsonAny, jsonObject, list, map, named, scalar, timestamp, uuid } from "../../model/index.ts";
import { enumOf, event, field, generated, message, optional, system, tableOf } from "./testing.ts";

const codes = (result: ReturnType<typeof generated>) => result.findings.map(({ code }) => code);

describe("findings", () => {
  test("two events of one table", () => {
    const payload = message("shop.Placed", [field("buyer", uuid)]);
    const { findings, files } = generated([
      payload,
      event("shop.a.b_c", "shop.Placed"),
      event("shop.a_b.C", "shop.Placed"),
    ]);
    expect(files).toHaveLength(1);
    expect(findings).toMatchObject([
      {
        code: "clickhouse/name-collision",
        severity: "error",
        message: "The events shop.a.b_c and shop.a_b.C would both have the table shop_a_b_C.",
        related: [{ message: "The other event is declared here." }],
      },
    ]);
  });

  test("two events of one table, in two systems", () => {
    const { findings, files } = generated([
      system(),
      { ...system(), name: "shop_a" },
      message("shop.Placed", [field("buyer", uuid)]),
      event("shop.a_x.y", "shop.Placed"),
      event("shop_a.x.y", "shop.Placed", { system: "shop_a" }),
    ]);
    expect(files.map(({ path }) => path)).toEqual(["shop/clickhouse/shop_a_x_y.sql"]);
    expect(findings).toMatchObject([
      {
        code: "clickhouse/name-collision",
        message: "The events shop.a_x.y and shop_a.x.y would both have the table shop_a_x_y.",
        span: { path: "shop.proto" },
        related: [{ message: "The other event is declared here." }],
      },
    ]);
  });

  test("events that may have an identity and state none, once per system", () => {
    const body = (name: string) => message(`shop.${name}`, [field("buyer", uuid), field(name, uuid)]);
    const decls = [
      body("id"),
      body("event_id"),
      message("shop.Maybe", [optional("id", uuid)]),
      event("shop.a", "shop.id"),
      event("shop.b", "shop.event_id"),
      event("shop.c", "shop.id", { identity: ["id"] }),
      event("shop.d", "shop.Maybe"),
    ];
    expect(generated(decls).findings).toMatchObject([
      {
        code: "clickhouse/identity-unstated",
        severity: "info",
        at: "shop",
        message:
          "The event shop.a and 1 more of shop have a field id or event_id and no identity, so their tables keep every delivery.",
        hint: expect.stringContaining("set `identity`"),
      },
    ]);
    const engine = "MergeTree";
    expect(generated(decls, { events: { "shop.b": { engine } } }).findings.map((found) => found.message)).toEqual([
      "The event shop.a of shop has a field id and no identity, so its table keeps every delivery.",
    ]);
    expect(codes(generated(decls, { events: { "shop.a": { engine }, "shop.b": { engine } } }))).toEqual([]);
  });

  test("names of columns that collide, are taken or are refused", () => {
    const result = tableOf(
      [
        field("resource_Id", uuid),
        field("resource_id", uuid), // Told apart by ClickHouse; the rule field-name-case warns of it.
        field("kafka_topic", uuid),
        field("_row_exists", uuid),
        field("", uuid),
        field("at", named("shop.Place")),
        field("at.city", uuid),
      ],
      [message("shop.Place", [field("city", uuid)])],
    );
    expect(result.findings.map(({ message }) => message)).toEqual([
      "The field kafka_topic of shop.placed has the name of an ingest column.",
      "The field _row_exists of shop.placed has a name that ClickHouse keeps for itself.",
      "A field of shop.placed has no name, and a column needs one.",
      "The columns at and at.city of shop.placed would be stored under one name.",
    ]);
  });

  test("an identity that rows cannot be sorted by", () => {
    const decls = (type = uuid, presence: "optional" | "required" = "required") => [
      message("shop.Placed", [field("id", type, { presence })]),
      event("shop.placed", "shop.Placed", { identity: ["id"] }),
    ];
    expect(codes(generated(decls(uuid, "optional")))).toEqual(["clickhouse/identity-not-sortable"]);
    expect(codes(generated(decls(scalar("float64"))))).toEqual(["clickhouse/identity-not-sortable"]);
    const asMergeTree = { events: { "shop.placed": { engine: "MergeTree" } } } as const;
    expect(codes(generated(decls(uuid, "optional"), asMergeTree))).toEqual([]);
  });

  test("options that do not fit", () => {
    const fields = [field("order", uuid), optional("note", scalar("string"))];
    const decls = [message("shop.Placed", fields), event("shop.placed", "shop.Placed", { identity: ["order"] })];
    const others = [message("shop.Placed", fields), event("shop.placed", "shop.Placed")];
    const options = { events: { "shop.placed": { orderBy: ["notes"] } } };
    expect(codes(generated(decls, options))).toEqual([
      "clickhouse/unknown-order-column",
      "clickhouse/order-without-identity",
    ]);
    expect(generated(others, { events: { "shop.placd": {} } }).findings).toMatchObject([
      { code: "clickhouse/unknown-event", hint: "Did you mean shop.placed?" },
    ]);
    const engine = "ReplacingMergeTree";
    expect(codes(generated(others, { events: { "shop.placed": { engine } } }))).toEqual(["clickhouse/no-identity"]);
    const placed = { primaryKey: ["note"], codecs: { ordr: "LZ4", order: "LZ4" } };
    expect(generated(decls, { events: { "shop.placed": placed } }).findings).toMatchObject([
      {
        code: "clickhouse/key-not-prefix",
        message: "The options of clickhouse index shop.placed by note, which its order by order does not begin with.",
      },
      { code: "clickhouse/unknown-codec-column", hint: "Did you mean order?" },
    ]);
    const byNote = { events: { "shop.placed": { orderBy: ["note"] } } };
    expect(codes(generated(others, byNote))).toEqual(["clickhouse/order-not-sortable"]);
  });

  test("an event whose payload is no message", () => {
    const alias = { kind: "alias", name: "shop.Text", system: "shop", type: scalar("string"), origins: [] } as const;
    const result = generated([alias, event("shop.said", "shop.Text")]);
    expect(result.files).toEqual([]);
    expect(codes(result)).toEqual(["clickhouse/no-table"]);
    expect(result.ledger["shop.said"]).toEqual(["omitted", "Its payload is no message, so it has no columns."]);
  });
});

describe("the ledger", () => {
  test("has a row for each field, also of the types inside, and for what has no table", () => {
    const { ledger } = generated([
      message("shop.Buyer", [field("id", uuid), optional("names", list(scalar("string")))], { open: true }),
      message("shop.Unused", [field("id", uuid)]),
      message(
        "shop.Placed",
        [
          field("buyer", named("shop.Buyer")),
          field("when", timestamp("rfc3339")),
          field("exact_when", timestamp("protobuf")),
          field("took", duration("protobuf")),
          field("limited", scalar("int32"), { limits: { minimum: 1 } }),
          field("patterned", scalar("string"), { limits: { minLength: 1, pattern: "^a" } }),
          field("more", jsonObject),
          field("guess", scalar("string"), {
            origins: [{ span: { path: "shop.md", start: 1, end: 2 }, reader: "markdown", basis: "inferred" }],
          }),
          optional("card", uuid),
          optional("cash", uuid, { nullable: true }),
          optional("points", list(uuid)),
          optional("gift", uuid),
        ],
        {
          oneofs: [
            { name: "paid", fields: ["card"], required: false },
            { name: "with", fields: ["points", "gift"], required: false },
          ],
        },
      ),
      event("shop.placed", "shop.Placed"),
      {
        kind: "operation",
        name: "shop.find",
        system: "shop",
        versions: [{ version: "1", request: named("shop.Asked"), origins: [] }],
        origins: [],
      },
      message("shop.Asked", [field("id", uuid)]),
    ]);
    expect(ledger).toMatchObject({
      "shop.Placed.buyer": "exact",
      "shop.Buyer": ["lossy", "Fields that the message does not list are welcome in it and are not stored."],
      "shop.Buyer.id": "exact",
      "shop.Buyer.names": ["lossy", expect.stringContaining("Absent, null and empty")],
      "shop.Placed.when": ["lossy", "DateTime64(3) cuts the fraction of a second after 3 digits."],
      "shop.Placed.exact_when": ["lossy", "DateTime64(9) refuses instants before 1677-09-21 or after 2262-04-11."],
      "shop.Placed.took": ["widened", expect.stringContaining("1.5s")],
      "shop.Placed.limited": "exact",
      "shop.Placed.patterned": ["widened", "The column does not check the field's limits."],
      "shop.Placed.more": ["lossy", expect.stringContaining("drops nulls")],
      "shop.Placed.guess": ["guessed", "Its type is inferred, and nobody has confirmed it."],
      "shop.Placed.card": "exact",
      "shop.Placed.gift": ["widened", "Nothing keeps a row from setting several members of a one-of."],
      "shop.Placed.cash": ["lossy", "Absent and null are the same NULL."],
      "shop.find": ["omitted", expect.stringContaining("only events have tables")],
      "shop.Unused": ["omitted", expect.stringContaining("No event contains it")],
    });
    expect(Object.keys(ledger)).not.toContain("shop.Asked");
  });

  test("says where a type is held as JSON: when it contains itself, or no tuple can have its fields", () => {
    const { sql, ledger } = tableOf(
      [field("tree", named("shop.Tree")), field("nothing", named("shop.Nothing")), field("odd", named("shop.Odd"))],
      [
        message("shop.Tree", [field("name", scalar("string")), field("children", list(named("shop.Tree")))]),
        message("shop.Nothing", []),
        message("shop.Odd", [field("null", uuid)]),
      ],
    );
    expect(sql).toContain("`children` Array(JSON(max_dynamic_paths = 256))");
    expect(sql.match(/^ {4}`(nothing|odd)` +JSON/gm)).toHaveLength(2);
    expect(ledger["shop.Tree.children"]).toEqual(["lossy", expect.stringContaining("contains itself")]);
    expect(ledger["shop.Placed.nothing"]).toEqual(["lossy", expect.stringContaining("tuple cannot have its fields")]);
  });

  test("a type that doubles at each step stays within bounds", () => {
    const steps = Array.from({ length: 30 }, (_, i) =>
      message(`shop.S${i}`, [field("a", named(`shop.S${i + 1}`)), field("b", named(`shop.S${i + 1}`))]),
    );
    const { sql, ledger } = tableOf(
      [field("s", named("shop.S0"))],
      [...steps, message("shop.S30", [field("x", uuid)])],
    );
    expect(sql.length).toBeLessThan(200_000);
    expect(Object.values(ledger).filter((row) => String(row).includes("too deep or too large")).length).toBeGreaterThan(
      0,
    );
  });

  test("an alias or a union that contains itself comes to an end", () => {
    const alias = { kind: "alias", name: "shop.A", system: "shop", type: list(named("shop.A")), origins: [] } as const;
    const variants = [named("shop.U"), named("shop.U"), scalar("string")];
    const union = { kind: "union", name: "shop.U", system: "shop", variants, origins: [] } as const;
    const { sql } = tableOf([field("a", named("shop.A")), field("u", named("shop.U"))], [alias, union]);
    expect(sql).toContain("Array(Array(");
    expect(sql).toMatch(/`u` +String /);
  });

  test("open enums, maps and free JSON", () => {
    const ledger = (constraints: boolean) =>
      tableOf(
        [
          field("open", named("shop.Open")),
          field("words", named("shop.Words")),
          optional("labels", map(scalar("string"))),
          field("any", jsonAny),
        ],
        [enumOf("shop.Open", { a: 0 }, true), enumOf("shop.Words", { a: undefined })],
        { constraints },
      ).ledger;
    expect(ledger(true)["shop.Placed.words"]).toBe("exact");
    expect(ledger(false)).toMatchObject({
      "shop.Placed.open": "exact",
      "shop.Placed.words": ["widened", "The column takes values that the enum does not list."],
      "shop.Placed.labels": ["lossy", expect.stringContaining("NULL")],
      "shop.Placed.any": ["lossy", expect.stringContaining("look alike")],
    });
  });
});

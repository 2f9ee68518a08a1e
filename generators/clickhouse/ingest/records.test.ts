import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import avsc from "avsc";
import { Session } from "chdb";
import protobufjs from "protobufjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Decl,
  jsonObject,
  literal,
  type Message,
  named,
  scalar,
  type Topic,
  timestamp,
  uuid,
} from "../../../model/index.ts";
import { event, field, generated, message, optional, system } from "../testing.ts";
import { execute, rows } from "./testing.ts";

/** Topics whose messages are records: decoded by ClickHouse, then checked like any other. */
let session: Session;
let folder: string;
beforeAll(() => {
  session = new Session();
  folder = mkdtempSync(join(tmpdir(), "records-"));
});
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true, force: true });
});

const origins = [{ span: { path: "shop.md", start: 0, end: 1 }, reader: "test", basis: "stated" }] as const;
const numbered = (made: Message): Message => ({
  ...made,
  fields: made.fields.map((one, index) => ({ ...one, number: index + 1 })),
});
const topic: Topic = {
  kind: "topic",
  name: "orders",
  system: "shop",
  transport: "kafka",
  numbers: ["id", "at", "event_type", "more", "placed", "paid"].map((name, index) => ({ name, number: index + 1 })),
  origins,
};
const within = { topic: "orders", envelope: { type: "shop.Envelope", how: "merge" } } as const;
const decls: readonly Decl[] = [
  { ...system({ int64: "number" }) },
  topic,
  numbered(
    message("shop.Envelope", [
      field("id", uuid),
      field("at", timestamp("rfc3339")),
      field("event_type", scalar("string")),
      optional("more", jsonObject),
    ]),
  ),
  numbered(
    message("shop.Placed", [
      field("event_type", literal("shop.placed")),
      field("count", scalar("int64")),
      field("gift", scalar("bool")),
      optional("note", scalar("string")),
    ]),
  ),
  numbered(
    message("shop.Paid", [
      field("event_type", literal("shop.paid")),
      field("total", scalar("float64"), { limits: { minimum: 0 } }),
      optional("note", scalar("string")),
    ]),
  ),
  event("shop.placed", "shop.Placed", { ...within, identity: ["id"] }),
  event("shop.paid", "shop.Paid", { ...within, identity: ["id"] }),
];

const id = (n: number): string => `61f0c404-5cb3-11e7-907b-a6006ad3db${n.toString(16).padStart(2, "0")}`;
const at = "2024-05-06T07:08:09.123Z";

const columnsOf = (sql: string): string =>
  /_queue`\n\(\n([\s\S]*?)\n\)\nENGINE = Kafka/.exec(sql)?.[1]?.replaceAll(/\s+/g, " ").trim() ?? "";

const landed = (): unknown => ({
  placed: rows(session, "SELECT id, at, event_type, more, count, gift, note FROM events.shop_placed ORDER BY id"),
  paid: rows(session, "SELECT id, total, note FROM events.shop_paid ORDER BY id"),
});
const expected = {
  placed: [
    {
      id: id(1),
      at,
      event_type: "shop.placed",
      more: { a: "2024-01-01", b: { c: 1.5 } },
      count: "9007199254740993",
      gift: false,
      note: 'it\'s "x" / \\ é 😀',
    },
  ],
  paid: [{ id: id(2), total: 1.5, note: null }],
};

test("Protobuf: a message per topic, whose one-of says which event it is", async () => {
  const { files, findings } = generated(decls, { ingest: { encodings: ["protobuf"], schemas: "/schemas/" } });
  expect(findings).toEqual([]);
  execute(session, files);
  const sql = files.find(({ path }) => path.endsWith("ingest/orders.protobuf.sql"))?.content ?? "";
  expect(sql).toContain("kafka_schema = '/schemas/shop.proto:OrdersMessage'");
  expect(sql).toContain("kafka_topic_list = 'orders'");

  const proto = `syntax = "proto3"; package shop;
    message OrdersMessage { optional string id = 1; optional string at = 2; optional string event_type = 3; optional string more = 4;
      oneof event { Placed placed = 5; Paid paid = 6; } }
    message Placed { optional string event_type = 1; optional int64 count = 2; optional bool gift = 3; optional string note = 4; }
    message Paid { optional string event_type = 1; optional double total = 2; optional string note = 3; }`;
  writeFileSync(join(folder, "shop.proto"), proto);
  const type = protobufjs.parse(proto, { keepCase: true }).root.lookupType("shop.OrdersMessage");
  const messages = [
    {
      id: id(1),
      at,
      event_type: "shop.placed",
      more: '{"a": "2024-01-01", "b": {"c": 1.5}}',
      placed: { count: "9007199254740993", gift: false, note: 'it\'s "x" / \\ é 😀' },
    },
    { id: id(2), at, paid: { total: 1.5 } },
    { id: id(3), at, event_type: "shop.paid" },
    { id: id(4), at, event_type: "shop.paid", placed: { count: 1, gift: true } },
    { id: id(5), at, placed: { gift: true } },
    { id: "5", at, paid: { total: -1 } },
    { id: id(6), at, paid: { total: Number.POSITIVE_INFINITY } },
    { id: id(7), at, more: "[", paid: { total: 1 } },
    { id: id(8), at, event_type: "shop.lost" },
  ];
  const bytes = messages.map((one) => type.encodeDelimited(type.fromObject(one)).finish());
  writeFileSync(join(folder, "orders.bin"), Buffer.concat(bytes));
  const columns = columnsOf(sql);
  const names = [...columns.matchAll(/(?:^|, )`(\w+)` (?=Enum|Nullable|Tuple)/g)].map((match) => match[1]);
  const top = names.filter((name) =>
    ["event", "id", "at", "event_type", "more", "placed", "paid"].includes(name ?? ""),
  );
  session.query(
    `INSERT INTO events.shop_orders_protobuf_queue (${[...new Set(top)].join(", ")}, _offset) SELECT ${[...new Set(top)].join(", ")}, rowNumberInAllBlocks() FROM file('${join(folder, "orders.bin")}', 'Protobuf', '${columns.replaceAll("'", "\\'")}') SETTINGS format_schema = '${join(folder, "shop.proto")}:OrdersMessage', input_format_protobuf_oneof_presence = 1, max_threads = 1`,
  );
  expect(landed()).toEqual(expected);
  const dead = "SELECT kafka_offset AS n, class, error, fields FROM events.shop_orders_protobuf_dead ORDER BY n";
  expect(rows(session, dead)).toMatchObject([
    { n: "2", class: "unparsable", error: "It has not one body." },
    { n: "3", class: "unparsable", error: "It says that it is another event than its body is." },
    { n: "4", class: "missing-field", fields: ["count"] },
    { n: "5", class: "wrong-value", fields: ["id", "total"] },
    { n: "6", class: "wrong-value", fields: ["total"] },
    { n: "7", class: "wrong-value", fields: ["more"] },
    { n: "8", class: "unknown-event", error: 'No event of this topic: "shop.lost".' },
  ]);
  const raw = rows(session, "SELECT raw FROM events.shop_orders_protobuf_dead WHERE kafka_offset = 4");
  expect(JSON.parse((raw[0] as { raw: string }).raw)).toEqual({ id: id(5), at, event_type: "shop.placed", gift: true });
});

test("Avro: a record per topic, with a body that is not null", async () => {
  session.query("TRUNCATE TABLE events.shop_placed");
  session.query("TRUNCATE TABLE events.shop_paid");
  const { files, findings } = generated(decls, { ingest: { encodings: ["json", "avro"] } });
  expect(findings).toEqual([]);
  execute(session, files);
  const sql = files.find(({ path }) => path.endsWith("ingest/orders.avro.sql"))?.content ?? "";
  expect(sql).toContain("kafka_topic_list = 'orders.avro'");

  const body = (name: string, fields: readonly object[]) => ({
    name: name.toLowerCase(),
    type: ["null", { type: "record", name, fields }],
    default: null,
  });
  const note = { name: "note", type: ["null", "string"], default: null };
  const type = avsc.Type.forSchema(
    {
      type: "record",
      name: "OrdersMessage",
      fields: [
        { name: "id", type: { type: "string", logicalType: "uuid" } },
        { name: "at", type: { type: "long", logicalType: "timestamp-micros" } },
        { name: "event_type", type: "string" },
        { name: "more", type: ["null", "string"], default: null },
        body("Placed", [
          { name: "event_type", type: "string" },
          { name: "count", type: "long" },
          { name: "gift", type: "boolean" },
          note,
        ]),
        body("Paid", [{ name: "event_type", type: "string" }, { name: "total", type: "double" }, note]),
      ],
    } as never,
    { wrapUnions: false },
  );
  const instant = Date.parse(at) * 1000;
  const path = join(folder, "orders.avro");
  const encoder = avsc.createFileEncoder(path, type);
  const placed = { event_type: "shop.placed", count: 42, gift: false, note: 'it\'s "x" / \\ é 😀' };
  const paid = { event_type: "shop.paid", total: 1.5, note: null };
  const all = { at: instant, more: null, placed: null, paid: null };
  const records = [
    { ...all, id: id(1), event_type: "shop.placed", more: '{"a": "2024-01-01", "b": {"c": 1.5}}', placed },
    { ...all, id: id(2), event_type: "shop.paid", paid },
    { ...all, id: id(3), event_type: "shop.paid" },
    { ...all, id: id(4), event_type: "shop.paid", paid, placed },
    { ...all, id: "x", event_type: "shop.paid", paid: { ...paid, event_type: "shop.placed", total: -1 } },
    { ...all, id: id(5), event_type: "shop.lost" },
  ];
  for (const record of records) encoder.write(record);
  await new Promise<void>((resolve) => {
    encoder.on("finish", () => setTimeout(resolve, 200));
    encoder.end();
  });
  session.query("SET enable_nullable_tuple_type = 1");
  const columns = columnsOf(sql);
  session.query(
    `INSERT INTO events.shop_orders_avro_queue (id, at, event_type, more, placed, paid, _offset) SELECT id, at, event_type, more, placed, paid, rowNumberInAllBlocks() FROM file('${path}', 'Avro', '${columns.replaceAll("'", "\\'")}') SETTINGS max_threads = 1`,
  );
  expect(landed()).toEqual({ ...expected, placed: [{ ...expected.placed[0], count: "42" }] });
  const dead = "SELECT kafka_offset AS n, class, error FROM events.shop_orders_avro_dead ORDER BY n";
  expect(rows(session, dead)).toEqual([
    { n: "2", class: "unparsable", error: "It has not one body." },
    { n: "3", class: "unparsable", error: "It has not one body." },
    { n: "4", class: "unparsable", error: "It says that it is another event than its body is." },
    { n: "5", class: "unknown-event", error: 'No event of this topic: "shop.lost".' },
  ]);
});

test("what no record can hold here is told, and has no ingest", () => {
  const nested = [
    ...decls.filter((decl) => decl.kind !== "message" || decl.name !== "shop.Paid"),
    numbered(message("shop.Paid", [field("event_type", literal("shop.paid")), field("by", named("shop.Placed"))])),
  ];
  const { files, findings } = generated(nested, { ingest: { encodings: ["avro"] } });
  expect(findings).toMatchObject([
    {
      code: "clickhouse/encoding-not-held",
      message: "The topic orders has no ingest in avro: by has no form in avro that is read here.",
      hint: "Read the topic as JSON, whose checks look into everything.",
    },
  ]);
  expect(files.filter(({ path }) => path.includes("orders."))).toEqual([]);
  const unlocked = decls.map((decl) => (decl.kind === "topic" ? { ...topic, numbers: [] } : decl));
  expect(generated(unlocked, { ingest: { encodings: ["protobuf"] } }).findings).toMatchObject([
    { code: "clickhouse/encoding-not-held", hint: "`concordat lock` gives numbers to what has none." },
  ]);
});

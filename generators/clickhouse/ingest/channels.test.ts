import { describe, expect, test } from "vitest";
import { type Decl, literal, scalar, type Topic, timestamp, uuid } from "../../../model/index.ts";
import type { Options } from "../options.ts";
import { event, field, generated, message, optional } from "../testing.ts";

const origins = [{ span: { path: "shop.md", start: 0, end: 1 }, reader: "test", basis: "stated" }] as const;
const topic = (name: string, transport: Topic["transport"] = "kafka"): Topic => ({
  kind: "topic",
  name,
  system: "shop",
  ...(transport && { transport }),
  origins,
});
const body = (name: string, more: Parameters<typeof message>[1] = []) =>
  message(`shop.${name}`, [field("event_type", literal(`shop.${name}`)), field("order", uuid), ...more]);

const decls: readonly Decl[] = [
  topic("orders"),
  body("placed"),
  body("paid"),
  event("shop.placed", "shop.placed", { topic: "orders" }),
  event("shop.paid", "shop.paid", { topic: "orders" }),
];
const made = (all: readonly Decl[], options: Options = {}) => {
  const { files, findings } = generated(all, options);
  const paths = files
    .map(({ path }) => path.replace("shop/clickhouse/", ""))
    .filter((path) => path.startsWith("ingest/"));
  return { files, paths, findings: findings.map(({ code, message: text }) => `${code}: ${text}`) };
};
const queue = (all: readonly Decl[], options: Options = {}): string =>
  /ENGINE = Kafka\nSETTINGS\n([\s\S]*?);\n/.exec(made(all, options).files.at(-1)?.content ?? "")?.[1] ?? "";

describe("a topic", () => {
  test("has a file of its own, when it carries events", () => {
    expect(made([...decls, topic("empty")])).toMatchObject({ paths: ["ingest/orders.json.sql"], findings: [] });
  });

  test("has none over Event Hubs, or when the options say so", () => {
    const hub = decls.map((decl) => (decl.kind === "topic" ? topic("orders", "event-hubs") : decl));
    expect(made(hub).paths).toEqual([]);
    expect(made(decls, { ingest: { topics: { orders: { ingest: false } } } }).paths).toEqual([]);
    expect(made(decls, { ingest: false }).paths).toEqual([]);
    const unknown = made(decls, { ingest: { topics: { order: { ingest: false } } } });
    expect(unknown.findings).toEqual([
      "clickhouse/unknown-topic: The options of clickhouse name the topic order, which no source declares.",
    ]);
  });

  test("is read from where the options say, in a group of its own", () => {
    expect(queue(decls)).toBe(
      [
        "    kafka_broker_list = 'kafka:9092'",
        "    kafka_topic_list = 'orders'",
        "    kafka_group_name = 'clickhouse_events_shop_orders_json'",
        "    kafka_format = 'RawBLOB'",
        "    kafka_num_consumers = 1",
        "    kafka_handle_error_mode = 'stream'",
      ].join(",\n"),
    );
    const options: Options = {
      kafka: {
        brokers: ["a:1", "b:2"],
        group: "it's mine",
        consumers: 3,
        settings: { kafka_flush_interval_ms: 500 },
      },
      ingest: { topics: { orders: { name: "prod.orders" } } },
    };
    expect(queue(decls, options)).toBe(
      [
        "    kafka_broker_list = 'a:1,b:2'",
        "    kafka_topic_list = 'prod.orders'",
        "    kafka_group_name = 'it''s mine_shop_orders_json'",
        "    kafka_format = 'RawBLOB'",
        "    kafka_num_consumers = 3",
        "    kafka_handle_error_mode = 'stream'",
        "    kafka_flush_interval_ms = 500",
      ].join(",\n"),
    );
  });

  test("of several events needs a field that tells them apart", () => {
    const alike = [
      topic("orders"),
      message("shop.a", [field("order", uuid)]),
      event("shop.one", "shop.a", { topic: "orders" }),
      event("shop.other", "shop.a", { topic: "orders" }),
    ];
    expect(made(alike)).toMatchObject({
      paths: [],
      findings: [
        "clickhouse/topic-not-told: Nothing tells the events of the topic orders apart (shop.one and shop.other), so it has no ingest.",
      ],
    });
    const alone = alike.filter((decl) => decl.name !== "shop.other");
    expect(made(alone)).toMatchObject({ paths: ["ingest/orders.json.sql"], findings: [] });
  });

  test("shares its names with no other, and with no event", () => {
    const second = [
      topic("or.ders"),
      topic("or_ders"),
      body("a"),
      body("b"),
      event("shop.a", "shop.a", { topic: "or.ders" }),
      event("shop.b", "shop.b", { topic: "or_ders" }),
    ];
    expect(made(second)).toMatchObject({
      paths: ["ingest/or_ders.json.sql"],
      findings: [
        "clickhouse/topic-collision: The topics or.ders and or_ders would have the same tables for their ingest.",
      ],
    });
    const event2 = [...decls, event("shop.orders.json.dead", "shop.paid")];
    expect(made(event2).findings).toEqual([
      "clickhouse/pack-collision: The event shop.orders.json.dead has the table shop_orders_json_dead, which the ingest needs for itself.",
    ]);
  });
});

test("events that no Kafka topic carries have an intake, when asked for", () => {
  const lone = [body("seen"), event("shop.seen", "shop.seen")];
  expect(made(lone).paths).toEqual([]);
  const { paths, files } = made(lone, { ingest: { intake: true } });
  expect(paths).toEqual(["ingest/shop_seen.json.sql"]);
  expect(files.at(-1)?.content).not.toContain("Kafka\n");
});

describe("usage", () => {
  const used = [
    message("shop.Used", [
      optional("user_id", uuid),
      optional("bytes", scalar("int64")),
      field("share", scalar("float64")),
      field("at", timestamp("rfc3339")),
    ]),
    event("shop.used", "shop.Used"),
  ];
  const usage = (options: Options): string =>
    generated(used, options).files.find(({ path }) => path.endsWith("usage.sql"))?.content ?? "";

  test("is of events that name a user, and of the measures that are asked for", () => {
    expect(usage({})).toContain("FROM `events`.`shop_used` AS t");
    expect(usage({ usage: false })).toBe("");
    expect(usage({ usage: { user: "customer" } })).toBe("");
    const measured = usage({ usage: { measures: ["bytes", "share", "nothing"] } });
    expect(measured).toContain("`bytes` AggregateFunction(maxMap, Map(FixedString(16), Int64))");
    expect(measured).toContain("`share` AggregateFunction(maxMap, Map(FixedString(16), Float64))");
    expect(measured).not.toContain("nothing");
  });
});

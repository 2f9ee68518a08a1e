import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Session } from "chdb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OutputFile } from "../../../model/index.ts";
import { generate } from "../../../pipeline/index.ts";
import { deliver, execute, type Message, rows, statements } from "./testing.ts";

/** The ingest of the telemetry service's topics as it is generated, with a stand-in for each Kafka table. */
const root = join(import.meta.dirname, "../../..");
let session: Session;
let own: readonly OutputFile[];
beforeAll(async () => {
  session = new Session();
  const { files = [] } = await generate({ folder: root, mode: "dry-run", only: ["clickhouse"] });
  own = files.filter(({ path }) => path.startsWith("telemetry/clickhouse/"));
  execute(session, own);
  // As often as one likes.
  execute(session, own);
}, 60_000);
afterAll(() => session.close());

type Json = Readonly<Record<string, unknown>>;
const samples = JSON.parse(readFileSync(join(root, "contracts/samples/telemetry.json"), "utf8")) as Readonly<
  Record<string, { readonly valid: Json }>
>;
const sample = (event: string, more: Json = {}): Json => ({ ...samples[event]?.valid, ...more });
const id = (n: number): string => `61f0c404-5cb3-11e7-907b-a6006ad3db${n.toString(16).padStart(2, "0")}`;

const topics: Readonly<Record<string, readonly string[]>> = {
  asset_access: ["assets.access.read"],
  asset_transfer: ["assets.access.delete", "assets.access.download", "assets.access.upload"],
  kubernetes: [
    "kuber.deploy.free",
    "kuber.deploy.free.complete",
    "kuber.deploy.start",
    "kuber.deploy.start.complete",
    "workflow.process.create",
  ],
  pbac_access: ["pbac.agent.politics.check"],
  pbac_service: [
    "pbac.agent.politics.archive",
    "pbac.agent.politics.load",
    "pbac.agent.politics.reset",
    "pbac.agent.politics.update",
    "pbac.agent.start",
  ],
  xumi_load: ["xumi.weights.load.complete", "xumi.weights.load.start"],
  xumi_task: ["xumi.generation.complete", "xumi.generation.start"],
};
const tableOf = (event: string): string => `events.telemetry_${event.replaceAll(".", "_")}`;
const events = Object.values(topics).flat();

beforeEach(() => {
  for (const event of events) session.query(`TRUNCATE TABLE ${tableOf(event)}`);
  for (const topic of Object.keys(topics)) session.query(`TRUNCATE TABLE events.telemetry_${topic}_json_dead`);
  session.query("TRUNCATE TABLE events.telemetry_usage");
});

const send = (topic: string, ...messages: readonly (Message | Json | string)[]): void =>
  deliver(
    session,
    `events.telemetry_${topic}_json_queue`,
    topic,
    messages.map((message, offset) => {
      if (typeof message === "string") return { raw: message, offset };
      return "raw" in message ? { offset, ...(message as Message) } : { raw: JSON.stringify(message), offset };
    }),
  );
const dead = (topic: string, what = "class, error"): readonly unknown[] =>
  rows(session, `SELECT ${what} FROM events.telemetry_${topic}_json_dead FINAL ORDER BY kafka_partition, kafka_offset`);
const count = (event: string): number =>
  Number((rows(session, `SELECT count() AS n FROM ${tableOf(event)} FINAL`)[0] as { n: string }).n);
const good = (): number => events.reduce((sum, event) => sum + count(event), 0);

test("each topic takes its events into their tables, and no other", () => {
  for (const topic of Object.keys(topics)) send(topic, ...events.map((event) => sample(event)), "{}");
  for (const event of events) expect(count(event), event).toBe(1);
  for (const [topic, own] of Object.entries(topics)) {
    const classes = dead(topic, "class, event") as { class: string; event: string }[];
    expect(classes).toEqual([
      ...events.filter((event) => !own.includes(event)).map((event) => ({ class: "unknown-event", event })),
      { class: "missing-field", event: "" },
    ]);
  }
});

const start = sample("xumi.weights.load.start", { event_id: id(1) });
const { tenant_id: _, ...noTenant } = start;

describe("what is no good row is a dead letter, with its class, its error and its raw text", () => {
  const messages: readonly (readonly [name: string, raw: string | Json, expected: Json])[] = [
    ["not JSON", "{", { class: "unparsable", error: "The message is no JSON object." }],
    ["a list", "[1]", { class: "unparsable", error: "The message is no JSON object." }],
    ["a word", '"x"', { class: "unparsable", error: "The message is no JSON object." }],
    ["bytes", "\\xff\\xfe\\x00", { class: "unparsable", error: "The message is no JSON object." }],
    ["a byte order mark", "\ufeff{}", { class: "unparsable" }],
    ["two objects", "{}{}", { class: "unparsable", error: "The message is no JSON object." }],
    ["number beyond 64 bits", '{"a":18446744073709551616}', { class: "unparsable" }],
    ["number beyond a double", '{"a":1e400}', { class: "unparsable" }],
    ["half of a surrogate pair", '{"a":"\\ud800"}', { class: "unparsable" }],
    ["1,025 levels", `{"a":${"[".repeat(1024)}${"]".repeat(1024)}}`, { class: "unparsable" }],
    ["1,024 levels", `{"a":${"[".repeat(1023)}${"]".repeat(1023)}}`, { class: "missing-field" }],
    [
      "a key twice",
      JSON.stringify(start).replace("{", '{"source":"other",'),
      { class: "unparsable", error: "Keys that stand in it more than once: source.", fields: ["source"] },
    ],
    ["no event", { a: 1 }, { class: "missing-field", error: "Not there: event_type.", fields: ["event_type"] }],
    [
      "another event",
      { ...start, event_type: "xumi.weights.load.finish" },
      { class: "unknown-event", error: 'No event of this topic: "xumi.weights.load.finish".' },
    ],
    ["null for the event", { ...start, event_type: null }, { class: "unknown-event" }],
    ["a number for the event", { ...start, event_type: 1 }, { class: "unknown-event" }],
    ["case of the event", { ...start, event_type: "XUMI.weights.load.start" }, { class: "unknown-event" }],
    [
      "another version",
      { ...start, version: "2.0", event_id: 1 },
      { class: "unknown-version", error: 'No version of this contract: "2.0".' },
    ],
    ["null for the version", { ...start, version: null }, { class: "unknown-version" }],
    ["a number for the version", { ...start, version: 1 }, { class: "unknown-version" }],
    ["only unknown keys", { event_type: start.event_type, x: 1 }, { class: "missing-field" }],
    ["a field missing", noTenant, { class: "missing-field", error: "Not there: tenant_id.", fields: ["tenant_id"] }],
    [
      "null in a field that is required",
      { ...start, tenant_id: null },
      { class: "wrong-value", error: "Out of range or of another type: tenant_id = null.", fields: ["tenant_id"] },
    ],
    ["null in a field that may be absent", { ...start, user_id: null }, { class: "wrong-value", fields: ["user_id"] }],
    [
      "beyond 64 bits, as a fraction",
      JSON.stringify(start).replace(/"storage_size":\d+/, '"storage_size":9223372036854775808'),
      { class: "wrong-value", fields: ["storage_size"] },
    ],
    ["a fraction", { ...start, storage_size: 1.5 }, { class: "wrong-value", fields: ["storage_size"] }],
    ["a number as text", { ...start, storage_size: "7" }, { class: "wrong-value", fields: ["storage_size"] }],
    ["text as a number", { ...start, source: 7 }, { class: "wrong-value", fields: ["source"] }],
    ["an epoch for a time", { ...start, timestamp: 1700000000 }, { class: "wrong-value", fields: ["timestamp"] }],
    ["no zone", { ...start, timestamp: "2024-05-06T07:08:09" }, { class: "wrong-value", fields: ["timestamp"] }],
    ["no such day", { ...start, timestamp: "2023-02-29T00:00:00Z" }, { class: "wrong-value", fields: ["timestamp"] }],
    ["year 0", { ...start, timestamp: "0000-01-01T00:00:00Z" }, { class: "wrong-value", fields: ["timestamp"] }],
    ["a UUID in braces", { ...start, node_id: `{${id(1)}}` }, { class: "wrong-value", fields: ["node_id"] }],
    ["a list for an object", { ...start, metadata: [] }, { class: "wrong-value", fields: ["metadata"] }],
    [
      "two values on one path",
      JSON.stringify({ ...start, tags: 0 }).replace('"tags":0', '"tags":{"a.b":1,"a":{"b":2}}'),
      { class: "wrong-value", fields: ["tags"] },
    ],
    [
      "several at once",
      { ...start, url: null, model: 5 },
      { error: "Out of range or of another type: model = 5, url = null.", fields: ["model", "url"] },
    ],
  ];

  test("all in one block", () => {
    const headers = { "content-type": "application/json", trace: "1" };
    const raws = messages.map(([, message]) => (typeof message === "string" ? message : JSON.stringify(message)));
    send("xumi_load", ...raws.map((raw, offset) => ({ raw, offset, partition: 3, headers })), {
      raw: JSON.stringify(start),
      offset: 999,
    });
    expect(good()).toBe(1);
    const letters = dead("xumi_load", "* EXCEPT received_at");
    expect(letters).toHaveLength(messages.length);
    for (const [offset, [name, , expected]] of messages.entries())
      expect(letters[offset], name).toMatchObject({
        ...expected,
        raw: raws[offset],
        kafka_topic: "xumi_load",
        kafka_partition: "3",
        kafka_offset: String(offset),
        kafka_time: "2026-01-02T03:04:05.678Z",
        kafka_key: "k",
        kafka_headers: Object.entries(headers).map(([header, value]) => ({ name: header, value })),
      });
  });

  test("what Kafka itself could not read", () => {
    send("xumi_load", { raw: "broken", error: "Cannot read it." });
    expect(dead("xumi_load", "class, error, raw")).toEqual([
      { class: "unparsable", error: "Cannot read it.", raw: "broken" },
    ]);
  });

  test("a bad message keeps none of its block from landing, and one read again is one dead letter", () => {
    const block = [start, "{", { ...start, event_id: id(2) }, { ...start, event_id: id(3), source: 1 }];
    send("xumi_load", ...block);
    send("xumi_load", ...block);
    expect(count("xumi.weights.load.start")).toBe(2);
    expect(dead("xumi_load", "class, kafka_offset")).toEqual([
      { class: "unparsable", kafka_offset: "1" },
      { class: "wrong-value", kafka_offset: "3" },
    ]);
  });
});

test("values arrive as they were sent", () => {
  const sent = {
    ...start,
    timestamp: "2024-05-06T07:08:09.5+02:00",
    user_id: id(9).toUpperCase(),
    source: 'it\'s "x" \\ \u0000 é 😀',
    metadata: { day: "2024-01-01", when: "2024-01-01T00:00:00Z", n: 1.5, list: [1, "a", { b: true }] },
    url: "",
    unknown: { to: "us" },
  };
  send("xumi_load", JSON.stringify(sent).replace(/"storage_size":\d+/, '"storage_size":9007199254740993'));
  const { unknown: _unknown, ...known } = sent;
  expect(dead("xumi_load")).toEqual([]);
  expect(rows(session, `SELECT * EXCEPT ingested_at FROM ${tableOf("xumi.weights.load.start")}`)).toEqual([
    {
      ...known,
      timestamp: "2024-05-06T05:08:09.500Z",
      user_id: id(9),
      session_id: null,
      tags: null,
      metadata: { ...sent.metadata, list: ["1", "a", { b: true }] },
      storage_size: "9007199254740993",
      kafka_topic: "xumi_load",
      kafka_partition: 0,
      kafka_offset: "0",
    },
  ]);
});

describe("what users have used", () => {
  const read = (n: number, more: Json = {}): Json =>
    sample("assets.access.read", { event_id: id(n), user_id: id(100), timestamp: "2024-05-06T07:59:59Z", ...more });

  test("is counted once for each event, however often and wherever it is delivered", () => {
    send("asset_access", read(1), read(1), read(2), read(3, { timestamp: "2024-05-06T08:00:00Z" }));
    send("asset_access", read(1), read(4, { user_id: id(101) }), sample("assets.access.read", { event_id: id(5) }));
    send("xumi_load", { ...start, user_id: id(100), timestamp: "2024-05-06T09:00:00Z" });
    const by = "SELECT user, hour, event, events FROM events.telemetry_usage_by_hour ORDER BY user, hour";
    expect(rows(session, by)).toMatchObject([
      { user: id(100), hour: "2024-05-06T07:00:00Z", event: "assets.access.read", events: "2" },
      { user: id(100), hour: "2024-05-06T08:00:00Z", event: "assets.access.read", events: "1" },
      { user: id(100), hour: "2024-05-06T09:00:00Z", event: "xumi.weights.load.start", events: "1" },
      { user: id(101), hour: "2024-05-06T07:00:00Z", event: "assets.access.read", events: "1" },
    ]);
    const since = `SELECT event, events FROM events.telemetry_usage_since(user = '${id(100)}', since = '2024-05-06 08:30:00')`;
    expect(rows(session, `${since} ORDER BY event`)).toEqual([
      { event: "assets.access.read", events: "1" },
      { event: "xumi.weights.load.start", events: "1" },
    ]);
    session.query("OPTIMIZE TABLE events.telemetry_usage FINAL");
    expect(rows(session, by)).toHaveLength(4);
  });
});

describe("starts and their finishes", () => {
  const pairs = (view: string, what = "state, duration_ms"): readonly unknown[] =>
    rows(session, `SELECT ${what} FROM events.telemetry_${view}_pairs ORDER BY pair_key, finish_timestamp`);

  test("are open, closed or orphans, and have a duration", () => {
    const at = (n: number) => ({ timestamp: `2024-05-06T07:00:0${n}.250Z` });
    const finish = sample("xumi.weights.load.complete");
    send(
      "xumi_load",
      { ...start, ...at(1) },
      { ...start, ...at(1) },
      { ...finish, event_id: id(11), origin_event_id: id(1), ...at(3) },
      { ...start, event_id: id(2), ...at(5) },
      { ...finish, event_id: id(12), origin_event_id: id(3), ...at(6) },
    );
    expect(
      pairs("xumi_weights_load_complete", "pair_key, state, duration_ms, start_event_id, finish_event_id"),
    ).toEqual([
      { pair_key: id(1), state: "closed", duration_ms: "2000", start_event_id: id(1), finish_event_id: id(11) },
      { pair_key: id(2), state: "open", duration_ms: null, start_event_id: id(2), finish_event_id: null },
      { pair_key: id(3), state: "orphan", duration_ms: null, start_event_id: null, finish_event_id: id(12) },
    ]);
  });

  test("meet by the field that both have, whichever comes first", () => {
    const end = sample("xumi.generation.complete", { task_id: id(20), timestamp: "2024-05-06T07:00:01Z" });
    send("xumi_task", end);
    expect(pairs("xumi_generation_complete")).toEqual([{ state: "orphan", duration_ms: null }]);
    send("xumi_task", sample("xumi.generation.start", { task_id: id(20), timestamp: "2024-05-06T07:00:00Z" }), end);
    expect(pairs("xumi_generation_complete")).toEqual([{ state: "closed", duration_ms: "1000" }]);
  });

  test("of a deployment meet, and its release has no view", () => {
    send("kubernetes", sample("kuber.deploy.start", { event_id: id(30) }));
    send("kubernetes", sample("kuber.deploy.start.complete", { event_id: id(31), prevision_event_id: id(30) }));
    expect(pairs("kuber_deploy_start_complete", "state")).toEqual([{ state: "closed" }]);
    const views = rows(session, "SELECT name FROM system.tables WHERE name LIKE '%_pairs' ORDER BY name");
    expect(views).toHaveLength(3);
  });
});

test("the way back takes the views away and no row, and the way there again goes on", () => {
  send("xumi_load", start, "{");
  const plan = own.find(({ path }) => path.endsWith("ROLLOUT.md"))?.content ?? "";
  const back = plan.slice(plan.indexOf("## The way back"));
  for (const [, block] of back.matchAll(/```sql\n([\s\S]*?)```/g))
    for (const statement of statements(block ?? "")) session.query(statement);
  const kinds =
    "SELECT engine, count() AS n FROM system.tables WHERE database = 'events' GROUP BY engine ORDER BY engine";
  expect(rows(session, kinds)).toEqual([
    { engine: "AggregatingMergeTree", n: "1" },
    // Three events without a topic: their tables, and the dead letters of their intakes.
    { engine: "MergeTree", n: "6" },
    { engine: "ReplacingMergeTree", n: "26" },
  ]);
  expect([count("xumi.weights.load.start"), dead("xumi_load").length]).toEqual([1, 1]);
  execute(session, own);
  send("xumi_load", start, { ...start, event_id: id(2) });
  expect(count("xumi.weights.load.start")).toBe(2);
  const files = own.flatMap(({ path }) => (path.endsWith(".sql") ? [path.replace("telemetry/clickhouse/", "")] : []));
  for (const file of files) expect(plan, file).toContain(`\`${file}\``);
});

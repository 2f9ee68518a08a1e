import { Session } from "chdb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { literal, scalar, type Topic, timestamp, uuid } from "../../../model/index.ts";
import { event, field, generated, message, optional } from "../testing.ts";
import { deliver, execute, rows } from "./testing.ts";

/**
 * Fields with the names that the views use themselves. Where an alias has the name of a column, ClickHouse reads the alias:
 * everything has to be qualified.
 */
let session: Session;
beforeAll(() => {
  session = new Session();
});
afterAll(() => session.close());

const origins = [{ span: { path: "shop.md", start: 0, end: 1 }, reader: "test", basis: "stated" }] as const;
const own = [
  ...["raw", "body", "event", "told", "class", "error", "fields", "missing", "wrong", "twice", "is_unparsable", "key"],
  ...["q", "c", "t", "u", "s", "f", "r", "x0", "user", "hour", "deliveries", "events"],
  ...["pair_key", "is_there", "state", "started_at", "finished_at", "duration_ms", "start_key", "finish_key"],
  ...nasty(),
];
function nasty(): readonly string[] {
  return [
    "`",
    "'",
    "\\",
    "a b",
    "a'; DROP TABLE x; --",
    "é\n",
    "from",
    "a.b",
    "__proto__",
    "constructor",
    "--",
    "*/",
    "$",
  ];
}
const id = (n: number): string => `61f0c404-5cb3-11e7-907b-a6006ad3db${n.toString(16).padStart(2, "0")}`;

test("names of fields are in nobody's way", () => {
  const topic: Topic = { kind: "topic", name: "it's a `topic`\\", system: "shop", transport: "kafka", origins };
  const fields = (kind: string) => [
    field("id", uuid),
    field("kind", literal(kind)),
    field("at", timestamp("rfc3339")),
    field("user_id", scalar("string")),
    ...own.map((name) => optional(name, scalar("int64"))),
  ];
  const { files, findings } = generated(
    [
      topic,
      message("shop.Begun", fields("it's begun")),
      message("shop.Ended", fields("ended\\")),
      event("shop.begun", "shop.Begun", { topic: topic.name, identity: ["id"] }),
      event("shop.ended", "shop.Ended", {
        topic: topic.name,
        identity: ["id"],
        follows: { event: "shop.begun", by: "key", key: "key" },
      }),
    ],
    { usage: { measures: own }, ingest: { deadLetterDays: 30 } },
  );
  expect(findings).toEqual([]);
  execute(session, files);
  execute(session, files);

  const values = Object.fromEntries(own.map((name, index) => [name, String(index + 1)]));
  const sent = { id: id(1), kind: "it's begun", at: "2024-05-06T07:08:09.000Z", user_id: "it's me", ...values };
  const messages = [sent, { ...sent, id: id(2), kind: "ended\\" }, { ...sent, "a'; DROP TABLE x; --": "no number" }];
  deliver(
    session,
    "events.shop_it_s_a_topic__json_queue",
    topic.name,
    messages.map((one, offset) => ({ raw: JSON.stringify(one), offset })),
  );
  const everything = "SELECT * EXCEPT (ingested_at, kafka_topic, kafka_partition, kafka_offset) FROM";
  expect(rows(session, `${everything} events.shop_begun`)).toEqual([sent]);
  expect(rows(session, `${everything} events.shop_ended`)).toEqual([{ ...sent, id: id(2), kind: "ended\\" }]);
  expect(rows(session, "SELECT class, fields FROM events.shop_it_s_a_topic__json_dead")).toEqual([
    { class: "wrong-value", fields: ["a'; DROP TABLE x; --"] },
  ]);
  const usage = rows(
    session,
    "SELECT * FROM events.shop_usage_since(user = 'it\\'s me', since = '2000-01-01 00:00:00')",
  );
  expect(usage).toHaveLength(2);
  expect(usage[0]).toMatchObject({ "a b": values["a b"], q: values.q, hour_total: values.hour, events: "1" });
  const [pair] = rows(session, "SELECT * FROM events.shop_ended_pairs") as Record<string, unknown>[];
  expect(pair).toMatchObject({ state: "closed", duration_ms: "0", start_id: id(1), finish_id: id(2) });
  for (const name of own) {
    expect(pair?.[`start_${name}`], name).toBe(values[name]);
    expect(pair?.[`finish_${name}`], name).toBe(values[name]);
  }
});

import { createReadStream, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Name, View } from "../../pipeline/index.ts";
import { contentOf, createDigest, type Reading } from "./content.ts";
import { createExpected, rowKey } from "./expected.ts";
import type { Channel } from "./pack.ts";
import type { Consumer } from "./processes.ts";
import { envelopeOf } from "./produce.ts";
import type { Slots } from "./slots.ts";
import { chapterOf, eventOf, measures, nthOf, type Story } from "./stories.ts";
import type { Wire } from "./wire.ts";

/** What a run has put on its topics, and where it is looked for. */
export interface Sent {
  readonly view: View;
  readonly system: Name;
  readonly database: string;
  readonly stories: readonly Story[];
  readonly slots: Slots;
  readonly events: number;
  readonly channelOf: (story: Story) => Channel;
  readonly wireOf: (story: Story) => Wire;
  readonly consumer: Consumer;
  readonly folder: string;
  /** Told of everything that is not as it should be. */
  readonly fault: (text: string) => void;
}

/** What became of the messages of one topic. */
export interface TopicResult {
  readonly topic: string;
  readonly encoding: string;
  readonly sent: number;
  readonly landed: number;
  readonly dead: number;
  readonly duplicate: number;
  readonly lost: number;
  /** Digests of what was sent and of what the tables have. */
  readonly wanted: string;
  readonly found: string;
}

/** A table of an event. */
export const tableOf = (event: Name, { system, database }: Pick<Sent, "system" | "database">): string =>
  `${database}.${system}_${event.replaceAll(".", "_")}`;

/** Compares every event of a topic with its row, and every bad message with its dead letter. */
export async function checkTopic(story: Story, sent: Sent): Promise<TopicResult> {
  const { view, slots, events, fault } = sent;
  const seen = new Uint8Array(events);
  const [wanted, found] = [createDigest(), createDigest()];
  const profile = view.systems.find(({ name }) => name === sent.system)?.json;
  if (!profile) throw new Error(`There is no system ${sent.system}.`);
  const reading: Reading = { view, profile };
  let landed = 0;
  for (const { event, message } of story.events) {
    for await (const row of rowsOf(
      `SELECT * FROM ${tableOf(event.name, sent)} FINAL WHERE kafka_topic = '${story.topic}'`,
      sent,
    )) {
      const nth = nthOf(String(row.event_id));
      const content = contentOf(message, row as never, reading);
      found.add(content);
      landed++;
      if (!(nth < events) || chapterOf(story, nth).event.name !== event.name) {
        fault(`${event.name}: a row that nobody sent: ${JSON.stringify(row)}`);
        continue;
      }
      const own = contentOf(message, eventOf(story, nth, view), reading);
      if (seen[nth]) fault(`${event.name}: event ${nth} has two rows.`);
      else wanted.add(own);
      seen[nth] = 1;
      if (own !== content) fault(`${event.name}: event ${nth} is another one:\n${difference(own, content)}`);
    }
  }
  let lost = 0;
  for (let nth = 0; nth < events; nth++) {
    if (seen[nth]) continue;
    const { event, message } = chapterOf(story, nth);
    wanted.add(contentOf(message, eventOf(story, nth, view), reading));
    if (lost++ < 5) fault(`${event.name}: event ${nth} is lost.`);
  }
  const { bad, missing } = await checkDead(story, sent);
  return {
    topic: story.name,
    encoding: story.encoding,
    sent: slots.count,
    landed,
    dead: bad,
    duplicate: slots.count - events - bad - missing,
    lost: lost + missing,
    wanted: wanted.text(),
    found: found.text(),
  };
}

/** Each bad message is a dead letter, once, with its class and all that it came with, and there is no other. */
async function checkDead(story: Story, sent: Sent): Promise<{ readonly bad: number; readonly missing: number }> {
  const { slots, fault } = sent;
  const wire = sent.wireOf(story);
  const { dead, topic } = sent.channelOf(story);
  const left = new Set<number>();
  for (let number = 0; number < slots.count; number++) if (slots.of(number).kind === "bad") left.add(number);
  const total = left.size;
  const columns = [
    "class, error != '' AS has_error, base64Encode(raw) AS raw, kafka_topic, kafka_key",
    "toUnixTimestamp64Milli(kafka_time) AS time, kafka_headers",
  ];
  for await (const row of rowsOf(`SELECT ${columns.join(", ")} FROM ${sent.database}.${dead} FINAL`, sent)) {
    const number = Number(String(row.kafka_key).slice(1));
    const slot = slots.of(number);
    const raw = Buffer.from(String(row.raw), "base64");
    if (slot.kind !== "bad" || !left.delete(number)) {
      fault(
        `${topic}: the dead letter ${row.kafka_key} of class ${row.class} is no bad message or a second one: ${raw}`,
      );
      continue;
    }
    if (row.class !== slot.badClass) fault(`${topic}: a message of class ${slot.badClass} is ${row.class}: ${raw}`);
    if (!wire.isTextOf(raw, story, slot.badClass, slot.nth))
      fault(`${topic}: the text of ${number} is another: ${raw}`);
    const { headers, timestamp } = envelopeOf(number);
    const wanted = JSON.stringify(Object.entries(headers).map(([name, value]) => ({ name, value })));
    if (JSON.stringify(row.kafka_headers) !== wanted) fault(`${topic}: the headers of ${number} are others.`);
    if (String(row.time) !== timestamp) fault(`${topic}: the time of ${number} is ${row.time}.`);
    if (row.kafka_topic !== topic || !row.has_error) fault(`${topic}: ${number} has no topic or no error.`);
  }
  for (const number of [...left].slice(0, 5)) {
    const slot = slots.of(number);
    if (slot.kind === "bad")
      fault(`${topic}: no dead letter of ${number}, ${slot.badClass}: ${wire.bad(story, slot.badClass, slot.nth)}`);
  }
  return { bad: total - left.size, missing: left.size };
}

/** Usage, pairs, and that there is nothing anywhere else: so many rows have been looked at. */
export async function checkTogether(sent: Sent, landed: number): Promise<{ readonly redelivered: number }> {
  const { view, stories, events, slots, fault, system, database } = sent;
  const expected = createExpected(view, stories);
  const times = timesSent(events, slots);
  let undisturbed = 0;
  for (const story of stories)
    for (let nth = 0; nth < events; nth++) {
      const isCounted = expected.add(chapterOf(story, nth).event, eventOf(story, nth, view));
      if (isCounted) undisturbed += times[nth] ?? 0;
    }
  const sums = Object.keys(measures);
  const usage = `SELECT user, intDiv(toUnixTimestamp64Milli(toDateTime64(hour, 3, 'UTC')), 3600000) AS h, event, events, deliveries, ${sums.join(", ")} FROM ${database}.${system}_usage_by_hour`;
  const left = new Set(expected.usage.keys());
  let deliveries = 0;
  for await (const row of rowsOf(usage, sent)) {
    const key = rowKey(String(row.user), Number(row.h), String(row.event));
    const wanted = expected.usage.get(key);
    deliveries += Number(row.deliveries);
    if (!wanted || !left.delete(key)) fault(`Usage that nobody had: ${key}.`);
    else if (Number(row.events) !== wanted.events) fault(`Usage ${key}: ${row.events} events for ${wanted.events}.`);
    else
      for (const name of sums)
        if (Number(row[name]) !== wanted.sums[name])
          fault(`Usage ${key}: ${name} is ${row[name]} for ${wanted.sums[name]}.`);
  }
  for (const key of [...left].slice(0, 5)) fault(`No usage ${key}.`);
  await checkSince(sent, expected.usage);
  await checkPairs(sent, expected.pairs);
  await checkElsewhere(sent, landed);
  return { redelivered: deliveries - undisturbed };
}

/** How often each event is sent. */
function timesSent(events: number, slots: Slots): Uint16Array {
  const times = new Uint16Array(events);
  for (let number = 0; number < slots.count; number++) {
    const slot = slots.of(number);
    if (slot.kind !== "bad") times[slot.nth] = (times[slot.nth] ?? 0) + 1;
  }
  return times;
}

/** The question of a quota: what has one user used since a moment. */
async function checkSince(
  { consumer, database, system, fault }: Sent,
  usage: ReturnType<typeof createExpected>["usage"],
) {
  const since = Date.parse("2026-03-02T12:00:00Z");
  const users = [...new Set([...usage.keys()].map((key) => key.split(" ")[0] ?? ""))].sort().slice(0, 3);
  for (const user of users) {
    const wanted = new Map<string, number>();
    for (const [key, { events }] of usage) {
      const [own, hour = "0", event = ""] = key.split(" ");
      if (own === user && Number(hour) * 3_600_000 >= since) wanted.set(event, (wanted.get(event) ?? 0) + events);
    }
    const rows = await consumer.rows<{ event: string; events: string }>(
      `SELECT event, toString(events) AS events FROM ${database}.${system}_usage_since(user = '${user}', since = '2026-03-02 12:00:00')`,
    );
    const found = new Map(rows.map(({ event, events }) => [event, Number(events)]));
    const text = (counts: ReadonlyMap<string, number>): string => JSON.stringify([...counts].sort());
    if (text(found) !== text(wanted)) fault(`Usage of ${user} since is ${text(found)} for ${text(wanted)}.`);
  }
}

async function checkPairs(sent: Sent, pairs: ReturnType<typeof createExpected>["pairs"]): Promise<void> {
  const { fault } = sent;
  for (const [finish, { starts, finishes }] of pairs) {
    const left = new Set([...starts.keys(), ...finishes.keys()]);
    const query = `SELECT pair_key, toString(state) AS state, duration_ms FROM ${tableOf(finish, sent)}_pairs`;
    for await (const row of rowsOf(query, sent)) {
      const key = String(row.pair_key);
      const [from, to] = [starts.get(key), finishes.get(key)];
      const state = to === undefined ? "open" : from === undefined ? "orphan" : "closed";
      const duration = to === undefined || from === undefined ? null : String(to - from);
      if (!left.delete(key)) fault(`${finish}: the pair ${key} is there twice, or is none.`);
      if (row.state !== state || row.duration_ms !== duration)
        fault(`${finish}: the pair ${key} is ${row.state}, ${row.duration_ms} for ${state}, ${duration}.`);
    }
    for (const key of [...left].slice(0, 5)) fault(`${finish}: no pair ${key}.`);
  }
}

/** No table but those that were looked at has a row, and they have no other. */
async function checkElsewhere(sent: Sent, landed: number): Promise<void> {
  const { consumer, database, system, stories, channelOf, fault } = sent;
  const own = [...new Set(stories.flatMap(({ events }) => events.map(({ event }) => tableOf(event.name, sent))))];
  const counts = own.map((table) => `(SELECT count() FROM ${table} FINAL)`).join(" + ");
  const count = Number(await consumer.query(`SELECT ${counts}`));
  if (count !== landed)
    fault(`The tables have ${count} rows, and ${landed} of them name the topics that were sent to.`);
  const known = new Set([
    ...own,
    ...stories.map((story) => `${database}.${channelOf(story).dead}`),
    `${database}.${system}_usage`,
  ]);
  const tables = await consumer.rows<{ name: string; n: string }>(
    "SELECT concat(database, '.', name) AS name, toString(ifNull(total_rows, 0)) AS n FROM system.tables WHERE database NOT IN ('system', 'INFORMATION_SCHEMA', 'information_schema')",
  );
  for (const { name, n } of tables) if (!known.has(name) && n !== "0") fault(`${name} has ${n} rows.`);
}

type Row = Readonly<Record<string, unknown>>;

/** The rows of a query, by way of a file: there can be more of them than a process holds. */
async function* rowsOf(query: string, { consumer, folder }: Sent): AsyncIterable<Row> {
  const path = join(folder, "rows.jsonl");
  rmSync(path, { force: true });
  await consumer.query(
    `INSERT INTO FUNCTION file('${path}', 'JSONEachRow') SETTINGS date_time_output_format = 'iso', output_format_json_quote_64bit_integers = 1 ${query}`,
  );
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
    if (line !== "") yield JSON.parse(line) as Row;
  rmSync(path, { force: true });
}

/** The lines in which two contents differ. */
function difference(wanted: string, found: string): string {
  const [a, b] = [wanted.split("\n"), found.split("\n")];
  return [
    ...a.filter((line) => !b.includes(line)).map((line) => `  sent   ${line.slice(0, 300)}`),
    ...b.filter((line) => !a.includes(line)).map((line) => `  landed ${line.slice(0, 300)}`),
  ].join("\n");
}

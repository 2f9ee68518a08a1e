import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Event, Name } from "../../../pipeline/index.ts";
import { type WireValue, wireText } from "../../../verify/index.ts";
import { type Bench, type Judge, refused, taken, type Verdict } from "../judge.ts";
import { eventDifferences } from "./avro.ts";
import type { Tables } from "./tables.ts";

/** The way in for one topic, or one event: where messages go, and where those end that are no event. */
export interface Channel {
  readonly queue: string;
  readonly dead: string;
  /** The statements that make it. */
  readonly text: string;
  readonly topic: string;
  readonly system: Name;
}

/** The columns that a Kafka table has by itself, in a table that takes inserts. */
const standIn = `(raw String, _topic LowCardinality(String), _partition UInt64, _offset UInt64,
  _timestamp_ms Nullable(DateTime64(3, 'UTC')), _key String, \`_headers.name\` Array(String),
  \`_headers.value\` Array(String), _error String, _raw_message String) ENGINE = Null`;

/** The generated ways in of JSON messages, by the table of the event. */
export function channelsOf({ generated, events }: Bench): ReadonlyMap<string, Channel> {
  const channels = new Map<string, Channel>();
  for (const system of new Set(events.map((event) => event.system))) {
    const folder = join(generated, system, "clickhouse/ingest");
    for (const file of filesIn(folder)) {
      const text = readFileSync(join(folder, file), "utf8");
      const queue = /CREATE TABLE[^`]*`events`\.`([^`]+)`[^;]*?(?:ENGINE = Kafka|\(\s*`?raw`? String)/.exec(
        text.slice(text.lastIndexOf("CREATE TABLE")),
      )?.[1];
      const dead = /TO `events`\.`([^`]+_dead)`/.exec(text)?.[1];
      const topic = /kafka_topic_list = '([^']*)'/.exec(text)?.[1] ?? "";
      if (queue === undefined || dead === undefined) continue;
      for (const [, table = ""] of text.matchAll(/TO `events`\.`([^`]+)`/g))
        channels.set(table, { queue: `intake.${queue}`, dead: `intake.${dead}`, text, topic, system });
    }
  }
  return channels;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(".json.sql"));
  } catch {
    return [];
  }
}

/** Messages on their way through the generated checks: a sample is a good row or a dead letter, and never both or neither. */
export function ingest(bench: Bench, tables: Tables, channels: ReadonlyMap<string, Channel>): Judge {
  const made = new Set<string>();
  const open = (channel: Channel): void => {
    if (made.has(channel.text)) return;
    made.add(channel.text);
    for (const [, table = ""] of channel.text.matchAll(/TO `events`\.`([^`]+)`/g))
      if (!channel.text.includes(`EXISTS \`events\`.\`${table}\``)) tables.copy(channel.system, table, "intake");
    for (const statement of channel.text.split(/;\n/)) {
      const own = statement.includes("ENGINE = Kafka") ? statement.replace(/\n\([\s\S]*/, `\n${standIn}`) : statement;
      if (own.trim() === "") continue;
      const error = tables.run(own.replaceAll("`events`.", "`intake`."));
      if (error !== undefined) throw new Error(error);
    }
  };
  return {
    name: "clickhouse ingest",
    targets: ["clickhouse"],
    takes: (event) => channels.has(tables.nameOf(event)),
    judge: (event, samples) => {
      const table = tables.nameOf(event);
      const channel = channels.get(table);
      if (!channel) return samples.map((): Verdict => ({ kind: "unasked" }));
      open(channel);
      for (const name of [`intake.${table}`, channel.dead]) tables.run(`TRUNCATE TABLE ${name}`);
      const messages = samples.map(({ value }, i) =>
        JSON.stringify({ raw: wireText(value), _topic: channel.topic, _partition: 0, _offset: i, _timestamp_ms: 0 }),
      );
      const error = tables.run(`INSERT INTO ${channel.queue} FORMAT JSONEachRow ${messages.join("\n")}`);
      if (error !== undefined) throw new Error(error);
      const [good, dead] = [tables.rows(`intake.${table}`), tables.rows(channel.dead)];
      return samples.map(({ value, fault }, i): Verdict => {
        const [row, letter] = [good.get(i), dead.get(i)];
        if ((row === undefined) === (letter === undefined))
          return { kind: "failed", why: row === undefined ? "It is nowhere." : "It is good and dead." };
        if (letter !== undefined) return refused(String((letter as { readonly [key: string]: WireValue }).error));
        const found = fault ? [] : eventDifferences(bench, event, value, row ?? null, true);
        return found.length === 0 ? taken : { kind: "changed", got: wireText(row ?? null), differences: found };
      });
    },
  };
}

/** Whether an event comes in through checks, so that its table does not have to refuse what they do. */
export const isChecked = (tables: Tables, channels: ReadonlyMap<string, Channel>) => (event: Event) =>
  channels.has(tables.nameOf(event));

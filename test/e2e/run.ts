import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import type { Project } from "../../pipeline/index.ts";
import { checkTogether, checkTopic, type Sent, type TopicResult, tableOf } from "./check.ts";
import { prepare } from "./encodings.ts";
import { type Channel, type Encoding, type Pack, packOf, statementsOf } from "./pack.ts";
import { type Consumer, startBroker, startConsumer } from "./processes.ts";
import { committed, connect, createWatch, type Outgoing, send } from "./produce.ts";
import { slotsOf } from "./slots.ts";
import { measures, type Story, storiesOf } from "./stories.ts";
import type { Wire } from "./wire.ts";

/** What to run. */
export interface RunOptions {
  readonly project: Project;
  readonly system: string;
  readonly encodings: readonly Encoding[];
  /** Events per topic and encoding. */
  readonly events: number;
  /** Messages in the order of chance. */
  readonly shuffle: boolean;
  /** All topics at once, instead of one after the other. */
  readonly allTopics: boolean;
  readonly seed: number;
  /** Where `broker.mjs` and `consumer.mjs` are. */
  readonly scripts: string;
  readonly onStage?: (name: string, seconds: number) => void;
}

/** What a run has seen. */
export interface RunResult {
  readonly options: RunOptions;
  readonly topics: readonly TopicResult[];
  readonly stages: readonly { readonly name: string; readonly seconds: number }[];
  readonly faults: readonly string[];
  readonly faultCount: number;
  /** How many rows were written in spite of having been written before the crash, of those that usage counts. */
  readonly redelivered: number;
}

/** Faults that are told in words; all of them count. */
const mostTold = 40;

/** The way of all events of a system from their producers into their tables, with a crash in the middle. */
export async function runEndToEnd(options: RunOptions): Promise<RunResult> {
  const { project, system, encodings, events, shuffle, seed, scripts } = options;
  const stages: { name: string; seconds: number }[] = [];
  const stage = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    const seconds = (performance.now() - start) / 1000;
    const known = stages.find((one) => one.name === name);
    if (known) known.seconds += seconds;
    else stages.push({ name, seconds });
    options.onStage?.(name, seconds);
    return result;
  };
  const faults: string[] = [];
  let faultCount = 0;
  const fault = (text: string): void => {
    if (faultCount++ < mostTold) faults.push(text.length > 1000 ? `${text.slice(0, 1000)}…` : text);
  };

  const folder = mkdtempSync(join(tmpdir(), "concordat-e2e-"));
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const broker = await stage("broker", () => startBroker(scripts, join(folder, "broker")));
    ends.unshift(broker.stop);
    const settings = {
      kafka_flush_interval_ms: 500,
      kafka_poll_timeout_ms: 100,
      kafka_max_block_size: events > 100_000 ? 32_768 : 2_000,
    };
    const { wires, close: closeSchemas, ...where } = await prepare(encodings, project, system, folder, scripts);
    ends.unshift(closeSchemas);
    const pack = await packOf(project, system, encodings, {
      broker: broker.address,
      ...where,
      settings,
      measures: Object.keys(measures),
    });
    const consumer = await stage("consumer", () => startConsumer(scripts, join(folder, "data"), configIn(folder)));
    ends.unshift(consumer.kill);
    await stage("tables", () => execute(pack, consumer));

    const kafka = new Kafka({ clientId: "concordat", brokers: [broker.address], logLevel: logLevel.ERROR });
    const { producer, admin, close } = await connect(kafka);
    ends.unshift(close);
    const stories = storiesOf(project.view, system, pack.channels, seed);
    const slots = slotsOf(events, shuffle, seed);
    const database = databaseOf(pack);
    const channelOf = (story: Story): Channel => {
      const channel = pack.channels[story.number];
      if (!channel) throw new Error(`${story.topic} has no way in.`);
      return channel;
    };
    const wireOf = ({ encoding }: Story): Wire => {
      const wire = wires.get(encoding);
      if (!wire) throw new Error(`Nobody writes ${encoding}.`);
      return wire;
    };
    const deliver = async (story: Story): Promise<void> => {
      await send(producer, admin, channelOf(story), messagesOf(story, slots, wireOf(story)));
    };
    const drain = async (some: readonly Story[]): Promise<void> => {
      for (const story of some) {
        const watch = createWatch(story.topic);
        for (;;) {
          const read = await committed(admin, channelOf(story));
          if (read >= slots.count) break;
          watch(read);
          await pause(50);
        }
      }
    };
    const crash = async (some: readonly Story[]): Promise<void> => {
      await killInTheMiddle(consumer, some, slots.count * some.length, { system, database });
      await stage("restart", consumer.start);
    };

    if (options.allTopics) {
      await stage("produce", () => Promise.all([crash(stories), ...stories.map(deliver)]));
      await stage("consume", () => drain(stories));
    } else {
      const middle = stories[Math.floor(stories.length / 2)];
      for (const story of stories) {
        const crashes = story === middle ? [crash([story])] : [];
        await stage("produce", () => Promise.all([...crashes, deliver(story)]));
        await stage("consume", () => drain([story]));
      }
    }

    const sent: Sent = {
      view: project.view,
      system,
      database,
      stories,
      slots,
      events,
      channelOf,
      wireOf,
      consumer,
      folder,
      fault,
    };
    const topics = await stage("compare events and dead letters", async () => {
      const results: TopicResult[] = [];
      for (const story of stories) results.push(await checkTopic(story, sent));
      return results;
    });
    const { redelivered } = await stage("compare usage and pairs", () =>
      checkTogether(
        sent,
        topics.reduce((sum, { landed }) => sum + landed, 0),
      ),
    );
    for (const { topic, wanted, found } of topics)
      if (wanted !== found) fault(`${topic}: what landed is not what was sent: ${found} for ${wanted}.`);
    return { options, topics, stages, faults, faultCount, redelivered };
  } finally {
    for (const end of ends) await end();
  }
}

function configIn(folder: string): string {
  const path = join(folder, "config.xml");
  // A reader that is gone is noticed soon, and not before a group has formed, which takes the broker three
  // seconds. A queue that waits holds a thread of those that read, of which there are 16 otherwise.
  writeFileSync(
    path,
    `<clickhouse>
<background_message_broker_schedule_pool_size>64</background_message_broker_schedule_pool_size>
<kafka>
  <session_timeout_ms>6000</session_timeout_ms>
  <heartbeat_interval_ms>500</heartbeat_interval_ms>
</kafka></clickhouse>`,
  );
  return path;
}

async function execute({ tables, channels }: Pack, consumer: Consumer): Promise<void> {
  for (const sql of [...tables, ...channels.map((channel) => channel.sql)])
    for (const statement of statementsOf(sql)) await consumer.query(statement);
}

const databaseOf = ({ tables }: Pack): string =>
  /CREATE DATABASE IF NOT EXISTS `([^`]+)`/.exec(tables.join("\n"))?.[1] ?? "events";

function* messagesOf(story: Story, slots: ReturnType<typeof slotsOf>, wire: Wire): Iterable<Outgoing> {
  for (let position = 0; position < slots.count; position++) {
    const { number, slot } = slots.at(position);
    const value = slot.kind === "bad" ? wire.bad(story, slot.badClass, slot.nth) : wire.event(story, slot.nth);
    yield { number, value };
  }
}

/** Waits until a quarter of the messages have come through, and ends the reader while it writes. */
async function killInTheMiddle(
  consumer: Consumer,
  stories: readonly Story[],
  total: number,
  place: Pick<Sent, "system" | "database">,
): Promise<void> {
  const tables = stories.flatMap(({ events }) => events.map(({ event }) => tableOf(event.name, place)));
  const count = tables.map((table) => `(SELECT count() FROM ${table})`).join(" + ");
  let before = Number.NaN;
  const watch = createWatch("what is to be ended in the middle");
  for (;;) {
    const landed = Number(await consumer.query(`SELECT ${count}`));
    // Where rows have just come the block they are of is on its way into other tables, and not committed.
    if (landed > total / 4 && (landed > before || landed > total / 2)) break;
    before = landed;
    watch(landed);
  }
  await consumer.kill();
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

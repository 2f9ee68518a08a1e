import { type Admin, type Kafka, Partitioners, type Producer } from "kafkajs";
import type { Channel } from "./pack.ts";

/** The broker forgets what a partition holds beyond 5 MB: so much of a topic is under way at most. */
const mostUnderWay = 6_000_000;
const batchSize = 500;
/** When the messages of a run are sent, as far as Kafka is told. */
const begin = Date.parse("2026-03-05T00:00:00Z");

/** A message before it is sent. */
export interface Outgoing {
  /** What finds it again. */
  readonly number: number;
  readonly value: Buffer;
}

/** What a message carries beside its value. */
export const envelopeOf = (number: number) => ({
  key: `n${number}`,
  headers: { trace: number.toString(36), source: "e2e" },
  timestamp: String(begin + number),
});

/** A producer for all topics, and who looks how far their readers have come. */
export async function connect(kafka: Kafka): Promise<{
  readonly producer: Producer;
  readonly admin: Admin;
  readonly close: () => Promise<void>;
}> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  return { producer, admin, close: async () => void (await Promise.all([producer.disconnect(), admin.disconnect()])) };
}

/** How many messages of a topic its reader has committed. */
export async function committed(admin: Admin, { topic, group }: Channel): Promise<number> {
  const [found] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
  return (found?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
}

/** Longer than this nothing takes on a busy machine; a reader that stands still so long is not waited for. */
const longestStill = 180_000;

/** Told of a count again and again, throws when it does not change any more. */
export function createWatch(of: string): (count: number) => void {
  let last = Number.NaN;
  let since = performance.now();
  return (count) => {
    const now = performance.now();
    if (count !== last) [last, since] = [count, now];
    if (now - since > longestStill) throw new Error(`The reader of ${of} stands still at ${count}.`);
  };
}

/** Sends messages to a topic, never further ahead of its reader than the broker remembers. */
export async function send(
  producer: Producer,
  admin: Admin,
  channel: Channel,
  messages: Iterable<Outgoing>,
): Promise<void> {
  const { topic } = channel;
  let count = 0;
  let bytes = 0;
  let read = 0;
  let batch: Outgoing[] = [];
  const watch = createWatch(topic);
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    while (((count - read) / Math.max(1, count)) * bytes > mostUnderWay) {
      read = await committed(admin, channel);
      watch(read);
      await new Promise((done) => setTimeout(done, 50));
    }
    const own = batch.map(({ number, value }) => ({ ...envelopeOf(number), value }));
    await producer.send({ topic, acks: 1, messages: own });
    count += batch.length;
    for (const { value } of batch) bytes += value.length + 80;
    batch = [];
  };
  for (const message of messages) {
    batch.push(message);
    if (batch.length === batchSize) await flush();
  }
  await flush();
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statements } from "../generators/clickhouse/ingest/testing.ts";
import { generators, read } from "../pipeline/index.ts";
import { type Broker, type Consumer, startBroker, startConsumer } from "./e2e/processes.ts";

/** The replay that docs/ingest.md describes, over a broker: an insert into a queue is a message, and it comes back judged. */
const root = join(import.meta.dirname, "..");
const scripts = join(root, "test/e2e");
const sample = JSON.parse(readFileSync(join(root, "contracts/samples/telemetry.json"), "utf8"))[
  "xumi.weights.load.start"
].valid;
const [queue, dead, table] = ["xumi_load_json_queue", "xumi_load_json_dead", "xumi_weights_load_start"].map(
  (name) => `events.telemetry_${name}`,
);
let broker: Broker;
let consumer: Consumer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "replay-"));
  writeFileSync(join(folder, "config.xml"), "<clickhouse/>");
  broker = await startBroker(scripts, join(folder, "broker"));
  consumer = await startConsumer(scripts, join(folder, "data"), join(folder, "config.xml"));
  const { project } = await read({ folder: root });
  if (!project) throw new Error("The model of this repository has errors.");
  const kafka = { brokers: [broker.address], settings: { kafka_flush_interval_ms: 300, kafka_poll_timeout_ms: 100 } };
  const result = await generators.clickhouse?.generate(project.view, {
    options: { kafka } as never,
    report: () => {},
  });
  const own = (result?.files ?? []).filter(({ path }) =>
    /xumi_weights_load_\w+\.sql$|xumi_load\.json\.sql$/.test(path),
  );
  for (const { content } of own) for (const statement of statements(content)) await consumer.query(statement);
}, 120_000);
afterAll(async () => {
  await consumer?.kill();
  await broker?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const until = async (query: string, wanted: string): Promise<void> =>
  void (await expect.poll(async () => (await consumer.query(query)).trim(), { timeout: 60_000 }).toBe(wanted));
const letters = `SELECT class, count() FROM ${dead} FINAL GROUP BY class ORDER BY class`;

test("a letter that is mended becomes a row, one that is not a letter again", { timeout: 150_000 }, async () => {
  const raws = ["1", "2"].map((version) => `'${JSON.stringify({ ...sample, version })}'`);
  await consumer.query(`INSERT INTO ${queue} (raw) VALUES (${raws.join("), (")}), ('{')`);
  await until(letters, "unknown-version\t2\nunparsable\t1");
  const seen = (await consumer.query(`SELECT max(received_at) FROM ${dead}`)).trim();
  const those = `class = 'unknown-version' AND received_at <= '${seen}'`;
  await consumer.query(
    `INSERT INTO ${queue} (raw) SELECT replaceOne(raw, '"version":"1"', '"version":"1.0"') FROM ${dead} FINAL WHERE ${those}`,
  );
  await until(`SELECT version FROM ${table} FINAL`, "1.0");
  await until(letters, "unknown-version\t3\nunparsable\t1");
  await consumer.query(`DELETE FROM ${dead} WHERE ${those}`);
  await until(letters, "unknown-version\t1\nunparsable\t1");
  expect(
    await consumer.query(`SELECT raw LIKE '%"version":"2"%' FROM ${dead} FINAL WHERE class = 'unknown-version'`),
  ).toBe("1\n");
});

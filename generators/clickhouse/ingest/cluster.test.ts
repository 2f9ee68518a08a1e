import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "chdb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createView, type OutputFile } from "../../../model/index.ts";
import { read } from "../../../pipeline/index.ts";
import clickhouse from "../index.ts";
import type { Options } from "../options.ts";
import { deliver, execute, rows, statements } from "./testing.ts";

/**
 * The tables of several machines. Here are two shards in one process: both find their rows in the same table, so that each
 * is written once and read twice. What needs Keeper or other machines is read by ClickHouse's parser and not executed.
 */
const root = join(import.meta.dirname, "../../..");
let session: Session;
let folder: string;
let own: (options: Options) => readonly OutputFile[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "shards-"));
  const port = await freePort();
  const shard = `<shard><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`;
  writeFileSync(
    join(folder, "config.xml"),
    `<clickhouse><tcp_port>${port}</tcp_port><remote_servers><two>${shard}${shard}</two></remote_servers></clickhouse>`,
  );
  session = new Session(join(folder, "data"), { connectionArgs: [`--config-file=${join(folder, "config.xml")}`] });
  const { project } = await read({ folder: root });
  if (!project) throw new Error("The model of this repository has errors.");
  const view = createView(project.view.model, project.view.locate, ["telemetry"]);
  own = (options) => clickhouse.generate(view, { options, report: () => {} }).files;
}, 60_000);
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true, force: true });
});

const sqlOf = (files: readonly OutputFile[]): readonly string[] =>
  files.filter(({ path }) => path.endsWith(".sql")).flatMap(({ content }) => statements(content));

test("every statement is one that ClickHouse reads, and goes to the whole cluster", { timeout: 120_000 }, () => {
  const all = sqlOf(own({ cluster: { name: "{cluster}" }, usage: { measures: ["object_size"] } }));
  const created = all.filter((statement) => /^CREATE (?!OR REPLACE VIEW)/m.test(statement));
  expect(created.length).toBeGreaterThan(100);
  for (const statement of all) {
    expect(statement).toContain("ON CLUSTER '{cluster}'");
    session.query(`EXPLAIN AST ${statement.replace(/^--.*\n/gm, "").trim()}`);
  }
  const engines = new Set(all.flatMap((statement) => /ENGINE = (\w+)/.exec(statement)?.[1] ?? []));
  expect([...engines].sort()).toEqual([
    "Distributed",
    "Kafka",
    "Null",
    "ReplicatedAggregatingMergeTree",
    "ReplicatedMergeTree",
    "ReplicatedReplacingMergeTree",
  ]);
  expect(all.find((statement) => statement.includes("AS `events`.`telemetry_xumi_generation_start_local`"))).toContain(
    "Distributed('{cluster}', 'events', 'telemetry_xumi_generation_start_local', cityHash64(`event_id`))",
  );
});

const id = (n: number): string => `61f0c404-5cb3-11e7-907b-${n.toString(16).padStart(12, "0")}`;
const samples: Readonly<Record<string, { readonly valid: object }>> = JSON.parse(
  readFileSync(join(root, "contracts/samples/telemetry.json"), "utf8"),
);
const sample = (event: string, more: object): string => JSON.stringify({ ...samples[event]?.valid, ...more });
const send = (topic: string, messages: readonly string[]): void =>
  deliver(
    session,
    `events.telemetry_${topic}_json_queue`,
    topic,
    messages.map((raw, offset) => ({ raw, offset })),
  );

describe("on two shards", () => {
  beforeAll(() => {
    session.query("SET distributed_foreground_insert = 1");
    const files = own({ cluster: { name: "two", replicated: false }, usage: { measures: ["object_size"] } });
    execute(
      session,
      files.map(({ path, content }) => ({ path, content: content.replaceAll(" ON CLUSTER 'two'", "") })),
    );
  }, 60_000);

  test("what is delivered twice goes to the same shard", () => {
    session.query("SYSTEM STOP MERGES events.telemetry_assets_access_read_local");
    const reads = Array.from({ length: 200 }, (_, n) =>
      sample("assets.access.read", { event_id: id(n), user_id: id(n % 3), object_size: n }),
    );
    for (let n = 0; n < 2; n++) send("asset_access", [...reads, "{"]);
    // A shard's share of a block is a part by itself.
    const parts =
      "SELECT groupArraySorted(1000)(kafka_offset) AS offsets FROM events.telemetry_assets_access_read_local GROUP BY _part";
    const shares = (rows(session, parts) as { offsets: string[] }[]).map(({ offsets }) => offsets.join());
    expect(shares).toHaveLength(4);
    const [one, other] = [...new Set(shares)].map((share) => share.split(",").map(Number));
    expect([...(one ?? []), ...(other ?? [])].sort((a, b) => a - b)).toEqual(reads.map((_, n) => n));

    const count = (table: string): unknown => rows(session, `SELECT count() AS n FROM events.${table} FINAL`);
    expect(count("telemetry_assets_access_read_local")).toEqual([{ n: "200" }]);
    expect(count("telemetry_asset_access_json_dead_local")).toEqual([{ n: "1" }]);
    expect(count("telemetry_assets_access_read")).toEqual([{ n: "400" }]);
    const sum = (user: number): string => String(reads.reduce((total, _, n) => total + (n % 3 === user ? n : 0), 0));
    expect(rows(session, "SELECT user, events, object_size FROM events.telemetry_usage_by_hour ORDER BY user")).toEqual(
      [
        { user: id(0), events: "67", object_size: sum(0) },
        { user: id(1), events: "67", object_size: sum(1) },
        { user: id(2), events: "66", object_size: sum(2) },
      ],
    );
  });

  test("starts and finishes meet across them", () => {
    const messages = Array.from({ length: 40 }, (_, n) => [
      sample("xumi.weights.load.start", { event_id: id(n) }),
      sample("xumi.weights.load.complete", { event_id: id(1000 + n), origin_event_id: id(n + 10) }),
    ]).flat();
    send("xumi_load", messages);
    const pairs = "events.telemetry_xumi_weights_load_complete_pairs";
    expect(rows(session, `SELECT state, uniqExact(pair_key) AS n FROM ${pairs} GROUP BY state ORDER BY state`)).toEqual(
      [
        { state: "open", n: "10" },
        { state: "closed", n: "30" },
        { state: "orphan", n: "10" },
      ],
    );
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

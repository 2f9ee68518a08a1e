import { join } from "node:path";
import { Session } from "chdb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generate } from "../../pipeline/index.ts";

/** The tables of the real systems, executed by ClickHouse, with events as their producers send them. */
let session: Session;
let files: readonly { readonly path: string; readonly content: string }[];

beforeAll(async () => {
  session = new Session();
  session.query("SET date_time_input_format = 'best_effort'");
  // Kafka is not here; what reads from it is shown in ingest/.
  const folder = join(import.meta.dirname, "../..");
  const result = await generate({ folder, mode: "dry-run", only: ["clickhouse"] });
  files = (result.files ?? []).filter(({ path }) => /\/clickhouse\/[^/]+\.sql$/.test(path));
}, 60_000);
afterAll(() => session.close());

test("there is a table per event, and every statement runs twice in a row", { timeout: 60_000 }, () => {
  const of = (system: string): number => files.filter(({ path }) => path.startsWith(`${system}/clickhouse/`)).length;
  expect({ h2o: of("h2o"), flyte: of("flyte"), clearml: of("clearml"), telemetry: of("telemetry") }).toEqual({
    h2o: 96,
    flyte: 3,
    clearml: 5,
    telemetry: 22,
  });
  for (const { content } of [...files, ...files])
    for (const statement of content.split(/;\n/).filter((part) => part.trim() !== "")) session.query(statement);
  expect(session.query("SELECT count() FROM system.tables WHERE database = 'events'", "TSV")).toBe("126\n");
});

const id = (n: number): string => `61f0c404-5cb3-11e7-907b-a6006ad3db${n.toString(16).padStart(2, "0")}`;

type Row = Readonly<Record<string, unknown>>;
/** An event, and what its row has beside it or in another form. */
const samples: readonly (readonly [table: string, event: Row, expected: Row])[] = [
  [
    "telemetry_xumi_weights_load_complete",
    {
      event_id: id(1),
      event_type: "xumi.weights.load.complete",
      timestamp: "2024-05-06T07:08:09.123+02:00",
      tenant_id: id(2),
      source: "xumi",
      version: "1.0",
      metadata: { attempt: 2, node: { zone: "a" } },
      model: "llama:3",
      url: "s3://weights/llama",
      origin_event_id: id(3),
      result: true,
      speed: 1.5,
      size: 4096,
      node_id: id(4),
      vm_type: "gpu",
      host_name: "h1",
      storage_size: 1000,
      storage_type: "ssd",
    },
    {
      timestamp: "2024-05-06T05:08:09.123Z",
      user_id: null,
      session_id: null,
      tags: null,
      metadata: { attempt: "2", node: { zone: "a" } },
      size: "4096",
      storage_size: "1000",
    },
  ],
  [
    "flyte_node_execution",
    {
      id: { nodeId: "n0", executionId: { project: "p", domain: "d", name: "e" } },
      producerId: "propeller",
      phase: "RUNNING",
      occurredAt: "2024-05-06T07:08:09.123456789Z",
      inputUri: "s3://in",
      taskNodeMetadata: { cacheStatus: "CACHE_HIT", catalogKey: { artifactTag: { artifactId: "a", name: "t" } } },
    },
    {
      outputUri: null,
      error: null,
      workflowNodeMetadata: null,
      parentTaskMetadata: null,
      taskNodeMetadata: {
        cacheStatus: "CACHE_HIT",
        catalogKey: { datasetId: null, artifactTag: { artifactId: "a", name: "t" }, sourceTaskExecution: null },
      },
    },
  ],
];

test.each(samples)("%s takes what is sent and gives it back", (table, event, expected) => {
  session.query(`INSERT INTO events.${table} FORMAT JSONEachRow ${JSON.stringify(event)}`);
  const settings = "date_time_output_format = 'iso', output_format_json_quote_64bit_integers = 1";
  const select = `SELECT * EXCEPT (ingested_at, kafka_topic, kafka_partition, kafka_offset) FROM events.${table}`;
  const row: unknown = JSON.parse(session.query(`${select} SETTINGS ${settings}`, "JSONEachRow"));
  expect(row).toEqual({ ...event, ...expected });
});

test("h2o_app_create takes enums by number and integers in strings", () => {
  const app = { id: "a", created_at: "2024-05-06T07:08:09Z", keywords: ["x"], visibility: 2, tags: [{ id: "t" }] };
  const event = { app, app_runtime: { volume_size_bytes: "9007199254740993", resources: { gpu_count: "2" } } };
  session.query(`INSERT INTO events.h2o_app_create FORMAT JSONEachRow ${JSON.stringify(event)}`);
  const what =
    "app.visibility, app.keywords, app.tags.id AS tags, app_runtime.volume_size_bytes, app_runtime.resources.gpu_count";
  expect(session.query(`SELECT ${what} FROM events.h2o_app_create`, "TSV")).toBe(
    "ALL_SIGNED_IN_USERS\t['x']\t['t']\t9007199254740993\t2\n",
  );
});

test("clearml_plot takes its numbers as they are", () => {
  const event = { type: "plot", task: "t1", timestamp: 1700000000123, iter: 3, metric: "roc", plot_str: "{}" };
  session.query(`INSERT INTO events.clearml_plot FORMAT JSONEachRow ${JSON.stringify(event)}`);
  const what =
    "type, task, toInt64(timestamp), toInt64(iter), metric, isNull(variant), plot_str, isNull(skip_validation)";
  expect(session.query(`SELECT ${what} FROM events.clearml_plot`, "TSV")).toBe(
    "plot\tt1\t1700000000123\t3\troc\t1\t{}\t1\n",
  );
});

// node bench/ingest.mjs [events]
//
// What the way in costs in ClickHouse: events of every kind that the telemetry service sends over Kafka, made by the sample
// maker, put through the generated pack in blocks, with a table that takes inserts in the place of each Kafka table. One
// process, one thread per query; the variants alternate, and each figure is the median of the rounds.
import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Session } from "chdb";
import { build } from "esbuild";
import { esbuildPluginFolders } from "../build/plugin-folders.mjs";
import { median } from "./measure.mjs";

const root = join(import.meta.dirname, "..");
const total = Number(process.argv[2] ?? 100_000);
const rounds = 3;
/** How many messages of a topic a reader has in hand when it writes them. */
const usual = 10_000;
const smaller = [2_000, 500];
/** Samples of an event, before each is given an identity and a time of its own. */
const templates = 400;
const begin = Date.parse("2026-03-01T00:00:00Z");
/** All of it happens within an hour: every user does the same thing some ten times in it. */
const spread = 3_600_000;

/** What is left of the pack in each variant, from the least on. */
const variants = [
  { name: "checks", title: "checks alone", options: { usage: false } },
  { name: "tables", title: "checks and tables", options: { usage: false } },
  { name: "usage", title: "checks, tables and usage", options: { usage: { measures: ["size", "object_size"] } } },
];

async function main() {
  const { project } = await sources.read({ folder: root });
  if (!project) throw new Error("The project does not load: run `concordat check`.");
  const { view } = project;
  const topics = topicsOf(view);
  const messages = loadMessages(view, topics);
  for (const variant of variants) createPack(view, variant);
  createUnchecked(view, topics);
  // What ClickHouse does by itself would be counted with whatever runs at that moment.
  session.query("SYSTEM STOP MERGES");
  session.query("SET max_threads = 1, max_insert_threads = 1");

  const runs = [
    { title: "messages read, nothing done", run: () => readOnly() },
    { title: "no checks: JSONEachRow into each table", database: "unchecked", run: () => unchecked(messages) },
    ...variants.map(({ name, title }) => ({
      title: `${title}, blocks of ${thousands(usual)}`,
      database: name,
      run: () => deliver(name, topics, usual),
    })),
    ...smaller.map((block) => ({
      title: `all of it, blocks of ${thousands(block)}`,
      database: "usage",
      run: () => deliver("usage", topics, block),
    })),
    {
      title: `dead letters only, blocks of ${thousands(usual)}`,
      database: "tables",
      run: () => deliver("tables", topics, usual, `replaceOne(raw, '"version":"1.0"', '"version":"9.9"')`),
    },
  ];
  const figures = runs.map(() => []);
  const left = runs.map(() => undefined);
  for (let round = 0; round < rounds; round++)
    for (const [at, { database, run }] of runs.entries()) {
      if (database) empty(database);
      figures[at].push(cpuSeconds(run));
      if (database) left[at] = storedIn(database);
    }
  empty("usage");
  deliver("usage", topics, usual);
  const seconds = cpuSeconds(() => mergeAll("usage"));
  return reportText(runs, figures, left, { seconds, ...storedIn("usage") }, readsOf(), messages.bytes);
}

/** What questions cost that are asked often, with all parts merged. */
function readsOf() {
  const read = "usage.telemetry_assets_access_read";
  const questions = [
    ["the rows of one event, counted", `SELECT count() FROM ${read} WHERE NOT ignore(event_id)`],
    ["the same, each event once (`FINAL`)", `SELECT count() FROM ${read} FINAL WHERE NOT ignore(event_id)`],
    [
      "what one user has used since a moment",
      `SELECT * FROM usage.telemetry_usage_since(user = '${idOf(7)}', since = '2026-03-01 00:00:00')`,
    ],
    ["what all users have used, by the hour", "SELECT * FROM usage.telemetry_usage_by_hour FORMAT Null"],
    ["starts and finishes of one kind", "SELECT * FROM usage.telemetry_xumi_weights_load_complete_pairs FORMAT Null"],
  ];
  return questions.map(([title, query]) => {
    const times = Array.from({ length: 7 }, () => cpuSeconds(() => session.query(query)));
    return { title, seconds: median(times) };
  });
}

/** The Kafka topics of the telemetry service, and their events. */
function topicsOf(view) {
  const kafka = view.topics.filter(({ transport }) => transport !== "event-hubs");
  return kafka
    .map(({ name }) => ({ name, events: view.events("telemetry").filter(({ topic }) => topic === name), count: 0 }))
    .filter(({ events }) => events.length > 0);
}

/** Has all messages wait in a table, so that no run makes them; answers their text by event, and how much it is. */
function loadMessages(view, topics) {
  const system = view.systems.find(({ name }) => name === "telemetry");
  session.query("CREATE DATABASE bench");
  session.query(
    "CREATE TABLE bench.messages (topic String, n UInt64, raw String) ENGINE = MergeTree ORDER BY (topic, n)",
  );
  const makers = topics.flatMap((topic) =>
    topic.events.map(({ name }) => ({
      topic,
      event: name,
      samples: [...sources.sampleMaker(view, system, eventNamed(view, name), { seed: 1 }).valid(templates)],
      raws: [],
    })),
  );
  let rows = [];
  for (let n = 0; n < total; n++) {
    const { topic, samples, raws } = makers[n % makers.length];
    const { value } = samples[Math.floor(n / makers.length) % samples.length];
    const own = {
      event_id: idOf(n),
      user_id: idOf(n % 500),
      timestamp: new Date(begin + (n / total) * spread).toISOString(),
    };
    const raw = sources.wireText({ ...value, ...own });
    raws.push(raw);
    rows.push(JSON.stringify({ topic: topic.name, n: topic.count++, raw }));
    if (rows.length < 20_000 && n < total - 1) continue;
    session.query(`INSERT INTO bench.messages FORMAT JSONEachRow ${rows.join("\n")}`);
    rows = [];
  }
  session.query("OPTIMIZE TABLE bench.messages FINAL");
  const text = new Map(makers.map(({ event, raws }) => [event, raws.join("\n")]));
  return { text, bytes: [...text.values()].reduce((sum, one) => sum + Buffer.byteLength(one), 0) };
}

const eventNamed = (view, name) => view.events("telemetry").find((event) => event.name === name);

/** A UUID that looks like one made by chance, and is the same in every run. */
function idOf(n) {
  const hex = createHash("md5").update(String(n)).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function generated(view, name, options) {
  const { files } = sources.generators.clickhouse.generate(view, {
    options: { ...options, database: name },
    report: () => {},
  });
  return files.filter(({ path }) => path.startsWith("telemetry/clickhouse/"));
}

function createPack(view, { name, options }) {
  sources.execute(session, generated(view, name, options));
  if (name !== "checks") return;
  const views = session.query(
    "SELECT name FROM system.tables WHERE database = 'checks' AND name LIKE '%\\_json\\_view'",
    "TSV",
  );
  for (const one of views.split("\n").filter(Boolean)) session.query(`DROP VIEW checks.${one} SYNC`);
}

/** The same tables without anything before them. */
function createUnchecked(view) {
  const tables = generated(view, "unchecked", { ingest: false, usage: false });
  sources.execute(
    session,
    tables.filter(({ path }) => !path.includes("/ingest/")),
  );
}

const tableOf = (database, event) => `${database}.telemetry_${event.replaceAll(".", "_")}`;

const readOnly = () => session.query("SELECT sum(cityHash64(raw)) FROM bench.messages");

function unchecked({ text }) {
  const settings = "date_time_input_format = 'best_effort', input_format_skip_unknown_fields = 1";
  for (const [event, rows] of text)
    session.query(`INSERT INTO ${tableOf("unchecked", event)} SETTINGS ${settings} FORMAT JSONEachRow ${rows}`);
}

/** As the reader of a topic does it: a block at a time, and each block at once into all that follows. */
function deliver(database, topics, block, raw = "raw") {
  const whole = `max_block_size = ${block}, max_insert_block_size = ${block}, min_insert_block_size_rows = ${block}`;
  for (const { name, count } of topics)
    for (let from = 0; from < count; from += block)
      session.query(
        `INSERT INTO ${database}.telemetry_${name}_json_queue (raw, _topic, _offset, _timestamp_ms)
        SELECT ${raw}, topic, n, toDateTime64('2026-03-08 00:00:00', 3, 'UTC') FROM bench.messages
        WHERE topic = '${name}' AND n >= ${from} AND n < ${from + block} SETTINGS ${whole}`,
      );
}

const storing = (database) =>
  session
    .query(`SELECT name FROM system.tables WHERE database = '${database}' AND engine LIKE '%MergeTree'`, "TSV")
    .split("\n")
    .filter(Boolean);

function empty(database) {
  for (const name of storing(database)) session.query(`TRUNCATE TABLE ${database}.${name} SYNC`);
}

function mergeAll(database) {
  session.query("SYSTEM START MERGES");
  for (const name of storing(database)) session.query(`OPTIMIZE TABLE ${database}.${name} FINAL`);
}

/** Rows, parts and bytes of the events' tables, of usage and of dead letters. */
function storedIn(database) {
  const kind = "multiIf(table LIKE '%\\_usage', 'usage', table LIKE '%\\_dead', 'dead', 'events') AS kind";
  const sums = "count() AS parts, sum(rows) AS rows, sum(bytes_on_disk) AS bytes";
  const query = `SELECT ${kind}, ${sums} FROM system.parts WHERE database = '${database}' AND active GROUP BY kind`;
  const lines = session.query(query, "JSONEachRow").split("\n").filter(Boolean);
  const found = new Map(lines.map((line) => JSON.parse(line)).map((row) => [row.kind, row]));
  const of = (name) => {
    const { parts = 0, rows = 0, bytes = 0 } = found.get(name) ?? {};
    return { parts: Number(parts), rows: Number(rows), bytes: Number(bytes) };
  };
  return { events: of("events"), usage: of("usage"), dead: of("dead") };
}

function cpuSeconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function reportText(runs, figures, left, merge, reads, bytes) {
  const perEvent = (seconds) => (seconds / total) * 1e6;
  const costs = figures.map(median);
  const base = perEvent(costs[0]);
  const plain = perEvent(costs[1]) - base;
  const rows = runs.map(({ title }, at) => {
    const micros = perEvent(costs[at]);
    const { events, usage, dead } = left[at] ?? {};
    const stored = events && [events, usage, dead].reduce((sum, one) => sum + one.bytes, 0);
    return [
      title,
      micros.toFixed(1),
      thousands(1e6 / micros),
      at === 0 ? "" : `${((micros - base) / plain).toFixed(1)}x`,
      stored ? thousands(events.parts + usage.parts + dead.parts) : "",
      stored ? (stored / total).toFixed(0) : "",
    ];
  });
  const { seconds, events, usage } = merge;
  return [
    `ClickHouse ${version()} in process, ${thousands(total)} events of ${(bytes / total).toFixed(0)} bytes, medians of ${rounds} alternating rounds`,
    "",
    ...table(["way in", "CPU µs per event", "events per CPU second", "to no checks", "parts", "bytes per event"], rows),
    "",
    `All parts merged into one per table: ${perEvent(seconds).toFixed(1)} µs per event; then ${(events.bytes / events.rows).toFixed(0)} bytes per event, and ${thousands(usage.rows)} rows of usage with ${(usage.bytes / usage.rows).toFixed(0)} bytes each.`,
    "",
    ...table(
      ["question", "CPU ms"],
      reads.map(({ title, seconds: each }) => [title, (each * 1000).toFixed(0)]),
    ),
  ].join("\n");
}

const version = () => session.query("SELECT version()", "TSV").trim();
const thousands = (value) => Math.round(value).toLocaleString("en");
const table = (head, rows) =>
  [head, head.map((_, at) => (at === 0 ? "---" : "---:")), ...rows].map((row) => `| ${row.join(" | ")} |`);

/** The sources as one module, with the tests' way of executing generated files without a Kafka. */
async function buildSources() {
  const folder = join(root, "node_modules/.cache/concordat");
  const outfile = join(folder, `bench-ingest-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  try {
    await build({
      stdin: {
        contents: `export * from "./pipeline/index.ts"; export { execute } from "./generators/clickhouse/ingest/testing.ts";`,
        resolveDir: root,
        loader: "ts",
      },
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
      outfile,
      plugins: [esbuildPluginFolders],
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}

const sources = await buildSources();
const session = new Session();
try {
  console.log(await main());
} finally {
  session.close();
}

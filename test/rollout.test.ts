import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Session } from "chdb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deliver, rows, standIn, statements } from "../generators/clickhouse/ingest/testing.ts";
import { createView, generators, read } from "../pipeline/index.ts";

/** The plan of the telemetry service, followed to the letter: what it names is executed, in the order in which it names it. */
const root = join(import.meta.dirname, "..");
const samples = JSON.parse(readFileSync(join(root, "contracts/samples/telemetry.json"), "utf8")) as Readonly<
  Record<string, { readonly valid: object }>
>;
let session: Session;
let files: ReadonlyMap<string, string>;
let plan: string;
/** The files of each step. */
let steps: readonly (readonly string[])[];
let back: readonly string[];

beforeAll(async () => {
  session = new Session();
  const { project } = await read({ folder: root });
  if (!project) throw new Error("The model of this repository has errors.");
  const view = createView(project.view.model, project.view.locate, ["telemetry"]);
  const options = { ingest: { intake: true }, usage: { measures: ["object_size"] } };
  const result = await generators.clickhouse?.generate(view, { options: options as never, report: () => {} });
  files = new Map(result?.files.map(({ path, content }) => [path.replace("telemetry/clickhouse/", ""), content]));
  plan = files.get("ROLLOUT.md") ?? "";
  const [there = "", andBack = ""] = plan.split("## The way back");
  const parts = there.split(/^## /m).slice(1);
  steps = parts.map((part) => [...part.matchAll(/`([a-z/_.]+\.sql)`/g)].map(([, file = ""]) => file));
  back = sqlIn(andBack);
}, 60_000);
afterAll(() => session.close());
beforeEach(() => session.query("DROP DATABASE IF EXISTS events SYNC"));

const sqlIn = (text: string): readonly string[] =>
  [...text.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, block = ""]) => statements(block));
const run = (all: readonly string[]): void => {
  for (const file of all)
    for (const statement of statements(files.get(file) ?? `${file} is not there`)) session.query(standIn(statement));
};
const goBack = (): void => {
  for (const statement of back) session.query(statement);
};
const left = (): readonly string[] =>
  (
    rows(session, "SELECT name, engine FROM system.tables WHERE database = 'events' ORDER BY name") as {
      name: string;
      engine: string;
    }[]
  ).map(({ name, engine }) => `${name} ${engine.replace(/^\w*MergeTree$/, "rows")}`);
const sample = (event: string): string => JSON.stringify(samples[event]?.valid);

test("names every file once, tables first", () => {
  expect([...steps.flat()].sort()).toEqual([...files.keys()].filter((file) => file.endsWith(".sql")).sort());
  const rank = (file: string): number =>
    !file.startsWith("ingest/") ? 0 : /usage|pairs/.test(file) ? 1 : file.includes("workflow_task") ? 3 : 2;
  expect(steps.map((step) => [...new Set(step.map(rank))])).toEqual([[0], [1], [2], [3], []]);
});

test("works in its order, and everything is there when the first topic begins to be read", () => {
  for (const step of steps.slice(0, 2)) run(step);
  for (const file of steps[2] ?? []) {
    run([file]);
    const topic = /ingest\/(\w+)\.json\.sql/.exec(file)?.[1] ?? "";
    deliver(session, `events.telemetry_${topic}_json_queue`, topic, [
      ...Object.keys(samples).map((event, offset) => ({ raw: sample(event), offset })),
    ]);
  }
  run(steps[3] ?? []);
  for (const event of ["started", "completed", "failed"]) {
    const raw = sample(`workflow.task.${event}`).replaceAll("'", "\\'");
    session.query(`INSERT INTO events.telemetry_workflow_task_${event}_json_queue (raw) VALUES ('${raw}')`);
  }
  const tables = (steps[0] ?? []).map((file) => file.replace(".sql", ""));
  for (const name of tables)
    expect(rows(session, `SELECT count() AS n FROM events.${name}`), name).toEqual([{ n: "1" }]);
  expect(rows(session, "SELECT sum(events) > 0 AS some FROM events.telemetry_usage_by_hour")).toEqual([{ some: 1 }]);
  // The questions that the plan has the reader ask are ones that ClickHouse answers.
  for (const question of sqlIn(plan.split("## The way back")[0] ?? "")) session.query(question);
});

describe("in another order", () => {
  test.each(["ingest/usage.sql", "ingest/pairs.sql", "ingest/xumi_load.json.sql"])("%s alone fails", (file) => {
    session.query("CREATE DATABASE events");
    expect(() => run([file])).toThrow(/UNKNOWN_TABLE|does not exist/i);
  });
});

describe("the way back", () => {
  test("leaves nothing but rows, from wherever one stopped", () => {
    for (const step of steps) {
      run(step);
      goBack();
      expect(left().filter((table) => !table.endsWith(" rows"))).toEqual([]);
    }
  });

  test("stops what comes in before what it would go to", () => {
    const kinds = back.filter((one) => one.includes("_xumi_load_json_")).map((one) => /^DROP (\w+)/.exec(one)?.[1]);
    expect(kinds).toEqual(["VIEW", "TABLE", "VIEW", "TABLE"]);
    expect(back.findLastIndex((one) => one.includes("_queue`"))).toBeLessThan(
      back.findIndex((one) => one.includes("_usage")),
    );
  });

  test("and there again goes on: rows stay, what comes later joins them, and all of it can go", () => {
    const some = ["telemetry_assets_access_read.sql", "ingest/asset_access.json.sql"];
    const send = (offset: number): void =>
      deliver(session, "events.telemetry_asset_access_json_queue", "asset_access", [
        { raw: sample("assets.access.read").replace(/"event_id":"\w{8}/, `"event_id":"0000000${offset}`), offset },
        { raw: "{", offset: offset + 100 },
      ]);
    run(some);
    send(1);
    goBack();
    run(some);
    send(2);
    const [events, dead] = ["telemetry_assets_access_read", "telemetry_asset_access_json_dead"];
    for (const name of [events, dead])
      expect(rows(session, `SELECT count() AS n FROM events.${name} FINAL`)).toEqual([{ n: "2" }]);
    goBack();
    expect(left()).toEqual([`${dead} rows`, `${events} rows`]);
    for (const name of [events, dead]) session.query(`DROP TABLE events.${name} SYNC`);
    expect(left()).toEqual([]);
  });
});

import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Migration, OutputFile, View } from "../../../model/index.ts";
import { generate } from "../../../pipeline/index.ts";
import clickhouse from "../index.ts";
import { execute } from "../ingest/testing.ts";
import { database } from "./testing.ts";

/** What a server says of the tables of this repository is what the contracts say of them. */
let db: ReturnType<typeof database>;
let files: readonly OutputFile[];
let view: View;
beforeAll(async () => {
  db = database();
  const made = await generate({ folder: join(import.meta.dirname, "../../.."), mode: "dry-run", only: ["clickhouse"] });
  files = made.files ?? [];
  view = made.project?.view as View;
  execute(db.session, files);
}, 120_000);
afterAll(() => db.close());

const planFrom = (before: readonly OutputFile[], running: boolean): Migration | undefined =>
  clickhouse.migrate?.({ before, after: files, view, running, allow: [] }, ({ message }) => {
    throw new Error(message);
  });

test("every table as the server describes it is the table that was generated", () => {
  const names = db
    .run("SELECT name FROM system.tables WHERE database = 'events' AND engine LIKE '%MergeTree'")
    .split("\n");
  const content = names.map((name) => `${db.run(`SHOW CREATE TABLE events.\`${name}\``)};`).join("\n\n");
  expect(names.length).toBeGreaterThan(100);
  expect(planFrom([{ path: "running.sql", content }], true)).toEqual({ steps: [], withheld: [] });
});

test("what was generated needs no migration to itself, in little time", () => {
  const start = performance.now();
  expect(planFrom(files, false)).toEqual({ steps: [], withheld: [] });
  expect(performance.now() - start).toBeLessThan(5000);
});

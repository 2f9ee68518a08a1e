import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../support/project.ts";

const run = (...cases: readonly object[]) =>
  spawnSync(
    process.execPath,
    [join(import.meta.dirname, "alter.mjs"), folderWith({ "some-alter.json": JSON.stringify({ cases }) })],
    { encoding: "utf8" },
  );

const wider = {
  name: "wider",
  cols: "id UInt64, v Int32",
  engine: "MergeTree order by id",
  alter: "modify column v Int64",
  steps: [{ a: "modify column v Int64", ok: true }],
  ok: true,
  mutations: "1\t1\t['']",
  after: '{"id":1,"v":5}',
};

test("changes are judged as ClickHouse executed them", () => {
  const { stdout, status } = run(wider, { name: "Float32->Float64", alter: "OK ", mut: "OK 1", after: "OK 1\t0.5" });
  expect(stdout).toBe("2 judged as they ran, 0 more strictly, 0 failed\n");
  expect(status).toBe(0);
});

test("saying that less can go wrong than did fails the run, being stricter does not", () => {
  const refused = { ...wider, ok: false, mutations: "0\t0\t[]", steps: [{ a: "", ok: false }] };
  expect(run(refused).stdout).toContain("failed: wider ran as refused, and is judged rewrite\n");
  expect(run(refused).status).toBe(1);
  const narrower = { ...wider, cols: "id UInt64, v Int64", alter: "modify column v Int32" };
  expect(run(narrower, wider).stdout).toContain("stricter: wider ran as rewrite, and is judged preflight\n");
  expect(run(narrower, wider).status).toBe(0);
});

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../support/project.ts";

const run = (rows: readonly object[]) =>
  spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, "compatibility.mjs"),
      folderWith({ "ir-cases.json": JSON.stringify(pairs), "rule-table-rows.json": JSON.stringify(rows) }),
    ],
    { encoding: "utf8" },
  );

const id = { num: 1, name: "id", type: "string", req: true };
const pairs = [
  {
    kind: "a field more",
    old: { fields: [id] },
    new: { fields: [id, { num: 2, name: "w", type: "int32", opt: true }] },
  },
];
const measured = { kind: "a field more", bin: "S/u", pj: "S/u", jc: "S/B", jo: "B/S", av: "S/S", ts: "S/S/S" };

test("agreement is counted, cell by cell", () => {
  expect(run([measured]).stdout).toContain("1 pairs, 6 cells agree, 0 are known to differ");
});

test("a verdict that is safer than what was measured is told, and fails the run", () => {
  const { stdout, status } = run([{ ...measured, av: "B/S" }]);
  expect(stdout).toContain("a field more: av: measured B/S, we say S/S, which is safer than measured\n");
  expect(status).toBe(1);
});

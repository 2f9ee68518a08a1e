// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HOCON writes its substitutions like that
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../support/project.ts";

const run = (folder: string) =>
  spawnSync(process.execPath, [join(import.meta.dirname, "hocon.mjs"), folder], { encoding: "utf8" });

const cases = {
  cases: [
    { id: "value", text: "# one\na = 1, b = ${a}", expect: "ok", resolved: { a: 1, b: 1 } },
    {
      id: "origin",
      text: "# one\na = 1",
      expect: "ok",
      resolved: { a: 1 },
      origins: [{ path: ["a"], line: 2, comments: [" one"] }],
    },
    { id: "error", text: "a = ${b}", expect: "error" },
    { id: "file", main: "in/a.conf", expect: "ok", resolved: { b: 2 } },
  ],
  files: { "in/a.conf": 'include "b"', "in/b.conf": "b = 2", "list.conf": "b = 2\nb = 2" },
  equivGroups: { two: { members: ["in/b.conf", "list.conf"], expected: { b: 2 } } },
};

test("agreement is counted, file by file", () => {
  const { stdout, status } = run(folderWith({ "some.json": JSON.stringify(cases) }));
  expect(stdout).toContain("some.json: 6 passed, 0 failed\n");
  expect(status).toBe(0);
});

test("every disagreement is told, and fails the run", () => {
  const wrong = {
    cases: [
      { id: "value", text: "a = 1", expect: "ok", resolved: { a: 2 } },
      { id: "text", text: "a = 1", expect: "error" },
    ],
  };
  const { stdout, status } = run(folderWith({ "some.json": JSON.stringify(wrong) }));
  expect(stdout).toContain('some.json value\n  means {"a":1}\n  instead of {"a":2}\n');
  expect(stdout).toContain('some.json text\n  is read as {"a":1}, not refused\n');
  expect(stdout).toContain("some.json: 0 passed, 2 failed\n");
  expect(status).toBe(1);
});

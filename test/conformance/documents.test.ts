import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../support/project.ts";

const root = join(import.meta.dirname, "../..");
const source = (name: string): string => readFileSync(join(root, "schemas", name), "utf8");

const run = (files: Readonly<Record<string, string>>, ...options: string[]) => {
  const script = join(import.meta.dirname, "documents.mjs");
  return spawnSync(process.execPath, [script, folderWith(files), ...options], { encoding: "utf8" });
};

const clearml = {
  "003_events.conf": source("clearml/events.conf"),
  "_events_common.conf": source("clearml/_events_common.conf"),
};

test("the same document under another name says the same, and bears slips of the pen", () => {
  const { stdout, stderr } = run(clearml, "--mutations", "6");
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^clearml \(003, _events_common\): \d{4} facts compared, 0 differences\.$/m);
  expect(stdout).toMatch(/^003: 6 slips, 6 read: 0 crashed, 0 hung, 0 lost a fact in silence/m);
});

test("what another document says is told fact by fact, and fails the run", () => {
  const text = clearml["003_events.conf"].replace('const: "training_stats_scalar"', 'const: "training_stats_skalar"');
  const { stdout, status } = run({ ...clearml, "003_events.conf": text }, "--mutations", "0");
  expect(stdout).toContain(
    'message clearml.metrics_scalar_event.fields[type].type is {kind:"literal",value:"training_stats_skalar"} ' +
      'instead of {kind:"literal",value:"training_stats_scalar"}\n',
  );
  expect(stdout).toMatch(/^ {2}missing: 003:10:9 /m);
  expect(stdout).toMatch(/^000: none is in the folder\.$/m);
  expect(status).toBe(1);
});

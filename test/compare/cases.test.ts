import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Comparison, compare } from "../../checks/index.ts";
import { read } from "../../pipeline/index.ts";
import { printVerdicts } from "./print.ts";

const cases = join(import.meta.dirname, "cases");
const scenarios = join(import.meta.dirname, "../../scenarios");
const foldersOf = (folder: string): readonly string[] => readdirSync(folder).map((name) => join(folder, name));

describe("projects before and after a change", () => {
  for (const folder of [...foldersOf(cases), join(scenarios, "flyte-release")])
    test(folder.slice(folder.lastIndexOf("/") + 1), async () => {
      const comparison = await comparisonOf(folder);
      await expect(printVerdicts(comparison)).toMatchFileSnapshot(join(folder, "expected.txt"));
    });
});

test("the release's number 10 is another message under the document's numbers", async () => {
  const { changes } = await comparisonOf(join(scenarios, "flyte-release"));
  const moved = changes.find(({ at }) => at === "flyteidl.event.NodeExecutionEvent.task_node_metadata");
  expect(moved).toMatchObject({
    kind: "field.renumbered",
    was: "10",
    now: "14",
    reach: ["flyte.node_execution"],
    leftTo: { name: "parent_node_metadata" },
    old: { path: expect.stringContaining("event.proto") },
  });
});

async function comparisonOf(folder: string): Promise<Comparison> {
  const [before, after] = await Promise.all(["previous", "current"].map((side) => projectOf(join(folder, side))));
  if (!before || !after) throw new Error("A case has two sides.");
  return compare(before, after);
}

async function projectOf(folder: string) {
  const { project, findings } = await read({ folder });
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  if (!project) throw new Error(`${folder} does not load.`);
  return project.view;
}

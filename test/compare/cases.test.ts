import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { caseFolders, comparisonOf } from "./case.ts";
import { printVerdicts } from "./print.ts";

const flyteRelease = join(import.meta.dirname, "../../scenarios/flyte-release");

describe("projects before and after a change", () => {
  for (const folder of [...caseFolders(), flyteRelease])
    test(folder.slice(folder.lastIndexOf("/") + 1), async () => {
      const comparison = await comparisonOf(folder);
      await expect(printVerdicts(comparison)).toMatchFileSnapshot(join(folder, "expected.txt"));
    });
});

test("the release's number 10 is another message under the document's numbers", async () => {
  const { changes } = await comparisonOf(flyteRelease);
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

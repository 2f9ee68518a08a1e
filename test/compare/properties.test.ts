import { join } from "node:path";
import { expect, test } from "vitest";
import { compareModels } from "../../checks/compare/index.ts";
import { createView, type Model, read } from "../../pipeline/index.ts";

const root = join(import.meta.dirname, "../..");

test("a model and itself differ in nothing, in whatever order its declarations stand", async () => {
  const { project } = await read({ folder: root });
  if (!project) throw new Error("The project does not load.");
  const { view } = project;
  expect(compareModels(view, view)).toEqual([]);
  const reversed: Model = { ...view.model, decls: [...view.model.decls].reverse() };
  expect(compareModels(view, createView(reversed, view.locate))).toEqual([]);
});

test("what moves to another system is gone from the one it was in", async () => {
  const { project } = await read({ folder: root });
  if (!project) throw new Error("The project does not load.");
  const { view } = project;
  const decls = view.model.decls.map((decl) =>
    decl.kind !== "topic" && decl.kind !== "system" && decl.system === "flyte" ? { ...decl, system: "flight" } : decl,
  );
  const changes = compareModels(view, createView({ ...view.model, decls }, view.locate));
  const events = changes.filter(({ kind }) => kind === "event.removed").map(({ at }) => at);
  expect(events).toEqual(["flyte.node_execution", "flyte.task_execution", "flyte.workflow_execution"]);
  expect(changes.filter(({ kind }) => kind === "event.added")).toHaveLength(3);
});

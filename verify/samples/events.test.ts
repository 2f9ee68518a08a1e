import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { enumJsonValues, objectForm, type View } from "../../model/index.ts";
import { read } from "../../pipeline/index.ts";
import { sampleMaker } from "./maker.ts";
import { judgesOf, misjudged } from "./testing.ts";

// The events of the project: what the sample maker holds to be right and wrong, validators and schemas do too.

const root = join(import.meta.dirname, "../..");
const systems = ["clearml", "flyte", "h2o", "telemetry"] as const;
const count = 60;

let view: View;
beforeAll(async () => {
  const { project } = await read({ folder: root });
  if (!project) throw new Error("The project does not load.");
  view = project.view;
});

test.each(systems)("validators and schemas of %s agree with every sample", async (name) => {
  const judges = await judgesOf(view, name);
  const wrong: string[] = [];
  let samples = 0;
  for (const event of view.events(name)) {
    const maker = sampleMaker(view, judges.system, event, { seed: 1 });
    for (const sample of [...maker.valid(count), ...maker.boundary(count), ...maker.invalid(count)]) {
      samples++;
      wrong.push(...misjudged(judges, event.name, sample));
    }
  }
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(samples).toBeGreaterThan(view.events(name).length * count * 2);
});

test("validators and schemas agree with samples of the bodies of every endpoint", async () => {
  const judges = await judgesOf(view, "clearml");
  const wrong: string[] = [];
  let bodies = 0;
  for (const { name, versions } of view.operations("clearml"))
    for (const { version, request, response } of versions)
      for (const [side, type] of Object.entries({ request, response })) {
        if (!type) continue;
        bodies++;
        const maker = sampleMaker(view, judges.system, type, { seed: 1 });
        for (const sample of [...maker.valid(30), ...maker.boundary(30), ...maker.invalid(30)])
          wrong.push(...misjudged(judges, `${name}.v${version}.${side}`, sample));
      }
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(bodies).toBeGreaterThan(60);
});

test.each(systems)("200 valid samples of an event of %s show every value of its enums and every branch", (name) => {
  const system = view.systems.find((item) => item.name === name);
  if (!system) throw new Error(`There is no system ${name}.`);
  for (const event of view.events(name)) {
    const seen = new Map<string, Set<unknown>>();
    const message = view.eventMessage(event);
    for (const { value } of sampleMaker(view, system, event, { seed: 1 }).valid(200))
      for (const [key, part] of Object.entries(value as object)) seen.set(key, (seen.get(key) ?? new Set()).add(part));
    for (const { name: key, form, field } of objectForm(message ?? { fields: [] }, system.json).properties) {
      expect(seen.has(key), `${event.name}: ${key}`).toBe(true);
      const decl = form.kind === "named" ? view.type(form.name) : undefined;
      if (decl?.kind === "enum")
        expect([...(seen.get(key) ?? [])].sort(), `${event.name}: ${field.name}`).toEqual(
          [...enumJsonValues(decl, system.json)].sort(),
        );
    }
  }
});

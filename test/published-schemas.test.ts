import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import {
  configSchema,
  findingsSchema,
  modelSchema,
  numbersSchema,
  overlaySchema,
  waiversSchema,
} from "../pipeline/index.ts";

const published = {
  config: configSchema,
  overlay: overlaySchema,
  model: modelSchema,
  numbers: numbersSchema,
  waivers: waiversSchema,
  findings: findingsSchema,
};

test.each(Object.entries(published))("%s.schema.json is published as the tool uses it", async (name, schema) => {
  expect(new Ajv2020({ strict: false }).validateSchema(schema)).toBe(true);
  const path = join(import.meta.dirname, "..", `${name}.schema.json`);
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(path);
});

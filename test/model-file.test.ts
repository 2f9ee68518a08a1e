import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { type Diagnostic, loadModel, modelSchema, printModel, read } from "../pipeline/index.ts";

const root = join(import.meta.dirname, "..");

describe("the model as a file", () => {
  test("fits its published schema, and loading it gives the same model", async () => {
    const { project } = await read({ folder: root });
    if (!project) throw new Error("The project does not load.");
    const text = printModel(project.model);
    expect(new Ajv2020({ strict: false }).validate(modelSchema, JSON.parse(text))).toBe(true);
    const findings: Diagnostic[] = [];
    expect(loadModel("model.json", text, (finding) => findings.push(finding))).toEqual(project.model);
    expect(findings).toEqual([]);
    expect(readFileSync(join(root, "generated/model.json"), "utf8")).toBe(text);
  });

  test.each([
    ["{", "Expected"],
    ["null", "must be object"],
    ['{"irVersion":2,"decls":[]}', "its irVersion is 2, and this release reads 1"],
    ['{"irVersion":1,"decls":[{"kind":"message"}]}', "/decls/0"],
  ])("%s is told not to be one", (text, why) => {
    const findings: Diagnostic[] = [];
    expect(loadModel("model.json", text, (finding) => findings.push(finding))).toBeUndefined();
    expect(findings).toMatchObject([{ code: "model/unreadable", message: expect.stringContaining(why) }]);
  });
});

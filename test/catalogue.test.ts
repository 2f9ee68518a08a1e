import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue, explain, rules } from "../pipeline/index.ts";

const root = join(import.meta.dirname, "..");
const rooms = ["model", "readers", "generators", "checks", "verify", "pipeline"];
const files = rooms
  .flatMap((room) => readdirSync(join(root, room), { withFileTypes: true, recursive: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));
const text = (file: string): string => readFileSync(join(root, file), "utf8");

describe("the catalogue of findings", () => {
  test("holds everything that is declared", () => {
    const hidden = files
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .flatMap((file) => [...text(file).matchAll(/^const (\w+) = diagnostic[<(]/gm)].map((m) => `${file}: ${m[1]}`));
    expect(hidden).toEqual([]);
  });

  test("holds everything that a case shows", () => {
    const shown = files
      .filter((file) => file.endsWith("diagnostics.txt"))
      .flatMap((file) =>
        [...text(file).matchAll(/ - (?:error|warning|info) ([a-z]+\/[\w-]+):/g)].map((m) => m[1] ?? ""),
      );
    expect([...new Set(shown)].filter((code) => !catalogue().has(code))).toEqual([]);
  });

  test("explains every code and every rule", async () => {
    for (const name of [...catalogue().keys(), ...rules.map(({ id }) => id)]) {
      const { explanations } = await explain(name, root);
      expect(explanations?.[0]?.findings.length, name).toBeGreaterThan(0);
      for (const { message } of explanations?.[0]?.findings ?? []) expect(message, name).toMatch(/\S/);
      expect(JSON.stringify(explanations), name).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});

describe("every rule", () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))("%s says what list and explain show", (id, rule) => {
    expect(text(`checks/rules/${id}.ts`)).toContain(`id: "${id}"`);
    for (const words of [rule.purpose, rule.source, rule.explain]) expect(words).toMatch(/\.$/);
    const severities = (catalogue().get(`checks/${id}`) ?? []).map(({ severity }) => severity);
    expect(severities).toContain(rule.severity);
    expect(files.some((file) => file.startsWith(`checks/rules/${id}/cases/`))).toBe(true);
  });
});

import { describe, expect, test } from "vitest";
import { compatibilityRules, isAsked, targetNames, verdicts, worst } from "../../checks/index.ts";

describe("the tables", () => {
  const rules = compatibilityRules();

  test("say of every fact and target what it means, why, and what to do where it hurts", () => {
    const facts = new Set(rules.map(({ fact }) => fact));
    expect(targetNames).toHaveLength(8);
    for (const target of targetNames)
      for (const fact of facts) {
        const own = rules.filter((rule) => rule.target === target && rule.fact === fact);
        expect([target, fact, own.at(-1)?.when]).toEqual([target, fact, undefined]);
        expect(own.slice(0, -1).every(({ when }) => when !== undefined)).toBe(true);
      }
    const silent = rules.filter(({ fix, verdicts: cells }) => {
      const known = Object.values(cells).filter((cell) => typeof cell === "string");
      return fix === undefined && known.some((cell) => cell === "lossy" || cell === "breaking");
    });
    expect(silent.map(({ id }) => id)).toEqual([]);
    expect(rules.filter(({ why }) => !/^[A-Z].*\.$/.test(why))).toEqual([]);
  });

  test("have rules of the form compat/<target>/<fact>", () => {
    expect(rules.filter(({ id, target }) => !new RegExp(`^compat/${target}/[a-z-]+$`).test(id))).toEqual([]);
    expect(rules.find(({ id }) => id === "compat/protobuf/field-removed")?.references).toContain("buf FIELD_NO_DELETE");
  });
});

test("verdicts are ordered, and a mode leaves the parts of programs alone", () => {
  expect(verdicts).toEqual(["safe", "hazard", "unknown-field", "lossy", "breaking"]);
  expect(worst(["hazard", "lossy", "safe"])).toBe("lossy");
  expect(isAsked("backward", "forward")).toBe(false);
  expect(isAsked("backward", "writer")).toBe(true);
});

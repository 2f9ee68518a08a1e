import { expect, test } from "vitest";
import { compatibilityRules, judge } from "../../checks/index.ts";
import { byHand } from "./by-hand.ts";
import { caseFolders, comparisonOf } from "./case.ts";

test("every row of every table answers for a change in some case", async () => {
  const reached = new Set<string>();
  const comparisons = [...byHand.values(), ...(await Promise.all(caseFolders().map(comparisonOf)))];
  for (const comparison of comparisons)
    for (const { rule, when } of judge(comparison)) reached.add(rowName(rule, when));
  const rows = compatibilityRules().map(({ id, when }) => rowName(id, when));
  expect(rows.filter((row) => !reached.has(row))).toEqual([]);
}, 30_000);

const rowName = (rule: string, when: string | undefined): string =>
  when === undefined ? rule : `${rule}, when ${when}`;

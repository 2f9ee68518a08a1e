import { expect, test } from "vitest";
import { pattern } from "./pattern.ts";

test.each([
  ["*", "", true],
  ["*", "anything", true],
  ["h2o.*", "h2o.app.App", true],
  ["h2o.*", "h2o", false],
  ["*.id", "h2o.app.App.id", true],
  ["*.id", "h2o.app.App.idle", false],
  ["a*b*c", "a.b.c", true],
  ["a*b*c", "abc", true],
  ["a*b*c", "ac", false],
  ["aba*aba", "aba", false],
  ["a*b*b", "ab", false],
  ["a.c", "abc", false],
  ["exact", "exact", true],
])("%s against %s", (text, name, fits) => {
  expect(pattern(text)(name)).toBe(fits);
});

test("takes no longer for many stars", () => {
  expect(pattern(`${"*a".repeat(1000)}*b`)("a".repeat(100_000))).toBe(false);
});

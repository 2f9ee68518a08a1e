import { expect, test } from "vitest";
import { fromPattern } from "./pattern.ts";
import { createRandom } from "./prng.ts";

const texts = (pattern: string, length = 0): readonly string[] => fromPattern(pattern, createRandom(1), length);

test.each([
  "^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$",
  "^projects/[^/]+/(?:models|datasets)/\\d{4}$",
  "^(?<year>\\d{4})-(?:0[1-9]|1[0-2])$",
  "^v\\d+\\.\\d+(?:\\.\\d+)?(?:-rc\\.[1-9])?$",
  "^\\p{Lu}\\p{Ll}*$",
  "^\\u{1F600}[\\u0416\\x41]$",
  "^[^a-z0-9 ]+$",
  "within",
  "^a{3}b{2,}c{0,1}.$",
  "^\\[\\]\\\\\\/$",
  "^(?!x)[a-z]{2}$",
  "^(a|(b|(c|d)))+?$",
  "",
])("texts are made for %s", (pattern) => {
  const made = texts(pattern);
  expect(made.length).toBeGreaterThan(0);
  for (const text of made) expect(text).toMatch(new RegExp(pattern, "u"));
});

test("texts are as long as they are asked to be, where the pattern lets them", () => {
  expect(texts("^[a-z]+$", 40).some((text) => text.length === 40)).toBe(true);
});

test("a pattern that nothing matches, or that is nested beyond reason, gives no text and takes no time", () => {
  expect(texts("a^")).toEqual([]);
  expect(texts("^(?=x)y$")).toEqual([]);
  expect(texts(`${"(".repeat(2000)}a${")".repeat(2000)}`)).toEqual([]);
  expect(texts("^(?:(?:(?:[a-z]{1,99}){1,99}){1,99}){1,99}$").every((text) => text.length <= 4096)).toBe(true);
});

import { expect, test } from "vitest";
import { fromRe2 } from "./re2-pattern.ts";

test.each([
  ["^[A-Z]+$", "^[A-Z]+$"],
  ["(?:ab)+(c)(?<d>e)", "(?:ab)+(c)(?<d>e)"],
  ["a.b", "a[^\\n]b"],
  ["a\\.b[.]", "a\\.b[.]"],
  ["\\s+[\\s,]\\S", "[\\t\\n\\f\\r ]+[\\t\\n\\f\\r ,][^\\t\\n\\f\\r ]"],
  ["(?P<year>\\d{4})\\-\\d", "(?<year>\\d{4})-\\d"],
  ["[\\w\\-@]+\\@x", "[\\w\\-@]+@x"],
  ["\\ba\\B", "\\ba\\B"],
  ["[^\\]]\\\\", "[^\\]]\\\\"],
])("%s means the same as %s", (pattern, same) => {
  expect(fromRe2(pattern)).toBe(same);
});

test.each([
  "(?i)abc",
  "(?i:abc)",
  "(?s-m:.)",
  "(?",
  "\\Aabc\\z",
  "[[:alpha:]]",
  "\\pN",
  "\\Q.\\E",
  "[]a]",
  "(",
  "\\C",
  "[\\S]",
])("%s has no equal", (pattern) => {
  expect(fromRe2(pattern)).toBeUndefined();
});

import { expect, test } from "vitest";
import { Token } from "./token.ts";
import { tokenize } from "./tokenizer.ts";

const names = Object.fromEntries(Object.entries(Token).map(([name, kind]) => [kind, name]));
const tokens = (text: string): readonly string[] => {
  const { kinds, starts, ends } = tokenize("a.conf", text, { report: () => {} });
  return kinds.map((kind, i) => `${names[kind]} ${text.slice(starts[i], ends[i])}`.trim());
};

test("white space separates, and belongs to no token", () => {
  expect(tokens("\uFEFF a\u00A0b \t: 1 ")).toEqual(["unquoted a", "unquoted b", "colon :", "unquoted 1", "end"]);
});

test("text without quotes ends at a comment, not at a single slash", () => {
  expect(tokens("a/b//c")).toEqual(["unquoted a/b", "comment //c", "end"]);
  expect(tokens("a#c\n")).toEqual(["unquoted a", "comment #c", "newline", "end"]);
});

test("a plus sign is part of a number, or of +=", () => {
  expect(tokens("1e+3")).toEqual(["unquoted 1e+3", "end"]);
  expect(tokens("a+=1")).toEqual(["unquoted a", "append +=", "unquoted 1", "end"]);
  expect(tokens("a+1")).toEqual(["unquoted a", "unreadable +", "unquoted 1", "end"]);
});

test("a block of text ends at the last of its quotes", () => {
  expect(tokens('"""a""b""""')).toEqual(['block """a""b""""', "end"]);
});

test("a substitution is its opening, a path and a brace", () => {
  expect(tokens(`\${?a."b"}`)).toEqual(["optional ${?".trim(), "unquoted a.", 'quoted "b"', "closeBrace }", "end"]);
});

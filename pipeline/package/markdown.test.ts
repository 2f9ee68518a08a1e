import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { describe, expect, test } from "vitest";
import { code, escaped, fenced, firstSentence, link, table } from "./markdown.ts";

const parse = (lines: readonly string[]) =>
  fromMarkdown(lines.join("\n"), { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });

/** All text of a part of a page, as a reader sees it. */
const textOf = (node: unknown): string => {
  const { value, children = [] } = node as { value?: string; children?: readonly unknown[] };
  return value ?? children.map(textOf).join("");
};

/** Descriptions that would be markup if they were let. */
const hostile = [
  "a | b || c",
  "<script>alert(1)</script>",
  "<!-- -->",
  "snake_case and __init__ and *stars* and ~~gone~~",
  "[a link](javascript:alert(1)) ![](x) [ref]: y",
  "`code` and ``more``",
  "&lt; &amp; &#60;",
  "back\\slash \\| end\\",
  "# heading #",
  "- item",
  "+ item",
  "12. item",
  "3) item",
  "> quote",
  "---",
  "===",
  "~~~",
  "```js",
  "| cell |",
  "{{ template }} $x$",
  "https://evil.example/ www.evil.example someone@evil.example",
];

describe("text of documents on a Markdown page", () => {
  test.each(hostile)("%s", (text) => {
    const { children } = parse(table(["first", "second"], [[escaped(text), "end"]]));
    expect(children).toHaveLength(1);
    const [grid] = children;
    if (grid?.type !== "table") throw new Error("This is no table.");
    const cells = grid.children[1]?.children ?? [];
    expect(cells.map((cell) => cell.children.map(({ type }) => type))).toEqual([["text"], ["text"]]);
    expect(cells.map((cell) => textOf(cell))).toEqual([text, "end"]);

    const page = parse([escaped(text)]);
    expect(page.children.map(({ type }) => type)).toEqual(["paragraph"]);
    expect(textOf(page)).toBe(text);
    expect(textOf(parse([`# ${escaped(text)}`]))).toBe(text);
  });

  test("lines and characters that cannot be seen become blanks", () => {
    expect(escaped(" one\n\n# two\t\u0000\u2028three\u0085")).toBe("one \\# two three");
  });

  test.each(["orders.order.paid", 'EventMap["a.b"]', "a|b", "a`b", "a\\b", "<b>", "__x__"])("the name %s", (name) => {
    const [grid] = parse(table(["name"], [[code(name)]])).children;
    expect(textOf(grid?.type === "table" && grid.children[1])).toBe(name);
  });

  test("links reach files whatever they are called", () => {
    const [paragraph] = parse([link("it", "shop/a (b) <c>%.json")]).children;
    expect(paragraph).toMatchObject({ children: [{ type: "link", url: "shop/a%20%28b%29%20%3Cc%3E%25.json" }] });
  });

  test("a fence is longer than any within", () => {
    const text = "a\n````\n```";
    expect(parse(fenced("ts", text)).children).toMatchObject([{ type: "code", lang: "ts", value: text }]);
  });
});

test.each([
  ["One. Two.", "One."],
  ["Version 1.0 of it. More.", "Version 1.0 of it."],
  ["A paragraph\n\nAnother", "A paragraph"],
  ["a line\nand another", "a line and another"],
  ["one two three", "one…", 6],
  ["😀😀😀", "😀😀…", 2],
  [undefined, ""],
] as const)("the first sentence of %j is %j", (doc, sentence, most?: number) => {
  expect(firstSentence(doc, most)).toBe(sentence);
});

import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { expect, test } from "vitest";
import { deeplyNestedLine, parseDocument, plainText, sectionsUnder, spanOf } from "./document.ts";
import { tableRows } from "./page.ts";

const titles = (text: string) => [...sectionsUnder(parseDocument("x.md", text).root)].map(({ title }) => title);

test("sections nest by the depth of their headings", () => {
  const { root } = parseDocument("x.md", "intro\n# A\ntext\n### `B`\n## C\n# D\n");
  const outline = [...sectionsUnder(root)].map(({ title, titleIsCode, depth, parent }) => [
    title,
    titleIsCode,
    depth,
    parent?.title,
  ]);
  expect(root.blocks.map((block) => block.type)).toEqual(["paragraph"]);
  expect(outline).toEqual([
    ["A", false, 1, ""],
    ["B", true, 3, "A"],
    ["C", false, 2, "A"],
    ["D", false, 1, ""],
  ]);
});

test("a # line inside code or a comment is no heading", () => {
  expect(titles("# A\n```\n# no\n```\n# B\n<!--\n# no\n-->\n## C\n~~~~\n# no\n~~~\n# no\n")).toEqual(["A", "B", "C"]);
});

test("spans count from the start of the file, with a byte order mark and Windows line ends too", () => {
  const text = "\uFEFF# One\r\n\r\nfirst\r\n\r\n# `Two`\r\n\r\nsecond *word*\r\n";
  const document = parseDocument("x.md", text);
  const cut = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  const sections = [...sectionsUnder(document.root)];
  expect(sections.map(({ span }) => cut(span))).toEqual(["One", "`Two`"]);
  expect(sections.flatMap(({ blocks }) => blocks).map((block) => cut(spanOf(document, block)))).toEqual([
    "first",
    "second *word*",
  ]);
});

test("a table cell is its words, and its span holds them without pipes and padding", () => {
  const text = "# T\n\n| a |  b  |\n|---|---|\n| `x` | one \\| two |\n|| short\n";
  const document = parseDocument("x.md", text);
  const [table] = document.root.children[0]?.blocks ?? [];
  if (table?.type !== "table") throw new Error("The table was not read.");
  const rows = tableRows(document, table).map((row) => row.map((cell) => cell.text));
  const marked = tableRows(document, table).map((row) => row.map(({ span }) => text.slice(span.start, span.end)));
  expect(rows).toEqual([
    ["a", "b"],
    ["x", "one | two"],
    ["", "short"],
  ]);
  expect(marked).toEqual([
    ["a", "b"],
    ["`x`", "one \\| two"],
    ["", "short"],
  ]);
});

test("cutting a text at its headings changes nothing of what is read", () => {
  const lines = [
    "# A",
    "## `b`",
    "text",
    "- item",
    "  # in item",
    "```",
    "~~~",
    "<!--",
    "-->",
    "<div>",
    "> # quoted",
    "",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 14 }), (chosen) => {
      const text = chosen.join("\n");
      const whole = fromMarkdown(text).children.flatMap((node) => (node.type === "heading" ? [plainText(node)] : []));
      expect(titles(text)).toEqual(whole);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test("nesting beyond what people write is found before it is parsed", () => {
  expect(deeplyNestedLine(`# A\n${"- ".repeat(99)}a\n`)).toBeUndefined();
  expect(deeplyNestedLine(`# A\n${"-".repeat(500)}\n`)).toBeUndefined();
  expect(deeplyNestedLine(`# A\n${"- ".repeat(101)}a\n`)).toBe(4);
  expect(deeplyNestedLine(`# A\n${" ".repeat(202)}- a\n`)).toBe(4);
});

import { expect, test } from "vitest";
import { documentation, prose } from "./comments.ts";

test("the lines of a paragraph are joined, paragraphs and list items are not", () => {
  expect(prose(" What somebody\n wrote down.\n\n It has\n  - a text\n  - an author\n")).toBe(
    "What somebody wrote down.\n\nIt has\n - a text\n - an author",
  );
});

test("decoration is taken off", () => {
  expect(prose("*\n The words.\n ")).toBe("The words.");
  expect(prose("/ Three slashes,\n/ twice.\n")).toBe("Three slashes, twice.");
  expect(prose(" ----------\n Heading\n ----------\n Text\n")).toBe("Heading\n\nText");
  expect(prose(" \n")).toBe("");
});

test("what stands before comes first, what stands behind is a paragraph of its own", () => {
  expect(documentation(" Before.\n", " Behind.\n")).toEqual({ doc: "Before.\n\nBehind." });
  expect(documentation("", "")).toEqual({});
});

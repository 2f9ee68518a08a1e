import { expect, test } from "vitest";
import { createPositions } from "./positions.ts";

/** What stands behind a place, up to the next space. */
function at(text: string, line: number, column: number): string {
  const rest = text.slice(createPositions(text).offset(line, column));
  return rest.split(/\s/)[0] ?? "";
}

test("plain lines: a column is an offset, and only a line feed ends a line", () => {
  expect(at("one two\nthree four", 1, 6)).toBe("four");
  expect(at("one\r\ntwo", 1, 0)).toBe("two");
  expect(at("one\rtwo", 0, 4)).toBe("two");
});

test("tabs run to the next multiple of eight", () => {
  expect(at("\tone", 0, 8)).toBe("one");
  expect(at("abc\tone", 0, 8)).toBe("one");
  expect(at("abcdefgh\tone\ttwo", 0, 16)).toBe("one");
  expect(at("abcdefgh\tone\ttwo", 0, 24)).toBe("two");
});

test("other characters are as wide as their bytes in UTF-8", () => {
  expect(at("é one", 0, 3)).toBe("one");
  expect(at("日 one", 0, 4)).toBe("one");
  expect(at("😀 one", 0, 5)).toBe("one");
  expect(at("é\tone", 0, 8)).toBe("one");
});

test("a byte order mark is three bytes of the first line and none of the second", () => {
  expect(at("\uFEFFone two", 0, 3)).toBe("one");
  expect(at("\uFEFFone\ntwo", 1, 0)).toBe("two");
});

test("a place inside a character is its start, a place past the end is the end", () => {
  expect(createPositions("a😀b").offset(0, 3)).toBe(1);
  expect(createPositions("é\nab").offset(0, 99)).toBe(1);
  expect(createPositions("ab\n").offset(0, 99)).toBe(2);
  expect(createPositions("ab\n").offset(99, 0)).toBe(3);
});

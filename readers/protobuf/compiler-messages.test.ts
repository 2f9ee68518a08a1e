import { expect, test } from "vitest";
import { parseCompilerMessages } from "./compiler-messages.ts";

test("errors, warnings and messages without a line", () => {
  const output =
    'a/b.proto:3:8: Expected ";".\r\nb.proto:1:1: warning: Import c.proto is unused.\nc.proto: File not found.\n';
  expect(parseCompilerMessages(output)).toEqual([
    { file: "a/b.proto", at: { line: 3, column: 8 }, warning: false, text: 'Expected ";".' },
    { file: "b.proto", at: { line: 1, column: 1 }, warning: true, text: "Import c.proto is unused." },
    { file: "c.proto", warning: false, text: "File not found." },
  ]);
});

test("a quoted name with a colon is no file, and a line of its own belongs to the one before", () => {
  expect(parseCompilerMessages('a.proto:1:1: Import "x\ny.proto" was not found')).toEqual([
    { file: "a.proto", at: { line: 1, column: 1 }, warning: false, text: 'Import "x\ny.proto" was not found' },
  ]);
  expect(parseCompilerMessages("nothing known")).toEqual([{ warning: false, text: "nothing known" }]);
});

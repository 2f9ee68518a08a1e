// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HOCON writes its substitutions like that
import { expect, test } from "vitest";
import { reading } from "./testing.ts";

test("what is included stands where the include stands", () => {
  const { json, said } = reading('a = 1\ninclude "b.conf"\nc = ${b}', { "b.conf": "a = 2, b = 3" });
  expect(said).toEqual([]);
  expect(json).toEqual({ a: 2, b: 3, c: 3 });
});

test("substitutions look below the including object first, then at the root", () => {
  const { json } = reading('root = r, x = far\nin { include "b.conf", deeper.include = 1 }', {
    "b.conf": "x = near, here = ${x}, there = ${root}",
  });
  expect(json).toMatchObject({ in: { here: "near", there: "r" } });
});

test("without an extension all three are read, .conf on top", () => {
  const { json } = reading('include "b"', {
    "b.conf": "a = conf",
    "b.json": '{ "a": "json", "b": "json" }',
    "b.properties": "a = properties\nb = properties\nc = properties",
  });
  expect(json).toEqual({ a: "conf", b: "json", c: "properties" });
});

test("properties: paths, continued lines, escapes; an object wins over a text", () => {
  const { json } = reading('include "b.properties"', {
    "b.properties": "# comment\n! comment\na.b = 1\na = lost\n  c\\ d : two \\\n     lines\ne=\\u0041\\t.\nf",
  });
  expect(json).toEqual({ a: { b: "1" }, "c d": "two lines", e: "A\t.", f: "" });
});

test("a missing file is a warning, a required one an error", () => {
  expect(reading('a = 1\n  include "no.conf"').said).toEqual(["hocon/missing-include@2:11"]);
  const required = reading('include required(file("no.conf"))');
  expect(required.findings).toMatchObject([{ code: "hocon/required-include", severity: "error" }]);
});

test("urls and class paths are refused where they stand", () => {
  const { said } = reading('include url("http://example.com/a.conf")\ninclude classpath("b")');
  expect(said).toEqual(["hocon/unsupported-include@1:13", "hocon/unsupported-include@2:19"]);
});

test("a file that includes itself, directly or through another", () => {
  expect(reading('include "main.conf"').said).toEqual(["hocon/include-cycle@1:9"]);
  const { findings } = reading('include "b.conf"', { "b.conf": 'a = 1\ninclude "main.conf"' });
  expect(findings).toMatchObject([{ code: "hocon/include-cycle", span: { path: "b.conf" } }]);
});

test("a file that is included twice is said to be faulty once", () => {
  const { said } = reading('a { include "b.conf" }\nb { include "b.conf" }', { "b.conf": "x = !" });
  expect(said).toEqual(["hocon/reserved-character@1:5"]);
});

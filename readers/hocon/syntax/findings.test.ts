// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HOCON writes its substitutions like that
import { describe, expect, test } from "vitest";
import { reading } from "./testing.ts";

describe("what is wrong is said where it stands", () => {
  test.each([
    ["a = !", ["hocon/reserved-character@1:5"]],
    ["a = x!y*z", ["hocon/reserved-character@1:6"]],
    ["a = $b", ["hocon/reserved-character@1:5"]],
    ["a = 1+2", ["hocon/reserved-character@1:6"]],
    ['a = "open\nb = 1', ["hocon/unclosed-string@1:5"]],
    ['a = """open', ["hocon/unclosed-string@1:5"]],
    ['a = "\t"', ["hocon/control-character@1:6"]],
    ['a = "\\>"', ["hocon/unknown-escape@1:6"]],
    ["a {\n  b = 1\n", ["hocon/unclosed-brace@1:3"]],
    ["a = [1\nb = 2 }", ["hocon/missing-separator@2:3", "hocon/unexpected-close@2:7", "hocon/unclosed-brace@1:5"]],
    ["a = [ { b = 1 ]", ["hocon/unclosed-brace@1:7"]],
    ["a = 1 }", ["hocon/unexpected-close@1:7"]],
    ["{} x", ["hocon/unexpected-text@1:4"]],
    ["a", ["hocon/missing-value@1:1"]],
    ["a =\nb = 1", ["hocon/missing-value@1:1"]],
    [": 1", ["hocon/missing-key@1:1"]],
    ["{ a : y b : z }", ["hocon/missing-separator@1:11"]],
    ["a = [1,,2]", ["hocon/extra-comma@1:8"]],
    ["a..b = 1", ["hocon/empty-path-element@1:1"]],
    ["a = ${}", ["hocon/empty-path-element@1:5"]],
    ["a = ${b", ["hocon/unclosed-substitution@1:5"]],
    ["${a} = 1", ["hocon/unexpected-text@1:1"]],
    ["a = x [1]", ["hocon/mixed-concatenation@1:7"]],
    ["b = [1], a = x ${b}", ["hocon/mixed-concatenation@1:16"]],
    ["include foo", ["hocon/bad-include@1:1"]],
    ["a = ${b}", ["hocon/unresolved-substitution@1:5"]],
    ["a = ${a}", ["hocon/substitution-cycle@1:5"]],
    ["a = ${b}, b = ${a}", ["hocon/substitution-cycle@1:15"]],
    ["a = 1, a = [${a}]", ["hocon/substitution-cycle@1:13"]],
    ["a = { b = ${a} }", ["hocon/substitution-cycle@1:11"]],
    ["a = 1, a += 2", ["hocon/cannot-append@1:8"]],
  ])("%s", (text, said) => {
    expect(reading(text).said).toEqual(said);
  });
});

test("reading goes on behind what cannot be read", () => {
  const { json, said } = reading("a = !\nb { c = 1, d = }\ne = ${no}\nf = 2");
  expect(said).toEqual([
    "hocon/reserved-character@1:5",
    "hocon/missing-value@2:12",
    "hocon/unresolved-substitution@3:5",
  ]);
  expect(json).toMatchObject({ b: { c: 1 }, f: 2 });
});

test("the bracket that lacks its other half is found by the indentation", () => {
  const text = "a {\n  b {\n    c = 1\n  d {\n    e = 2\n  }\n}\nf = 3\n";
  expect(reading(text).said).toEqual(["hocon/unclosed-brace@2:5"]);
  expect(reading(text).damaged).toBe(true);
});

test("unknown escapes are kept, or refused when that is asked for", () => {
  expect(reading('a = "\\>"').json).toEqual({ a: "\\>" });
  expect(reading('a = "\\>"').findings).toMatchObject([{ severity: "warning" }]);
  expect(reading('a = "\\>"', {}, { strict: true }).findings).toMatchObject([{ severity: "error" }]);
});

test("a substitution that is nearly right gets a hint", () => {
  const { findings } = reading('add { "2.1" { a = 1 } }, b = ${add."2.2"}');
  expect(findings[0]?.hint).toBe('Did you mean ${add."2.1"}?');
});

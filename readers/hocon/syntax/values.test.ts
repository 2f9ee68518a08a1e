// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HOCON writes its substitutions like that
import { describe, expect, test } from "vitest";
import { reading } from "./testing.ts";

/** Every text means this value, and there is nothing to say about it. */
function means(cases: readonly (readonly [text: string, value: unknown])[]): void {
  test.each(cases)("%s", (text, value) => {
    const { json, said } = reading(text);
    expect(said).toEqual([]);
    expect(json).toEqual(value);
  });
}

describe("notation", () => {
  means([
    ["", {}],
    ["# nothing but a comment", {}],
    ["[1, 2]", [1, 2]],
    ['{"a": {"b": null}}', { a: { b: null } }],
    ["a = 1, b : 2\nc { d = 3 }", { a: 1, b: 2, c: { d: 3 } }],
    ["a\n  : # here\n\n 1", { a: 1 }],
    ["a = [1\n2,\n3,]", { a: [1, 2, 3] }],
    ["a{b{c=1}}", { a: { b: { c: 1 } } }],
    ["\uFEFFa\u00A0=\u20031\u3000", { a: 1 }],
    ["a = 1\r\nb = 2\r\n", { a: 1, b: 2 }],
  ]);
});

describe("keys are paths, unless they are quoted", () => {
  means([
    ["a.b.c = 1", { a: { b: { c: 1 } } }],
    ['a."2.1".b = 1', { a: { "2.1": { b: 1 } } }],
    ["2.1 = x", { 2: { 1: "x" } }],
    ['"a.b" = 1', { "a.b": 1 }],
    ['"" = 1', { "": 1 }],
    ["a b  c = 1", { "a b  c": 1 }],
    ['a "b.c" d.e = 1', { "a b.c d": { e: 1 } }],
    ["true = 1, null { 10 = 2 }", { true: 1, null: { 10: 2 } }],
    ["a.include = 1, includes = 2", { a: { include: 1 }, includes: 2 }],
    ['"include" = 1', { include: 1 }],
  ]);
});

describe("scalars", () => {
  means([
    ["a = true, b = null, c = yes", { a: true, b: null, c: "yes" }],
    ["a = 1e3, b = -0.5, c = 01, d = 1., e = 10e+3", { a: 1000, b: -0.5, c: 1, d: 1, e: 10000 }],
    ["a = 1.2.3, b = 10kb, c = -, d = 1-2, e = .5", { a: "1.2.3", b: "10kb", c: "-", d: "1-2", e: ".5" }],
    ["a = some  words // and a comment", { a: "some  words" }],
    ['a = "\\u00e9\\n\\"\\/"', { a: 'é\n"/' }],
    ['a = """one\n"two" \\n"""', { a: 'one\n"two" \\n' }],
    ['a = """"quoted""""', { a: '"quoted"' }],
    ['a = ""', { a: "" }],
    ['a = "x" # not "y"', { a: "x" }],
  ]);

  test("a number keeps its text", () => {
    const { root } = reading("a = 2.20");
    const number = root.kind === "object" ? root.fields.get("a")?.value : undefined;
    expect(number).toMatchObject({ kind: "number", value: 2.2, text: "2.20" });
  });
});

describe("objects merge, everything else replaces", () => {
  means([
    ["a { b = 1, c = 2 }, a { c = 3 }", { a: { b: 1, c: 3 } }],
    ["a.b = 1, a.c = 2", { a: { b: 1, c: 2 } }],
    ["a { b = 1 }, a = null, a { c = 2 }", { a: { c: 2 } }],
    ["a { b = 1 }, a = [2]", { a: [2] }],
  ]);

  test("keys keep the order of their first appearance", () => {
    expect(Object.keys(reading("z = 1, b { x = 1, a = 2 }, a = 3, z = 4").json as object)).toEqual(["z", "b", "a"]);
  });
});

describe("concatenation", () => {
  means([
    ['a = one "two"  3 true', { a: "one two  3 true" }],
    ["a = [1] [2]\nb = [ [1] [2] ]", { a: [1, 2], b: [[1, 2]] }],
    ["a = { b = 1 } { c = 2 }", { a: { b: 1, c: 2 } }],
    ["x = 1, a = ${x}${x} ${x}", { x: 1, a: "11 1" }],
    ["x { b = 1 }, a = ${x} { c = 2 } ${x}", { x: { b: 1 }, a: { b: 1, c: 2 } }],
    ["x = [1], a = ${x} ${x} [2]", { x: [1], a: [1, 1, 2] }],
    ['x { 1 = b, "0" = a, n = z }, a = [y] ${x}', { x: { 1: "b", 0: "a", n: "z" }, a: ["y", "a", "b"] }],
    ["a = ${?x} y, b = ${?x} ${?x}, c = ${?x}${?x}", { a: " y", b: " " }],
    ["x = 1, a = ${x}", { x: 1, a: 1 }],
  ]);
});

describe("substitutions", () => {
  means([
    ["a = ${b}, b = ${c.d}, c { d = 1 }", { a: 1, b: 1, c: { d: 1 } }],
    ['a { "2.1" { x = 1 } }, b = ${a."2.1"} { y = 2 }', { a: { "2.1": { x: 1 } }, b: { x: 1, y: 2 } }],
    ["a = ${ b }, b = 1", { a: 1, b: 1 }],
    ["a = ${?no}, b = [1, ${?no}], c = 2, c = ${?no}", { b: [1], c: 2 }],
    ["a = ${b}, b = 1, b = 2", { a: 2, b: 2 }],
    ["a = ${no}, a = 1", { a: 1 }],
    ["a { b = 1, c = ${a.b} }", { a: { b: 1, c: 1 } }],
    ["a = ${b}, a.c = 5, b { d = ${a.c} }", { a: { d: 5, c: 5 }, b: { d: 5 } }],
  ]);
});

describe("a field may build on what it was", () => {
  means([
    ["a = 1, a = ${a}2, a = ${a}3", { a: "123" }],
    ["a { b = 1 }, a = ${a} { c = 2 }", { a: { b: 1, c: 2 } }],
    ["a.b = [1], a.b = ${a.b} [2]", { a: { b: [1, 2] } }],
    ["a { b { c = 5 } }, a = ${a.b}, a { b = 2 }", { a: { b: 2, c: 5 } }],
    ["a = ${?a}x", { a: "x" }],
    ["a = 1, b = ${a}, a = ${b}", { a: 1, b: 1 }],
    ["a += 1, a += [2], a += 3", { a: [1, [2], 3] }],
    ["x = [1], a = ${x}, a += 2", { x: [1], a: [1, 2] }],
    ["a { b = [1] }, a { b += 2 }", { a: { b: [1, 2] } }],
  ]);
});

test("names that mean something to JavaScript are keys like any other", () => {
  const { root } = reading("__proto__ { a = 1 }, constructor.prototype.b = 2, c = ${__proto__.a}");
  expect(root.kind === "object" && [...root.fields.keys()]).toEqual(["__proto__", "constructor", "c"]);
  expect(({} as { a?: unknown }).a).toBeUndefined();
});

test("a fallback answers what the text does not", () => {
  const { json } = reading(
    "a = ${HOME}, b = ${?NO}, c = ${b2}, b2 = 1",
    {},
    {
      fallback: (path) => (path === "HOME" ? "/home" : undefined),
    },
  );
  expect(json).toEqual({ a: "/home", c: 1, b2: 1 });
});

test("a list is what the fallback has under its numbers", () => {
  const { json, said } = reading(
    "a = ${LIST[]}, b = ${?NO[]}, c = [x] ${?LIST[]}, d = ${NO[]}",
    {},
    {
      fallback: (path) =>
        new Map([
          ["LIST_0", "one"],
          ["LIST_1", "two"],
          ["LIST_3", "lost"],
        ]).get(path),
    },
  );
  expect(json).toEqual({ a: ["one", "two"], c: ["x", "one", "two"], d: null });
  expect(said).toEqual(["hocon/unresolved-substitution@1:54"]);
});

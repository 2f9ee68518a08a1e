// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HOCON writes its substitutions like that
import { describe, expect, test } from "vitest";
import { reading } from "./testing.ts";

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");
const codes = (text: string, files = {}) => [...new Set(reading(text, files).findings.map(({ code }) => code))];

describe("hostile texts end in a finding", () => {
  test.each([
    ["nested lists", `a = ${"[".repeat(100_000)}${"]".repeat(100_000)}`, "hocon/too-deep"],
    ["nested objects", "a{".repeat(100_000) + "}".repeat(100_000), "hocon/too-deep"],
    ["a path of 100,000 keys", `${"a.".repeat(100_000)}b = 1`, "hocon/too-deep"],
    ["a substitution of 100,000 keys", `a = 1, b = \${a${".a".repeat(100_000)}}`, "hocon/unresolved-substitution"],
    ["nesting by substitution", `a0 = 1\n${lines(2000, (i) => `a${i + 1} { x = \${a${i}} }`)}`, "hocon/too-deep"],
    ["doubled texts", `a0 = xx\n${lines(24, (i) => `a${i + 1} = \${a${i}}\${a${i}}`)}`, "hocon/too-large"],
    ["doubled lists", `a0 = [1]\n${lines(24, (i) => `a${i + 1} = \${a${i}} \${a${i}}`)}`, "hocon/too-large"],
    ["doubled objects", `a0 = 1\n${lines(24, (i) => `a${i + 1} { l = \${a${i}}, r = \${a${i}} }`)}`, "hocon/too-large"],
    [
      "all upon all",
      lines(20, (i) => `a${i} = ${lines(20, (j) => `\${?a${j}}`).replaceAll("\n", "")}`),
      "hocon/too-many-steps",
    ],
    ["a chain without end", `${lines(30_000, (i) => `a${i} = \${a${i + 1}}`)}\na30000 = 1`, "hocon/chain-too-long"],
  ])("%s", (_, text, code) => {
    expect(codes(text)).toContain(code);
  });

  test("files that include one another twice over", () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`${i}.conf`, i < 29 ? `include "${i + 1}.conf"\n`.repeat(2) : "x = 1"]),
    );
    expect(codes('include "0.conf"', files)).toEqual(["hocon/too-many-includes"]);
  });
});

describe("long texts that mean something are answered", () => {
  test.each([
    ["a chain of substitutions, forwards", `${lines(1000, (i) => `a${i} = \${a${i + 1}}`)}\na1000 = 1`, "a0", 1],
    ["and backwards", `a0 = 1\n${lines(1000, (i) => `a${i + 1} = \${a${i}}`)}`, "a1000", 1],
    [
      "merged on the way",
      `a0 { x = 1 }\n${lines(1000, (i) => `a${i + 1} = \${a${i}} { y = ${i} }`)}`,
      "a1000",
      { x: 1, y: 999 },
    ],
    ["as many appended", "a += 1\n".repeat(10_000), "a", Array.from({ length: 10_000 }, () => 1)],
    ["built upon itself", `a = x\n${"a = ${a}y\n".repeat(1000)}`, "a", `x${"y".repeat(1000)}`],
    [
      "dotted keys",
      lines(10_000, (i) => `a.b.k${i} = ${i}`),
      "a",
      { b: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i])) },
    ],
  ])("%s", (_, text, key, value) => {
    const { json, said } = reading(text);
    expect(said).toEqual([]);
    expect((json as Record<string, unknown>)[key]).toEqual(value);
  });
});

describe("every limit can be set", () => {
  test.each([
    [{ depth: 1 }, "a { b { c = 1 } }", ["hocon/too-deep@1:7"]],
    [{ chain: 2 }, "a = ${b}, b = ${c}, c = ${d}, d = 1", ["hocon/chain-too-long@1:15"]],
    [{ steps: 1 }, "a = 1, b = ${a}, c = ${a}", ["hocon/too-many-steps@1:12"]],
    [{ size: 3 }, "a = 1, b = 2, c = ${a}", ["hocon/too-large@1:19"]],
    [{ includes: 1 }, 'include "b.conf", include "b.conf"', ["hocon/too-many-includes@1:27"]],
  ])("%o", (limits, text, said) => {
    expect(reading(text, { "b.conf": "x = 1" }, { limits }).said).toEqual(said);
  });
});

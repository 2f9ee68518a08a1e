import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formats, hasFormat, type StringFormat } from "../../model/index.ts";
import { formatTests, runtimeFiles } from "./runtime/index.ts";

mkdirSync(join(import.meta.dirname, "../../node_modules/.concordat-test"), { recursive: true });
const folder = mkdtempSync(join(import.meta.dirname, "../../node_modules/.concordat-test/formats-"));
afterAll(() => rmSync(folder, { recursive: true }));

let runtime: Record<string, (value: unknown) => boolean>;
beforeAll(async () => {
  const text = runtimeFiles.find(({ path }) => path === "runtime/guards.js")?.content ?? "";
  writeFileSync(join(folder, "guards.mjs"), text);
  runtime = await import(/* @vite-ignore */ join(folder, "guards.mjs"));
});

/** Strings on both sides of the edge of each format. */
const samples: Record<StringFormat, readonly string[]> = {
  uuid: [
    "00000000-0000-0000-0000-000000000000",
    "c56A4180-65aa-42ec-a945-5fd21dec0538",
    "c56a4180-65aa-42ec-a945-5fd21dec053g",
  ],
  uri: [
    "s3://bucket/key?a=b#c",
    "urn:x",
    "a:",
    "http://[::1]/%20",
    "http://a/%2",
    "http://a/%zz",
    ":a",
    "1a:b",
    "a b:c",
    "https://é.example/",
    "http://u:p@h:1/",
    "http://[v1.a]:80",
    "http://[1::2::3]/",
    "//a",
  ],
  ip: [
    "127.0.0.1",
    "256.0.0.1",
    "1.2.3",
    "::",
    "::1",
    "1::2::3",
    "2001:db8::8a2e:370:7334",
    "::ffff:192.0.2.1",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7:8:9",
    "12345::",
    "1:2:3",
    "1:2:3:4:5:6:1.2.3.4",
  ],
  "date-time": [
    "2024-02-29T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2000-02-29T00:00:00Z",
    "2024-04-31T00:00:00Z",
    "2024-12-31T23:59:59.123456789+23:59",
    "2024-12-31T23:59:60Z",
    "2024-12-31T24:00:00Z",
    "2024-12-31t00:00:00z",
    "2024-12-31 00:00:00Z",
    "2024-12-31T00:00:00",
    "2024-12-31T00:00:00.Z",
    "2024-12-31T00:00:00.1234567890Z",
    "2024-12-31T00:00:00+0200",
    "2024-12-31T00:00:00+24:00",
    "2024-12-31T00:00:00-00:60",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "0400-02-29T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "2024-13-01T00:00:00Z",
  ],
  "duration-seconds": [
    "0s",
    "-1.5s",
    "1.s",
    "01s",
    "1.1234567890s",
    "315576000000s",
    "-315576000001s",
    "1000000000000s",
    "1",
  ],
  "duration-iso8601": ["P1Y2M3W4DT5H6M7.8S", "PT0S", "P", "PT", "P1", "P1D1Y", "-P1D", "PT1.S", "PT1.5H"],
  int64: [
    "0",
    "-0",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "999999999999999999",
    "00",
    "+1",
    "10000000000000000000",
  ],
  uint64: ["0", "18446744073709551615", "18446744073709551616", "9999999999999999999", "-1", "01"],
  base64: ["", "AAAA", "AA==", "AAA=", "A===", "AAAAA", "A=AA", "AA=A", "====", "AA-_", "AB==", "AQ==", "AAB=", "AAE="],
  json: ["{}", "null", '"a"', "{a:1}", "", "[1,]", "1e400", "\ud800"],
};

/** A string with some of its characters replaced, removed or doubled. */
const nearMiss = (texts: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.array(
        fc.tuple(fc.nat(40), fc.nat(2), fc.constantFrom(...'09aAfFgGzZTtsPYMDH:-+.=/%_ {}[]",\n\u0000\ud83d\u00e9')),
        { maxLength: 4 },
      ),
    )
    .map(([text, edits]) =>
      edits.reduce((now, [at, how, sign]) => {
        const place = now.length === 0 ? 0 : at % now.length;
        return now.slice(0, place) + (how === 1 ? "" : sign) + now.slice(how === 2 ? place : place + 1);
      }, text),
    );

describe("the runtime's tests and the definitions agree on", () => {
  it.each(Object.keys(samples) as StringFormat[])("%s", (format) => {
    const test = runtime[formatTests[format]];
    const verdicts = samples[format].map((text) => [text, hasFormat(format, text)]);
    expect(samples[format].map((text) => [text, test?.(text)])).toEqual(verdicts);
    expect(new Set(verdicts.map(([, verdict]) => verdict))).toEqual(new Set([true, false]));
    const near = fc.oneof(nearMiss(samples[format]), fc.string({ maxLength: 40 }), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(near, (text) => test?.(text) === hasFormat(format, text)),
      { seed: 20240514, numRuns: 20_000 },
    );
  });
  it.each(Object.keys(samples) as StringFormat[])("%s not being anything but a string", (format) => {
    const test = runtime[formatTests[format]];
    for (const value of [undefined, null, 0, {}, [], new String(samples[format][0])]) expect(test?.(value)).toBe(false);
  });
  it("every format that has one", () => {
    expect(Object.keys(samples).sort()).toEqual(Object.keys(formats).sort());
  });
});

describe("keys of maps", () => {
  it.each([
    ["int32", ["0", "-2147483648", "2147483647"], ["2147483648", "-2147483649", "-0", "1.0", ""]],
    ["uint32", ["0", "4294967295"], ["4294967296", "-1", "00"]],
  ] as const)("%s", (format, yes, no) => {
    const test = runtime[formatTests[format]];
    expect(yes.filter((text) => !test?.(text))).toEqual([]);
    expect(no.filter((text) => test?.(text))).toEqual([]);
  });
});

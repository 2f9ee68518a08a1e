import { describe, expect, test } from "vitest";
import { formats, hasFormat, type StringFormat } from "./index.ts";

const cases: Readonly<Record<StringFormat, { readonly yes: readonly string[]; readonly no: readonly string[] }>> = {
  uuid: {
    yes: [
      "7f0c3b0a-7e0e-4a41-9a05-3a36f14f2a10",
      "7F0C3B0A-7E0E-4A41-9A05-3A36F14F2A10",
      "00000000-0000-0000-0000-000000000000",
    ],
    no: [
      "7f0c3b0a7e0e4a419a053a36f14f2a10",
      "{7f0c3b0a-7e0e-4a41-9a05-3a36f14f2a10}",
      "7f0c3b0a-7e0e-4a41-9a05-3a36f14f2a1g",
      "",
    ],
  },
  uri: {
    yes: [
      "s3://bucket/key",
      "urn:a:b",
      "https://a.example/x?y=%20#z",
      "http://user:pa%3Ass@[2001:db8::1]:8080/",
      "http://[v7.a:b]/",
      "file:///etc/hosts",
      "a:",
      "a:/",
      "a://",
    ],
    no: [
      "/relative",
      "//host/path",
      "https://a b",
      "a:%zz",
      "a:%2",
      "http://[::1/",
      "http://[1.2.3.4]/",
      "http://a]/",
      "http://a:b/",
      "http://a@b@c/",
      "a:#b#c",
      "https://é.example/",
      "a:{b}",
      "",
    ],
  },
  ip: {
    yes: [
      "10.0.0.1",
      "::",
      "::1",
      "2001:db8::ff00:42:8329",
      "::ffff:1.2.3.4",
      "1:2:3:4:5:6:7:8",
      "1::8",
      "1:2:3:4:5:6:7::",
    ],
    no: [
      "256.0.0.1",
      "01.2.3.4",
      "1.2.3",
      "1::2::3",
      "1:2:3",
      ":1:2:3:4:5:6:7:8",
      "1:2:3:4:5:6:7::8",
      "fe80::1%eth0",
      "host",
      "",
    ],
  },
  "date-time": {
    yes: [
      "2024-02-29T23:59:59Z",
      "2026-01-01T00:00:00.123456789+05:30",
      "1970-01-01T00:00:00-00:00",
      "2000-02-29T00:00:00Z",
      "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59.999999999Z",
    ],
    no: [
      "0000-01-01T00:00:00Z",
      "0000-02-29T00:00:00Z",
      "1900-02-29T00:00:00Z",
      "2026-01-01T00:00:00+24:00",
      "2023-02-29T00:00:00Z",
      "2026-01-01 00:00:00Z",
      "2026-01-01T00:00:00",
      "2026-01-01T00:00:60Z",
      "2026-01-01T24:00:00Z",
      "2026-01-01T00:00:00.Z",
      "2026-01-01T00:00:00.1234567890Z",
      "2026-01-01T00:00:00+05",
      "2026-1-1T00:00:00Z",
      "2026-04-31T00:00:00Z",
    ],
  },
  "duration-seconds": {
    yes: ["1.5s", "0s", "-3s", "315576000000s", "-315576000000s", "315575999999.999999999s"],
    no: ["315576000001s", "1000000000000s", "1.5", "s", "01s", "1.s", "1.0000000001s", "+1s"],
  },
  "duration-iso8601": {
    yes: ["PT1.5S", "P1D", "P1Y2M3DT4H5M6S", "P2W", "P1YT1S"],
    no: ["P", "P1D1Y", "-P1D", "PT1.5H", "PT", "1D", "P1DT", "PT1.S"],
  },
  int64: {
    yes: ["0", "-1", "9223372036854775807", "-9223372036854775808"],
    no: ["9223372036854775808", "01", "+1", "-0", "1.0", "1e3", ""],
  },
  uint64: { yes: ["0", "18446744073709551615"], no: ["18446744073709551616", "-1", "01"] },
  base64: { yes: ["", "AA==", "AAA=", "AAAA"], no: ["A", "AA", "AA=A", "A_A=", "AB==", "AAB=", "===="] },
  json: { yes: ["{}", '"a"', "1"], no: ["", "{", "{'a':1}"] },
};

describe.each(Object.entries(cases))("%s", (name, { yes, no }) => {
  const format = name as StringFormat;
  test.each(yes)("takes %j", (text) => expect(hasFormat(format, text)).toBe(true));
  test.each(no)("refuses %j", (text) => expect(hasFormat(format, text)).toBe(false));
  test("takes no line break at its end", () =>
    expect(yes.every((text) => format === "json" || !hasFormat(format, `${text}\n`))).toBe(true));
  test("has a pattern that says the same, but for the range of 64 bits", () => {
    const { pattern } = formats[format];
    if (pattern === undefined) return;
    const isPast64Bits = (text: string): boolean => /^u?int64$/.test(format) && /^[1-9][0-9]{18,}$/.test(text);
    expect(yes.filter((text) => !new RegExp(pattern, "u").test(text))).toEqual([]);
    expect(no.filter((text) => new RegExp(pattern, "u").test(text) && !isPast64Bits(text))).toEqual([]);
  });
  test("has a pattern without look-around, which not every engine has", () =>
    expect(formats[format].pattern ?? "").not.toMatch(/\(\?[=!<]/));
});

test("takes texts of many megabytes", () => {
  expect(hasFormat("base64", "AAAA".repeat(5_000_000))).toBe(true);
  expect(hasFormat("uri", `s3://${"%20a".repeat(3_000_000)}`)).toBe(true);
  expect(hasFormat("date-time", "1".repeat(10_000_000))).toBe(false);
});

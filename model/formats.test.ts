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
    yes: ["s3://bucket/key", "urn:a:b", "https://a.example/x?y=%20#z"],
    no: ["/relative", "https://a b", "a:%zz", ""],
  },
  ip: {
    yes: ["10.0.0.1", "::1", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4"],
    no: ["256.0.0.1", "1.2.3", "1::2::3", "host", ""],
  },
  "date-time": {
    yes: ["2024-02-29T23:59:59Z", "2026-01-01T00:00:00.123456789+05:30", "1970-01-01T00:00:00-00:00"],
    no: [
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
    yes: ["1.5s", "0s", "-3s", "315576000000s"],
    no: ["1.5", "s", "01s", "1.s", "1.0000000001s", "+1s"],
  },
  "duration-iso8601": { yes: ["PT1.5S", "P1D", "P1Y2M3DT4H5M6S", "P2W"], no: ["P", "PT", "1D", "P1DT", "PT1.S"] },
  int64: {
    yes: ["0", "-1", "9223372036854775807", "-9223372036854775808"],
    no: ["9223372036854775808", "01", "+1", "-0", "1.0", "1e3", ""],
  },
  uint64: { yes: ["0", "18446744073709551615"], no: ["18446744073709551616", "-1", "01"] },
  base64: { yes: ["", "AA==", "AAA=", "AAAA"], no: ["A", "AA", "AA=A", "A_A="] },
  json: { yes: ["{}", '"a"', "1"], no: ["", "{", "{'a':1}"] },
};

describe.each(Object.entries(cases))("%s", (name, { yes, no }) => {
  const format = name as StringFormat;
  test.each(yes)("takes %j", (text) => expect(hasFormat(format, text)).toBe(true));
  test.each(no)("refuses %j", (text) => expect(hasFormat(format, text)).toBe(false));
  test("takes no line break at its end", () =>
    expect(yes.every((text) => format === "json" || !hasFormat(format, `${text}\n`))).toBe(true));
  test("has a pattern that refuses nothing it takes", () => {
    const { pattern } = formats[format];
    if (pattern) expect(yes.every((text) => new RegExp(pattern, "u").test(text))).toBe(true);
  });
});

test("takes texts of many megabytes", () => {
  expect(hasFormat("base64", "AAAA".repeat(5_000_000))).toBe(true);
  expect(hasFormat("uri", `s3://${"%20a".repeat(3_000_000)}`)).toBe(true);
  expect(hasFormat("date-time", "1".repeat(10_000_000))).toBe(false);
});

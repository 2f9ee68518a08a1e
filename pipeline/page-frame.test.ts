import { describe, expect, test } from "vitest";
import { pageFrameFinding, withoutPageFrame } from "./page-frame.ts";

const body = "water {\n  # 3 lines\n}\n";
const header = ["garden/services/beds.conf", "2024-02-29 08:15:00 +01:00", "", "3 lines", "1.5 KiB", "Plaintext", ""];
const framed = `${header.join("\n")}\n${body}`;
const unframe = (text: string) => withoutPageFrame({ path: "beds.conf", text });

test("a header is blanked out: what follows stands where it stood", () => {
  const { source } = unframe(framed);
  expect(source.text).toHaveLength(framed.length);
  expect(source.text.split("\n")).toHaveLength(framed.split("\n").length);
  expect(source.text.indexOf("water")).toBe(framed.indexOf("water"));
  expect(source.text.trimStart()).toBe(body);
});

test("its facts are kept", () => {
  expect(unframe(framed).frame).toEqual({
    spans: [{ path: "beds.conf", start: 0, end: framed.indexOf("water") }],
    path: "garden/services/beds.conf",
    date: "2024-02-29 08:15:00 +01:00",
    lines: 3,
    size: "1.5 KiB",
    language: "Plaintext",
  });
});

test("and told, with the lines that a copy has lost", () => {
  const cut = framed.replace("  # 3 lines\n", "");
  const { frame } = unframe(cut);
  expect(frame && pageFrameFinding(frame, cut)).toMatchObject({
    code: "source/page-frame",
    severity: "info",
    message:
      "The page that this text was copied from left its frame, which is passed over: garden/services/beds.conf, 2024-02-29 08:15:00 +01:00, 1.5 KiB, Plaintext. The page counts 3 lines, 2 are here.",
    span: { path: "beds.conf", start: 0, end: framed.indexOf("Plaintext") + "Plaintext".length },
  });
});

describe("the forms of other hosts", () => {
  test.each([
    ["size and lines in one", "3 lines (2 loc) · 52 Bytes\nCode\nBlame\n\n", { lines: 3, size: "52 Bytes" }],
    ["size first", "beds.conf\n1.2 KiB\n1 line\n\n", { path: "beds.conf", size: "1.2 KiB", lines: 1 }],
    ["carriage returns", "3 lines\r\n52 B\r\nHOCON\r\n\r\n", { lines: 3, size: "52 B", language: "HOCON" }],
    ["behind a byte order mark", "\ufeff3 lines\n52 B\n", { lines: 3, size: "52 B" }],
  ])("%s", (_, above, facts) => {
    const { source, frame } = unframe(above + body);
    expect(frame).toMatchObject(facts);
    expect(source.text.trimStart()).toBe(body);
  });

  test("a footer", () => {
    const text = `${body}\nPowered by Gitea\nVersion: 1.2.3 Page: 12ms Template: 3ms\nEnglish\nLicenses\nAPI\n`;
    const { source, frame } = unframe(text);
    expect(frame?.spans).toEqual([{ path: "beds.conf", start: text.indexOf("Powered"), end: text.length }]);
    expect(source.text.trimEnd()).toBe(body.trimEnd());
  });
});

describe("what is the author's own stays", () => {
  test.each([
    ["no frame", body],
    ["lines without a size", `3 lines\n\n${body}`],
    ["a size without lines", `52 KiB\n\n${body}`],
    ["a path alone", `garden/services/beds.conf\n\n${body}`],
    ["counts further down", `# Beds\n3 lines\n52 KiB\n${body}`],
    ["words of a footer without a host", `${body}\nTerms\nPrivacy\n`],
    ["nothing", ""],
  ])("%s", (_, text) => {
    expect(unframe(text)).toEqual({ source: { path: "beds.conf", text } });
  });

  test("a word behind the size that is no language", () => {
    const { source } = unframe("3 lines\n52 B\nWater\nbeds\n");
    expect(source.text.trimStart()).toBe("Water\nbeds\n");
  });
});

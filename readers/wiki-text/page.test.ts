import { describe, expect, it } from "vitest";
import { type Decl, type Diagnostic, formatTypeRef } from "../../model/index.ts";
import reader from "./index.ts";

function read(text: string, options?: Parameters<typeof reader.read>[1]["options"]) {
  const findings: Diagnostic[] = [];
  const report = (finding: Diagnostic) => void findings.push(finding);
  const compileProto = () => Promise.reject(new Error("There is nothing to compile."));
  const context = { system: "lab", options, report, include: () => undefined, compileProto };
  const decls = reader.read({ path: "page.txt", text }, context) as readonly Decl[];
  const at = (decl: { readonly origins: Decl["origins"] }) =>
    text.slice(decl.origins[0]?.span.start, decl.origins[0]?.span.end);
  return { decls, at, said: findings.map(({ code, span }) => `${code} ${text.slice(span?.start, span?.end)}`) };
}

const fieldsOf = (decls: readonly Decl[]) =>
  decls.flatMap((decl) =>
    decl.kind === "message"
      ? decl.fields.map(({ name, type, doc }) => `${name}: ${formatTypeRef(type)} ${doc ?? ""}`)
      : [],
  );

const page = (...rows: string[]) =>
  ["A cell is read", "", "Topic: cells", "", "Name Type Description", "event_type “lab.cell.read”", ...rows].join("\n");

describe("rows whose cells are parted by single blanks", () => {
  it.each([
    ["created timestamp UTC time. ISO 8601 datetime", "created: timestamp(rfc3339) UTC time. ISO 8601 datetime"],
    ["node_id uuid node_id", "node_id: uuid node_id"],
    ["IP string", "IP: string "],
    ["names list<string> Of all of them", "names: list<string> Of all of them"],
    ["names array of strings in a row", "names: list<string> in a row"],
    ["total map<string, int> By name", "total: map<string, int64> By name"],
    ["note string | null Words or none", "note: string Words or none"],
    ["at epoch ms When", "at: timestamp(epoch-millis) When"],
    ["choice string or prose goes on", "choice: string or prose goes on"],
    ["unit “metre” Always the same", 'unit: "metre" Always the same'],
    ["non\u00A0breaking blanks", "non: json blanks"],
  ])("%s", (row, field) => {
    expect(fieldsOf(read(page(row)).decls)[1]).toBe(field);
  });
});

it("marks every fact where it stands, with a byte order mark and Windows line ends too", () => {
  const { decls, at, said } = read(`\uFEFF${page("  cell uuid Which one ", "IP string")}`.replaceAll("\n", "\r\n"));
  const message = decls.find((decl) => decl.kind === "message");
  expect(said).toEqual([]);
  expect(decls.map(at)).toEqual(["“lab.cell.read”", "A cell is read", "cells"]);
  expect(message?.kind === "message" && message.fields.map(at)).toEqual(["event_type", "cell", "IP"]);
});

it("takes prose for prose", () => {
  const prose = [
    "The service",
    "",
    "It hears of everything that happens, and",
    "a string of events is kept as",
    "long as somebody wants it.",
    "",
    "• a number of things",
    "– others",
    "",
    "3 Events platform",
  ];
  expect(read([...prose, "", page("cell uuid")].join("\n")).said).toEqual([]);
});

it("knows the owners that the configuration names", () => {
  const text =
    "Door Specification\n\nComponent Description Owner\nDOOR_ID The door night (shift)\nGo Event Service Sends night (shift)\n";
  expect(read(text).said).toEqual([
    "wiki-text/row-without-owner DOOR_ID",
    "wiki-text/row-without-owner Go Event Service",
  ]);
  expect(read(text, { owners: ["night (shift)"] }).said).toEqual([]);
});

it.each([
  ["braces", `Envelope\n\n${"{".repeat(100_000)}`],
  ["members", `Envelope\n\n${'"a": {\n'.repeat(50_000)}`],
  ["headers", "Name Type Description\n".repeat(50_000)],
  ["rows", page("x string\n".repeat(50_000))],
  ["rows without an owner", `X Specification\n\nComponent Description Owner\n${"NODE words\n".repeat(50_000)}`],
  ["titles", "Title\n\n".repeat(50_000)],
  ["one long line", `Name Type Description\nx ${"list<".repeat(100_000)}`],
  ["bars", `Name Type Description\nx ${"a | ".repeat(50_000)}`],
  ["tabs", "\t".repeat(100_000)],
])("reads 100,000 %s in time", (_, text) => {
  const begin = performance.now();
  read(text);
  expect(performance.now() - begin).toBeLessThan(5_000);
});

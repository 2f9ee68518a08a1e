import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Enum, type Message, walkTypeRef } from "../../model/index.ts";
import { readText } from "./testing.ts";

const caseText = (name: string): string =>
  readFileSync(join(import.meta.dirname, "cases", name, "reference.rst"), "utf8");
const scalarLink = "`string <https://developers.google.com/protocol-buffers/docs/proto#scalar>`_";

/** A message with fields of one type each, in the form of the generator. */
function message(name: string, fields: readonly string[], type = scalarLink): string {
  const sample = fields.map((field) => `    "${field}": "..."`).join(",\n");
  const described = fields.map((field) => `.. _api_field_${name}.${field}:\n\n${field}\n  (${type}) Says it\n  \n  \n`);
  const head = `.. _api_msg_${name}:\n\n${name}\n${"-".repeat(name.length)}\n\n\n.. code-block:: json\n\n  {\n${sample}\n  }\n\n`;
  return `${head}${described.join("")}\n\n`;
}

describe("comments", () => {
  const { decls } = readText(caseText("messages"));
  const [event] = decls as readonly Message[];
  const docOf = (name: string) => event?.fields.find((field) => field.name === name)?.doc;

  test("are prose, their paragraphs and lists kept", () => {
    expect(event?.doc).toBe("Tells that a ship comes, lies or goes.\n\nIt is sent once per phase.");
    expect(docOf("sender")).toBe("Who sent the event, by the name of the service.");
    expect(docOf("stay")).toBe(
      "How long she means to stay\n\nLonger stays need a permit:\n\n- of the harbour master\n- of customs",
    );
  });

  test("of a group are the group's, and the sentence on it is nobody's", () => {
    const groups = event?.oneofs?.map(({ origins: _, ...group }) => group);
    expect(groups).toEqual([
      { name: "invoice_uri_or_refusal", fields: ["invoice_uri", "refusal"], required: false },
      {
        name: "cargo_or_ferry",
        fields: ["cargo", "ferry"],
        required: false,
        doc: "What the kind of ship adds. A kind has one of these and no other.",
      },
    ]);
    expect([docOf("invoice_uri"), docOf("cargo"), docOf("ferry")]).toEqual([
      "Where the invoice lies",
      undefined,
      "Her timetable",
    ]);
  });

  test("of a group with one member cannot be told from the member's, and stay with it", () => {
    expect(docOf("pilot_id")).toBe("The only member of its group so far\n\nA comment on the group");
  });

  test("that members share word by word, each as its own, stay with each", () => {
    const same = readText(caseText("one-ofs")).decls as readonly Message[];
    const docs = (name: string) => same.find((decl) => decl.name.endsWith(name))?.fields.map((field) => field.doc);
    expect(docs("SameWords")).toEqual(Array(2).fill("The same words, of each its own"));
    expect(docs("SharedEnd")).toEqual(["aft", "bow"].map((name) => `Says ${name} of it\n\nAnd says ${name} again`));
    const group = same.find((decl) => decl.name.endsWith("SharedEnd"))?.oneofs?.[0];
    expect(group?.doc).toBe("Of the group, in two lines\n\nand two paragraphs");
  });

  test("have no marks that nobody sees", () => {
    const tide = readText(caseText("enums")).decls[0] as Enum;
    expect(tide.values.map(({ doc }) => doc)).toEqual([
      "Nobody looked",
      "The water goes",
      "The water comes",
      "The water comes",
    ]);
  });
});

test("nothing has a number, and what is concluded says why", () => {
  const { decls, at } = readText(caseText("messages"));
  expect(JSON.stringify(decls)).not.toContain('"number"');
  const [event] = decls as readonly Message[];
  const why = "The document does not say when a field is present; this is what proto3 says.";
  for (const { origins } of event?.fields ?? [])
    expect(origins.slice(1)).toMatchObject([{ basis: "inferred", facts: ["presence"], why }]);
  const [told, made] = event?.oneofs?.[0]?.origins ?? [];
  expect(at(told?.span)).toMatch(/^Only one of .* may be set\.$/);
  expect(made).toMatchObject({ basis: "inferred", facts: ["name"] });
});

test.each(["\n", "\r\n"])("every place is exact, with %j at the ends of lines and marks before them", (ending) => {
  const text = `\uFEFF${caseText("messages")}`
    .replaceAll("api_field", "\u200bapi_field")
    .replaceAll("(:ref", "\u2063(:ref")
    .replaceAll("\n", ending);
  const { decls, findings, at } = readText(text);
  expect(findings).toEqual([]);
  for (const decl of decls) {
    const parts = decl.kind === "message" ? decl.fields : decl.kind === "enum" ? decl.values : [];
    for (const { name, origins } of [decl, ...parts]) expect(at(origins[0]?.span)).toBe(name);
    for (const { type } of decl.kind === "message" ? decl.fields : [])
      for (const part of walkTypeRef(type)) if (part.kind === "named") expect(`.${at(part.span)}`).toBe(part.name);
  }
  expect(decls.filter((decl) => decl.kind !== "external")).toHaveLength(11);
});

test("names that mean something to JavaScript are plain names", () => {
  const { decls, findings } = readText(message("harbour.constructor", ["__proto__", "toString", "constructor"]));
  expect(findings).toEqual([]);
  expect((decls[0] as Message).fields.map(({ name }) => name)).toEqual(["__proto__", "toString", "constructor"]);
});

test("labels may have a prefix of their own, as Envoy's have", () => {
  const { decls, findings } = readText(message("api.v2.Listener", ["name"]).replaceAll("_api_", "_envoy_api_"));
  expect(findings).toEqual([]);
  expect(decls.map(({ name }) => name)).toEqual(["api.v2.Listener"]);
});

describe("hostile texts end in findings, soon", () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `f${index}`);
  const links = many.map((name) => `:ref:\`${name} <api_field_a.B.${name}>\``).join(", ");
  test.each([
    ["10,000 messages", many.map((name) => message(`a.${name}`, ["x"])).join("")],
    ["10,000 fields", message("a.B", many)],
    [
      "10,000 types that are nowhere",
      many.map((name) => message(`a.B${name}`, ["x"], `:ref:\`a.${name} <api_msg_a.${name}>\``)).join(""),
    ],
    [
      "a group of 10,000",
      message("a.B", many).replace("Says it\n", `Says it\n  \n  Only one of ${links} may be set.\n`),
    ],
    [
      "a group of 10,000 that are nowhere",
      message("a.B", ["x"]).replace("Says it\n", `Says it\n  \n  Only one of ${links} may be set.\n`),
    ],
    ["a sample of 100,000 brackets", message("a.B", ["x"]).replace('"..."', "[".repeat(100_000))],
    ["a label of 1,000,000 characters", `.. _${"api_msg_".repeat(125_000)}\n`.repeat(2)],
    ["a line of 1,000,000 marks", `${"\u200b".repeat(1_000_000)}x\n`],
    ["1,000,000 rulers", "-----\n".repeat(1_000_000)],
    ["maps in maps", message("a.B", ["x"], "map<".repeat(100_000))],
    ["200,000 lines of nothing known", "Nobody knows\n\n.. _what:\n\nthis is\n\n".repeat(40_000)],
  ])("%s", (_, text) => {
    const start = performance.now();
    const { findings } = readText(text);
    expect(findings.length).toBeLessThanOrEqual(501);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("a text that is too long is not read", () => {
    const { decls, findings } = readText(message("a.B", ["x"]) + " ".repeat(20_000_000));
    expect(decls).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(["rst/too-large"]);
  });
});

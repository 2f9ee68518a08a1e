import { expect, test } from "vitest";
import type { Decl, Diagnostic, Message } from "../../../model/index.ts";
import { parseDocument, sectionsUnder } from "../document.ts";
import { readList } from "./index.ts";

function read(text: string): { decls: readonly Decl[]; findings: readonly Diagnostic[] } {
  const findings: Diagnostic[] = [];
  const document = parseDocument("x.md", text);
  const context = { system: "s", report: (finding: Diagnostic) => void findings.push(finding) };
  return { decls: readList(document, [...sectionsUnder(document.root)], context), findings };
}

const fieldsOf = (bullets: string) => (read(`# \`T\`\n${bullets}`).decls[0] as Message).fields;

test.each([
  ["`T`", "named", undefined],
  ["`T` - What it is", "named", "What it is"],
  ["Timestamp", "scalar", undefined],
  ["Timestamp when it began", "scalar", "Timestamp when it began"],
  ["Timestamped by hand", "unstated", "Timestamped by hand"],
  ["Which sort (contains `T` details) it is", "named", "Which sort it is"],
  ["Per sort (contains `a` & `b`)", "unstated", "Per sort (contains a & b)"],
  ["One thing - or another", "unstated", "One thing - or another"],
])("the words %j give a %s type", (words, kind, doc) => {
  const [field] = fieldsOf(`- \`f\` - ${words}`);
  expect(field?.type.kind).toBe(kind);
  expect(field?.doc).toBe(doc);
});

test("the word for deprecation may have a reason, and is neither type nor description", () => {
  const [plain, reasoned, other] = fieldsOf("- `a` - Deprecated\n- `b` - Deprecated - use c\n- `c` - Deprecatedly\n");
  expect([plain?.deprecated, plain?.doc, plain?.type.kind]).toEqual([{}, undefined, "unstated"]);
  expect([reasoned?.deprecated, reasoned?.doc]).toEqual([{ reason: "use c" }, undefined]);
  expect([other?.deprecated, other?.doc]).toEqual([undefined, "Deprecatedly"]);
});

test("prose of a section is its description, but for a sentence that only leads to the bullets", () => {
  const { decls } = read(
    "# `T`\nWhat it is.\nIt holds:\n- `a` - `string`\n\nAnd for how long.\n\n# `U`\nIts data:\n- `a` - `string`\n",
  );
  expect(decls.map((decl) => decl.doc)).toEqual(["What it is.\n\nAnd for how long.", undefined]);
});

test("what the payload list says beyond names is the description of the event", () => {
  const { decls } = read(
    "# `payload`\n1. Lamp Event\n    - On or off\n    - Contains `id` & `lit` details\n2. Fuse Event\n" +
      "    - Can be one of following events\n    - Blown - After a storm\n    - Changed - Contains `id`, in ink\n",
  );
  const docs = decls.flatMap((decl) => (decl.kind === "event" ? [[decl.name, decl.doc]] : []));
  expect(docs).toEqual([
    ["s.lamp", "On or off"],
    ["s.fuse.blown", "After a storm"],
    ["s.fuse.changed", "Contains id, in ink"],
  ]);
});

test("a document without bulleted sections is left to the other dialect", () => {
  expect(read("# Rules\n1. Be kind\n\n# `alone`\nA name in passing.\n")).toEqual({ decls: [], findings: [] });
});

test("names of JavaScript's own are names like others", () => {
  const { decls, findings } = read("# `constructor`\n- `__proto__` - `toString`\n\n# `toString`\n- `0` - Zero\n");
  expect(decls.map((decl) => decl.name)).toEqual(["s.constructor", "s.toString"]);
  expect((decls[0] as Message).fields.map(({ name }) => name)).toEqual(["__proto__"]);
  expect(findings).toEqual([]);
});

test.each([
  ["Grain Milled", "GrainMilled"],
  ["Milled", "GrainMilled"],
  ["Sent", "RPCEvent"],
  ["Weight Gauge", "weight_gauge"],
  ["Grain", "Grain"],
])("a variant %s that contains the message %s is that message", (variant, contained) => {
  expect(payloadOf(variant, contained)).toBe(contained);
});

test.each([
  ["Milled", "Grain"],
  ["Gust", "WindSpeed"],
  ["Sent", "Sent.State"],
  ["Event", "event"],
])("a variant %s that contains %s is a message with a field for it", (variant, contained) => {
  expect(payloadOf(variant, contained)).toBe(`Mill${variant}`);
});

function payloadOf(variant: string, contained: string): string | undefined {
  const section = contained === "event" ? "" : `# \`${contained}\`\n- \`id\` - \`string\`\n`;
  const list = `1. Mill Event\n    - Contains one of following events\n    - ${variant} - Contains \`${contained}\` details\n`;
  const event = read(`# \`payload\`\n${list}\n${section}`).decls.find((decl) => decl.kind === "event");
  return event?.kind === "event" && event.payload.kind === "named" ? event.payload.name : undefined;
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Decl, Diagnostic, Enum, Message, Span } from "../../model/index.ts";
import { compileProto } from "../../pipeline/protoc.ts";
import protobuf from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "concordat-reader-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads the first of some texts; the others are there to be imported. */
async function read(texts: Readonly<Record<string, string>>) {
  const [path = "", text = ""] = Object.entries(texts)[0] ?? [];
  for (const [file, content] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  const findings: Diagnostic[] = [];
  const decls = await protobuf.read(
    { path, text },
    {
      system: "acme",
      options: {},
      report: (finding) => void findings.push(finding),
      include: (name, from) => {
        const target = normalize(join(dirname(from), name));
        const found = texts[target];
        return found === undefined ? undefined : { path: target, text: found };
      },
      compileProto: (file) => compileProto({ folder, root: ".", path: file, text }),
    },
  );
  const shown = ({ start, end }: Span): string => text.slice(start, end);
  return { decls, findings, shown };
}

const message = (decls: readonly Decl[], name: string): Message =>
  decls.find((decl): decl is Message => decl.kind === "message" && decl.name === name) as Message;

test("comments become documentation of what they stand at, detached ones of nothing", async () => {
  const { decls } = await read({
    "note.proto": `// A licence.

// Of the syntax statement.
syntax = "proto3";
// Detached from Note.

// What somebody
// wrote down.
message Note { // Behind the brace.
  /* Detached from text. */

  /** The words. */
  string text = 1;
  string author = 2; // Who wrote it.

  // Where it is.
  oneof place {
    // In a book.
    string book = 3;
  }
  string plain = 4;
}
// How.
enum Ink {
  UNKNOWN = 0;
  PENCIL = 1; // It can be rubbed out.
}
// Keeps notes.
service Notes {
  // Adds one.
  rpc Add(Note) returns (Note);
}
`,
  });
  const note = message(decls, "Note");
  expect(note.doc).toBe("What somebody wrote down.\n\nBehind the brace.");
  expect(note.fields.map(({ name, doc }) => [name, doc])).toEqual([
    ["text", "The words."],
    ["author", "Who wrote it."],
    ["book", "In a book."],
    ["plain", undefined],
  ]);
  expect(note.oneofs).toMatchObject([{ name: "place", fields: ["book"], required: false, doc: "Where it is." }]);
  const ink = decls.find((decl): decl is Enum => decl.kind === "enum");
  expect([ink?.doc, ...(ink?.values ?? []).map(({ doc }) => doc)]).toEqual([
    "How.",
    undefined,
    "It can be rubbed out.",
  ]);
  expect(decls.find((decl) => decl.kind === "operation")?.doc).toBe("Adds one.");
});

test("every place is exact, whatever stands before it on the line", async () => {
  const lines = [
    '\uFEFFsyntax = "proto3"; /* é */ message Place { string name = 1; } // 😀',
    "\tmessage\tTown\t{ /* é 😀 */\tPlace place = 1;\t/* 日本 */ repeated Kind kinds = 2; map<string,\tPlace>\tby_name = 3; }",
    "/* 😀 */\tenum Kind { UNKNOWN = 0; /* ü */\tBIG = 1; }",
    "service S { rpc Ask(\tPlace) /* ß */ returns (Town); }",
  ];
  for (const ending of ["\n", "\r\n"]) {
    const { decls, findings, shown } = await read({ "places.proto": lines.join(ending) });
    expect(findings).toEqual([]);
    const places = decls.flatMap((decl) => {
      const parts = decl.kind === "message" ? decl.fields : decl.kind === "enum" ? decl.values : [];
      return [decl, ...parts].flatMap((part) => part.origins.map(({ span }) => shown(span)));
    });
    expect(places).toEqual(["Place", "name", "Town", "place", "kinds", "by_name", "Kind", "UNKNOWN", "BIG", "Ask"]);
    const references: string[] = [];
    JSON.stringify(decls, (_, value) => {
      if (value?.kind === "named") references.push(`${value.name} ${shown(value.span)}`);
      return value;
    });
    expect(references).toEqual([
      ".Place Place",
      ".Kind Kind",
      ".Place map<string,\tPlace>",
      ".Place Place",
      ".Town Town",
    ]);
  }
});

test("names that mean something to JavaScript are plain names", async () => {
  const { decls, findings } = await read({
    "odd.proto":
      'syntax = "proto3"; message constructor { constructor __proto__ = 1; map<string, string> toString = 2; }',
  });
  expect(findings).toEqual([]);
  expect(message(decls, "constructor").fields.map(({ name }) => name)).toEqual(["__proto__", "toString"]);
});

test("a file with thousands of faults ends in a count", async () => {
  const fields = Array.from({ length: 3000 }, (_, i) => `  Nowhere f${i} = ${i + 1};`).join("\n");
  const { findings } = await read({ "many.proto": `syntax = "proto3";\nmessage Many {\n${fields}\n}\n` });
  expect(findings).toHaveLength(51);
  expect(findings.at(-1)?.message).toBe("many.proto has 2950 more findings.");
});

test("deep nesting is a finding, not a crash", async () => {
  const { findings } = await read({ "deep.proto": `syntax = "proto3"; ${"message M { ".repeat(20_000)}` });
  expect(findings[0]?.message).toBe(
    "deep.proto does not parse here: reached maximum recursion limit for nested messages.",
  );
});

test("faults of an imported file are told at the import, with their place", async () => {
  const { decls, findings } = await read({
    "tree/user.proto": 'syntax = "proto3"; import "tree/name.proto"; message User { Name name = 1; }',
    "tree/name.proto": 'syntax = "proto3"; message Name { string first = 1 }',
  });
  expect(decls).toEqual([]);
  expect(findings.map(({ code, related }) => [code, related])).toEqual([
    [
      "protobuf/broken-import",
      [{ message: 'The compiler stops here: expected ";".', span: { path: "tree/name.proto", start: 51, end: 52 } }],
    ],
  ]);
});

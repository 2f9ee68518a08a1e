import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileProto } from "./protoc.ts";

const home = mkdtempSync(join(tmpdir(), "concordat-test-"));
// The compiler gives its own meaning to each of these characters in an argument.
const folder = join(home, "a=b:c;d @e -f");
const temporary = join(home, "temporary");
const { TMPDIR } = process.env;

beforeAll(() => {
  mkdirSync(temporary);
  process.env.TMPDIR = temporary;
  write("tree/a.proto", 'syntax = "proto3"; message A {}');
  write("tree/sub/b.proto", 'syntax = "proto3"; import "a.proto"; message B { A a = 1; }');
  write("tree/@c=d.proto", 'syntax = "proto3"; message C {}');
  write("tree/-e.proto", 'syntax = "proto3"; message E {');
  write("secret.proto", 'syntax = "proto3"; message Secret {}');
  symlinkSync(join(folder, "secret.proto"), join(folder, "tree/link.proto"));
  write("tree/imports-link.proto", 'syntax = "proto3"; import "link.proto"; message I { Secret s = 1; }');
});
afterAll(() => {
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  rmSync(home, { recursive: true, force: true });
});

test("compiles a file with what it imports, named from the root", async () => {
  const { file, image, messages } = await compile("tree/sub/b.proto");
  expect({ file, messages, compiled: image !== undefined }).toEqual({
    file: "sub/b.proto",
    messages: "",
    compiled: true,
  });
});

test("names that look like arguments are names", async () => {
  expect((await compile("tree/@c=d.proto")).image).toBeDefined();
  expect((await compile("tree/-e.proto")).messages).toBe(
    "-e.proto:1:31: Reached end of input in message definition (missing '}').\n",
  );
});

test("compiles the given text in place of the file on disk", async () => {
  const { messages } = await compileProto({
    folder,
    root: "tree",
    path: "tree/sub/b.proto",
    text: "message B { X x = 1; }",
  });
  expect(messages).toContain('sub/b.proto:1:13: Expected "required", "optional", or "repeated".');
});

test("stays inside the root, links included", async () => {
  expect((await compile("secret.proto")).messages).toBe("protoc: The file secret.proto lies outside of its root tree.");
  expect((await compile("tree/link.proto")).messages).toBe("protoc: A link leads from link.proto out of its root.");
  expect(await compile("tree/imports-link.proto")).toMatchObject({
    messages: "protoc: A link leads from link.proto out of its root.",
  });
});

test("a missing file and a run that takes too long are answers", async () => {
  expect((await compile("tree/none.proto")).messages).toMatch(/^protoc: ENOENT/);
  const long = await compileProto(
    {
      folder,
      root: "tree",
      path: "tree/a.proto",
      text: `syntax = "proto3"; message M { ${"X x = 1;\n".repeat(300_000)} }`,
    },
    { milliseconds: 1, characters: 1000 },
  );
  expect(long.image).toBeUndefined();
  expect(long.messages).toMatch(/^protoc: The compiler was stopped after 0.001 seconds\./);
});

test("leaves no temporary files", () => {
  expect(readdirSync(temporary)).toEqual([]);
});

function compile(path: string) {
  return compileProto({ folder, root: "tree", path });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

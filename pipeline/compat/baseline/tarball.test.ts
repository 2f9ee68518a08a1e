import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { filesInTarball } from "./tarball.ts";

function packed(files: Readonly<Record<string, string>>): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "concordat-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const home = join(folder, "package");
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(home, path, ".."), { recursive: true });
    writeFileSync(join(home, path), content);
  }
  const { status, stderr } = spawnSync("npm", ["pack", "--silent", "--offline", "--pack-destination", folder], {
    cwd: home,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(join(folder, readdirSync(folder).find((file) => file.endsWith(".tgz")) ?? ""));
}

test("finds the files that are asked for, and not those of the same name further down", () => {
  const manifest = '{ "name": "shop-events", "version": "1.0.0" }';
  const long = `${"deep/".repeat(30)}model.json`;
  const archive = packed({
    "package.json": manifest,
    "model.json": "the model",
    [long]: "another",
    "old/model.json": "",
  });
  const found = filesInTarball(archive, ["package.json", "model.json", long]);
  const texts = Object.fromEntries([...found].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
  expect(texts).toEqual({ "package.json": manifest, "model.json": "the model", [long]: "another" });
});

test.each([
  ["nothing that is packed", new Uint8Array([1, 2, 3])],
  ["an archive that ends too early", gzipSync(Buffer.from(`${"a".repeat(124)}77777777777${"\0".repeat(600)}`))],
])("throws for %s", (_, bytes) => {
  expect(() => filesInTarball(bytes, ["model.json"])).toThrow();
});

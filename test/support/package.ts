import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { generate, type OutputFile } from "../../pipeline/index.ts";

const root = join(import.meta.dirname, "../..");

/** A folder for all tests of a file, gone when they are over. */
export function sharedFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "concordat-")));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The package of this repository as it is generated now, whatever is committed. */
export async function generatedFiles(): Promise<readonly OutputFile[]> {
  const { files, findings } = await generate({ folder: root, mode: "dry-run" });
  if (!files) throw new Error(findings.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return files;
}

/** Writes files into a folder. */
export function writeFiles(folder: string, files: readonly Pick<OutputFile, "path" | "content">[]): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Runs npm without a network and without the scripts of packages. */
export const npm = (args: readonly string[], cwd: string): string =>
  execFileSync("npm", [...args, "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });

/** Packs a folder and returns the path of the tarball. */
export const pack = (folder: string, into: string): string =>
  join(into, npm(["pack", folder, "--silent"], into).trim().split("\n").at(-1) ?? "");

/** All that a package depends on, as folders: what a registry would hand out. */
export function dependenciesOf(folder: string, found = new Map<string, string>()): ReadonlyMap<string, string> {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    if (found.has(name)) continue;
    const installed = join(root, "node_modules", name);
    found.set(name, installed);
    dependenciesOf(installed, found);
  }
  return found;
}

import { cpSync, lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import type { Decl, Diagnostic, Name, OutputFile } from "../../model/index.ts";
import { readFile } from "../read-model.ts";
import { createSourceStore } from "../source-store.ts";

/** What a clean source says when it is read, and what its reader has to say of it. */
export interface SecondReading {
  readonly decls: readonly Decl[];
  readonly findings: readonly Diagnostic[];
}

/**
 * Reads files that are about to be written, in a folder of their own, so that nothing has to be undone. `root` is a tree
 * that they import from.
 */
export async function readAgain(
  files: readonly OutputFile[],
  { reader, system, root }: { readonly reader: string; readonly system: Name; readonly root?: string },
): Promise<SecondReading> {
  const folder = mkdtempSync(join(tmpdir(), "concordat-import-"));
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    if (root !== undefined) copyProtos(root, folder, new Set(files.map(({ path }) => path)));
    const store = createSourceStore(folder);
    const findings: Diagnostic[] = [];
    const decls: Decl[] = [];
    for (const { path, content } of files) {
      store.read(path, undefined, () => undefined);
      const source = { reader, root: ".", options: {} };
      const report = (finding: Diagnostic) => void findings.push(finding);
      decls.push(...(await readFile({ path, text: content }, source, { name: system }, { folder }, store, report)));
    }
    return { decls, findings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the clean source imports lies beside the messy one; links are copied as links, which are not followed out. */
function copyProtos(root: string, folder: string, taken: ReadonlySet<string>): void {
  cpSync(root, folder, {
    recursive: true,
    filter: (path) => {
      const name = basename(path);
      if (path !== root && (name.startsWith(".") || name === "node_modules")) return false;
      return !taken.has(relative(root, path)) && (name.endsWith(".proto") || lstatSync(path).isDirectory());
    },
  });
}

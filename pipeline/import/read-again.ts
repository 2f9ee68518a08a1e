import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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
    if (root !== undefined) link(root, folder, new Set(files.map(({ path }) => path.split("/")[0] ?? "")));
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

function link(root: string, folder: string, taken: ReadonlySet<string>): void {
  for (const entry of readdirSync(root, { withFileTypes: true }))
    if (!taken.has(entry.name) && !entry.name.startsWith(".") && entry.name !== "node_modules")
      symlinkSync(join(root, entry.name), join(folder, entry.name), entry.isDirectory() ? "junction" : "file");
}

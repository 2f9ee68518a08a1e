import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { findingsText, generate, modelTree, read } from "../pipeline/index.ts";

/** Every plug-in, and what the model makes of several sources, is shown in small projects: real files in, real files out. `-u` records what comes out. */
const root = join(import.meta.dirname, "..");
const plugins = ["readers", "generators", "checks/rules", "model"].flatMap((room) =>
  folders(join(root, room))
    .map((name) => join(root, room, name))
    .filter((folder) => existsSync(join(folder, "cases"))),
);

for (const plugin of plugins)
  describe(relative(root, plugin), () => {
    for (const name of folders(join(plugin, "cases"))) {
      const folder = join(plugin, "cases", name);
      test.skipIf(!existsSync(join(folder, "concordat.yaml")))(name, async () => {
        const isGenerator = plugin.startsWith(join(root, "generators"));
        const result = isGenerator ? await generate({ folder, mode: "dry-run" }) : await read({ folder });
        const { store, project, made, files } = result;
        const findings = result.findings.filter(({ code }) => !isForeignRule(code, plugin));
        const text = findingsText(findings, { store, folder, workingFolder: folder });
        await expect(text).toMatchFileSnapshot(join(folder, "diagnostics.txt"));
        if (!isGenerator) {
          if (project) await expect(modelTree(project.view)).toMatchFileSnapshot(join(folder, "model.txt"));
          return;
        }
        // The ledger is about all targets: it is shown where the plug-in is the only one.
        const ledger = made?.size === 1 ? (files ?? []).filter(({ path }) => path === "ledger.json") : [];
        const shown = [...(made?.get(basename(plugin)) ?? []), ...ledger];
        for (const file of shown) await expect(file.content).toMatchFileSnapshot(join(folder, "out", file.path));
        expect(allFiles(join(folder, "out")).sort()).toEqual(shown.map(({ path }) => path).sort());
      });
    }
  });

/** What a rule has to say is shown by its own cases, so that a new rule changes no other plug-in's. */
function isForeignRule(code: string, plugin: string): boolean {
  return code.startsWith("checks/") && code !== `checks/${basename(plugin)}`;
}

function folders(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function allFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)));
}

import type { OutputFile } from "../../model/index.ts";
import { type GeneratedModule, modulesOf } from "./modules.ts";

/**
 * The doors for CommonJS. Every Node that the package runs on can `require` an ES module, so a door is one line that does
 * it: code is there once, and whoever imports and whoever requires share one instance, down to the identity of errors.
 * TypeScript learned that in 5.8; before, only declarations of CommonJS can be required. Those are the same declarations,
 * with references to one another.
 */
export const commonJsFiles = (files: readonly OutputFile[]): readonly OutputFile[] =>
  modulesOf(files).flatMap((module) => [
    ...(module.subpath === undefined ? [] : [door(module)]),
    { path: `${module.path}.d.cts`, content: module.declarations.replace(relativeImport, "$1.cjs$2") },
  ]);

function door({ path, declarations }: GeneratedModule): OutputFile {
  const [header = ""] = declarations.split("\n", 1);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return { path: `${path}.cjs`, content: `${header}\n\nmodule.exports = require("./${name}.js");\n` };
}

const relativeImport = /^((?:import|export|\})[^"'\n]*from ["']\.\.?\/[^"'\n]*)\.js(["'];?)$/gm;

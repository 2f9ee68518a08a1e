import type { OutputFile } from "../../model/index.ts";

/** A generated module: what others import, with its declarations beside it. */
export interface GeneratedModule {
  /** Its path without an ending: `telemetry/validators`. */
  readonly path: string;
  readonly declarations: string;
  /** How it is imported from the package, `./telemetry/validators`; absent for what only other modules import. */
  readonly subpath?: string;
}

/** Every module that has declarations. Exported are those that lie at a system's door or one step behind it. */
export function modulesOf(files: readonly OutputFile[]): readonly GeneratedModule[] {
  const byPath = new Map(files.map((file) => [file.path, file.content]));
  return files.flatMap(({ path: file }) => {
    if (!file.endsWith(".js")) return [];
    const path = file.slice(0, -".js".length);
    const declarations = byPath.get(`${path}.d.ts`);
    return declarations === undefined ? [] : [{ path, declarations, ...subpathOf(path) }];
  });
}

function subpathOf(path: string): { readonly subpath?: string } {
  const steps = path.split("/");
  if (steps.at(-1) === "index") steps.pop();
  const isDoor = steps.length > 0 && steps.length <= 2 && steps[0] !== "runtime";
  return isDoor ? { subpath: `./${steps.join("/")}` } : {};
}

/** The packages that modules import: their names, without paths into them. */
export function packagesOf(files: readonly OutputFile[]): ReadonlySet<string> {
  const names = files
    .filter(({ path }) => path.endsWith(".js") || path.endsWith(".d.ts"))
    .flatMap(({ content }) => [...content.matchAll(importLine)].map(([, specifier = ""]) => specifier))
    .filter((specifier) => !specifier.startsWith("."));
  return new Set(names.map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name));
}

/** An import or export with its specifier. Only at the start of a line, where no comment and no text of ours can stand. */
const importLine = /^(?:import|export|\})(?:[^"'\n]*from)? ["']([^"'\n]+)["'];?$/gm;

import type { IncludeNode, ObjectNode } from "./ast.ts";
import * as say from "./diagnostics.ts";
import { parse } from "./parser.ts";
import { parseProperties } from "./properties.ts";
import { exhaust, type Resolution, reportOnce } from "./resolution.ts";
import type { Scope } from "./slot.ts";

/** An included file: its fields, and the scope they stand in. */
export interface Included {
  readonly root: ObjectNode;
  readonly scope: Scope;
}

/** Without an extension all three are read, each on top of those before. */
const extensions = [".properties", ".json", ".conf"];

/** The files that an include statement stands for, lowest first. What is missing or cannot be included is reported. */
export function loadInclude(r: Resolution, node: IncludeNode, scope: Scope): readonly Included[] {
  const span = { path: scope.path, start: node.start, end: node.end };
  const { name, how } = node;
  if (how === "url" || how === "classpath") {
    reportOnce(r, node, say.unsupportedInclude(span, { how }));
    return [];
  }
  const names = extensions.some((extension) => name.endsWith(extension)) ? [name] : extensions.map((ext) => name + ext);
  const prefix = scope.prefix && node.at && [...scope.prefix, ...node.at];
  const files: Included[] = [];
  let found = false;
  for (const candidate of names) {
    const file = r.options.include?.(candidate, scope.path, span, how);
    if (!file) continue;
    found = true;
    if (r.exhausted) return files;
    if (++r.includes > r.limits.includes) {
      exhaust(r, say.tooManyIncludes(span, { limit: r.limits.includes }));
      return files;
    }
    if (includes(scope, file.path)) {
      reportOnce(r, node, say.includeCycle(span, { name: file.path }));
      continue;
    }
    const parsed = r.files.get(file.path) ?? read(r, file.path, file.text);
    r.files.set(file.path, parsed);
    r.damaged ||= parsed.damaged;
    if (parsed.root.kind === "list") reportOnce(r, node, say.includedList(span, { name }));
    else files.push({ root: parsed.root, scope: { path: file.path, prefix, outer: scope } });
  }
  if (!found) reportOnce(r, node, (node.required ? say.requiredInclude : say.missingInclude)(span, { name }));
  return files;
}

const read = (r: Resolution, path: string, text: string) =>
  path.endsWith(".properties") ? parseProperties(text, r.limits) : parse(path, text, r.limits, r.options);

function includes(scope: Scope | undefined, path: string): boolean {
  for (let outer = scope; outer; outer = outer.outer) if (outer.path === path) return true;
  return false;
}

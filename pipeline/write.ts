import { lstatSync, mkdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compareText, type OutputFile, type Report, type Span } from "../model/index.ts";
import { changed, foreignFile, missing, notWritable, orphaned } from "./diagnostics.ts";
import { generatedFiles, look, stagedName } from "./output-folder.ts";

/** What has to happen to the output folder so that it holds exactly these files. */
export interface Plan {
  readonly write: readonly (OutputFile & { readonly isNew: boolean })[];
  readonly remove: readonly string[];
  readonly unchanged: number;
  /** Half-written files of runs that were cut off. */
  readonly leftovers: readonly string[];
}

/** The output folder, as it is called in the configuration and where that says so. */
export interface Output {
  readonly folder: string;
  readonly name: string;
  readonly span?: Span;
}

/**
 * Compares files with a folder. Only files that begin with the mark of generation are ever replaced or removed; a run for one
 * target or system (`whole` is false) removes nothing. Line ends that a checkout has changed are no difference.
 */
export function plan(output: Output, files: readonly OutputFile[], whole: boolean, report: Report): Plan {
  const wanted = new Set(files.map((file) => file.path));
  const write: (OutputFile & { isNew: boolean })[] = [];
  let unchanged = 0;
  for (const file of [...files].sort((a, b) => compareText(a.path, b.path))) {
    const present = look(output.folder, file.path);
    const path = `${output.name}/${file.path}`;
    if (present.kind === "nothing") write.push({ ...file, isNew: true });
    else if (present.kind === "other") report(notWritable(output.span, { path, why: present.why }));
    else if (present.content.replaceAll("\r\n", "\n") === file.content) unchanged++;
    else if (present.kind === "generated") write.push({ ...file, isNew: false });
    else if (!file.givesWay) report(foreignFile(output.span, { path }));
  }
  const { files: generated, leftovers } = generatedFiles(output.folder);
  return { write, unchanged, leftovers, remove: whole ? generated.filter((path) => !wanted.has(path)) : [] };
}

/** Reports a plan as drift instead of carrying it out. */
export function reportDrift({ write, remove, leftovers }: Plan, { name }: Output, report: Report): void {
  for (const { path, isNew } of write) report((isNew ? missing : changed)(undefined, { path: `${name}/${path}` }));
  for (const path of [...remove, ...leftovers]) report(orphaned(undefined, { path: `${name}/${path}` }));
}

/** Carries a plan out: first every new content beside its place, then all moves, so that a full disk changes nothing. */
export function carryOut({ folder, name, span }: Output, plan: Plan, report: Report): void {
  const written: string[] = [];
  const made: string[] = [];
  let current = "";
  try {
    for (const { path, content } of plan.write) {
      current = path;
      if (lstatSync(join(folder, path), { throwIfNoEntry: false })?.isSymbolicLink())
        throw Object.assign(new Error(), { code: "it is a link" });
      makeFolder(dirname(join(folder, path)), made);
      written.push(path);
      writeFileSync(stagedName(join(folder, path)), content);
    }
    for (const path of written) {
      current = path;
      renameSync(stagedName(join(folder, path)), join(folder, path));
    }
    for (const path of [...plan.remove, ...plan.leftovers]) {
      current = path;
      rmSync(join(folder, path), { force: true });
      removeEmpty(dirname(join(folder, path)), folder);
    }
  } catch (error) {
    for (const path of written) rmSync(stagedName(join(folder, path)), { force: true });
    for (const one of made.reverse()) removeEmpty(one, dirname(one));
    const { code, message } = error as NodeJS.ErrnoException;
    report(notWritable(span, { path: `${name}/${current}`, why: code ?? message }));
  }
}

/** Makes a folder and those above it, one by one: where a folder can hold none, Node's own way does not come to an end. */
function makeFolder(folder: string, made: string[]): void {
  const missing: string[] = [];
  for (let current = folder; !statSync(current, { throwIfNoEntry: false }); current = dirname(current)) {
    missing.push(current);
    if (dirname(current) === current) break;
  }
  for (const one of missing.reverse()) {
    try {
      mkdirSync(one);
      made.push(one);
    } catch (error) {
      // Another run may have made it in the meantime.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Removes a folder that has become empty, and those above it up to `top`. */
function removeEmpty(folder: string, top: string): void {
  for (let current = folder; current.length > top.length; current = dirname(current)) {
    try {
      rmdirSync(current);
    } catch {
      return;
    }
  }
}

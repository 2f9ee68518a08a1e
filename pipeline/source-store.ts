import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, normalize, relative, resolve, sep } from "node:path";
import type { Locate, Report, SourceFile, Span } from "../model/index.ts";
import { missingFile, notAFile, notUtf8, outside, tooLarge, unreadable } from "./diagnostics.ts";

const maximumMegabytes = 8;

/** Reads the texts of a project, each once, and remembers them so that findings can show their lines. */
export interface SourceStore {
  /**
   * The text at a path relative to the project, or `undefined` after a finding at `by`; the bytes, when the path has one of
   * the endings `binary`.
   */
  readonly read: (
    path: string,
    by: Span | undefined,
    report: Report,
    binary?: readonly string[],
  ) => SourceFile | undefined;
  /** The text of a file inside `root`, named from the file `from`; `undefined` when there is none or it lies outside. */
  readonly include: (path: string, from: string, root: string, report: Report, by?: Span) => SourceFile | undefined;
  /** Any text read so far. */
  readonly text: (path: string) => string | undefined;
  readonly locate: Locate;
}

/** A store over the folder of a configuration. Paths it hands out are relative to it, with forward slashes. */
export function createSourceStore(folder: string): SourceStore {
  const texts = new Map<string, string>();
  const lines = new Map<string, readonly number[]>();

  function load(
    path: string,
    by: Span | undefined,
    report: Report,
    binary: readonly string[] = [],
  ): SourceFile | undefined {
    const known = texts.get(path);
    if (known !== undefined) return { path, text: known };
    const absolute = resolve(folder, path);
    try {
      const stat = statSync(absolute);
      if (!stat.isFile()) return void report(notAFile(by, { path, isFolder: stat.isDirectory() }));
      const megabytes = Math.ceil(stat.size / 1_000_000);
      if (megabytes > maximumMegabytes)
        return void report(tooLarge(by, { path, megabytes, maximum: maximumMegabytes }));
      const bytes = readFileSync(absolute);
      // Nothing of such a file can be shown, so it is not remembered.
      if (binary.some((ending) => path.endsWith(ending))) return { path, text: "", bytes: new Uint8Array(bytes) };
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      texts.set(path, text);
      return { path, text };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") report(missingFile(by, { path }));
      else if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") report(notUtf8(by, { path }));
      else report(unreadable(by, { path, why: code ?? message }));
      return undefined;
    }
  }

  return {
    read: (path, by, report, binary) => load(slashes(normalize(path)), by, report, binary),
    include: (path, from, root, report, by) => {
      const target = isAbsolute(path) ? path : resolve(folder, dirname(from), path);
      if (!isInside(target, resolve(folder, root))) return void report(outside(by, { path, root }));
      let found = false;
      try {
        found = statSync(target).isFile();
      } catch {
        return undefined;
      }
      // A link may not lead out either.
      if (found && !isInside(realpathSync(target), realpathSync(resolve(folder, root))))
        return void report(outside(by, { path, root }));
      return found ? load(slashes(relative(folder, target)), by, report) : undefined;
    },
    text: (path) => texts.get(path),
    locate: (span) => {
      const starts = lines.get(span.path) ?? lineStarts(texts.get(span.path) ?? "");
      lines.set(span.path, starts);
      const line = lineAt(starts, span.start);
      return { path: span.path, line: line + 1, column: span.start - (starts[line] ?? 0) + 1 };
    },
  };
}

const slashes = (path: string): string => (sep === "/" ? path : path.replaceAll(sep, "/"));

/** True for a path at or below a folder; links are not followed. */
export function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === "" || (!way.startsWith(`..${sep}`) && way !== ".." && !isAbsolute(way));
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The last line that starts at or before the offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The folder of a path inside the project. */
export const folderOf = (path: string): string => slashes(dirname(path));

import type { Diagnostic, Json, SourceFile } from "../../../model/index.ts";
import type { HoconOptions } from "./options.ts";
import { type HoconDocument, readHocon } from "./read-hocon.ts";
import { type HoconValue, toJson } from "./value.ts";

/** What the tests of this folder look at. */
export interface Reading extends HoconDocument {
  readonly json: Json;
  readonly findings: readonly Diagnostic[];
  /** `code@line:column`, in the order in which they were made. */
  readonly said: readonly string[];
}

/** Reads a text named `main.conf`; `files` are what it may include. */
export function reading(
  text: string,
  files: Readonly<Record<string, string>> = {},
  options: Partial<HoconOptions> = {},
): Reading {
  const findings: Diagnostic[] = [];
  const include = (path: string): SourceFile | undefined => {
    const found = path === "main.conf" ? text : Object.hasOwn(files, path) ? files[path] : undefined;
    return found === undefined ? undefined : { path, text: found };
  };
  const report = (finding: Diagnostic): number => findings.push(finding);
  const document = readHocon({ path: "main.conf", text }, { report, include, ...options });
  const said = findings.map(({ code, span }) => {
    const source = span?.path === "main.conf" ? text : (files[span?.path ?? ""] ?? "");
    return `${code}@${position(source, span?.start ?? 0)}`;
  });
  return { ...document, json: toJson(document.root), findings, said };
}

/** `line:column` of an offset, both counted from 1. */
export function position(text: string, offset: number): string {
  const lines = text.slice(0, offset).split("\n");
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** The value at a path of keys. */
export function at(value: HoconValue, ...path: readonly string[]): HoconValue {
  return path.reduce((inner, key) => {
    const member = inner.kind === "object" ? inner.fields.get(key)?.value : undefined;
    if (!member) throw new Error(`There is no ${key}.`);
    return member;
  }, value);
}

import { join } from "node:path";
import {
  applyOverlay,
  type Decl,
  type Diagnostic,
  type Field,
  type Name,
  namesIn,
  type OutputFile,
  parseTypeExpression,
  type Report,
  type SourceFile,
  scopeOf,
} from "../../model/index.ts";
import type { SourceConfig, SystemConfig } from "../config.ts";
import { applyLock, loadLock } from "../locks/apply.ts";
import { readOverlay } from "../overlay-file.ts";
import { readFile } from "../read-model.ts";
import type { SourceStore } from "../source-store.ts";
import { type Difference, differences } from "./compare.ts";
import * as say from "./diagnostics.ts";
import { printMarkdown } from "./markdown.ts";
import type { StatedFact } from "./overlay.ts";
import { modelOf, type ProtoDocument, printProtoFiles } from "./proto.ts";
import { readAgain } from "./read-again.ts";

/** A document, and what is known of it in the project it lies in, if there is one. */
export interface Place {
  /** The folder that paths are relative to. */
  readonly folder: string;
  readonly store: SourceStore;
  readonly system: Pick<SystemConfig, "name" | "numbers" | "defaults" | "title" | "sources">;
  /** The source of the configuration that holds the file. */
  readonly source: SourceConfig | undefined;
  readonly file: SourceFile;
  /** The name of the file, without folder and ending. */
  readonly base: string;
}

/** The files of a clean source, and the facts that its form has no words for. */
export interface CleanSource {
  readonly files: readonly OutputFile[];
  readonly stated: readonly StatedFact[];
}

/** The document as Markdown; `undefined` after a finding when nothing of it has a form there. */
export async function toMarkdown(
  { file, system, base }: Place,
  decls: readonly Decl[],
  report: Report,
): Promise<CleanSource | undefined> {
  const { text, left } = printMarkdown(decls, system.name, system.title ?? base);
  reportLeft(left, "Markdown", report);
  const lost = new Set(left);
  const rest = decls.filter((decl) => !lost.has(decl));
  if (rest.length === 0) return void report(say.nothingToWrite(undefined, { path: file.path }));
  const files: readonly OutputFile[] = [{ path: `${base}.md`, content: text }];
  const again = await readAgain(files, { reader: "markdown", system: system.name });
  const found = differences(rest, again.decls);
  const { stated, open } = forOverlay(found, rest, () => true);
  reportAgain(files, again.findings, open, report);
  return { files, stated };
}

/** Parts what an overlay can state from what it cannot. It means all that have a name, not one of several. */
function forOverlay(found: readonly Difference[], decls: readonly Decl[], known: (name: Name) => boolean) {
  const times = new Map<Name, number>();
  for (const { name, kind } of decls) if (kind !== "topic") times.set(name, (times.get(name) ?? 0) + 1);
  const fits = ({ at, fact }: Difference): boolean => {
    const type = fact?.key === "type" ? parseTypeExpression(String(fact.value)) : undefined;
    return (times.get(at) ?? times.get(scopeOf(at))) === 1 && (!type || namesIn(type).every(known));
  };
  return {
    stated: found.flatMap((one): readonly StatedFact[] => (one.fact && fits(one) ? [{ at: one.at, ...one.fact }] : [])),
    open: found.filter((one) => !one.fact || !fits(one)),
  };
}

/** The document as Protobuf, with its overlay and the number lock applied; `undefined` after findings. */
export async function toProtobuf(place: Place, raw: readonly Decl[], report: Report): Promise<CleanSource | undefined> {
  const { system, file, base } = place;
  const decls = withNumbers(place, withOverlay(place, raw, report), report).map(withEmptyLists);
  const { others, root } = await protoSources(place);
  const document: ProtoDocument = { system: system.name, defaults: system.defaults, decls, others, base };
  const printed = printProtoFiles(document, report);
  if (!printed) return undefined;
  const { files, model, projections, left } = printed;
  if (files.length === 0) return void report(say.nothingToWrite(undefined, { path: file.path }));
  reportLeft(left, "Protobuf", report);
  const again = await readAgain(files, {
    reader: "protobuf",
    system: system.name,
    ...(root !== undefined && { root }),
  });
  const own = new Set(decls.filter(isPrintable).map(({ name }) => name));
  const types = (all: readonly Decl[]): readonly Decl[] =>
    all.filter((decl) => isPrintable(decl) && own.has(decl.name));
  const second = modelOf(document, again.decls, () => undefined).model;
  const declared = new Set(second.decls.map(({ name }) => name));
  const found = differences(types(model.decls), types(second.decls));
  const { stated, open } = forOverlay(found, types(model.decls), (name) => declared.has(name));
  // What the overlay states is held after all.
  const mended = new Set(stated.map(({ at }) => at));
  const told = new Set(projections.map(({ at }) => at));
  for (const { at, why = "", origin } of projections)
    if (!mended.has(at)) report(say.notHeld(origin?.span, { at, why }));
  reportAgain(
    files,
    again.findings,
    open.filter(({ at }) => mended.has(at) || !told.has(at)),
    report,
  );
  return { files, stated };
}

/** Where the document does not say whether a list is always there, it is there and may be empty: Protobuf has no other. */
function withEmptyLists(decl: Decl): Decl {
  if (decl.kind !== "message") return decl;
  const fields = decl.fields.map((field): Field => {
    const silent = field.presence === "unstated" && (field.type.kind === "list" || field.type.kind === "map");
    return silent ? { ...field, presence: "implicit" } : field;
  });
  return { ...decl, fields };
}

const isPrintable = ({ kind }: Decl): boolean => kind === "message" || kind === "enum";

function withOverlay({ source, store, system }: Place, decls: readonly Decl[], report: Report): readonly Decl[] {
  if (!source?.overlay) return decls;
  const text = store.read(source.overlay.path, source.overlay.span, report);
  const overlay = text && readOverlay(text, system.name, report);
  return overlay ? applyOverlay(decls, overlay, system.name, report) : decls;
}

/** The lock is one of a whole system; only what it says of this document counts here. */
function withNumbers({ system, folder, store }: Place, decls: readonly Decl[], report: Report): readonly Decl[] {
  const lock = loadLock(system, { folder }, store, report);
  if (!lock) return decls;
  const names = new Set(decls.filter(isPrintable).map((decl) => decl.name));
  const entries = new Map([...lock.entries].filter(([name]) => names.has(name)));
  return applyLock(decls, { ...lock, all: false, entries }, system.name, report);
}

/** What the Protobuf sources of the system declare, and the tree that they are imported from. */
async function protoSources({ system, folder, store, source: ours }: Place) {
  const others: { readonly decl: Decl; readonly path: string }[] = [];
  let tree: string | undefined;
  for (const source of system.sources.filter((one) => one.reader === "protobuf" && one !== ours)) {
    const root = source.root;
    for (const { path, span } of source.files) {
      // Their own faults are told where they are read for themselves.
      const file = store.read(path, span, ignore);
      const decls = file ? await readFile(file, source, { name: system.name }, { folder }, store, ignore) : [];
      const from = root ?? path.slice(0, Math.max(0, path.lastIndexOf("/")));
      tree ??= join(folder, from);
      for (const decl of decls) others.push({ decl, path: importPath(path, from) });
    }
  }
  return { others, root: tree };
}

const ignore = (): void => undefined;

const importPath = (path: string, root: string): string =>
  root !== "" && path.startsWith(`${root.replace(/\/$/, "")}/`) ? path.slice(root.replace(/\/$/, "").length + 1) : path;

function reportLeft(left: readonly Decl[], form: string, report: Report): void {
  for (const decl of left) report(say.leftOut(decl.origins[0]?.span, { at: decl.name, kind: decl.kind, form }));
}

/** A clean source that says something else than its document would be worse than none: whatever differs is told. */
function reportAgain(
  files: readonly OutputFile[],
  findings: readonly Diagnostic[],
  found: readonly Difference[],
  report: Report,
): void {
  const worst = findings.find(({ severity }) => severity === "error");
  if (worst) report(say.unreadableResult(undefined, { path: nameOf(files, worst), what: worst.message }));
  for (const { at, what, item } of found) report(say.differs(item?.origins[0]?.span, { at, what }));
}

const nameOf = (files: readonly OutputFile[], { span }: Diagnostic): Name => span?.path ?? files[0]?.path ?? "";

import {
  buildModel,
  type Decl,
  type Defaults,
  type Enum,
  isTypeDecl,
  type Message,
  type Model,
  type Name,
  type OutputFile,
  type Projection,
  printProto,
  type Report,
  scopeOf,
  type TypeDecl,
} from "../../model/index.ts";
import * as say from "./diagnostics.ts";

/** What `.proto` files are printed from. */
export interface ProtoDocument {
  readonly system: Name;
  readonly defaults: Defaults;
  /** What the document declares. */
  readonly decls: readonly Decl[];
  /** What `.proto` files of the project declare, with the path by which each is imported. */
  readonly others: readonly { readonly decl: Decl; readonly path: string }[];
  /** The name of the file, without its ending. */
  readonly base: string;
}

/** The files of a document, a package each, and what they do not hold. */
export interface ProtoFiles {
  readonly files: readonly OutputFile[];
  readonly model: Model;
  readonly projections: readonly Projection[];
  readonly left: readonly Decl[];
}

/** Prints the messages and enums of a document as `.proto` files; `undefined` after findings when that cannot be done. */
export function printProtoFiles(document: ProtoDocument, report: Report): ProtoFiles | undefined {
  const { decls, others, base } = document;
  let sound = true;
  const { model, own } = modelOf(document, decls, (finding) => {
    if (finding.severity === "error") sound = false;
    report(finding);
  });
  const names = new Set(own.filter(isTypeDecl).map((decl) => decl.name));
  const printed = model.decls.filter((decl): decl is Message | Enum => isPrintable(decl) && names.has(decl.name));
  for (const decl of printed) if (!hasNumbers(decl, report)) sound = false;
  if (!sound) return undefined;

  const types = new Map(model.decls.filter(isTypeDecl).map((decl): [Name, TypeDecl] => [decl.name, decl]));
  const messages = new Set(printed.filter((decl) => decl.kind === "message").map((decl) => decl.name));
  const packageOf = (name: Name): Name => {
    let scope = scopeOf(name);
    while (messages.has(scope)) scope = scopeOf(scope);
    return scope;
  };
  const packages = [...new Set(printed.map((decl) => packageOf(decl.name)))];
  const pathOf = (name: Name): string =>
    packages.length === 1 ? `${base}.proto` : `${(name || base).replaceAll(".", "/")}.proto`;
  const imports = new Map(others.map(({ decl, path }) => [decl.name, path]));
  const results = packages.map((name) => {
    const { text, projections } = printProto({
      package: name,
      decls: inOrder(printed, own).filter((decl) => packageOf(decl.name) === name),
      type: (type) => types.get(type),
      importOf: (type) =>
        names.has(type) && isPrintable(types.get(type)) ? pathOf(packageOf(type)) : imports.get(type),
    });
    return { file: { path: pathOf(name), content: text }, projections };
  });
  return {
    files: results.map(({ file }) => file),
    model,
    projections: results.flatMap(({ projections }) => projections).filter(({ fidelity }) => fidelity !== "exact"),
    left: own.filter((decl) => !isPrintable(decl) && decl.kind !== "alias" && decl.kind !== "external"),
  };
}

/** The model of some declarations among those of the project. What they only name is what others declare. */
export function modelOf({ system, defaults, others }: ProtoDocument, decls: readonly Decl[], report: Report) {
  const known = new Set(others.map(({ decl }) => decl.name));
  const own = decls.filter((decl) => decl.kind !== "external" || !known.has(decl.name));
  const names = new Set(own.map((decl) => decl.name));
  const foreign = others.flatMap(({ decl }) => (isTypeDecl(decl) && !names.has(decl.name) ? [decl] : []));
  return { model: buildModel([...own, ...foreign], new Map([[system, defaults]]), report), own };
}

const isPrintable = (decl: Decl | undefined): decl is Message | Enum =>
  decl?.kind === "message" || decl?.kind === "enum";

/** The model sorts by name; a file keeps the order of its document. */
function inOrder<T extends Decl>(decls: readonly T[], source: readonly Decl[]): readonly T[] {
  const place = new Map(source.map((decl, index) => [decl.name, index]));
  return [...decls].sort((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0));
}

function hasNumbers(decl: Message | Enum, report: Report): boolean {
  const members = decl.kind === "message" ? decl.fields : decl.values;
  const without = members.filter(({ number }) => number === undefined).map(({ name }) => name);
  if (without.length === 0) return true;
  const shown = without.length > 3 ? [...without.slice(0, 3), `${without.length - 3} more`] : without;
  report(say.noNumbers(decl.origins[0]?.span, { at: decl.name, members: shown.join(", ") }));
  return false;
}

import { checkModel } from "./check-model.ts";
import { isTypeDecl, mapTypesOf, typesIn } from "./decl.ts";
import { nearest, type Report } from "./diagnostic.ts";
import * as say from "./diagnostics.ts";
import { compareText } from "./json.ts";
import type { Decl, Field, Model, Name, Scalar, Topic, TypeRef } from "./model.ts";
import { lastSegment, scopeOf } from "./names.ts";
import { firstHere, spanOf } from "./places.ts";
import { walkTypeRef } from "./type-ref.ts";

/** What holds where the documents of a system are silent. Decided here, once, so that every target agrees. */
export interface Defaults {
  readonly presence: Exclude<Field["presence"], "unstated">;
  /** The width of a bare `number`. */
  readonly number: Exclude<Scalar, "number" | "bool" | "string" | "bytes">;
}

/**
 * Makes one model of what all readers returned and all overlays corrected: merges topics that several documents mention,
 * resolves references from their scope outwards, fills in what documents leave unsaid, and reports what does not add up.
 */
export function buildModel(decls: readonly Decl[], defaults: ReadonlyMap<Name, Defaults>, report: Report): Model {
  const unique = removeDuplicates(mergeTopics(decls), report);
  const types = new Set(unique.filter(isTypeDecl).map((decl) => decl.name));
  const built = unique
    .map((decl) => resolve(decl, types, report))
    .map((decl) => settle(decl, "system" in decl ? defaults.get(decl.system ?? "") : undefined, report));
  const model: Model = {
    irVersion: 1,
    decls: built.sort((a, b) => compareText(a.name, b.name) || compareText(a.kind, b.kind)),
  };
  checkModel(model, report);
  return model;
}

/** Documents mention one topic many times; together they are one declaration. */
function mergeTopics(decls: readonly Decl[]): readonly Decl[] {
  const topics = new Map<Name, Topic>();
  for (const decl of decls) {
    if (decl.kind !== "topic") continue;
    const known = topics.get(decl.name);
    const producers = [...new Set([...(known?.producers ?? []), ...(decl.producers ?? [])])].sort(compareText);
    topics.set(decl.name, {
      ...decl,
      ...known,
      ...(!known?.doc && decl.doc && { doc: decl.doc }),
      ...(!known?.owners && decl.owners && { owners: decl.owners }),
      ...(producers.length > 0 && { producers }),
      origins: [...(known?.origins ?? []), ...decl.origins],
    });
  }
  return [...decls.filter((decl) => decl.kind !== "topic"), ...topics.values()];
}

/** Types share one space of names; every other kind has its own. */
function removeDuplicates(decls: readonly Decl[], report: Report): Decl[] {
  const first = new Map<string, Decl>();
  for (const decl of decls) {
    const key = `${isTypeDecl(decl) ? "type" : decl.kind} ${decl.name}`;
    const known = first.get(key);
    if (!known) first.set(key, decl);
    else report(say.duplicateDeclaration(spanOf(decl), { kind: decl.kind, name: decl.name }, firstHere(known)));
  }
  return [...first.values()];
}

function resolve(decl: Decl, types: ReadonlySet<Name>, report: Report): Decl {
  const resolved = mapTypesOf(decl, (type) => {
    if (type.kind !== "named") return type;
    const name = find(type, decl.name, types);
    if (name !== undefined) return { kind: "named", name };
    const near = nearestType(type.name, types);
    report(
      say.unresolvedReference(type.span ?? spanOf(decl), { name: type.name.replace(/^\./, ""), by: decl.name, near }),
    );
    return { kind: "json" };
  });
  if (resolved.kind !== "event" || !resolved.envelope) return resolved;
  const envelope = find({ kind: "named", name: resolved.envelope.type }, decl.name, types);
  if (envelope !== undefined) return { ...resolved, envelope: { ...resolved.envelope, type: envelope } };
  report(say.unresolvedReference(spanOf(decl), { name: resolved.envelope.type, by: decl.name, near: undefined }));
  const { envelope: _, ...bare } = resolved;
  return bare;
}

/** Documents write short names, so it is the last part that is misspelt. */
function nearestType(name: Name, types: ReadonlySet<Name>): Name | undefined {
  const byLast = new Map([...types].map((type) => [lastSegment(type), type]));
  const near = nearest(lastSegment(name), byLast.keys());
  return near === undefined ? undefined : byLast.get(near);
}

/** From the scope outwards: `h2o.mlops.ProjectCreated` finds `Project` as `h2o.mlops.Project` before `h2o.Project`. */
function find(type: TypeRef & { kind: "named" }, from: Name, types: ReadonlySet<Name>): Name | undefined {
  if (type.name.startsWith(".")) return types.has(type.name.slice(1)) ? type.name.slice(1) : undefined;
  for (let scope = type.scope ?? from; ; scope = scopeOf(scope)) {
    const candidate = scope === "" ? type.name : `${scope}.${type.name}`;
    if (types.has(candidate)) return candidate;
    if (scope === "") return undefined;
  }
}

/** Replaces what a document leaves unsaid by the system's defaults; a type that nobody states is an error. */
function settle(decl: Decl, defaults: Defaults | undefined, report: Report): Decl {
  const number = defaults?.number ?? "float64";
  const typed = mapTypesOf(decl, (type) =>
    type.kind === "scalar" && type.scalar === "number" ? { ...type, scalar: number } : type,
  );
  const fields = (all: readonly Field[]): readonly Field[] =>
    all.map((field): Field => {
      const silent = [...walkTypeRef(field.type)].some((type) => type.kind === "unstated");
      if (silent) report(say.unstatedType(spanOf(field), { at: `${decl.name}.${field.name}` }));
      return {
        ...field,
        ...(silent && { type: { kind: "json" } as const }),
        presence: field.presence === "unstated" ? (defaults?.presence ?? "optional") : field.presence,
      };
    });
  if (typed.kind === "message") return { ...typed, fields: fields(typed.fields) };
  if (typed.kind === "union" && typed.fields) return { ...typed, fields: fields(typed.fields) };
  if (typed.kind === "component") return { ...typed, env: fields(typed.env) };
  if (typesIn(typed).some((type) => type.kind === "unstated"))
    report(say.unstatedType(spanOf(typed), { at: typed.name }));
  return typed;
}

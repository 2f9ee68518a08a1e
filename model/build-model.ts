import { checkModel } from "./check-model.ts";
import { isTypeDecl, mapTypesOf, typesIn } from "./decl.ts";
import { nearest, type Report } from "./diagnostic.ts";
import * as say from "./diagnostics.ts";
import { isWhole, joinExtensions } from "./extensions.ts";
import { compareText } from "./json.ts";
import { mergeDeclarations } from "./merge/index.ts";
import type { Decl, Field, Model, Name, Scalar, TypeRef } from "./model.ts";
import { lastSegment, scopeOf } from "./names.ts";
import { spanOf } from "./places.ts";
import { walkTypeRef } from "./type-ref.ts";

/** What holds where the documents of a system are silent. Decided here, once, so that every target agrees. */
export interface Defaults {
  readonly presence: Exclude<Field["presence"], "unstated">;
  /** The width of a bare `number`. */
  readonly number: Exclude<Scalar, "number" | "bool" | "string" | "bytes">;
}

/**
 * Makes one model of what all readers returned and all overlays corrected: resolves references from their scope outwards,
 * merges what several sources say of one thing, fills in what documents leave unsaid, and reports what does not add up.
 */
export function buildModel(decls: readonly Decl[], defaults: ReadonlyMap<Name, Defaults>, report: Report): Model {
  const types = new Set(decls.filter((decl) => isTypeDecl(decl) && isWhole(decl)).map((decl) => decl.name));
  const resolved = decls.map((decl) => resolve(decl, types, report));
  const built = joinExtensions(mergeDeclarations(resolved.filter(isWhole), report), resolved, report).map((decl) =>
    settle(decl, "system" in decl ? defaults.get(decl.system ?? "") : undefined, report),
  );
  const model: Model = {
    irVersion: 1,
    decls: built.sort((a, b) => compareText(a.name, b.name) || compareText(a.kind, b.kind)),
  };
  checkModel(model, report);
  return model;
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
  // No order of a topic's producers means anything.
  if (decl.kind === "topic" && decl.producers) return { ...decl, producers: [...decl.producers].sort(compareText) };
  const number = defaults?.number ?? "float64";
  const marked = mapFields(decl, (field) => markNumber(field, number));
  const typed = mapTypesOf(marked, (type) => (isBareNumber(type) ? { ...type, scalar: number } : type));
  const settled = mapFields(typed, (field) => {
    const silent = [...walkTypeRef(field.type)].some((type) => type.kind === "unstated");
    if (silent) report(say.unstatedType(spanOf(field), { at: `${decl.name}.${field.name}` }));
    return {
      ...field,
      ...(silent && { type: { kind: "json" } as const }),
      presence: field.presence === "unstated" ? (defaults?.presence ?? "optional") : field.presence,
    };
  });
  if (typesIn(settled).some((type) => type.kind === "unstated"))
    report(say.unstatedType(spanOf(settled), { at: settled.name }));
  return settled;
}

function mapFields(decl: Decl, change: (field: Field) => Field): Decl {
  if (decl.kind === "message") return { ...decl, fields: decl.fields.map(change) };
  if (decl.kind === "union" && decl.fields) return { ...decl, fields: decl.fields.map(change) };
  if (decl.kind === "component") return { ...decl, env: decl.env.map(change) };
  return decl;
}

const isBareNumber = (type: TypeRef): type is TypeRef & { kind: "scalar" } =>
  type.kind === "scalar" && type.scalar === "number";

/** A width that nobody states is a fact with an origin of its own, so that it can be told from one that is stated. */
function markNumber(field: Field, number: Scalar): Field {
  const span = spanOf(field);
  if (!span || ![...walkTypeRef(field.type)].some(isBareNumber)) return field;
  const why = `Its document says number; the system's default is ${number}.`;
  return { ...field, origins: [...field.origins, { span, reader: "config", basis: "default", why }] };
}

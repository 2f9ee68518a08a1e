import { isTypeDecl } from "../decl.ts";
import type { Report } from "../diagnostic.ts";
import * as say from "../diagnostics.ts";
import type { Decl, Name, System, TypeDecl } from "../model.ts";
import { firstHere, spanOf } from "../places.ts";
import type { Part } from "./facts.ts";
import { type MergeContext, mergeParts } from "./item.ts";
import { kinds } from "./kinds.ts";
import { placeOf, rankOf } from "./origins.ts";

/**
 * Makes one declaration of all that describe one thing. Declarations of one kind and name are one thing when they come from
 * different sources, and a mistake when one source makes them both. What one source leaves out, another completes; where two
 * contradict each other, the one that stands first in `decls` holds and a finding points to both. References are resolved.
 */
export function mergeDeclarations(decls: readonly Decl[], report: Report): readonly Decl[] {
  const groups = new Map<string, Decl[]>();
  for (const decl of decls) {
    // Types share one space of names; every other kind has its own.
    const key = `${isTypeDecl(decl) ? "type" : decl.kind} ${decl.name}`;
    const group = groups.get(key);
    if (group) group.push(decl);
    else groups.set(key, [decl]);
  }
  const context: MergeContext = { types: contextOf(decls), report };
  return [...groups.values()].flatMap((group) => (group.length === 1 ? group : mergeGroup(group, context)));
}

function mergeGroup(group: readonly Decl[], context: MergeContext): Decl {
  const told = kinds[group[0]?.kind ?? "message"].mentioned ? group : onceASource(group, context.report);
  const parts = told.map((decl): Part => ({ item: decl, decl, names: new Map(), fields: new Set() }));
  const one = oneThing(parts, context.report);
  return mergeParts(one, kinds[one[0]?.decl.kind ?? "external"], (item) => (item as Decl).name, context) as Decl;
}

/** A source that declares a thing twice means two things; a text that is read twice, by way of includes, is one. */
function onceASource(group: readonly Decl[], report: Report): readonly Decl[] {
  const first = new Map<string, Decl>();
  return group.filter((decl) => {
    const source = sourceOf(decl);
    const known = first.get(source);
    if (!known) first.set(source, decl);
    else if (spanOf(known)?.start !== spanOf(decl)?.start) {
      report(say.duplicateDeclaration(spanOf(decl), { kind: decl.kind, name: decl.name }, firstHere(known)));
      return false;
    }
    return true;
  });
}

/** The file that a declaration is written in, before any overlay. */
const sourceOf = ({ origins }: Decl): string =>
  (origins.find(({ basis }) => basis !== "overlay") ?? origins[0])?.span.path ?? "";

/**
 * The descriptions that can be of one thing, the one that holds first: of one kind and one system. A type that is external
 * to one source is the type that another declares.
 */
function oneThing(parts: readonly Part[], report: Report): readonly Part[] {
  const declared = parts.some(({ decl }) => decl.kind !== "external");
  const marked = parts.map((part) => (declared && part.decl.kind === "external" ? { ...part, mention: true } : part));
  const rank = (part: Part): number => (part.mention ? -1 : rankOf(part, "kind"));
  const [head] = [...marked].sort((a, b) => rank(b) - rank(a));
  return head ? [head, ...marked.filter((part) => part !== head && fits(part, head, report))] : [];
}

function fits(part: Part, head: Part, report: Report): boolean {
  if (part.mention) return true;
  const [here, there] = [part.decl, head.decl];
  const differ = (finding: typeof say.kindDiffers, a: string, b: string): false => {
    const path = spanOf(there)?.path ?? "";
    report(finding(placeOf(part, "kind"), { at: here.name, here: a, there: b, path }, firstHere(there)));
    return false;
  };
  if (here.kind !== there.kind) {
    // What a reader made up, or an overlay declares in its place, yields without a word.
    const stated = [part, head].every((other) => rankOf(other, "kind") === 1);
    return stated && differ(say.kindDiffers, here.kind, there.kind);
  }
  const [a, b] = [here, there].map((decl) => ("system" in decl && decl.kind !== "topic" ? decl.system : undefined));
  return a === b || a === undefined || b === undefined || differ(say.systemDiffers, a, b);
}

function contextOf(decls: readonly Decl[]): MergeContext["types"] {
  const types = new Map<Name, TypeDecl>();
  const systems = new Map<Name, System>();
  for (const decl of decls) {
    if (decl.kind === "system") systems.set(decl.name, decl);
    else if (isTypeDecl(decl) && (types.get(decl.name)?.kind ?? "external") === "external") types.set(decl.name, decl);
  }
  return { type: (name) => types.get(name), profile: (system) => systems.get(system)?.json };
}

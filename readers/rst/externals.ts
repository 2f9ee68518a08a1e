import {
  type Decl,
  type External,
  lastSegment,
  type Name,
  type Span,
  scopeOf,
  walkTypeRef,
} from "../../model/index.ts";
import * as say from "./diagnostics.ts";
import type { Context } from "./message.ts";
import { stated } from "./origins.ts";
import type { Section } from "./outline.ts";

/** Declares the types that fields link to and that have no section here: they are defined elsewhere. */
export function externals(
  decls: readonly Decl[],
  sections: readonly Section[],
  { system, report, suggest }: Context,
): readonly External[] {
  const own = new Set(sections.map(({ name }) => name));
  const scopes = new Map<Name, string[]>();
  for (const name of own) {
    const siblings = scopes.get(scopeOf(name));
    if (siblings) siblings.push(lastSegment(name));
    else scopes.set(scopeOf(name), [lastSegment(name)]);
  }
  const found = new Map<Name, External>();
  for (const decl of decls) {
    if (decl.kind !== "message") continue;
    for (const field of decl.fields)
      for (const type of walkTypeRef(field.type)) {
        if (type.kind !== "named" || !type.span) continue;
        const name = type.name.slice(1);
        if (own.has(name) || found.has(name)) continue;
        found.set(name, { kind: "external", name, system, origins: [stated(type.span)] });
        missing(name, `${decl.name}.${field.name}`, type.span);
      }
  }
  return [...found.values()];

  /** Packages may be spread over several documents, so this is worth a note and no more. */
  function missing(name: Name, at: string, span: Span): void {
    const siblings = scopes.get(scopeOf(name)) ?? [];
    if (siblings.length === 0 && !own.has(scopeOf(name))) return;
    const near = suggest(lastSegment(name), siblings);
    report(say.notInDocument(span, { name, at, near }));
  }
}

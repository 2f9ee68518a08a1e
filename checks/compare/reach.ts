import {
  compareText,
  type Decl,
  isTypeDecl,
  type Model,
  type Name,
  namesIn,
  type TypeRef,
  typesIn,
} from "../../model/index.ts";

/** Who carries a declaration, directly or through other types: events by name, bodies as `<operation>.v<version>.<side>`. */
export function reachOf(model: Model): (name: Name) => readonly Name[] {
  const uses = new Map<Name, ReadonlySet<Name>>();
  const carriers: (readonly [Name, readonly TypeRef[]])[] = [];
  for (const decl of model.decls) {
    if (isTypeDecl(decl)) uses.set(decl.name, mentioned(decl));
    if (decl.kind === "event")
      carriers.push([
        decl.name,
        decl.envelope ? [decl.payload, { kind: "named", name: decl.envelope.type }] : [decl.payload],
      ]);
    if (decl.kind === "operation")
      for (const { version, request, response } of decl.versions) {
        if (request) carriers.push([`${decl.name}.v${version}.request`, [request]]);
        if (response) carriers.push([`${decl.name}.v${version}.response`, [response]]);
      }
  }
  const reached = new Map<Name, Set<Name>>();
  for (const [carrier, roots] of carriers) {
    const seen = new Set([carrier, ...roots.flatMap(namesIn)]);
    for (const name of seen) for (const next of uses.get(name) ?? []) seen.add(next);
    for (const name of seen) reached.set(name, (reached.get(name) ?? new Set()).add(carrier));
  }
  return (name) => [...(reached.get(name) ?? [])].sort(compareText);
}

const mentioned = (decl: Decl): ReadonlySet<Name> => new Set(typesIn(decl).flatMap(namesIn));

import { isIdentifier, lastSegment, type Name, pascalCase, scopeOf } from "../../model/index.ts";
import type { ProtoDecl } from "./select.ts";

/** A legal Protobuf name that differs from the text as little as it can. */
export function protoName(text: string): string {
  return isIdentifier(text) ? text : text.replace(/[^A-Za-z0-9_]/gu, "_").replace(/^(?=[0-9]|$)/, "_");
}

/** What the JSON mapping and ClickHouse take for the same name, whatever its case and underscores. */
export const folded = (name: string): string => name.toLowerCase().replace(/_/g, "");

/** Where each declaration stands: the package it is in, and its full name there. */
export interface Layout {
  readonly packageOf: (name: Name) => Name;
  /** A message within a message stays there; what stands within anything else is joined to its name. */
  readonly fullName: (name: Name) => Name;
}

/**
 * A package per scope. Files must not import one another in a circle: scopes that do become one package, that of the scope
 * around them, in which a name keeps the rest of its scope in front.
 */
export function createLayout(
  decls: ReadonlyMap<Name, ProtoDecl>,
  isType: (name: Name) => boolean,
  uses: (decl: ProtoDecl) => readonly Name[],
): Layout {
  const scopes = new Map([...decls.values()].map((decl) => [decl.name, scopeAround(decl, isType)]));
  let joined = new Map([...scopes.values()].map((scope) => [scope, scope]));
  const scopeOfFile = (name: Name): Name => joined.get(scopes.get(name) ?? "") ?? "";
  for (;;) {
    const circle = findCircle(decls, scopeOfFile, uses);
    if (!circle) break;
    const around = commonScope(circle);
    joined = new Map([...joined].map(([scope, current]) => [scope, circle.includes(current) ? around : current]));
  }
  const packageOf = (name: Name): Name => scopeOfFile(name).split(".").map(protoName).join(".");
  const fullName = (name: Name): Name => {
    const outer = decls.get(scopeOf(name));
    if (outer?.kind === "message") return `${fullName(outer.name)}.${protoName(lastSegment(name))}`;
    const scope = scopeOfFile(name);
    const rest = (name.startsWith(`${scope}.`) ? name.slice(scope.length + 1) : name).split(".");
    const own = rest.length === 1 ? rest[0] : rest.map((part) => pascalCase(part) || part).join("");
    return `${packageOf(name)}.${protoName(own ?? "")}`;
  };
  return { packageOf, fullName };
}

/** The segments before the first that is a type; a name without any has its system's. */
function scopeAround({ name, system }: ProtoDecl, isType: (name: Name) => boolean): Name {
  const segments = name.split(".");
  let length = 0;
  while (length < segments.length - 1 && !isType(segments.slice(0, length + 1).join("."))) length++;
  return length === 0 ? system : segments.slice(0, length).join(".");
}

/** Packages that use one another in a circle. */
function findCircle(
  decls: ReadonlyMap<Name, ProtoDecl>,
  packageOf: (name: Name) => Name,
  uses: (decl: ProtoDecl) => readonly Name[],
): readonly Name[] | undefined {
  const next = new Map<Name, Set<Name>>();
  for (const decl of decls.values()) {
    const own = packageOf(decl.name);
    const used = next.get(own) ?? new Set<Name>();
    next.set(own, used);
    for (const name of uses(decl)) if (packageOf(name) !== own) used.add(packageOf(name));
  }
  const reached = (from: Name): ReadonlySet<Name> => {
    const seen = new Set<Name>();
    const open = [...(next.get(from) ?? [])];
    for (let name = open.pop(); name !== undefined; name = open.pop())
      if (!seen.has(name)) {
        seen.add(name);
        open.push(...(next.get(name) ?? []));
      }
    return seen;
  };
  for (const start of next.keys()) {
    const after = reached(start);
    if (after.has(start)) return [...next.keys()].filter((name) => after.has(name) && reached(name).has(start));
  }
  return undefined;
}

function commonScope([first = "", ...others]: readonly Name[]): Name {
  let scope = first;
  while (scope !== "" && !others.every((other) => other === scope || other.startsWith(`${scope}.`)))
    scope = scopeOf(scope);
  return scope || (first.split(".")[0] ?? "");
}

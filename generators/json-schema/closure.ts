import {
  compareText,
  type Name,
  namesIn,
  type System,
  type TypeDecl,
  type TypeRef,
  typesIn,
  type View,
} from "../../model/index.ts";

/**
 * The types a system's schemas define: its own, and those of other systems that they lead to, so that the folder of a
 * system is whole without any other.
 */
export function definedTypes(view: View, system: System): readonly TypeDecl[] {
  const found = new Map<Name, TypeDecl>(view.types(system.name).map((decl) => [decl.name, decl]));
  const pending: Name[] = [];
  for (const decl of found.values()) pending.push(...mentioned(typesIn(decl)));
  for (const event of view.events(system.name)) {
    const message = event.envelope && view.eventMessage(event);
    pending.push(...mentioned(message ? typesIn(message) : [event.payload]));
  }
  for (const operation of view.operations(system.name)) pending.push(...mentioned(typesIn(operation)));
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name)) continue;
    const decl = view.type(name);
    found.set(name, decl);
    pending.push(...mentioned(typesIn(decl)));
  }
  return [...found.values()].sort((a, b) => compareText(a.name, b.name));
}

const mentioned = (types: readonly TypeRef[]): readonly Name[] => types.flatMap(namesIn);

import { isTypeDecl } from "../decl.ts";
import type { Name } from "../model.ts";
import { eventTypeName, localName, pascalCase } from "../names.ts";
import type { View } from "../view.ts";

/** Gives names to types that no source declares: what a source has called something stays its own. */
export function nameGiver(view: View, system: Name): (wanted: string) => Name {
  const taken = new Set(view.events(system).map(eventTypeName));
  taken.add(`${pascalCase(system)}Event`);
  for (const decl of view.model.decls) if (isTypeDecl(decl) && decl.system === system) taken.add(localName(decl.name));
  return (wanted) => {
    const base = `${system}.${pascalCase(wanted)}`;
    let name = base;
    for (let next = 2; taken.has(localName(name)); next++) name = `${base}${next}`;
    taken.add(localName(name));
    return name;
  };
}

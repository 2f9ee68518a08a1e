import { type Decl, type Field, isTypeDecl, lastSegment, localName, type Name, type View } from "../../model/index.ts";

/** Something in the model that has a name. */
export interface Named {
  /** Its full name: of a field, with the name of its event or type before it. */
  readonly name: Name;
  readonly decl: Decl;
  /** Given when it is a field, and not the declaration itself. */
  readonly field?: Field;
  /** The declaration that the field stands in, when that is not `decl`: the body or the envelope of an event. */
  readonly owner?: Decl;
}

/** Everything a model names, by its full name, and by the shorter names people say. */
export interface NameIndex {
  readonly full: ReadonlyMap<string, readonly Named[]>;
  readonly short: ReadonlyMap<string, readonly Named[]>;
}

/** Gathers the names of a model. */
export function indexNames(view: View): NameIndex {
  const full = new Map<string, Named[]>();
  const short = new Map<string, Named[]>();
  const add = (map: Map<string, Named[]>, name: string, named: Named): void => {
    const others = map.get(name);
    if (!others) map.set(name, [named]);
    else if (!others.some((other) => other.name === named.name && other.decl === named.decl)) others.push(named);
  };
  for (const decl of view.model.decls) {
    const named = { name: decl.name, decl };
    add(full, decl.name, named);
    for (const alias of decl.aliases ?? []) add(short, alias, named);
    if (isTypeDecl(decl)) for (const name of [lastSegment(decl.name), localName(decl.name)]) add(short, name, named);
    for (const { field, owner } of fieldsOf(decl, view)) {
      const member = { name: `${decl.name}.${field.name}`, decl, field, ...(owner && { owner }) };
      add(full, member.name, member);
      for (const name of [field.name, `${lastSegment(decl.name)}.${field.name}`]) add(short, name, member);
    }
  }
  return { full, short };
}

/** The fields of a declaration: of an event, those of its body and of its envelope. */
export function fieldsOf(decl: Decl, view: View): readonly { readonly field: Field; readonly owner?: Decl }[] {
  if (decl.kind === "message" || decl.kind === "union") return (decl.fields ?? []).map((field) => ({ field }));
  if (decl.kind === "component") return decl.env.map((field) => ({ field }));
  if (decl.kind !== "event") return [];
  const parts = [decl.payload, ...(decl.envelope ? [{ kind: "named", name: decl.envelope.type } as const] : [])];
  const owners = parts.flatMap((type) => (type.kind === "named" ? [view.type(type.name)] : []));
  return (view.eventMessage(decl)?.fields ?? []).map((field) => {
    const owner = owners.find((type) => type.kind === "message" && type.fields.some(({ name }) => name === field.name));
    return { field, ...(owner && { owner }) };
  });
}

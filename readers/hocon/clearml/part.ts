import { canonicalJson, type Name, named, type Origin, type TypeDecl, type TypeRef } from "../../../model/index.ts";
import { type HoconObject, toJson } from "../syntax/index.ts";
import { docOf } from "./access.ts";
import type { Service } from "./context.ts";
import { nameOf, type TypeName } from "./naming.ts";

/** A schema, and what is known of it from where it stands. */
export interface Part {
  readonly schema: HoconObject;
  readonly origins: readonly Origin[];
  /** What it is called if it has to be declared. */
  readonly name: TypeName;
  /** What messages call it. */
  readonly at: string;
  /** `definition` and `body` are declared for what they are; `member` only where a name is needed. */
  readonly role: "definition" | "body" | "item" | "member";
}

/** What every declared type begins with. */
export interface Head {
  readonly name: Name;
  readonly system: Name;
  readonly doc?: string;
  readonly origins: readonly Origin[];
}

/** Declares a type for a part, unless the very same text has been declared before, and refers to it. */
export function declare(s: Service, part: Part, make: (head: Head) => TypeDecl): TypeRef {
  const { schema, origins } = part;
  const { path, start, end } = schema.span;
  const key = `${path}:${start}:${end} ${canonicalJson(toJson(schema))}`;
  const known = s.known.get(key);
  if (known && part.role !== "definition") return known;
  const name = freeName(s, nameOf(part.name));
  s.names.add(name);
  // The description of a member is that of the field.
  const doc = part.role === "member" ? {} : docOf(s, schema, part.at);
  const decl = make({ name, system: s.system, ...doc, origins });
  const ref = named(`.${name}`);
  s.decls.push(decl);
  s.known.set(key, ref);
  return ref;
}

/** Names are made of the way to a type, and two ways can read alike: `a_b` and `aB`. */
function freeName(s: Service, name: Name): Name {
  let free = name;
  for (let count = 2; s.names.has(free); count++) free = `${name}${count}`;
  return free;
}

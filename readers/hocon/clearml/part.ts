import { canonicalJson, named, type Origin, type TypeDecl, type TypeRef } from "../../../model/index.ts";
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

/** Declares a type for a part, unless the very same text has been declared before, and refers to it. */
export function declare(s: Service, part: Part, make: (doc: { readonly doc?: string }) => TypeDecl): TypeRef {
  const { schema } = part;
  const { path, start, end } = schema.span;
  const key = `${path}:${start}:${end} ${canonicalJson(toJson(schema))}`;
  const known = s.known.get(key);
  if (known && part.role !== "definition") return known;
  // The description of a member is that of the field.
  const decl = make(part.role === "member" ? {} : docOf(schema, part.at, s.report));
  const ref = named(`.${nameOf(part.name)}`);
  s.decls.push(decl);
  s.known.set(key, ref);
  return ref;
}

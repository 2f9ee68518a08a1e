import type { Decl, Declared, Field, Origin, TypeDecl, TypeRef } from "./model.ts";
import { mapTypeRef } from "./type-ref.ts";

/** True for declarations that a type reference can name. */
export function isTypeDecl(decl: Decl): decl is TypeDecl {
  switch (decl.kind) {
    case "message":
    case "enum":
    case "union":
    case "alias":
    case "external":
      return true;
    default:
      return false;
  }
}

/** Rebuilds a declaration with every type in it changed, from the leaves up. */
export function mapTypesOf(decl: Decl, change: (leaf: TypeRef) => TypeRef): Decl {
  const type = (ref: TypeRef): TypeRef => mapTypeRef(ref, change);
  const fields = (all: readonly Field[]): readonly Field[] =>
    all.map((field) => ({ ...field, type: type(field.type) }));
  switch (decl.kind) {
    case "message":
      return { ...decl, fields: fields(decl.fields) };
    case "union":
      return { ...decl, variants: decl.variants.map(type), ...(decl.fields && { fields: fields(decl.fields) }) };
    case "alias":
      return { ...decl, type: type(decl.type) };
    case "external":
      return decl.as ? { ...decl, as: type(decl.as) } : decl;
    case "event":
      return { ...decl, payload: type(decl.payload) };
    case "operation":
      return {
        ...decl,
        versions: decl.versions.map((version) => ({
          ...version,
          ...(version.request && { request: type(version.request) }),
          ...(version.response && { response: type(version.response) }),
        })),
      };
    case "component":
      return { ...decl, env: fields(decl.env) };
    case "system":
    case "topic":
    case "enum":
      return decl;
  }
}

/** Every type that a declaration mentions, parts included. */
export function typesIn(decl: Decl): readonly TypeRef[] {
  const found: TypeRef[] = [];
  mapTypesOf(decl, (type) => {
    found.push(type);
    return type;
  });
  return found;
}

/** True for a field or a value whose number comes from a lock: no document of its own says what it is on the wire. */
export const isLocked = ({ origins }: Pick<Declared, "origins">): boolean =>
  origins.some(({ reader }) => reader === "lock");

/** The origin of what a reader concluded and nobody confirmed: no overlay, and no other source that states it. */
export function guessOf({ origins }: Pick<Declared, "origins">): Origin | undefined {
  // A lock knows numbers, and nothing of what they stand for.
  if (origins.some(({ basis, reader }) => basis === "overlay" && reader !== "lock")) return undefined;
  // Words are never a guess: they stand in the source.
  const isWords = (fact: string): boolean => fact === "doc" || fact === "label";
  return origins.find(({ basis, facts }) => basis === "inferred" && !facts?.every(isWords));
}

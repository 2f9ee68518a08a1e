import {
  canonicalJson,
  type Field,
  type Json,
  type Message,
  type Name,
  type Oneof,
  propertyForm,
  type TypeDecl,
  type Union,
} from "../../model/index.ts";
import type { Scope } from "./scope.ts";
import { propertyType } from "./types.ts";

/**
 * The bodies of operations that grew out of the version before: each is declared as that one with what is new. Taken is
 * only what says the same in every respect, comments included; and something must be new, so that there is no circle.
 */
export function grownTypes(scope: Scope): ReadonlyMap<Name, Message | Union> {
  const { view, system } = scope;
  const bases = new Map<Name, Message | Union>();
  const bodies = view
    .operations(system.name)
    .flatMap(({ versions }) => [
      versions.map((version) => version.request),
      versions.map((version) => version.response),
    ]);
  for (const versions of bodies) {
    let previous: TypeDecl | undefined;
    for (const body of versions) {
      if (body?.kind !== "named") continue;
      const decl = view.type(body.name);
      if (decl.system !== system.name) continue;
      const base = previous && grownFrom(previous, decl);
      if (base && !bases.has(decl.name)) bases.set(decl.name, base);
      previous = decl;
    }
  }
  return bases;
}

/** The fields that a base does not already declare just so. */
export function newFields(fields: readonly Field[], base: readonly Field[]): readonly Field[] {
  const known = new Map(base.map((field) => [field.name, field]));
  return fields.filter((field) => {
    const other = known.get(field.name);
    return !other || !sameField(field, other);
  });
}

/** True when a message may extend another one: it has all of its fields, unchanged or narrower. */
export function canExtend(message: Message, base: Message, scope: Scope): boolean {
  const own = new Map(message.fields.map((field) => [field.name, field]));
  return (
    base.fields.length > 0 &&
    (base.oneofs ?? []).every((oneof) => hasOneof(message, oneof)) &&
    (!base.open || message.open === true) &&
    base.fields.every((outer) => {
      const inner = own.get(outer.name);
      return inner !== undefined && (sameField(inner, outer) || narrows(inner, outer, scope));
    })
  );
}

/** True when a message has this very group. */
export const hasOneof = (message: Message, oneof: Oneof): boolean =>
  (message.oneofs ?? []).some((other) => same({ ...other, origins: [] }, { ...oneof, origins: [] }));

function grownFrom(previous: TypeDecl, next: TypeDecl): Message | Union | undefined {
  if (previous.kind === "message" && next.kind === "message") {
    const fits =
      previous.fields.length > 0 &&
      (previous.open ?? false) === (next.open ?? false) &&
      (previous.oneofs ?? []).every((oneof) => hasOneof(next, oneof));
    return fits && growsBy(previous.fields, next.fields) ? previous : undefined;
  }
  if (previous.kind === "union" && next.kind === "union") {
    const fits = same([previous.variants, previous.tag ?? null], [next.variants, next.tag ?? null]);
    return fits && growsBy(previous.fields ?? [], next.fields ?? []) ? previous : undefined;
  }
  return undefined;
}

const growsBy = (previous: readonly Field[], next: readonly Field[]): boolean =>
  next.length > previous.length && next.length - newFields(next, previous).length === previous.length;

/** True when every value of the inner property's type is one of the outer's as well, as far as is plain to see. */
function narrows(inner: Field, outer: Field, scope: Scope): boolean {
  const [to, from] = [propertyForm(inner, scope.profile), propertyForm(outer, scope.profile)];
  if ((from.required && !to.required) || (to.nullable && !from.nullable)) return false;
  const narrow = propertyType({ ...to, nullable: false }, scope);
  const wide = propertyType({ ...from, nullable: false }, scope);
  return narrow === wide || wide === "unknown" || (to.form.kind === "literal" && wide === typeof to.form.value);
}

function sameField({ origins: _, ...a }: Field, { origins: __, ...b }: Field): boolean {
  return same(a, b);
}

const same = (a: object, b: object): boolean => canonicalJson(a as Json) === canonicalJson(b as Json);

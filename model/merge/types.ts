import { equalJson, type Json } from "../json.ts";
import type { JsonProfile, Name, TypeDecl, TypeRef } from "../model.ts";
import { formatTypeRef } from "../type-expression.ts";

/** What the words of a type may lead to: the declarations, and how a system writes its enums. */
export interface TypeContext {
  readonly type: (name: Name) => TypeDecl | undefined;
  readonly profile: (system: Name) => JsonProfile | undefined;
}

/**
 * What two descriptions of one type say together; `undefined` when they contradict each other. A source that says `string`
 * where another says `uuid`, `number` where another says `int64`, or `object` where another names a message says less, and
 * nothing else. Widths that are both stated, and shapes that are not alike, contradict.
 */
export function joinTypes(a: TypeRef, b: TypeRef, context: TypeContext): TypeRef | undefined {
  if (same(a, b)) return a;
  const [plainA, plainB] = [follow(a, context), follow(b, context)];
  if (plainA !== a || plainB !== b) {
    // Two names of which nothing else is known are two types.
    if (plainA.kind === "unstated" && plainB.kind === "unstated" && a.kind === b.kind) return undefined;
    const joined = joinTypes(plainA, plainB, context);
    // A name says more than what it stands for.
    return joined && (same(joined, plainA) && a.kind === "named" ? a : same(joined, plainB) ? b : joined);
  }
  if (saysLess(a, b, context)) return b;
  if (saysLess(b, a, context)) return a;
  if (a.kind === "list" && b.kind === "list") {
    const item = joinTypes(a.item, b.item, context);
    return item && { kind: "list", item, ...((a.unique || b.unique) && { unique: true }) };
  }
  if (a.kind === "map" && b.kind === "map" && a.key === b.key) {
    const value = joinTypes(a.value, b.value, context);
    return value && { ...a, value };
  }
  if (a.kind === "union" && b.kind === "union") {
    const texts = new Set(b.variants.map(formatTypeRef));
    return texts.size === a.variants.length && a.variants.every((variant) => texts.has(formatTypeRef(variant)))
      ? a
      : undefined;
  }
  return undefined;
}

/** Both after references are resolved, when a named type is its name and nothing else. */
const same = (a: TypeRef, b: TypeRef): boolean => equalJson(a as unknown as Json, b as unknown as Json);

/** Past aliases to what they stand for; an external type of which nothing else is known says nothing. */
function follow(type: TypeRef, { type: find }: TypeContext): TypeRef {
  let current = type;
  // Aliases in a circle are a finding of their own.
  for (let steps = 0; current.kind === "named" && steps < 100; steps++) {
    const decl = find(current.name);
    if (decl?.kind === "alias") current = decl.type;
    else if (decl?.kind === "external") current = decl.as ?? { kind: "unstated" };
    else break;
  }
  return current;
}

/** True when `less` is the looser word for what `more` says. */
function saysLess(less: TypeRef, more: TypeRef, context: TypeContext): boolean {
  if (less.kind === "unstated") return true;
  if (less.kind === "json") return less.only === undefined || isObject(more, context);
  if (less.kind !== "scalar") return false;
  if (more.kind === "union") return more.variants.every((variant) => saysLess(less, variant, context));
  if (more.kind === "named") return writesEnum(less, more.name, context);
  if (more.kind === "literal") return !less.logical && typeof more.value === carrierOf(less);
  if (more.kind !== "scalar") return false;
  if (!less.logical) {
    const sameCarrier = less.scalar === "number" ? carrierOf(more) === "number" : less.scalar === more.scalar;
    return sameCarrier && (less.scalar === "number" || more.logical !== undefined);
  }
  // The encoding `protobuf` leaves it to the system how a time is written.
  return "encoding" in less.logical && less.logical.encoding === "protobuf" && less.logical.name === more.logical?.name;
}

function isObject(type: TypeRef, { type: find }: TypeContext): boolean {
  if (type.kind === "map" || (type.kind === "json" && type.only === "object")) return true;
  const kind = type.kind === "named" ? find(type.name)?.kind : undefined;
  return kind === "message" || kind === "union";
}

/** The JSON type that carries a scalar; bytes have a meaning of their own. */
function carrierOf({ scalar }: TypeRef & { kind: "scalar" }): "string" | "number" | "boolean" | "bytes" {
  if (scalar === "string" || scalar === "bytes") return scalar;
  return scalar === "bool" ? "boolean" : "number";
}

/** A document about values calls an enum what its values are written as: a string, or an integer. */
function writesEnum(scalar: TypeRef & { kind: "scalar" }, name: Name, { type, profile }: TypeContext): boolean {
  const decl = type(name);
  if (decl?.kind !== "enum" || scalar.logical) return false;
  const written = profile(decl.system)?.enums;
  return carrierOf(scalar) === (written === "number" ? "number" : "string");
}

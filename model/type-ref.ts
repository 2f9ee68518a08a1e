import { assertNever } from "./json.ts";
import type { Logical, Name, Scalar, TypeRef } from "./model.ts";

/** A plain scalar, or one with a meaning. */
export const scalar = (name: Scalar, logical?: Logical): TypeRef =>
  logical ? { kind: "scalar", scalar: name, logical } : { kind: "scalar", scalar: name };
/** A reference by name; see {@link TypeRef} for how it resolves. */
export const named = (name: Name): TypeRef => ({ kind: "named", name });
/** A list of one item type. */
export const list = (item: TypeRef): TypeRef => ({ kind: "list", item });
/** A map with string keys. */
export const map = (value: TypeRef): TypeRef => ({ kind: "map", key: "string", value });
/** Exactly one value. */
export const literal = (value: string | number | boolean): TypeRef => ({ kind: "literal", value });
/** Free-form JSON that must be an object. */
export const jsonObject: TypeRef = { kind: "json", only: "object" };
/** Free-form JSON of any kind. */
export const jsonAny: TypeRef = { kind: "json" };
/** The source does not say. */
export const unstated: TypeRef = { kind: "unstated" };
/** A point in time; its encoding decides the scalar that carries it. */
export const timestamp = (encoding: "rfc3339" | "epoch-seconds" | "epoch-millis" | "protobuf"): TypeRef =>
  scalar(encoding.startsWith("epoch") ? "int64" : "string", { name: "timestamp", encoding });
/** A span of time; its encoding decides the scalar that carries it. */
export const duration = (encoding: "seconds-string" | "iso8601" | "seconds" | "millis" | "protobuf"): TypeRef =>
  scalar(encoding === "seconds" ? "float64" : encoding === "millis" ? "int64" : "string", {
    name: "duration",
    encoding,
  });
/** A UUID as text. */
export const uuid: TypeRef = scalar("string", { name: "uuid" });

/** Rebuilds a type from the leaves up. */
export function mapTypeRef(type: TypeRef, change: (leaf: TypeRef) => TypeRef): TypeRef {
  switch (type.kind) {
    case "list":
      return change({ ...type, item: mapTypeRef(type.item, change) });
    case "map":
      return change({ ...type, value: mapTypeRef(type.value, change) });
    case "union":
      return change({ ...type, variants: type.variants.map((variant) => mapTypeRef(variant, change)) });
    case "scalar":
    case "named":
    case "literal":
    case "json":
    case "unstated":
      return change(type);
    default:
      return assertNever(type);
  }
}

/** Every type inside a type, itself included. */
export function* walkTypeRef(type: TypeRef): Generator<TypeRef> {
  yield type;
  if (type.kind === "list") yield* walkTypeRef(type.item);
  else if (type.kind === "map") yield* walkTypeRef(type.value);
  else if (type.kind === "union") for (const variant of type.variants) yield* walkTypeRef(variant);
}

/** The names a type mentions. */
export function namesIn(type: TypeRef): readonly Name[] {
  return [...walkTypeRef(type)].flatMap((part) => (part.kind === "named" ? [part.name] : []));
}

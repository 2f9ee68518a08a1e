import { formatTypeRef, type TypeRef, unalias } from "../../model/index.ts";
import type { TypePath } from "./change.ts";
import type { Sides } from "./sides.ts";

/** One difference inside a type. */
export interface TypeDifference {
  readonly what: "type" | "cardinality" | "map-key" | "meaning" | "variant.added" | "variant.removed";
  readonly path: TypePath;
  readonly from: TypeRef;
  readonly to: TypeRef;
}

/** All differences between two uses of types. Named types are the same when their declarations are matched: what changed inside of them is told there. */
export function differences(from: TypeRef, to: TypeRef, sides: Sides, path: TypePath = ""): readonly TypeDifference[] {
  if (isSame(from, to, sides)) return [];
  const [before, after] = [unalias(from, sides.old.view), unalias(to, sides.new.view)];
  if (isSame(before, after, sides)) return [];
  const one = (what: TypeDifference["what"]): readonly TypeDifference[] => [{ what, path, from: before, to: after }];
  if (before.kind === "list" && after.kind === "list") {
    const item = differences(before.item, after.item, sides, `${path}[]`);
    return (before.unique ?? false) === (after.unique ?? false) ? item : [...one("type"), ...item];
  }
  if (before.kind === "map" && after.kind === "map")
    return [
      ...(before.key === after.key ? [] : one("map-key")),
      ...differences(before.value, after.value, sides, `${path}{}`),
    ];
  if (before.kind === "union" && after.kind === "union")
    return variantDifferences(before.variants, after.variants, sides, path);
  if (isMany(before) || isMany(after)) return one("cardinality");
  if (before.kind === "scalar" && after.kind === "scalar" && before.scalar === after.scalar && isTime(before, after))
    return one("meaning");
  return one("type");
}

/** The variants that came and went; which of them is which nobody says. */
export function variantDifferences(
  before: readonly TypeRef[],
  after: readonly TypeRef[],
  sides: Sides,
  path: TypePath = "",
): readonly TypeDifference[] {
  const gone = before.filter((variant) => !after.some((other) => isSame(variant, other, sides)));
  const come = after.filter((variant) => !before.some((other) => isSame(other, variant, sides)));
  return [
    ...gone.map((variant) => ({ what: "variant.removed", path, from: variant, to: variant }) as const),
    ...come.map((variant) => ({ what: "variant.added", path, from: variant, to: variant }) as const),
  ];
}

function isSame(from: TypeRef, to: TypeRef, sides: Sides): boolean {
  if (from.kind === "named" && to.kind === "named") return sides.renamed(from.name) === to.name;
  if (from.kind === "list" && to.kind === "list")
    return (from.unique ?? false) === (to.unique ?? false) && isSame(from.item, to.item, sides);
  if (from.kind === "map" && to.kind === "map") return from.key === to.key && isSame(from.value, to.value, sides);
  if (from.kind === "union" && to.kind === "union")
    return (
      from.variants.length === to.variants.length && variantDifferences(from.variants, to.variants, sides).length === 0
    );
  return from.kind === to.kind && from.kind !== "named" && formatTypeRef(from) === formatTypeRef(to);
}

const isMany = (type: TypeRef): boolean => type.kind === "list" || type.kind === "map";

/** Both say that the scalar is a time or a span of time, and not the same one. */
const isTime = (...types: readonly (TypeRef & { readonly kind: "scalar" })[]): boolean =>
  types.every(({ logical }) => logical?.name === "timestamp" || logical?.name === "duration");

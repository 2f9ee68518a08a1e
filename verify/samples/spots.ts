import type { Name } from "../../model/index.ts";
import type { Bounds } from "./builder.ts";
import {
  type ListShape,
  type MapShape,
  type Member,
  type ObjectShape,
  pointerTo,
  type Shape,
  type UnionShape,
} from "./shape.ts";

/** A place in a value at which something can be shown, and the way to it. */
export interface Spot {
  readonly steps: readonly Step[];
  readonly pointer: string;
  readonly at: Name;
  readonly shape: Shape;
  /** Objects, lists and maps around it. */
  readonly depth: number;
  /** The field it is the value of; absent for the whole and for parts of lists and maps. */
  readonly member?: Member;
  /** The object whose field it is. */
  readonly owner?: ObjectShape;
  /** What the union calls it; present for a shape of one. */
  readonly variant?: string;
  /** In words, for people: the keys on the way. */
  readonly label: string;
}

/** One step from a value to a part of it. */
export type Step =
  | { readonly kind: "member"; readonly of: ObjectShape; readonly member: Member }
  | { readonly kind: "item"; readonly of: ListShape }
  | { readonly kind: "entry"; readonly of: MapShape; readonly key: string }
  /** From a union to one of its shapes: the same place in the value. */
  | { readonly kind: "variant"; readonly of: UnionShape; readonly index: number; readonly pointer: string };

/** More places than anyone looks at; those that lie deepest are left out. */
const mostSpots = 3000;

/**
 * The places in a value, the nearest first. An object within its own kind is not entered again. Of places that show the same
 * field, the first comes before all that repeat one.
 */
export function spotsOf(root: Shape, at: Name, { maxDepth, height }: Bounds): readonly Spot[] {
  const found: Spot[] = [{ steps: [], pointer: "", at, shape: root, depth: 0, label: "" }];
  for (const spot of found) {
    if (found.length > mostSpots) break;
    for (const part of partsOf(spot))
      if (Number.isFinite(height(part.shape)) && part.depth + height(part.shape) <= Math.max(maxDepth, height(root)))
        found.push(part);
  }
  const known = new Set<string>();
  const [firsts, others]: readonly [Spot[], Spot[]] = [[], []];
  for (const spot of found) {
    const last = spot.steps.at(-1);
    const key =
      last?.kind === "member" ? spot.at : `${spot.at} ${last?.kind} ${last?.kind === "variant" ? last.index : ""}`;
    (known.has(key) ? others : firsts).push(spot);
    known.add(key);
  }
  return [...firsts, ...others];
}

/** True for an object somewhere within one of its own kind. */
export const isWithinItself = ({ steps, shape }: Spot): boolean =>
  steps.some((step) => step.kind === "member" && step.of === shape);

function partsOf(spot: Spot): readonly Spot[] {
  const { steps, pointer, at, shape, depth, label } = spot;
  switch (shape.kind) {
    case "leaf":
      return [];
    case "object":
      if (isWithinItself(spot)) return [];
      return shape.members.map((member) => ({
        steps: [...steps, { kind: "member", of: shape, member }],
        pointer: pointerTo(pointer, member.key),
        at: member.at,
        shape: member.shape(),
        depth: depth + 1,
        member,
        owner: shape,
        label: label === "" ? member.key : `${label}.${member.key}`,
      }));
    case "list": {
      if (shape.maxItems < 1) return [];
      const step: Step = { kind: "item", of: shape };
      return [
        {
          steps: [...steps, step],
          pointer: pointerTo(pointer, 0),
          at,
          shape: shape.item(),
          depth: depth + 1,
          label: `${label}[0]`,
        },
      ];
    }
    case "map": {
      const key = String(shape.keys.valid[0]?.value);
      const step: Step = { kind: "entry", of: shape, key };
      return [
        {
          steps: [...steps, step],
          pointer: pointerTo(pointer, key),
          at,
          shape: shape.value(),
          depth: depth + 1,
          label: `${label}[${key}]`,
        },
      ];
    }
    case "union":
      return shape.variants.map((variant, index) => ({
        steps: [...steps, { kind: "variant", of: shape, index, pointer }],
        pointer,
        at,
        shape: variant.shape(),
        depth,
        variant: variant.label,
        label,
      }));
  }
}

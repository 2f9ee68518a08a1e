import type { Shape } from "./shape.ts";

/** How many objects, lists and maps the smallest value of a shape has within one another; infinite when it has no end. */
export type Height = (shape: Shape) => number;

/** More shapes than any description has; what lies beyond is taken as endless. */
const mostShapes = 20000;

/** The heights of all shapes that one leads to: what is known of the parts decides the whole, until nothing changes. */
export function heightsFrom(root: Shape): Height {
  const shapes = reach(root);
  const heights = new Map<Shape, number>();
  const height: Height = (shape) => heights.get(shape) ?? Number.POSITIVE_INFINITY;
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const shape of shapes) {
      const found = heightOf(shape, height);
      if (found >= height(shape)) continue;
      heights.set(shape, found);
      isChanged = true;
    }
  }
  return height;
}

function heightOf(shape: Shape, height: Height): number {
  switch (shape.kind) {
    case "leaf":
      return shape.valid.length > 0 ? 0 : Number.POSITIVE_INFINITY;
    case "union":
      return Math.min(...shape.variants.map((variant) => height(variant.shape())));
    case "list":
      return shape.minItems > shape.maxItems
        ? Number.POSITIVE_INFINITY
        : 1 + (shape.minItems > 0 ? height(shape.item()) : 0);
    case "map":
      return 1;
    case "object": {
      const byKey = new Map(shape.members.map((member) => [member.key, member]));
      const of = (key: string): number => {
        const member = byKey.get(key);
        if (!member) return Number.POSITIVE_INFINITY;
        return member.nullable ? 0 : height(member.shape());
      };
      const required = shape.members.filter((member) => member.required).map(({ key }) => of(key));
      const groups = shape.groups.filter((group) => group.required).map(({ keys }) => Math.min(...keys.map(of)));
      return 1 + Math.max(0, ...required, ...groups);
    }
  }
}

/** Deepest parts last, so that a look at them from the end settles most shapes at once. */
function reach(root: Shape): readonly Shape[] {
  const found = new Set<Shape>([root]);
  for (const shape of found) {
    if (found.size > mostShapes) break;
    for (const part of partsOf(shape)) found.add(part);
  }
  return [...found].reverse();
}

function partsOf(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case "leaf":
      return [];
    case "object":
      return shape.members.map((member) => member.shape());
    case "list":
      return [shape.item()];
    case "map":
      return [shape.value()];
    case "union":
      return shape.variants.map((variant) => variant.shape());
  }
}

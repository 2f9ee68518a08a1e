import type { Group, ListShape, Member, Shape } from "./shape.ts";

/** How many objects, lists and maps the smallest value of a shape has within one another; infinite when it has no end. */
export type Height = (shape: Shape) => number;

/** More shapes than any description has; what lies beyond is taken as endless. */
const mostShapes = 20000;

/** Deeper or larger values than these nobody can send: a shape that has no smaller one counts as endless. */
const mostHeight = 200;
const mostParts = 20000;

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
  // What is too high is settled first, so that the parts of the others are counted at a bounded depth.
  for (const [shape, found] of heights) if (found > mostHeight) heights.delete(shape);
  const parts = partsFrom(height);
  for (const shape of shapes) if (parts(shape) > mostParts) heights.delete(shape);
  return height;
}

/** How many parts the smallest value of a shape has. */
function partsFrom(height: Height): (shape: Shape) => number {
  const known = new Map<Shape, number>();
  const parts = (shape: Shape): number => {
    if (!Number.isFinite(height(shape))) return Number.POSITIVE_INFINITY;
    const found = known.get(shape) ?? count(shape);
    known.set(shape, found);
    return found;
  };
  const count = (shape: Shape): number => {
    switch (shape.kind) {
      case "leaf":
      case "map":
        return 1;
      case "union": {
        const shapes = shape.variants.map((variant) => variant.shape());
        const least = Math.min(...shapes.map(height));
        const small = shapes.find((variant) => height(variant) === least);
        return small ? parts(small) : Number.POSITIVE_INFINITY;
      }
      case "list":
        return 1 + (shape.minItems > 0 ? shape.minItems * parts(shape.item()) : 0);
      case "object": {
        const byKey = new Map(shape.members.map((member) => [member.key, member]));
        const of = ({ nullable, shape: member }: Member): number =>
          nullable && !Number.isFinite(height(member())) ? 1 : parts(member());
        const required = shape.members.filter((member) => member.required).map(of);
        const groups = shape.groups
          .filter((group) => group.required)
          .map(({ keys }) => Math.min(...keys.flatMap((key) => byKey.get(key) ?? []).map(of)));
        return [...required, ...groups].reduce((sum, some) => sum + some, 1);
      }
    }
  };
  return parts;
}

function heightOf(shape: Shape, height: Height): number {
  switch (shape.kind) {
    case "leaf":
      return shape.valid.length > 0 ? 0 : Number.POSITIVE_INFINITY;
    case "union":
      return Math.min(...shape.variants.map((variant) => height(variant.shape())));
    case "list":
      return shape.minItems > shape.maxItems || shape.minItems > mostItems(shape)
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
      const isAsked = ({ keys }: Group): boolean => keys.filter((key) => byKey.get(key)?.required).length > 1;
      if (shape.groups.some(isAsked)) return Number.POSITIVE_INFINITY;
      const required = shape.members.filter((member) => member.required).map(({ key }) => of(key));
      const groups = shape.groups.filter((group) => group.required).map(({ keys }) => Math.min(...keys.map(of)));
      return 1 + [...required, ...groups].reduce((most, some) => Math.max(most, some), 0);
    }
  }
}

/** Of items that have to differ, there are no more than values. */
function mostItems({ item, unique }: ListShape): number {
  const of = item();
  return unique && of.kind === "leaf" && (of.isEnum || of.literal !== undefined)
    ? of.valid.length
    : Number.POSITIVE_INFINITY;
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

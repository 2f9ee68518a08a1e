import type { Height } from "./height.ts";
import type { Random } from "./prng.ts";
import { type WireValue, wireText } from "./sample.ts";
import {
  type Group,
  type LeafShape,
  type ListShape,
  type MapShape,
  type Member,
  type ObjectShape,
  record,
  type Shape,
} from "./shape.ts";

/** How much is put into a value where it is free. */
export type Plan = "minimal" | "full" | "random";

/** Makes values of shapes. What it is given as `parts` is put in as it is. */
export interface Builder {
  readonly random: Random;
  /** True where chance decides: then what can be shown by several values is shown by any of them. */
  readonly isVaried: boolean;
  readonly any: (shape: Shape, depth: number) => WireValue;
  readonly object: (shape: ObjectShape, depth: number, given?: Given) => WireValue;
  /** A list that begins with the items given and has so many in all, or as many as the plan wants. */
  readonly list: (
    shape: ListShape,
    depth: number,
    items?: readonly WireValue[],
    length?: number,
  ) => readonly WireValue[];
  readonly map: (
    shape: MapShape,
    depth: number,
    entries?: readonly (readonly [string, WireValue])[],
    size?: number,
  ) => WireValue;
}

/** What is settled of an object before it is made. */
export interface Given {
  readonly parts?: ReadonlyMap<string, WireValue>;
  readonly without?: ReadonlySet<string>;
}

/** Bounds of what is made. */
export interface Bounds {
  readonly maxDepth: number;
  readonly maxItems: number;
  readonly height: Height;
}

/** How many characters a value may have before only what is required is added. */
const room = { minimal: 0, full: 12000, random: 4000 };

/** A builder for one value. Objects within their own kind are left out of a full value: it would have no end. */
export function createBuilder(plan: Plan, random: Random, { maxDepth, maxItems, height }: Bounds): Builder {
  let left = room[plan];
  const around: Shape[] = [];

  const any = (shape: Shape, depth: number): WireValue => {
    switch (shape.kind) {
      case "leaf":
        return leaf(shape);
      case "object":
        return object(shape, depth);
      case "list":
        return list(shape, depth);
      case "map":
        return map(shape, depth);
      case "union": {
        const shapes = shape.variants.map((variant) => variant.shape());
        const fitting = shapes.filter((variant) => depth + height(variant) <= maxDepth);
        const least = Math.min(...shapes.map(height));
        const small = shapes.find((variant) => height(variant) === least);
        const chosen = plan === "random" && left > 0 ? (random.pick(fitting) ?? small) : small;
        if (!chosen) throw new Error("A union without variants has no value.");
        return any(chosen, depth);
      }
    }
  };

  const leaf = (shape: LeafShape): WireValue => {
    if (plan === "minimal") return shape.valid[0]?.value ?? shape.typical(random);
    const probe = plan === "random" && random.percent(25) ? random.pick(shape.valid) : undefined;
    const value = probe ? probe.value : shape.typical(random);
    left -= typeof value === "object" ? wireText(value).length : typeof value === "string" ? value.length : 8;
    return value;
  };

  const object = (shape: ObjectShape, depth: number, { parts, without }: Given = {}): WireValue => {
    const isWithin = around.includes(shape);
    around.push(shape);
    const chosen = chooseOfGroups(shape, depth, parts, without);
    const entries: (readonly [string, WireValue])[] = [];
    for (const member of shape.members) {
      const { key } = member;
      if (parts?.has(key)) entries.push([key, parts.get(key) ?? null]);
      else if (!without?.has(key) && (chosen.get(key) ?? isWanted(member, depth, isWithin)))
        entries.push([key, valueIn(member, depth)]);
    }
    around.pop();
    return record(entries);
  };

  const isWanted = (member: Member, depth: number, isWithin: boolean): boolean => {
    if (member.required) return true;
    if (plan === "minimal" || left <= 0 || !isInReach(member, depth)) return false;
    return plan === "full" ? !isWithin : random.percent(60);
  };

  const isInReach = (member: Member, depth: number): boolean => depth + 1 + height(member.shape()) <= maxDepth;

  const valueIn = (member: Member, depth: number): WireValue => {
    left -= member.key.length + 4;
    const isEndless = !Number.isFinite(height(member.shape()));
    if (member.nullable && (isEndless || (plan === "random" && random.percent(15)))) return null;
    return any(member.shape(), depth + 1);
  };

  /** Of each group the one key that is there, and false for its others. */
  const chooseOfGroups = (
    shape: ObjectShape,
    depth: number,
    parts: Given["parts"],
    without: Given["without"],
  ): ReadonlyMap<string, boolean> => {
    const chosen = new Map<string, boolean>();
    for (const group of shape.groups) {
      const isGiven = group.keys.some((key) => parts?.has(key));
      const key = isGiven ? undefined : chooseOf(group, shape, depth, (item) => without?.has(item) || chosen.has(item));
      for (const item of group.keys) chosen.set(item, item === key);
    }
    return chosen;
  };

  const chooseOf = (
    { keys, required }: Group,
    { members }: ObjectShape,
    depth: number,
    isOut: (key: string) => boolean | undefined,
  ): string | undefined => {
    const possible = members.filter(
      (member) => keys.includes(member.key) && !isOut(member.key) && Number.isFinite(height(member.shape())),
    );
    const inReach = possible.filter((member) => isInReach(member, depth));
    const least = Math.min(...possible.map((member) => height(member.shape())));
    const small = possible.find((member) => height(member.shape()) === least)?.key;
    if (plan === "minimal" || left <= 0) return required ? small : undefined;
    if (plan === "full") return inReach[0]?.key ?? (required ? small : undefined);
    const chosen = inReach[random.below(inReach.length + (required ? 0 : 1))]?.key;
    return chosen ?? (required ? small : undefined);
  };

  const list = (shape: ListShape, depth: number, items: readonly WireValue[] = [], length?: number) => {
    const wanted = length ?? lengthOf(shape, depth);
    const all = [...items];
    const texts = new Set(shape.unique ? all.map(wireText) : []);
    // Of items that differ there may be fewer than wanted.
    for (let tries = 0; all.length < wanted && tries < 4 * wanted + 16; tries++) {
      const isTry = shape.unique && tries >= wanted - items.length;
      const item =
        isTry || (shape.unique && plan === "minimal")
          ? another(shape.item(), depth + 1, tries)
          : any(shape.item(), depth + 1);
      if (shape.unique && texts.size === texts.add(wireText(item)).size) continue;
      all.push(item);
    }
    return all;
  };

  /** One more item that may differ from those before: of a leaf the next one that is known, else one by chance. */
  const another = (shape: Shape, depth: number, tries: number): WireValue => {
    if (shape.kind === "leaf") return shape.valid[tries]?.value ?? shape.typical(random);
    return createBuilder("random", random, { maxDepth, maxItems, height }).any(shape, depth);
  };

  const lengthOf = ({ item, minItems, maxItems: most }: ListShape, depth: number): number => {
    const isPossible = depth + 1 + height(item()) <= maxDepth && left > 0 && Number.isFinite(height(item()));
    if (plan === "minimal" || !isPossible) return minItems;
    const wanted = plan === "full" ? Math.min(2, maxItems) : random.below(maxItems + 1);
    return Math.min(Math.max(minItems, wanted), Math.max(most, 0));
  };

  const map = (
    { keys, value }: MapShape,
    depth: number,
    entries: readonly (readonly [string, WireValue])[] = [],
    size?: number,
  ): WireValue => {
    const isPossible = depth + 1 + height(value()) <= maxDepth && left > 0;
    const planned = plan === "minimal" || !isPossible ? 0 : plan === "full" ? 2 : random.below(maxItems + 1);
    const known = [...keys.valid, ...keys.boundary].flatMap((probe) =>
      typeof probe.value === "string" ? [probe.value] : [],
    );
    const free = known.filter((key) => !entries.some(([taken]) => taken === key));
    const wanted = Math.max(0, (size ?? planned) - entries.length);
    return record([
      ...entries,
      ...(Number.isFinite(height(value())) ? free.slice(0, wanted) : []).map(
        (key) => [key, any(value(), depth + 1)] as const,
      ),
    ]);
  };

  return { random, isVaried: plan === "random", any, object, list, map };
}

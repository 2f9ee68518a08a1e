import type { Name } from "../../model/index.ts";
import type { Builder, Plan } from "./builder.ts";
import { fits } from "./fits.ts";
import { otherKinds } from "./numbers.ts";
import type { WireValue } from "./sample.ts";
import {
  type ListShape,
  type MapShape,
  type ObjectShape,
  type Probe,
  pointerTo,
  record,
  type Shape,
  type UnionShape,
} from "./shape.ts";
import { isWithinItself, type Spot } from "./spots.ts";
import { wrongKind } from "./unions.ts";

/** Something to show at one place of a value. */
export interface Change {
  readonly kind: "valid" | "boundary" | "invalid";
  readonly shows: string;
  /** What stands there then; `undefined` when it cannot be had. */
  readonly make: (builder: Builder) => WireValue | undefined;
  /** What is wrong with it, its pointer relative to the place. */
  readonly fault?: { readonly below: string; readonly keyword: string; readonly at?: Name };
  /** Below the place, where it shows. */
  readonly below?: string;
  /** The field it is about, where it is another one than the place's. */
  readonly at?: Name;
  /** True for what must not be missing among few samples: each value of an enum, each branch. */
  readonly isFirst?: boolean;
  /** What is made around it, where the change asks for more than the least. */
  readonly plan?: Plan;
}

/** All that can be shown at a place, the most telling first. */
export function changesAt(spot: Spot, maxItems: number): readonly Change[] {
  return [...ofShape(spot, maxItems), ...ofField(spot)];
}

function ofShape(spot: Spot, maxItems: number): readonly Change[] {
  const { shape } = spot;
  switch (shape.kind) {
    case "leaf": {
      const isFirst = shape.isEnum === true;
      const nullIsValue = spot.member?.nullable ?? false;
      // Beside null a literal is one of two values.
      const isOneOfTwo = nullIsValue && spot.member?.field.type.kind === "literal";
      const suited = <P extends Probe>(probe: P): P =>
        isOneOfTwo && probe.keyword ? { ...probe, keyword: "enum" } : probe;
      return [
        ...shape.valid.map((probe) => ofProbe("valid", probe, isFirst)),
        ...shape.boundary
          .filter(({ value }) => value !== null || !nullIsValue)
          .map((probe) => ofProbe("boundary", suited(probe))),
        ...shape.invalid.map((probe) => ofProbe("invalid", suited(probe))),
      ];
    }
    case "object":
      return ofObject(shape, spot);
    case "list":
      return ofList(shape, spot, maxItems);
    case "map":
      return ofMap(shape, spot, maxItems);
    case "union":
      return ofUnion(shape, spot.member?.nullable ?? false);
  }
}

const ofProbe = (kind: Change["kind"], { shows, value, keyword, vary }: Probe, isFirst = false): Change => ({
  kind,
  shows,
  make: ({ isVaried, random }) => (isVaried && vary ? vary(random) : value),
  ...(keyword !== undefined && { fault: { below: "", keyword } }),
  ...(isFirst && { isFirst }),
});

/** What is about the field itself: there or not, null or not. */
function ofField({ shape, member, owner, depth, variant }: Spot): readonly Change[] {
  // The shapes of a union share a place with it, and it is asked about null itself.
  if (variant !== undefined)
    return [{ kind: "valid", shows: variant, make: (builder) => builder.any(shape, depth), isFirst: true }];
  const isChoice = owner?.groups.some(({ keys }) => member && keys.includes(member.key)) ?? false;
  const there: Change = {
    kind: "valid",
    shows: "there",
    make: (builder) => builder.any(shape, depth),
    isFirst: isChoice,
  };
  const none: Change = { kind: "boundary", shows: "null", make: () => null };
  if (member?.nullable) return [there, { ...none, kind: "valid", isFirst: true }, none];
  if (fits(shape, null)) return member ? [there] : [];
  const keyword = nullKeyword(shape);
  const faults = keyword === undefined ? [] : wrongBothWays({ ...none, fault: { below: "", keyword } });
  return member ? [there, ...faults] : faults;
}

function nullKeyword(shape: Shape): string | undefined {
  if (shape.kind === "union") return wrongKind(shape, null, false);
  return shape.kind === "leaf" && shape.literal !== undefined ? "const" : "type";
}

/** A fault that stands at an edge as well. */
const wrongBothWays = (change: Change): readonly Change[] => [change, { ...change, kind: "invalid" }];

function ofObject(shape: ObjectShape, spot: Spot): readonly Change[] {
  const wrong = otherKinds("object", "type").map((probe) => ofProbe("invalid", probe));
  // Within itself an object has nothing to show that it has not shown before.
  if (isWithinItself(spot)) return wrong;
  const { depth } = spot;
  const { members, groups, at } = shape;
  const without = (keys: readonly string[]) => (builder: Builder) =>
    builder.object(shape, depth, { without: new Set(keys) });
  const grouped = new Set(groups.flatMap(({ keys }) => keys));
  const least: Change = {
    kind: "boundary",
    shows: "only what is required",
    make: without(members.flatMap(({ key, required }) => (required || grouped.has(key) ? [] : [key]))),
  };
  return [
    least,
    ...members.flatMap((member): readonly Change[] => {
      if (grouped.has(member.key) && !member.required) return [];
      const below = pointerTo("", member.key);
      const change: Change = {
        kind: "valid",
        shows: `without ${member.key}`,
        make: without([member.key]),
        below,
        at: member.at,
      };
      if (!member.required) return [{ ...change, plan: "full" }];
      return [{ ...change, kind: "invalid", fault: { below: "", keyword: "required", at: member.at } }];
    }),
    ...groups.flatMap(({ name, keys, required }): readonly Change[] => {
      const [a, b] = keys;
      const fault = { below: "", keyword: "oneOf", at };
      const none: Change = { kind: "invalid", shows: `none of ${name}`, make: without(keys), fault, at };
      const both = (builder: Builder): WireValue => {
        const parts = members.filter(({ key }) => key === a || key === b);
        const values = new Map(parts.map((member) => [member.key, builder.any(member.shape(), depth + 1)]));
        return builder.object(shape, depth, { parts: values });
      };
      const several: Change = { kind: "invalid", shows: `${a} and ${b} of ${name}`, make: both, fault, at };
      const unset: Change = { kind: "boundary", shows: `none of ${name}`, make: without(keys), at };
      return [...(required ? wrongBothWays(none) : [unset]), ...(keys.length > 1 ? wrongBothWays(several) : [])];
    }),
    ...wrong,
  ];
}

/** Longer lists than this are not made for a limit. */
const longestList = 1000;

function ofList(shape: ListShape, { depth }: Spot, maxItems: number): readonly Change[] {
  const { minItems, maxItems: most, unique } = shape;
  const of = (kind: Change["kind"], shows: string, length: number, keyword?: string): readonly Change[] => {
    if (length < 0 || length > longestList) return [];
    // Of items that differ there may be too few.
    const make = (builder: Builder): WireValue | undefined => {
      const items = builder.list(shape, depth, [], length);
      return items.length === length ? items : undefined;
    };
    return [{ kind, shows, make, ...(keyword !== undefined && { fault: { below: "", keyword } }) }];
  };
  const isPossible = (length: number): boolean => length >= minItems && length <= most;
  const many = Math.min(Math.max(maxItems, 2), most);
  const twice = (builder: Builder): WireValue => {
    const [item = null] = builder.list(shape, depth, [], 1);
    return builder.list(shape, depth, [item, item], Math.max(2, minItems));
  };
  return [
    ...(isPossible(1) ? of("valid", "one item", 1) : []),
    ...(isPossible(0) ? of("valid", "no item", 0) : []),
    ...(isPossible(many) ? of("valid", `${many} items`, many) : []),
    ...(isPossible(0) ? of("boundary", "no item", 0) : []),
    ...(minItems > 0
      ? [
          ...of("boundary", "as few items as may be", minItems),
          ...of("boundary", "an item too few", minItems - 1, "minItems"),
          ...of("invalid", "an item too few", minItems - 1, "minItems"),
        ]
      : []),
    ...(Number.isFinite(most)
      ? [
          ...of("boundary", "as many items as may be", most),
          ...of("boundary", "an item too many", most + 1, "maxItems"),
          ...of("invalid", "an item too many", most + 1, "maxItems"),
        ]
      : []),
    ...(unique && most > 1
      ? wrongBothWays({
          kind: "boundary",
          shows: "an item twice",
          make: twice,
          fault: { below: "", keyword: "uniqueItems" },
        })
      : []),
    ...otherKinds("array", "type").map((probe) => ofProbe("invalid", probe)),
  ];
}

function ofMap(shape: MapShape, { depth }: Spot, maxItems: number): readonly Change[] {
  const sized = (kind: Change["kind"], shows: string, size: number): Change => ({
    kind,
    shows,
    make: (builder) => (size === 0 ? record([]) : builder.map(shape, depth, [], size)),
  });
  const keyed = (kind: Change["kind"], { shows, value, keyword }: Probe): Change => ({
    kind,
    shows,
    make: (builder) => record([[String(value), builder.any(shape.value(), depth + 1)]]),
    ...(keyword !== undefined && { fault: { below: "", keyword } }),
  });
  return [
    sized("valid", "one key", 1),
    sized("valid", "no key", 0),
    sized("valid", "several keys", Math.max(2, maxItems)),
    sized("boundary", "no key", 0),
    ...shape.keys.boundary.map((probe) => keyed("boundary", probe)),
    ...shape.keys.invalid.map((probe) => keyed("invalid", probe)),
    ...otherKinds("object", "type").map((probe) => ofProbe("invalid", probe)),
  ];
}

/** A value of a kind that no shape has. */
function ofUnion(shape: UnionShape, isNullable: boolean): readonly Change[] {
  return otherKinds("null", "").flatMap((probe) => {
    const keyword = wrongKind(shape, probe.value, isNullable);
    return keyword === undefined ? [] : [ofProbe("invalid", { ...probe, keyword })];
  });
}

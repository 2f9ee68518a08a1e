import { otherKinds } from "./numbers.ts";
import type { Random } from "./prng.ts";
import type { WireValue } from "./sample.ts";
import { isRecord, type LeafShape, type Probe, record } from "./shape.ts";

const objects: readonly Probe[] = [
  { shows: "an object", value: { source: "amber", attempt: 2, dry_run: false } },
  { shows: "objects within", value: { run: { id: "basin-7", tags: ["a", "b"] } } },
];

const objectEdges: readonly Probe[] = [
  { shows: "an empty object", value: {} },
  { shows: "an empty key", value: { "": "cedar" } },
  { shows: "keys with dots", value: { "a.b": 1, "a.c": { "d.e": 2 } } },
  { shows: "nulls", value: { a: null, b: { c: null } } },
  { shows: "empty parts", value: { a: {}, b: [], c: "" } },
  { shows: "lists of several kinds", value: { a: [1, "b", true, null, { c: 1.5 }] } },
  { shows: "characters beyond 16 bits", value: { "😀": "👩‍👩‍👧‍👦", é: "e\u0301" } },
  {
    shows: "names that objects inherit",
    value: record([
      ["constructor", 1],
      ["__proto__", { a: 1 }],
      ["toString", "x"],
    ]),
  },
  { shows: "eight levels", value: { a: { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } } } },
  { shows: "what looks like an instant", value: { at: "2024-02-29T00:00:00Z", on: "2024-02-29" } },
];

const typicalObject = (random: Random): WireValue =>
  record([
    ["source", random.pick(["amber", "basin", "cedar"]) ?? ""],
    ...(random.percent(50) ? [["attempt", random.below(10)] as const] : []),
    ...(random.percent(50) ? [["ratio", random.below(1000) / 8] as const] : []),
    ...(random.percent(30) ? [["run", { id: random.below(1e6), ok: random.percent(50) }] as const] : []),
  ]);

/** Any JSON object. */
export const jsonObjects: LeafShape = {
  kind: "leaf",
  accepts: (value) => isRecord(value),
  isKind: (value) => isRecord(value),
  typical: typicalObject,
  words: "object",
  valid: objects,
  boundary: objectEdges,
  invalid: [{ shows: "an object in quotes", value: "{}", keyword: "type" }, ...otherKinds("object", "type")],
};

/** Any JSON value. */
export const anyJson: LeafShape = {
  kind: "leaf",
  accepts: () => true,
  isKind: () => true,
  typical: (random) =>
    random.pick([typicalObject(random), "amber", random.below(1000), random.percent(50), [random.below(10), "b"]]) ??
    null,
  words: "any",
  valid: [
    { shows: "text", value: "amber" },
    { shows: "a number", value: 1.5 },
    { shows: "true", value: true },
    { shows: "an array", value: [1, 2, 3] },
    ...objects,
  ],
  boundary: [
    { shows: "null", value: null },
    { shows: "an empty array", value: [] },
    { shows: "empty text", value: "" },
    { shows: "arrays within", value: [[], [[1]], [null]] },
    ...objectEdges,
  ],
  invalid: [],
};

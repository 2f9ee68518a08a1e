import type { JsonForm } from "../../model/index.ts";
import type { Random } from "./prng.ts";
import type { WireValue } from "./sample.ts";
import type { Probe, Probes, Wrong } from "./shape.ts";

type IntegerForm = JsonForm & { kind: "integer" };
type NumberForm = JsonForm & { kind: "number" };

/** An integer as it is written: digits that no double keeps need a `bigint`. */
export const integer = (value: bigint | number): number | bigint => {
  const big = BigInt(value);
  return BigInt(Number(big)) === big && Number.isSafeInteger(Number(big)) ? Number(big) : big;
};

const landmarks: readonly (readonly [string, bigint])[] = [
  ["zero", 0n],
  ["one", 1n],
  ["one below zero", -1n],
  ["the last of 31 bits", 2n ** 31n - 1n],
  ["2^31", 2n ** 31n],
  ["the first of 32 bits with a sign", -(2n ** 31n)],
  ["one before -2^31", -(2n ** 31n) - 1n],
  ["2^32", 2n ** 32n],
  ["the last safe integer", 2n ** 53n - 1n],
  ["2^53", 2n ** 53n],
  ["one past 2^53", 2n ** 53n + 1n],
  ["one before -2^53", -(2n ** 53n) - 1n],
];

/** Integers around every edge of a range, and those at which numbers of other widths end. */
export function integerProbes(
  { minimum, maximum }: IntegerForm,
  epoch: readonly (readonly [string, bigint])[] = [],
): Probes {
  const [least, most] = [Math.ceil(minimum), Math.floor(maximum)];
  const isInside = (value: number): boolean => value >= least && value <= most;
  const probe = (shows: string, value: bigint | number): Probe => ({ shows, value: integer(value) });
  const everyday = [42, 7, 100000].filter(isInside);
  const ends = [probe("the smallest", least), ...(most > least ? [probe("the largest", most)] : [])];
  const inside = [...landmarks, ...epoch].filter(([, value]) => isInside(Number(value)));
  const beyond: readonly Wrong[] = [
    {
      ...probe("below the smallest", before(least)),
      vary: (random) => farther(before(least), -random.below(1e9)),
      keyword: "minimum",
    },
    {
      ...probe("above the largest", after(most)),
      vary: (random) => farther(after(most), random.below(1e9)),
      keyword: "maximum",
    },
  ];
  return {
    valid: everyday.length > 0 ? everyday.map((value) => probe(String(value), value)) : [probe(String(least), least)],
    boundary: [
      ...ends,
      ...beyond,
      ...inside.map(([shows, value]) => probe(shows, value)),
      { shows: "near an edge", value: integer(least), vary: (random) => nearEdge(least, most, random) },
    ],
    invalid: [
      { shows: "a string", value: "42", vary: (random) => String(random.below(1e9)), keyword: "type" },
      ...beyond,
      ...(least <= 1 && most >= 2 ? [fraction] : []),
      ...otherKinds("number", "type"),
    ],
  };
}

const fraction: Wrong = {
  shows: "a fraction",
  value: 1.5,
  vary: (random) => random.below(1e6) + 0.5,
  keyword: "type",
};

const farther = (value: bigint | number, by: number): WireValue => integer(BigInt(value) + BigInt(by) * 4096n);

/** An integer not far from where a range, a sign or a width ends. */
function nearEdge(least: number, most: number, random: Random): WireValue {
  const edges = [0, least, most, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 31), -(2 ** 53)];
  const steps = BigInt(random.below(2049) - 1024);
  const edge = random.pick(edges.filter((value) => value >= least && value <= most)) ?? least;
  // At the ends of 64 bits doubles are this far apart: what lies between them is none of their values.
  const step = Math.abs(edge) > 2 ** 60 ? 2048n : 1n;
  const found = BigInt(edge) + steps * step;
  return integer(found < BigInt(least) ? BigInt(least) : found > BigInt(most) ? BigInt(most) : found);
}

/** The next integer below that the wire's doubles tell from this one. */
const before = (value: number): bigint | number =>
  Number.isSafeInteger(value - 1) ? value - 1 : nextDouble(value, -1);
const after = (value: number): bigint | number => (Number.isSafeInteger(value + 1) ? value + 1 : nextDouble(value, 1));

/** An everyday integer of a range: small ones often, large ones now and then. */
export function typicalInteger({ minimum, maximum }: IntegerForm, random: Random): WireValue {
  const [least, most] = [Math.ceil(minimum), Math.floor(maximum)];
  const reach = Math.min(10 ** (1 + random.below(9)), most - Math.max(least, 0) + 1);
  return reach > 0
    ? integer(Math.max(least, 0) + random.below(reach))
    : integer(most - random.below(Math.min(1000, most - least + 1)));
}

const doubles: readonly (readonly [string, number])[] = [
  ["zero", 0],
  ["zero with a sign", -0],
  ["a tenth", 0.1],
  ["one ten-millionth", 1e-7],
  ["a third", 1 / 3],
  ["below zero", -1.5],
  ["2^53", 2 ** 53],
  ["past 2^53", 2 ** 53 + 2],
  ["ten to the 21st", 1e21],
];
const ofWidth = {
  double: [
    ["the largest", Number.MAX_VALUE],
    ["the smallest", -Number.MAX_VALUE],
    ["the least above zero", Number.MIN_VALUE],
    ["the least normal one", 2.2250738585072014e-308],
    ["next after one", 1 + 2 ** -52],
  ],
  float: [
    ["the largest", 3.4028234663852886e38],
    ["the smallest", -3.4028234663852886e38],
    ["the least above zero", 2 ** -149],
    ["the least normal one", 2 ** -126],
    ["next after one", 1 + 2 ** -23],
    ["a tenth, rounded to 32 bits", Math.fround(0.1)],
    ["2^24, from where on 32 bits leave gaps", 2 ** 24],
  ],
} as const;

/** Numbers with a fraction: those that are exact in binary, those that are not, and the ends of their width. */
export function numberProbes({ minimum, maximum }: NumberForm, width: "float" | "double"): Probes {
  const isInside = (value: number): boolean => !(value < (minimum ?? -Infinity)) && !(value > (maximum ?? Infinity));
  const probes = (all: readonly (readonly [string, number])[]): readonly Probe[] =>
    all.filter(([, value]) => isInside(value)).map(([shows, value]) => ({ shows, value }));
  const beside = (limit: number | undefined, to: 1 | -1, keyword: string): readonly Wrong[] =>
    limit === undefined ? [] : [{ shows: `beside the ${keyword}`, value: nextDouble(limit, to), keyword }];
  const limits = [...beside(minimum, -1, "minimum"), ...beside(maximum, 1, "maximum")];
  const everyday = probes([
    ["a half", 0.5],
    ["a whole number", 3],
    ["with digits", 1234.25],
    ["not exact in binary", 0.3],
  ]);
  const ends = [minimum, maximum].flatMap((value) => (value === undefined ? [] : [value]));
  return {
    valid: everyday.length > 0 ? everyday : probes(ends.map((value) => [String(value), value] as const)),
    boundary: [
      ...probes(ends.map((value) => ["at the limit", value] as const)),
      ...limits,
      ...probes([...ofWidth[width], ...doubles]),
      ...(minimum === undefined && maximum === undefined ? [anyNumber(width)] : []),
    ],
    invalid: [
      { shows: "a string", value: "0.5", vary: (random) => `${random.below(1e6) / 8}`, keyword: "type" },
      ...limits,
      ...otherKinds("number", "type"),
    ],
  };
}

/** Any number that its width holds, from the least to the largest. */
const anyNumber = (width: "float" | "double"): Probe => ({
  shows: "any digits",
  value: 123.456,
  vary: (random) => {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setUint32(0, random.below(2 ** 32));
    bits.setUint32(4, random.below(2 ** 32));
    const value = width === "float" ? bits.getFloat32(0) : bits.getFloat64(0);
    return Number.isFinite(value) ? value : 123.456;
  },
});

/** An everyday number within the limits. */
export function typicalNumber({ minimum, maximum }: NumberForm, random: Random): number {
  const least = minimum ?? Math.min(0, maximum ?? 0);
  const most = maximum ?? Math.max(least + 1, 1000);
  const value = random.percent(50)
    ? least + (most - least) * (random.below(1025) / 1024)
    : least + (most - least) * (random.below(1e9) / 1e9);
  return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : least;
}

/** The double beside another one. */
export function nextDouble(value: number, to: 1 | -1): number {
  if (value === 0) return to * Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + BigInt(value > 0 ? to : -to));
  return bits.getFloat64(0);
}

/** Values of every other JSON kind than the one that is meant. */
export function otherKinds(
  kind: "string" | "number" | "boolean" | "array" | "object" | "null",
  keyword: string,
): readonly Wrong[] {
  const all = [
    { kind: "number", shows: "a number", value: 5, vary: (random: Random) => random.below(1e6) / 4 },
    { kind: "string", shows: "text", value: "text", vary: (random: Random) => `text ${random.below(1e6)}` },
    { kind: "boolean", shows: "true", value: true, vary: (random: Random) => random.percent(50) },
    { kind: "array", shows: "an array", value: [], vary: (random: Random) => [random.below(1e6)] },
    { kind: "object", shows: "an object", value: {}, vary: (random: Random) => ({ amber: random.below(1e6) }) },
  ] as const;
  return all.flatMap(({ kind: other, ...probe }) => (other === kind ? [] : [{ ...probe, keyword }]));
}

/** True for a number, however it is kept. */
export const isNumber = (value: WireValue): boolean => typeof value === "number" || typeof value === "bigint";

/** True for a number without a fraction. */
export const isInteger = (value: WireValue): boolean => typeof value === "bigint" || Number.isInteger(value);

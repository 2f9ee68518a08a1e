import { type Enum, enumJsonValues, type JsonProfile } from "../../model/index.ts";
import { isInteger, isNumber, otherKinds } from "./numbers.ts";
import type { Random } from "./prng.ts";
import type { WireValue } from "./sample.ts";
import type { LeafShape, Probe, Wrong } from "./shape.ts";

/** The leaf of an enum: the values that every target knows, and others where it takes none. */
export function enumLeaf(decl: Enum, profile: JsonProfile): LeafShape {
  const values = enumJsonValues(decl, profile);
  const takesOthers =
    decl.open && (profile.enums === "number" || decl.values.every(({ number }) => number === undefined));
  const hasStrings = values.some((value) => typeof value === "string");
  const hasNumbers = values.some((value) => typeof value === "number");
  const isKind = (value: WireValue): boolean =>
    (hasStrings && typeof value === "string") || (hasNumbers && isNumber(value));
  const isListed = (value: WireValue): boolean => values.some((item) => item === value);
  const valid = values.map((value): Probe => ({ shows: showing(decl, value), value }));
  const unlisted: readonly Wrong[] = takesOthers ? [] : unlistedValues(values, hasStrings, hasNumbers);
  const kinds = otherKinds(hasStrings ? "string" : "number", "type").filter(({ value }) => !isKind(value));
  const bySymbol = decl.values
    .slice(0, 1)
    .map(({ name }): Wrong => ({ shows: "its name", value: name, keyword: "type" }));
  const numbers = decl.values.flatMap(({ number }) => (number === undefined ? [] : [number]));
  const byNumber: readonly Wrong[] =
    numbers.length === 0
      ? []
      : [
          { shows: "its number", value: numbers[0] ?? 0, keyword: "type" },
          { shows: "a number that is not listed", value: largest(numbers) + 1, keyword: "type" },
        ];
  return {
    kind: "leaf",
    accepts: (value) => (takesOthers ? isOfWidth(value, isKind, hasStrings) : isListed(value)),
    isKind: takesOthers ? isKind : isListed,
    typical: (random) => random.pick(values) ?? null,
    words: JSON.stringify(values),
    isEnum: true,
    valid,
    boundary: [...valid.slice(0, 1), ...valid.slice(1).slice(-1), ...unlisted.slice(0, 2)],
    invalid: [...unlisted, ...(hasStrings ? [] : bySymbol), ...(hasNumbers ? [] : byNumber), ...kinds],
  };
}

/** Not by the arguments of one call: an enum may have more values than a call takes. */
const largest = (numbers: readonly number[]): number =>
  numbers.reduce((most, number) => Math.max(most, number), Number.NEGATIVE_INFINITY);

const isOfWidth = (value: WireValue, isKind: (value: WireValue) => boolean, hasStrings: boolean): boolean =>
  isKind(value) && (hasStrings || (isInteger(value) && Math.abs(Number(value) + 0.5) < 2 ** 31));

function showing(decl: Enum, value: string | number): string {
  if (typeof value === "string") return value;
  return decl.values.find(({ number }) => number === value)?.name ?? String(value);
}

/** What is nearly a value: of another case, beside the last number. */
function unlistedValues(
  values: readonly (string | number)[],
  hasStrings: boolean,
  hasNumbers: boolean,
): readonly Wrong[] {
  const numbers = values.filter((value) => typeof value === "number");
  const most = largest(numbers);
  const [first] = values.filter((value) => typeof value === "string");
  const near: readonly Probe[] = [
    ...(hasNumbers
      ? [{ shows: "past the last", value: most + 1, vary: (random: Random) => most + 1 + random.below(1e6) }]
      : []),
    ...(hasNumbers ? [{ shows: "one before the first", value: -largest(numbers.map((number) => -number)) - 1 }] : []),
    ...(hasStrings
      ? [
          {
            shows: "a value that is not listed",
            value: "NOT_LISTED",
            vary: (random: Random) => `NOT_LISTED_${random.below(1e6)}`,
          },
        ]
      : []),
    ...(first === undefined
      ? []
      : [
          { shows: "small letters", value: first.toLowerCase() },
          { shows: "capital letters", value: first.toUpperCase() },
          { shows: "a space after it", value: `${first} ` },
        ]),
    ...(hasStrings ? [{ shows: "empty", value: "" }] : []),
  ];
  const texts = new Set<WireValue>(values);
  return near.flatMap((probe) => {
    if (texts.has(probe.value)) return [];
    texts.add(probe.value);
    return [{ ...probe, keyword: "enum" }];
  });
}

import { formats, hasFormat, type JsonForm, type Limits, type StringFormat } from "../../model/index.ts";
import { otherKinds } from "./numbers.ts";
import { fromPattern, matcher } from "./pattern.ts";
import { createRandom, type Random, seedFor } from "./prng.ts";
import type { LeafShape, Probe, Wrong } from "./shape.ts";
import { plainTexts, type Texts, textsOf } from "./text.ts";

type StringForm = JsonForm & { kind: "string" };

/** How many characters a text may have at most to be made here, and to be held against the pattern of a source. */
const longest = 8192;
const longestForPattern = 256;

/** Texts that no pattern takes long to refuse, however it is written. */
const shortTexts: Texts = {
  valid: plainTexts.valid,
  edges: plainTexts.edges.filter(([, text]) => text.length <= 24),
  wrong: [],
  typical: plainTexts.typical,
};

const longestFor = ({ pattern }: StringForm): number => (pattern === undefined ? longest : longestForPattern);

/**
 * The leaf of a string. `limits` are those of its field: what they bound and the form cannot say is neither right nor wrong,
 * and is left out. A text that is made for one fault has no other.
 */
export function stringLeaf(form: StringForm, limits: Limits = {}): LeafShape {
  const texts = form.format ? textsOf[form.format] : form.pattern === undefined ? plainTexts : shortTexts;
  const pattern = form.pattern === undefined ? undefined : matcher(form.pattern);
  const faultOf = (text: string): string | undefined => {
    const found = faultsOf(form, pattern, text);
    return found.length > 1 ? "several" : found[0];
  };
  const isRight = (text: string): boolean => faultOf(text) === undefined && isWithin(form.format, limits, text);
  const probes = (all: readonly (readonly [string, string])[]): readonly Probe[] =>
    all.flatMap(([shows, value]): readonly Probe[] => (isRight(value) ? [{ shows, value }] : []));
  const made = madeTexts(form);
  const lengths = lengthTexts(form);
  const wrongs = (all: readonly (readonly [string, string])[]): readonly Wrong[] =>
    all.flatMap(([shows, value]) => {
      const keyword = faultOf(value);
      if (keyword === undefined || keyword === "several") return [];
      const vary = (random: Random): string => {
        const text = plainTexts.typical(random);
        return faultOf(text) === keyword ? text : value;
      };
      return [{ shows, value, keyword, ...(keyword === "pattern" || keyword === "contentMediaType" ? { vary } : {}) }];
    });
  const everyday = [...probes(texts.valid), ...probes(made)];
  const edges = [...probes(lengths), ...wrongs(lengths), ...probes(texts.edges), ...mixtures(texts, isRight)];
  const faults = wrongs([...texts.wrong, ...(pattern ? shortTexts.valid : []), ...(pattern ? shortTexts.edges : [])]);
  const byFormat = faults.filter(({ keyword }) => keyword === "format");
  const valid = everyday.length > 0 ? everyday : edges.filter(({ keyword }) => keyword === undefined);
  return {
    kind: "leaf",
    accepts: (value) => typeof value === "string" && faultOf(value) === undefined,
    isKind: (value) => typeof value === "string",
    typical: (random) => typicalText(texts.typical(random), isRight, random, valid),
    words: JSON.stringify([form.format ?? form.pattern ?? "string"]),
    valid,
    boundary: [...edges, ...byFormat],
    invalid: [...faults, ...wrongs(lengths), ...otherKinds("string", "type")],
  };
}

/** Everything that is wrong with a text, by keyword. */
function faultsOf(form: StringForm, pattern: ReturnType<typeof matcher> | undefined, text: string): readonly string[] {
  const length = [...text].length;
  const isMatch = pattern ? pattern(text) : true;
  // What takes too long to be told is no value that anything is shown with.
  if (isMatch === undefined) return ["several", "too long"];
  return [
    ...(form.format ? (formatFault(form.format, text) ?? []) : []),
    ...(length < (form.minLength ?? 0) ? ["minLength"] : []),
    ...(length > (form.maxLength ?? Number.POSITIVE_INFINITY) ? ["maxLength"] : []),
    ...(isMatch ? [] : ["pattern"]),
  ];
}

/** What a pattern cannot say is told by the name of the keyword that states the format. */
function formatFault(format: StringFormat, text: string): readonly [string] | undefined {
  if (hasFormat(format, text)) return undefined;
  const pattern = patterns.get(format);
  if (pattern === undefined) return ["contentMediaType"];
  return pattern.test(text) ? ["format"] : ["pattern"];
}

const patterns: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(formats).flatMap(([name, { pattern }]) =>
    pattern === undefined ? [] : [[name, new RegExp(pattern, "u")] as const],
  ),
);

/** Digits in a string do not say their limits in JSON; what lies beyond them is not made. */
function isWithin(format: StringFormat | undefined, { minimum, maximum }: Limits, text: string): boolean {
  if (format !== "int64" && format !== "uint64") return true;
  return !(Number(text) < (minimum ?? -Infinity)) && !(Number(text) > (maximum ?? Infinity));
}

/** Texts made for a pattern or a length that none of the stock has. */
function madeTexts(form: StringForm): readonly (readonly [string, string])[] {
  const { format, minLength = 0, maxLength = longest, pattern } = form;
  if (format !== undefined) return [];
  const made =
    pattern === undefined
      ? []
      : fromPattern(pattern, createRandom(seedFor(0, pattern)), minLength).map((text): readonly [string, string] => [
          "as its pattern asks",
          text,
        ]);
  const length = Math.min(Math.max(minLength, 1), maxLength);
  return length > longestFor(form) ? made : [...made, ["letters", "a".repeat(length)]];
}

/** Texts whose length is a limit, or one beside it: in characters of more than one unit too. */
function lengthTexts(form: StringForm): readonly (readonly [string, string])[] {
  const { format, minLength, maxLength } = form;
  if (format !== undefined) return [];
  const of = (shows: string, length: number): readonly (readonly [string, string])[] =>
    length < 0 || length > longestFor(form)
      ? []
      : [
          [shows, "a".repeat(length)],
          [`${shows}, beyond 16 bits`, "😀".repeat(length)],
        ];
  return [
    ...(minLength === undefined
      ? []
      : [...of("of the least length", minLength), ...of("too short by one", minLength - 1)]),
    ...(maxLength === undefined
      ? []
      : [...of("of the most length", maxLength), ...of("too long by one", maxLength + 1)]),
  ];
}

/** Edges that are put together by chance, where that makes a text of the form. */
function mixtures({ mix }: Texts, isRight: (text: string) => boolean): readonly Probe[] {
  if (!mix) return [];
  const value = mix(createRandom(1));
  if (!isRight(value)) return [];
  const vary = (random: Random): string => {
    const text = mix(random);
    return isRight(text) ? text : value;
  };
  return [{ shows: "edges by chance", value, vary }];
}

function typicalText(
  text: string,
  isRight: (text: string) => boolean,
  random: Random,
  valid: readonly Probe[],
): string {
  if (isRight(text)) return text;
  const known = random.pick(valid)?.value;
  return typeof known === "string" ? known : text;
}

import type { Random } from "./prng.ts";

/** What a pattern is made of, as far as texts are made of it. */
type Part =
  | { readonly kind: "choice"; readonly branches: readonly (readonly Part[])[] }
  | { readonly kind: "repeat"; readonly part: Part; readonly least: number; readonly most: number }
  /** One of some characters. */
  | { readonly kind: "characters"; readonly of: readonly string[] }
  /** A place between characters: anchors, what is looked at and not taken, references back. */
  | { readonly kind: "place" };

const place: Part = { kind: "place" };

/** Groups within groups that are followed; a text for deeper ones is not looked for. */
const deepest = 50;

/** The longest text that is made. */
const longest = 4096;

/**
 * Texts that match a pattern: an ECMAScript regular expression in Unicode mode. They are put together from what it says and
 * then held against it, so that what is passed over (look-around, references back) costs texts and never gives a wrong one.
 */
export function fromPattern(pattern: string, random: Random, length: number, count = 6): readonly string[] {
  const parts = parse(pattern);
  if (!parts) return [];
  const whole = new RegExp(pattern, "u");
  const found = new Set<string>();
  for (let tries = 0; tries < 8 * count && found.size < count; tries++) {
    const text = write({ kind: "choice", branches: parts }, random, tries % 2 === 0 ? length : 0);
    if (text.length <= longest && whole.test(text)) found.add(text);
  }
  return [...found];
}

function write(part: Part, random: Random, length: number): string {
  switch (part.kind) {
    case "place":
      return "";
    case "characters":
      return random.pick(part.of) ?? "";
    case "choice":
      return (random.pick(part.branches) ?? []).reduce(
        (text, item) => text + write(item, random, length - text.length),
        "",
      );
    case "repeat": {
      const { least, most } = part;
      const wanted = length > 0 ? length : least + (random.pick([0, 1, 3]) ?? 0);
      const times = Math.min(Math.max(least, wanted), most, longest);
      let text = "";
      for (let i = 0; i < times && text.length < longest; i++) text += write(part.part, random, 0);
      return text;
    }
  }
}

const escaped =
  /^\\(?:[pP]\{[^}]*\}|u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|c[A-Za-z]|k<[^>]*>|[1-9][0-9]*|.)/su;
const set = /^\[(?:\\.|[^\]\\])*\]/su;
const opening = /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/su;
const quantifier = /^(?:[*+?]|\{([0-9]+)(,([0-9]*))?\})\??/su;

/** The branches of a pattern; `undefined` where it is nested too deep. */
function parse(pattern: string): readonly (readonly Part[])[] | undefined {
  let at = 0;
  const take = (expression: RegExp): RegExpExecArray | null => {
    const match = expression.exec(pattern.slice(at));
    if (match) at += match[0].length;
    return match;
  };

  const branches = (depth: number): readonly (readonly Part[])[] | undefined => {
    const all: Part[][] = [[]];
    while (at < pattern.length && pattern[at] !== ")") {
      if (pattern[at] === "|") {
        at++;
        all.push([]);
        continue;
      }
      const part = one(depth);
      if (!part) return undefined;
      all.at(-1)?.push(repeated(part));
    }
    return all;
  };

  const one = (depth: number): Part | undefined => {
    const group = take(opening);
    if (group) {
      const inner = depth < deepest ? branches(depth + 1) : undefined;
      at++;
      return inner && (/^\(\?<?[=!]/.test(group[0]) ? place : { kind: "choice", branches: inner });
    }
    const found = take(set)?.[0] ?? take(escaped)?.[0] ?? String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    if (found.length <= 2 && !found.startsWith("\\") && !found.startsWith("[")) at += found.length;
    if (found === "^" || found === "$" || /^\\(?:[bB1-9]|k<)/.test(found)) return place;
    return { kind: "characters", of: charactersOf(found) };
  };

  const repeated = (part: Part): Part => {
    const found = take(quantifier);
    if (!found) return part;
    const [text, least, , most] = found;
    if (least !== undefined) {
      const to = found[2] === undefined ? Number(least) : most === "" ? Number.POSITIVE_INFINITY : Number(most);
      return { kind: "repeat", part, least: Number(least), most: to };
    }
    const most1 = text.startsWith("?") ? 1 : Number.POSITIVE_INFINITY;
    return { kind: "repeat", part, least: text.startsWith("+") ? 1 : 0, most: most1 };
  };

  return branches(0);
}

/** Letters and digits before all else: of what a set allows, the plain ones are taken. */
const plain = [..."abcxyzABCXYZ0123456789-_./:@ "];
const rare = [...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)), ..."\t\né中😀"];

/** The characters that a set, an escape or a character stands for, those of our stock at least. */
function charactersOf(source: string): readonly string[] {
  const test = new RegExp(`^${source}$`, "su");
  const plainOnes = plain.filter((character) => test.test(character));
  if (plainOnes.length > 0) return plainOnes;
  const mentioned = [...source.matchAll(/\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))|(.)/gsu)];
  const named = mentioned.map(([, braces, four, two, literal]) => {
    const code = braces ?? four ?? two;
    return code === undefined ? (literal ?? "") : String.fromCodePoint(Number.parseInt(code, 16));
  });
  return [...rare, ...named].filter((character) => test.test(character));
}

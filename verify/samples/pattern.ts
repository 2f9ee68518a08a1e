import type { Random } from "./prng.ts";

/** What a pattern is made of, as far as texts are made of it. */
type Part =
  | { readonly kind: "choice"; readonly branches: readonly (readonly Part[])[] }
  | { readonly kind: "repeat"; readonly part: Part; readonly least: number; readonly most: number }
  /** One of some characters. */
  | { readonly kind: "characters"; readonly of: readonly string[]; readonly takes: (character: string) => boolean }
  /** A place between characters: anchors, what is looked at and not taken. */
  | { readonly kind: "place"; readonly sign?: "^" | "$"; readonly looks?: readonly (readonly Part[])[] }
  /** What was taken before. */
  | { readonly kind: "again" };

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
  const branches = parse(pattern);
  if (!branches) return [];
  const matches = matcher(pattern);
  const found = new Set<string>();
  for (let tries = 0; tries < 8 * count && found.size < count; tries++) {
    const text = write({ kind: "choice", branches }, random, tries % 2 === 0 ? length : 0, { left: mostSteps });
    if (text.length <= longest && matches(text)) found.add(text);
  }
  return [...found];
}

/** Steps in all that writing a text, or holding one against a pattern, may take. */
const mostSteps = 30_000;

/** Calls within calls that holding a text against a pattern may take. */
const mostCalls = 1500;

/**
 * Whether texts match a pattern; `undefined` for a text that may keep an engine busy that tries one way after the other, as
 * all that take ECMAScript's expressions do: `(a+)+b` takes an hour to refuse forty letters. Not only this one would be
 * busy, but everything that a sample is given to.
 */
export function matcher(pattern: string): (text: string) => boolean | undefined {
  const branches = parse(pattern);
  const expression = new RegExp(pattern, "u");
  const known = new Map<string, boolean | undefined>();
  return (text) => {
    if (known.has(text)) return known.get(text);
    const found = branches && isQuick(branches, text) ? expression.test(text) : undefined;
    if (known.size < 10_000) known.set(text, found);
    return found;
  };
}

/** Tries all ways of a pattern through a text, as if each of them failed in the end, and counts. */
function isQuick(branches: readonly (readonly Part[])[], text: string): boolean {
  const characters = [...text];
  let steps = 0;
  let calls = 0;
  type Then = (at: number) => boolean;
  const isLeft: Then = () => ++steps <= mostSteps;
  /** False once there are too many steps. */
  const walk = (part: Part, at: number, then: Then): boolean => {
    if (++steps > mostSteps || calls >= mostCalls) return false;
    calls++;
    const isDone = ways(part, at, then);
    calls--;
    return isDone;
  };
  const ways = (part: Part, at: number, then: Then): boolean => {
    switch (part.kind) {
      case "place":
        if (part.looks && !part.looks.every((branch) => sequence(branch, 0, at, isLeft))) return false;
        return (part.sign === "^" && at > 0) || (part.sign === "$" && at < characters.length) || then(at);
      case "characters":
        return at >= characters.length || !part.takes(characters[at] ?? "") || then(at + 1);
      case "again":
        return characters.slice(at).every((_, i) => then(at + i)) && then(characters.length);
      case "choice":
        return part.branches.every((branch) => sequence(branch, 0, at, then));
      case "repeat":
        return part.part.kind === "characters" ? run(part, part.part, at, then) : repeat(part, 0, at, then);
    }
  };
  const sequence = (branch: readonly Part[], index: number, at: number, then: Then): boolean => {
    const part = branch[index];
    return part ? walk(part, at, (end) => sequence(branch, index + 1, end, then)) : then(at);
  };
  const repeat = (part: Part & { kind: "repeat" }, times: number, at: number, then: Then): boolean =>
    (times >= part.most ||
      walk(part.part, at, (end) => (end === at && times >= part.least) || repeat(part, times + 1, end, then))) &&
    (times < part.least || then(at));
  /** One character again and again: a loop, since texts may be long. */
  const run = (
    { least, most }: Part & { kind: "repeat" },
    part: Part & { kind: "characters" },
    at: number,
    then: Then,
  ) => {
    let end = at;
    while (end < characters.length && end - at < most && part.takes(characters[end] ?? "")) {
      end++;
      if (++steps > mostSteps) return false;
    }
    for (; end - at >= least; end--) if (++steps > mostSteps || !then(end)) return false;
    return true;
  };
  for (let at = 0; at <= characters.length; at++) if (!walk({ kind: "choice", branches }, at, isLeft)) return false;
  return true;
}

function write(part: Part, random: Random, length: number, budget: { left: number }): string {
  if (budget.left-- <= 0) return "";
  switch (part.kind) {
    case "place":
    case "again":
      return "";
    case "characters":
      return random.pick(part.of) ?? "";
    case "choice":
      return (random.pick(part.branches) ?? []).reduce(
        (text, item) => text + write(item, random, length - text.length, budget),
        "",
      );
    case "repeat": {
      const { least, most } = part;
      const wanted = length > 0 ? length : least + (random.pick([0, 1, 3]) ?? 0);
      const times = Math.min(Math.max(least, wanted), most, longest);
      let text = "";
      for (let i = 0; i < times && text.length < longest && budget.left > 0; i++)
        text += write(part.part, random, 0, budget);
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
      return (
        inner && (/^\(\?<?[=!]/.test(group[0]) ? { kind: "place", looks: inner } : { kind: "choice", branches: inner })
      );
    }
    const found = take(set)?.[0] ?? take(escaped)?.[0] ?? String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    if (found.length <= 2 && !found.startsWith("\\") && !found.startsWith("[")) at += found.length;
    if (found === "^" || found === "$") return { kind: "place", sign: found };
    if (/^\\[bB]/.test(found)) return place;
    if (/^\\(?:[1-9]|k<)/.test(found)) return { kind: "again" };
    return { kind: "characters", of: charactersOf(found), takes: takes(found) };
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
  const isOne = takes(source);
  const plainOnes = plain.filter(isOne);
  if (plainOnes.length > 0) return plainOnes;
  const mentioned = [...source.matchAll(/\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))|(.)/gsu)];
  const named = mentioned.map(([, braces, four, two, literal]) => {
    const code = braces ?? four ?? two;
    return code === undefined ? (literal ?? "") : String.fromCodePoint(Number.parseInt(code, 16));
  });
  return [...rare, ...named].filter(isOne);
}

function takes(source: string): (character: string) => boolean {
  const expression = new RegExp(`^${source}$`, "su");
  return (character) => expression.test(character);
}

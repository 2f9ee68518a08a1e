import {
  compareText,
  diagnostic,
  isTypeDecl,
  lastSegment,
  pascalCase,
  type Rule,
  type Span,
  type View,
  words,
} from "../../model/index.ts";
import { slips } from "../slips.ts";

export const misspelt = diagnostic<{ at: string; name: string; word: string; meant: string }>(
  "checks/misspelt-word",
  "warning",
  (a) => `The word ${a.word} in ${a.name} looks like ${a.meant}, misspelt.`,
  (a) =>
    `If it is, write ${a.name.replace(new RegExp(a.word, "i"), (word) => like(word, a.meant))}; a name that is in use stays until its readers know the new one.`,
);

/** A name that somebody wrote. */
interface Written {
  readonly name: string;
  readonly at: string;
  readonly span: Span | undefined;
}

/** A word that many names have is meant; a word of one name, a letter apart, is a slip unless it is another word with a prefix. */
const rule: Rule = {
  id: "misspelt-word",
  purpose: "The words of names are spelt as they are elsewhere.",
  severity: "warning",
  source: "The words of all names of a system, and a short list of common misspellings.",
  explain:
    "A misspelt name goes into every program that reads it, and cannot be corrected without breaking them. The rule looks " +
    "at words of six letters and more that one name alone has and that are one letter away from a word of at least three " +
    "other names; endings are not compared. Some misspellings are known whatever the others write, such as prevision " +
    "for previous. Correct a new name; of one that is in use, say so in a suppression.",
  check(view, report) {
    for (const system of view.systems) {
      const uses = usesOf(view, system.name);
      const common = [...uses].filter(([, names]) => distinct(names) >= 3).map(([word]) => word);
      for (const [word, written] of uses) {
        const bare = word.replace(/^(un|re|de|dis|non|pre|sub)/, "");
        const alone = distinct(written) === 1 && (bare === word || !uses.has(bare));
        const meant = slips.get(word) ?? (alone ? common.find((other) => isSlip(word, other)) : undefined);
        const [first] = written;
        if (meant === undefined || !first) continue;
        const related = written
          .slice(1, 4)
          .flatMap(({ name, span }) => (span ? [{ message: `It stands in ${name} as well.`, span }] : []));
        report(misspelt(first.span, { at: first.at, name: first.name, word, meant }, related));
      }
    }
  },
};

export default rule;

/** With a capital where the word had one. */
const like = (word: string, meant: string): string =>
  /^[A-Z]/.test(word) ? meant.charAt(0).toUpperCase() + meant.slice(1) : meant;

const distinct = (names: readonly Written[]): number => new Set(names.map(({ name }) => name)).size;

function usesOf(view: View, system: string): ReadonlyMap<string, readonly Written[]> {
  const uses = new Map<string, Written[]>();
  const add = (name: string, at: string, span: Span | undefined): void => {
    for (const word of new Set(words(name).map((part) => part.toLowerCase()))) {
      const names = uses.get(word);
      if (names) names.push({ name, at, span });
      else uses.set(word, [{ name, at, span }]);
    }
  };
  const events = view.events(system);
  for (const { name, origins } of [...events, ...view.topics.filter((topic) => topic.system === system)])
    add(name, name, origins[0]?.span);
  const bodies = new Set(events.map(({ name }) => `${pascalCase(name)}Body`));
  for (const decl of view.model.decls) {
    if (!isTypeDecl(decl) || decl.system !== system) continue;
    const name = lastSegment(decl.name);
    // The body of an event is named after it, not by its author.
    if (!bodies.has(name)) add(name, decl.name, decl.origins[0]?.span);
    if (decl.kind === "message" || decl.kind === "union")
      for (const field of decl.fields ?? []) add(field.name, `${decl.name}.${field.name}`, field.origins[0]?.span);
  }
  return new Map([...uses].sort(([a], [b]) => compareText(a, b)));
}

/** One letter more, less, other or in the wrong place, and neither at the front nor at the end: that is inflection. */
function isSlip(word: string, other: string): boolean {
  if (word === other || Math.min(word.length, other.length) < 6 || /\d/.test(word + other)) return false;
  let front = 0;
  while (front < word.length && word[front] === other[front]) front++;
  let back = 0;
  while (back < Math.min(word.length, other.length) - front && word.at(-1 - back) === other.at(-1 - back)) back++;
  if (front === 0) return false;
  const [a, b] = [word.slice(front, word.length - back), other.slice(front, other.length - back)];
  const swapped = a.length === 2 && a === [...b].reverse().join("");
  return swapped || (back > 0 && a.length <= 1 && b.length <= 1);
}

import {
  compareText,
  diagnostic,
  lastSegment,
  type Operation,
  type Rule,
  type Span,
  type View,
} from "../../model/index.ts";

export const counted = diagnostic<{ at: string; type: string; words: string }>(
  "checks/contradicting-description",
  "warning",
  (a) => `${a.at} is ${a.type}, and its description begins with "${a.words}".`,
  () => "Ask what is sent, and mend the one that is wrong: the description, or the type by an overlay.",
);
export const swapped = diagnostic<{ at: string; other: string; word: string; otherWord: string }>(
  "checks/contradicting-description",
  "warning",
  (a) => `The description of ${a.at} speaks of ${a.otherWord}, that of ${a.other} of ${a.word}.`,
  () => "They look swapped: let each describe what its name says.",
);

const counts = /^(?:the )?(?:(?:total )?(?:number|count|amount) of|how many)\b/i;

/** A description is prose, but two of its slips can be told for certain enough to ask. */
const rule: Rule = {
  id: "contradicting-description",
  purpose: "A description speaks of the thing that it stands at.",
  severity: "warning",
  source: "Practice: descriptions are copied along with what they describe, and types are guessed.",
  explain:
    "Two things are looked for: a boolean that is described as a number of something, and two operations whose names " +
    "differ in one word, each of which is described with the word of the other. Generated types and schemas repeat both " +
    "the type and the description, so that one of the two misleads everybody who uses them.",
  check(view, report) {
    for (const system of view.systems) {
      for (const { at, doc, span } of booleans(view, system.name)) {
        const words = counts.exec(doc)?.[0];
        if (words !== undefined) report(counted(span, { at, type: "bool", words }));
      }
      for (const [one, other] of pairs(view.operations(system.name))) {
        const span = other.span;
        const related = span && [{ message: `${other.operation.name} is described here.`, span }];
        report(
          swapped(
            one.span,
            { at: one.operation.name, other: other.operation.name, word: one.word, otherWord: other.word },
            related,
          ),
        );
      }
    }
  },
};

export default rule;

function booleans(view: View, system: string) {
  return view
    .types(system)
    .flatMap((decl) =>
      (decl.kind === "message" || decl.kind === "union" ? (decl.fields ?? []) : []).flatMap(
        ({ name, type, doc, origins }) =>
          type.kind === "scalar" && type.scalar === "bool" && doc !== undefined
            ? [{ at: `${decl.name}.${name}`, doc, span: origins[0]?.span }]
            : [],
      ),
    );
}

interface Described {
  readonly operation: Operation;
  /** The word of its name that the other one does not have. */
  readonly word: string;
  readonly span: Span | undefined;
}

/** Operations whose names differ in one word, and whose descriptions have it the other way round. */
function pairs(operations: readonly Operation[]): readonly (readonly [Described, Described])[] {
  const described = operations.flatMap((operation) => {
    const words = lastSegment(operation.name).split(/[_-]+/);
    const version = operation.versions[0];
    const doc = version?.doc ?? operation.doc;
    const span = (version ?? operation).origins[0]?.span;
    return doc === undefined ? [] : [{ operation, words, said: wordsOf(doc), span }];
  });
  described.sort((a, b) => compareText(a.span?.path ?? "", b.span?.path ?? "") || start(a) - start(b));
  const byPattern = new Map<string, { word: string; entry: (typeof described)[number] }[]>();
  for (const entry of described)
    for (const [index, word] of entry.words.entries()) {
      const pattern = entry.words.with(index, "").join("_");
      byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), { word, entry }]);
    }
  return [...byPattern]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, alike]) =>
      alike.flatMap((one, index) =>
        alike
          .slice(index + 1)
          .filter(
            (other) =>
              speaksOf(one.entry.said, other.word, one.word) && speaksOf(other.entry.said, one.word, other.word),
          )
          .map(
            (other) =>
              [
                { ...one.entry, word: one.word },
                { ...other.entry, word: other.word },
              ] as const,
          ),
      ),
    );
}

const start = ({ span }: Pick<Described, "span">): number => span?.start ?? 0;
const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[a-z0-9]+/g));
const speaksOf = (said: ReadonlySet<string>, word: string, not: string): boolean =>
  said.has(word.toLowerCase()) && !said.has(not.toLowerCase());

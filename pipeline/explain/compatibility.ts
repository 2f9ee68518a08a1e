import { type AnyRule, allRules } from "../compat/rules.ts";
import { blank, type Explanation } from "./explanation.ts";

/** Explains a rule of compatibility by its id: what each of its conditions means, in which direction, and what to do. */
export function explainCompatibility(name: string): Explanation | undefined {
  const rows = allRules().filter(({ id }) => id === name);
  const [first] = rows;
  if (!first) return undefined;
  const references = [...new Set(rows.flatMap((row) => row.references))];
  const waiver = `{ rule: ${name}, at: "<place>", fingerprint: "<of the report>", reason: …, owner: …, expires: YYYY-MM-DD }`;
  return {
    ...blank(name, "rule of compatibility"),
    text: [
      `What the change ${first.fact} means for ${first.target}. The first row whose condition holds is the verdict.`,
    ],
    facts: [
      { name: "fact", value: first.fact },
      { name: "target", value: first.target },
      ...(references.length > 0 ? [{ name: "see also", value: references.join(", ") }] : []),
      { name: "waive", value: waiver },
    ],
    members: rows.map((row) => ({
      name: row.when ?? (rows.length === 1 ? "always" : "otherwise"),
      value: `${verdictWords(row)}: ${row.why}${row.fix === undefined ? "" : ` ${row.fix}`}`,
    })),
  };
}

/** The verdicts of a rule: one word, where its directions agree. */
export function verdictWords({ verdicts }: Pick<AnyRule, "verdicts">): string {
  const cells = Object.entries(verdicts).map(
    ([direction, verdict]) => [direction, typeof verdict === "string" ? verdict : `by ${verdict.by}`] as const,
  );
  const words = new Set(cells.map(([, word]) => word));
  return words.size === 1 ? [...words].join("") : cells.map(([direction, word]) => `${direction} ${word}`).join(", ");
}

import { type Comparison, type Direction, judge, targetNames, type Verdict } from "../../checks/index.ts";

/** Every change on a line, and below it the targets that it does not leave in peace. */
export function printVerdicts(comparison: Comparison): string {
  const judgements = judge(comparison);
  return comparison.changes
    .map((change) => {
      const own = judgements.filter((judgement) => judgement.change === change);
      const facts = [change.was, change.now].map((text) => text?.replace(/\s+/g, " "));
      const lines = targetNames.flatMap((target) => {
        const found = own.filter((judgement) => judgement.target === target && judgement.verdict !== "safe");
        if (found.length === 0) return [];
        const verdicts = found.map(({ direction, verdict }): [Direction, Verdict] => [direction, verdict]);
        return [`  ${target}: ${verdicts.map(([direction, verdict]) => `${direction} ${verdict}`).join(", ")}`];
      });
      const [was, now] = facts;
      const said = [...(was === undefined ? [] : [was]), ...(now === undefined ? [] : [`-> ${now}`])].join(" ");
      const suspect = "suspect" in change && change.suspect !== undefined ? ` (${change.suspect}?)` : "";
      return [`${change.kind} ${change.at}${suspect}${said && `: ${said}`}`, ...lines].join("\n");
    })
    .map((text) => `${text}\n`)
    .join("");
}

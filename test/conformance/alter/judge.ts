import { planTable } from "../../../generators/clickhouse/migrate/plan-table.ts";
import { readCreates } from "../../../generators/clickhouse/migrate/read-create.ts";
import type { TableShape } from "../../../generators/clickhouse/migrate/shape.ts";
import type { StepClass } from "../../../model/index.ts";

/** How a change of a table is judged: by the gravest of its steps, and by what is not done without being asked for. */
export interface Judgement {
  readonly class: StepClass | "nothing";
  readonly withheld: readonly string[];
  readonly statements: readonly string[];
}

/** Judges the way from one CREATE TABLE statement to another. */
export function judgeAlter(before: string, after: string, renamed: Readonly<Record<string, string>> = {}): Judgement {
  const { steps, withheld } = planTable(tableIn(before), tableIn(after), {
    from: "t",
    fromBefore: "t",
    isAllowed: () => false,
    renamed: new Map(Object.entries(renamed)),
    running: false,
  });
  const classes = ["impossible", "preflight", "rewrite", "metadata"] as const;
  return {
    class: classes.find((one) => steps.some((step) => step.class === one)) ?? "nothing",
    withheld: withheld.map(({ allow }) => allow),
    statements: steps.flatMap(({ statements }) => statements),
  };
}

function tableIn(content: string): TableShape {
  const findings: string[] = [];
  const [table] = readCreates({ path: "t.sql", content }, ({ message }) => void findings.push(message));
  if (table?.kind !== "table") throw new Error(`No table in ${content} ${findings.join(" ")}`);
  return table;
}

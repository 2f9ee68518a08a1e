import { diagnostic } from "../../model/index.ts";

export const oneBaseline = diagnostic<{ baselines: readonly string[] }>(
  "baseline/several",
  "error",
  (a) => `A migration begins with one baseline, and there are ${a.baselines.length}: ${a.baselines.join(", ")}.`,
  () => "Name the one that runs with `--against`, or describe what runs with `--table`.",
);
export const failedMigration = diagnostic<{ side: string; first: string }>(
  "migrate/no-tables",
  "error",
  (a) => `Of ${a.side} no tables can be made: ${a.first}`,
  () => "`concordat generate` says everything that is in the way.",
);

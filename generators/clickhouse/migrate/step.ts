import type { MigrationStep, StepPlace, Withheld } from "../../../model/index.ts";

/** What is done to one table, and whether views over it have to be made again for it. */
export interface TableSteps {
  readonly steps: readonly MigrationStep[];
  readonly withheld: readonly Withheld[];
  readonly isReshaped: boolean;
}

/** Collects the steps of a table. */
export interface Steps {
  readonly add: (place: StepPlace, step: Omit<MigrationStep, "place" | "at"> & { readonly column?: string }) => void;
  readonly withhold: (allow: string, why: string, column?: string) => void;
  readonly steps: readonly MigrationStep[];
  readonly withheld: readonly Withheld[];
}

/** An empty collection for a table; `isAllowed` asks whether somebody wants to lose what a name says. */
export function stepsOf(table: string): Steps {
  const steps: MigrationStep[] = [];
  const withheld: Withheld[] = [];
  const at = (column: string | undefined): string => (column === undefined ? table : `${table}.${column}`);
  return {
    steps,
    withheld,
    add: (place, { column, ...step }) => void steps.push({ place, at: at(column), ...step }),
    withhold: (allow, why, column) => void withheld.push({ allow, at: at(column), why }),
  };
}

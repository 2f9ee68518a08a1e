import { type CompatibilityRule, compatibilityRules } from "../../checks/index.ts";
import { lockFacts } from "./lock-changes.ts";

/** A rule of compatibility, of a table or of the number locks. */
export type AnyRule = Omit<CompatibilityRule, "fact"> & { readonly fact: string };

/** Number locks give numbers to formats that have numbers. */
export const lockTarget = "protobuf";
/** The id of a rule about number locks. */
export const lockRule = (fact: keyof typeof lockFacts): string => `compat/${lockTarget}/${fact.replace(".", "-")}`;

/** Every rule by which a change is judged. */
export function allRules(): readonly AnyRule[] {
  const facts = Object.keys(lockFacts) as readonly (keyof typeof lockFacts)[];
  return [
    ...compatibilityRules(),
    ...facts.map((fact) => {
      const { verdict, why, fix } = lockFacts[fact];
      const verdicts = { backward: verdict, forward: verdict };
      return { id: lockRule(fact), target: lockTarget, fact, verdicts, why, fix, references: [] };
    }),
  ];
}

export * from "./change.ts";
export { type CompareOptions, type Comparison, compare, compareModels, type StorageOptions } from "./compare.ts";
export {
  type CompatibilityRule,
  compatibilityRules,
  type Judgement,
  judge,
  targetNames,
} from "./judge.ts";
export { reachOf } from "./reach.ts";
export type { Side, Sides } from "./sides.ts";
export type { Condition, Measure, Row, Rows, Table, Target } from "./target.ts";
export { type Direction, isAsked, isAtLeast, type Mode, type Verdict, verdicts, worst } from "./verdict.ts";
export { type Audience, whom } from "./whom.ts";

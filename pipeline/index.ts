export { targetNames as compatibilityTargets } from "../checks/index.ts";
export * from "../model/index.ts";
export {
  type Fault,
  fieldAt,
  type ProtobufDecoder,
  type ProtobufLimits,
  type ProtobufResult,
  protobufDecoder,
  type Sample,
  type SampleMaker,
  type SampleOptions,
  type SamplePlace,
  sampleMaker,
  type WireValue,
  wireJson,
  wireText,
} from "../verify/index.ts";
export { catalogue } from "./catalogue.ts";
export { type BreakingOptions, type BreakingResult, breaking } from "./compat/breaking.ts";
export { check } from "./compat/check.ts";
export { type Difference, type DiffResult, diff, type Fact } from "./compat/diff.ts";
export type { Bump, Release } from "./compat/release.ts";
export {
  type ComparisonReport,
  type Entry,
  type FailOn,
  failOnChoices,
  type Judged,
  type Waived,
} from "./compat/report.ts";
export { type SemverOptions, type SemverResult, semver } from "./compat/semver.ts";
export type { AgainstOptions } from "./compat/sides.ts";
export { storageOf } from "./compat/storage.ts";
export { isDay, waiversSchema } from "./compat/waivers-file.ts";
export type { BreakingConfig, Config, PackageConfig, SystemConfig } from "./config.ts";
export { configName, findConfig, loadConfig } from "./config.ts";
export { configSchema } from "./config-schema.ts";
export { type Explained, explain } from "./explain/explain.ts";
export type { Explanation } from "./explain/explanation.ts";
export { type ImportForm, type ImportOptions, type ImportResult, importDocument } from "./import/import.ts";
export { numbersSchema } from "./locks/file.ts";
export { type LockOptions, type LockResult, lock } from "./locks/lock.ts";
export { type MigrateOptions, type MigrateResult, migrate } from "./migrate/migrate.ts";
export { loadModel, printModel } from "./model-file.ts";
export { modelSchema } from "./model-schema.ts";
export { overlaySchema } from "./overlay-file.ts";
export { generators, readers, rules } from "./plugins.ts";
export { changelog } from "./print/changelog.ts";
export { differencesJson, differencesText } from "./print/difference.ts";
export { explanationText } from "./print/explanation-text.ts";
export { findingsJson } from "./print/findings-json.ts";
export { findingsSchema } from "./print/findings-schema.ts";
export { findingsText } from "./print/findings-text.ts";
export { type FindingFormat, findingFormats, printFindingsAs } from "./print/formats/index.ts";
export { modelLists, pluginLists, table } from "./print/lists.ts";
export { migrationJson, migrationSql, type PrintedMigration } from "./print/migration.ts";
export { modelTree } from "./print/model-tree.ts";
export { coloured, plain } from "./print/paint.ts";
export { type Printed, type PrintedFinding, repositoryOf, type Surroundings } from "./print/printed.ts";
export { generate, type Project, type RunOptions, type RunResult, read } from "./run.ts";

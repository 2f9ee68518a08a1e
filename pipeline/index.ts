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
export type { Config, PackageConfig, SystemConfig } from "./config.ts";
export { configName, findConfig, loadConfig } from "./config.ts";
export { configSchema } from "./config-schema.ts";
export { type Explained, explain } from "./explain/explain.ts";
export type { Explanation } from "./explain/explanation.ts";
export { type ImportForm, type ImportOptions, type ImportResult, importDocument } from "./import/import.ts";
export { numbersSchema } from "./locks/file.ts";
export { type LockOptions, type LockResult, lock } from "./locks/lock.ts";
export { loadModel, printModel } from "./model-file.ts";
export { modelSchema } from "./model-schema.ts";
export { overlaySchema } from "./overlay-file.ts";
export { generators, readers, rules } from "./plugins.ts";
export { explanationText } from "./print/explanation-text.ts";
export { findingsJson } from "./print/findings-json.ts";
export { findingsText } from "./print/findings-text.ts";
export { modelLists, pluginLists, table } from "./print/lists.ts";
export { modelTree } from "./print/model-tree.ts";
export { coloured, plain } from "./print/paint.ts";
export { generate, type Project, type RunOptions, type RunResult, read } from "./run.ts";

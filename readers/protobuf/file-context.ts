import type { Registry } from "@bufbuild/protobuf";
import type { Declared, Name, Report } from "../../model/index.ts";
import type { SourceInfo } from "./source-info.ts";

/** What every part of the reading of one file needs. */
export interface FileContext {
  readonly system: Name;
  readonly report: Report;
  readonly info: SourceInfo;
  /** Everything that was compiled together, the options that the file uses among it. */
  readonly registry: Registry;
}

/** The mark that a declaration should no longer be used. */
export const deprecation = (desc: { readonly deprecated: boolean }): Pick<Declared, "deprecated"> =>
  desc.deprecated ? { deprecated: {} } : {};

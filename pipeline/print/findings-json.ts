import type { Diagnostic } from "../../model/index.ts";
import type { SourceStore } from "../source-store.ts";
import { findingsAsJson } from "./formats/json.ts";

/** Findings as JSON: offsets as they are in the model, and lines and columns counted from 1. */
export const findingsJson = (findings: readonly Diagnostic[], store: SourceStore | undefined, suppressed = 0): string =>
  findingsAsJson({ findings, suppressed }, { store });

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { createView, type Report } from "../../../model/index.ts";
import { configName, loadConfig } from "../../config.ts";
import { collect, type Findings } from "../../findings.ts";
import { loadLocks } from "../../locks/apply.ts";
import { readModel } from "../../read-model.ts";
import { brokenProject, missingBaseline, noProject } from "../diagnostics.ts";
import { storageOf } from "../storage.ts";
import type { Loaded } from "./loaded.ts";

/** The baseline that a folder holds: a project, with a configuration of its own. */
export async function loadFolder(label: string, folder: string, report: Report): Promise<Loaded | undefined> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return void report(missingBaseline(undefined, { baseline: label, path: folder, isFolder: true }));
  if (!existsSync(join(folder, configName)))
    return void report(noProject(undefined, { baseline: label, path: configName }));
  return loadProject(label, folder, report);
}

/** Reads the project in a folder. What it has to be told is nobody's business but its own, except that it is broken. */
export async function loadProject(label: string, folder: string, report: Report): Promise<Loaded | undefined> {
  const findings = collect();
  const { config, store } = loadConfig(join(folder, configName), findings.report);
  const model = config && (await readModel(config, store, findings.report));
  if (!model || findings.failed()) return void report(broken(label, findings));
  const version = config.package?.version;
  return {
    label,
    view: createView(model, store.locate),
    store,
    config,
    storage: storageOf(config) ?? {},
    locks: loadLocks(config, store, () => undefined),
    ...(version !== undefined && { version }),
  };
}

/** Why a project gives no model. */
export function broken(label: string, findings: Findings) {
  const errors = findings.sorted().filter(({ severity }) => severity === "error");
  const [first] = errors;
  const place = first?.span ? `${first.span.path}: ` : "";
  return brokenProject(undefined, { baseline: label, count: errors.length, first: `${place}${first?.message ?? ""}` });
}

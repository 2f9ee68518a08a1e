import { dirname } from "node:path";
import type { Report } from "../../model/index.ts";
import { configName, findConfig } from "../config.ts";
import { collect, type Findings } from "../findings.ts";
import { loadLocks } from "../locks/apply.ts";
import { type Project, type RunResult, read } from "../run.ts";
import type { SourceStore } from "../source-store.ts";
import { loadBaselines } from "./baseline/load.ts";
import type { Loaded } from "./baseline/loaded.ts";
import { noBaseline } from "./diagnostics.ts";
import { storageOf } from "./storage.ts";

/** What to compare a project with. */
export interface AgainstOptions {
  /** Where to look for the configuration, upwards; paths of baselines are relative to it. */
  readonly folder: string;
  /** The baselines; those of the configuration, when there are none. */
  readonly against?: readonly string[];
  /** Also every version before each of them. */
  readonly transitive?: boolean;
  /** The environment, in which CI says where a change goes. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A project and its baselines, the latest first. */
export interface Sides {
  readonly project: Project;
  readonly store: SourceStore;
  readonly current: Loaded;
  readonly baselines: readonly Loaded[];
}

/** A comparison at work: what it could load, and what it has to tell. */
export interface Session {
  /** Absent, when one of the sides cannot be loaded: half of a comparison would look like no changes. */
  readonly sides?: Sides;
  readonly findings: Findings;
  /** The outcome so far, with what was found since. */
  readonly end: () => RunResult;
}

/** Reads the project and loads its baselines. */
export async function startComparison(options: AgainstOptions): Promise<Session> {
  const result = await read({ folder: options.folder });
  return compareResult(result, options);
}

/** Loads the baselines of a project that has been read. Of that, only errors are told again. */
export async function compareResult(result: RunResult, options: AgainstOptions): Promise<Session> {
  const findings = collect();
  const { project, store } = result;
  const end = (): RunResult => ({
    project,
    store,
    folder: result.folder ?? folderOfProject(options.folder),
    stats: result.stats,
    findings: findings.sorted(),
    suppressed: findings.suppressed(),
    exitCode: result.exitCode === 0 ? findings.exitCode(configName) : result.exitCode,
  });
  if (!project || !store || result.exitCode !== 0) {
    for (const finding of result.findings) if (finding.severity === "error") findings.report(finding);
    return { findings, end };
  }
  findings.setSeverities(project.config.rules);
  findings.suppress(project.config.suppress);
  const baselines = await baselinesOf(project, options, findings.report);
  if (findings.failed() || baselines.length === 0) return { findings, end };
  const version = project.config.package?.version;
  const current: Loaded = {
    label: configName,
    view: project.view,
    store,
    config: project.config,
    storage: storageOf(project.config) ?? {},
    locks: loadLocks(project.config, store, () => undefined),
    ...(version !== undefined && { version }),
  };
  return { findings, end, sides: { project, store, current, baselines } };
}

const folderOfProject = (from: string): string | undefined => {
  const path = findConfig(from);
  return path === undefined ? undefined : dirname(path);
};

async function baselinesOf(
  { config }: Project,
  { folder, against, transitive, env = {} }: AgainstOptions,
  report: Report,
): Promise<readonly Loaded[]> {
  const configured = config.breaking?.against;
  const asked = against ?? configured ?? (env.CI ? ["git:merge-base"] : []);
  if (asked.length === 0) report(noBaseline(undefined, {}));
  return loadBaselines(
    asked,
    {
      project: config.folder,
      folder: against ? folder : config.folder,
      env,
      transitive: transitive ?? config.breaking?.transitive ?? false,
    },
    report,
  );
}

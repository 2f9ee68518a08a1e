import { dirname } from "node:path";
import {
  createView,
  type Diagnostic,
  type Model,
  type Name,
  nearest,
  type OutputFile,
  type Report,
  type View,
} from "../model/index.ts";
import { storageOf } from "./compat/storage.ts";
import { type Config, configName, findConfig, loadConfig } from "./config.ts";
import { noConfig, unknownName } from "./diagnostics.ts";
import { collect, type Findings } from "./findings.ts";
import { checkLedger, printLedger, type TargetProjections } from "./ledger.ts";
import { printModel } from "./model-file.ts";
import { packageFiles } from "./package-files.ts";
import { generators, rules } from "./plugins.ts";
import { readModel } from "./read-model.ts";
import type { SourceStore } from "./source-store.ts";
import { carryOut, type Plan, plan, reportDrift } from "./write.ts";

/** What to work on. */
export interface RunOptions {
  /** Where to look for the configuration, upwards. */
  readonly folder: string;
  /** Restricts the targets. */
  readonly only?: readonly string[];
  /** Restricts the systems. */
  readonly system?: readonly Name[];
  /** Called at the start of each stage, for progress. */
  readonly onStage?: (stage: string) => void;
  /** A clock in milliseconds, for `--stats`. */
  readonly now?: () => number;
}

/** A project after reading: its model, and everything its sources had to be told. */
export interface Project {
  readonly config: Config;
  readonly model: Model;
  readonly view: View;
}

/** The outcome of a run: the project when it could be read, and all findings in the order of their places. */
export interface RunResult {
  readonly project: Project | undefined;
  readonly findings: readonly Diagnostic[];
  /** How many findings are not told because the configuration suppresses them. */
  readonly suppressed?: number;
  /** 0 clean, 1 for what a source or contract says, 2 for configuration, missing files and disk. */
  readonly exitCode: 0 | 1 | 2;
  readonly store: SourceStore | undefined;
  /** The folder of the configuration, when one was found. */
  readonly folder: string | undefined;
  /** What was or would be written; absent when an error kept it from being made. */
  readonly plan?: Plan;
  /** Everything that was made, in the order of the targets. */
  readonly files?: readonly OutputFile[];
  /** What each target made of it. */
  readonly made?: ReadonlyMap<string, readonly OutputFile[]>;
  /** How well each target holds it. */
  readonly targets?: readonly TargetProjections[];
  /** Milliseconds per stage, in order. */
  readonly stats: readonly { readonly stage: string; readonly milliseconds: number }[];
}

/** Reads the project and looks at its model: sources, overlays, rules. Writes nothing. */
export async function read(options: RunOptions): Promise<RunResult> {
  const run = start(options);
  await run.read();
  return run.end();
}

/** Reads the project and makes every target's files; `write`, `check` for drift, or only plan them. */
export async function generate(
  options: RunOptions & { readonly mode: "write" | "check" | "dry-run" },
): Promise<RunResult> {
  const run = start(options);
  const project = await run.read();
  if (!project || run.failed()) return run.end();

  const { files, made, targets } = await run.stage("generate", () => makeFiles(project, options, run.report));
  if (run.failed()) return run.end();

  const { output } = project.config;
  const whole = !options.only && !options.system;
  const planned = run.stage("compare", () => plan(output, files, whole, run.report));
  if (options.mode === "check") reportDrift(planned, output, run.report);
  else if (options.mode === "write" && !run.failed()) run.stage("write", () => carryOut(output, planned, run.report));
  if (whole) run.reportUnused();
  return { ...run.end(), plan: planned, files, made, targets };
}

interface Run {
  readonly report: Report;
  readonly failed: () => boolean;
  readonly reportUnused: () => void;
  readonly read: () => Promise<Project | undefined>;
  readonly stage: <T>(name: string, work: () => T) => T;
  readonly end: () => RunResult;
}

function start(options: RunOptions): Run {
  const findings: Findings = collect();
  const stats: { stage: string; milliseconds: number }[] = [];
  const now = options.now ?? (() => 0);
  let project: Project | undefined;
  let store: SourceStore | undefined;
  let configPath: string | undefined;

  function stage<T>(name: string, work: () => T): T {
    options.onStage?.(name);
    const begin = now();
    const done = (value: T): T => {
      stats.push({ stage: name, milliseconds: now() - begin });
      return value;
    };
    const result = work();
    return result instanceof Promise ? (result.then(done) as T) : done(result);
  }

  async function readProject(): Promise<Project | undefined> {
    configPath = findConfig(options.folder);
    if (configPath === undefined) return void findings.report(noConfig(undefined, { folder: options.folder }));
    const loaded = stage("config", () => loadConfig(configPath ?? "", findings.report));
    store = loaded.store;
    const { config } = loaded;
    if (!config || !checkNames(config, options, findings.report)) return undefined;
    findings.setSeverities(config.rules);
    findings.suppress(config.suppress);
    const model = await stage("read", () => readModel(config, loaded.store, findings.report));
    const view = createView(model, loaded.store.locate, options.system);
    stage("rules", () => {
      for (const rule of rules) rule.check(view, findings.report);
    });
    project = { config, model, view };
    return project;
  }

  return {
    report: findings.report,
    failed: findings.failed,
    reportUnused: findings.reportUnused,
    read: readProject,
    stage,
    end: () => ({
      project,
      store,
      folder: configPath && dirname(configPath),
      stats,
      findings: findings.sorted(),
      suppressed: findings.suppressed(),
      exitCode: findings.exitCode(configName),
    }),
  };
}

function checkNames(config: Config, options: RunOptions, report: Report): boolean {
  const check = (option: string, names: readonly string[] | undefined, known: readonly string[]): boolean =>
    (names ?? [])
      .filter((name) => !known.includes(name))
      .map((name) => report(unknownName(undefined, { option, name, near: nearest(name, known), known }))).length === 0;
  const targets = check(
    "--only",
    options.only,
    config.generators.map(({ name }) => name),
  );
  return (
    check(
      "--system",
      options.system,
      config.systems.map(({ name }) => name),
    ) && targets
  );
}

async function makeFiles(project: Project, options: RunOptions, report: Report) {
  const { config, view } = project;
  const files: OutputFile[] = [];
  const made = new Map<string, readonly OutputFile[]>();
  const targets: TargetProjections[] = [];
  for (const { name, options: settings } of config.generators) {
    const generator = generators[name];
    if (!generator || (options.only && !options.only.includes(name))) continue;
    const result = await generator.generate(view, { options: settings, report });
    files.push(...result.files);
    made.set(name, result.files);
    targets.push({ target: name, projections: result.projections });
  }
  checkLedger(targets, config.accept, report);
  // What is made of everything at once is only right when everything was made.
  if (!options.only && !options.system) {
    const common = [
      { path: "ledger.json", content: printLedger(targets) },
      { path: "model.json", content: printModel(project.model, storageOf(config)) },
    ];
    files.push(...common, ...packageFiles(config.package, view, [...files, ...common], targets));
  }
  return { files, made, targets };
}

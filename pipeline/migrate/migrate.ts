import { relative, resolve } from "node:path";
import {
  createView,
  type Diagnostic,
  type Json,
  type Migration,
  nearest,
  type OutputFile,
  type Report,
  type StatementFile,
} from "../../model/index.ts";
import type { Loaded } from "../compat/baseline/loaded.ts";
import { type AgainstOptions, compareResult } from "../compat/sides.ts";
import { storageOf } from "../compat/storage.ts";
import type { Config } from "../config.ts";
import { unknownName } from "../diagnostics.ts";
import { generators } from "../plugins.ts";
import { type Project, type RunResult, read } from "../run.ts";
import { failedMigration, oneBaseline } from "./diagnostics.ts";

/** What to migrate. */
export interface MigrateOptions extends AgainstOptions {
  /** The name of a generator whose output keeps data. */
  readonly target: string;
  /** Files in which a running system describes its tables: compared with instead of a baseline. */
  readonly tables?: readonly string[];
  /** What may be lost, by the names under which it is withheld. */
  readonly allow?: readonly string[];
}

/** The outcome: a plan, when both sides could be read. */
export interface MigrateResult extends RunResult {
  readonly migration?: Migration;
  /** What it begins with. */
  readonly from?: string;
}

/** Plans the way from what runs, or from what a baseline describes, to what the project describes. */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const result = await read({ folder: options.folder });
  const { project, store } = result;
  if (!project || !store || result.exitCode !== 0) return onlyErrors(result);
  const found: Diagnostic[] = [];
  const failed = (exitCode: 1 | 2): MigrateResult => ({ ...result, findings: found, exitCode });
  const report: Report = (finding) => void found.push(finding);
  if (!isPossible(options.target, project.config, report)) return failed(2);

  let from: string;
  let before: readonly StatementFile[];
  if (options.tables) {
    const files = options.tables.flatMap((path) => {
      const source = store.read(relative(project.config.folder, resolve(options.folder, path)), undefined, report);
      return source ? [{ path: source.path, content: source.text }] : [];
    });
    if (found.length > 0) return failed(2);
    before = files;
    from = options.tables.join(", ");
  } else {
    const session = await compareResult(result, options);
    const [baseline, ...others] = session.sides?.baselines ?? [];
    if (!baseline) return session.end();
    if (others.length > 0) {
      report(oneBaseline(undefined, { baselines: [baseline, ...others].map(({ label }) => label) }));
      return failed(2);
    }
    const made = await filesOf(baseline, options.target, optionsOf(baseline, project.config, options.target));
    if ("error" in made) {
      report(failedMigration(undefined, { side: baseline.label, first: made.error.message }));
      return failed(2);
    }
    before = made.files;
    from = baseline.label;
  }
  const after = await filesOf(project, options.target, ownOptions(project.config, options.target) ?? {});
  if ("error" in after) {
    report(failedMigration(undefined, { side: "the project", first: after.error.message }));
    return failed(1);
  }
  const migration = generators[options.target]?.migrate?.(
    {
      before,
      after: after.files,
      view: project.view,
      running: options.tables !== undefined,
      allow: options.allow ?? [],
    },
    report,
  );
  if (found.some(({ severity }) => severity === "error") || !migration) return failed(2);
  return { ...result, findings: found, exitCode: 0, migration, from };
}

const onlyErrors = (result: RunResult): MigrateResult => ({
  ...result,
  findings: result.findings.filter(({ severity }) => severity === "error"),
});

function isPossible(target: string, config: Config, report: Report): boolean {
  const known = config.generators.map(({ name }) => name).filter((name) => generators[name]?.migrate);
  if (known.includes(target)) return true;
  report(unknownName(undefined, { option: "migrate", name: target, near: nearest(target, known), known }));
  return false;
}

/** What a generator makes of one side; its findings are those of `generate`, and only an error keeps it from being compared. */
async function filesOf(
  { view }: Pick<Project | Loaded, "view">,
  target: string,
  options: Json | undefined,
): Promise<{ readonly files: readonly OutputFile[] } | { readonly error: Diagnostic }> {
  if (options === undefined) return { files: [] };
  const errors: Diagnostic[] = [];
  const report: Report = (finding) => void (finding.severity === "error" && errors.push(finding));
  // A part of a project says nothing about the tables of the other parts: all of them are compared.
  const whole = createView(view.model, view.locate);
  const made = await generators[target]?.generate(whole, { options, report });
  const [error] = errors;
  return error ? { error } : { files: made?.files ?? [] };
}

/** The options of the baseline. Of a model alone only what was published with it is known, the rest is as it is now. */
function optionsOf(baseline: Loaded, config: Config, target: string): Json | undefined {
  if (baseline.config) return ownOptions(baseline.config, target);
  const now = asObject(ownOptions(config, target));
  const storing = asObject(storageOf(config)?.[target]);
  const then = asObject(baseline.storage?.[target]);
  const events = asObject(now.events);
  const names = [...new Set([...Object.keys(events), ...Object.keys(asObject(then.events))])];
  const known = new Set(baseline.view.model.decls.flatMap((decl) => (decl.kind === "event" ? [decl.name] : [])));
  const merged = names
    .filter((name) => known.has(name))
    .map((name) => {
      const rest = without(asObject(events[name]), Object.keys(asObject(asObject(storing.events)[name])));
      return [name, { ...rest, ...asObject(asObject(then.events)[name]) }] as const;
    });
  return { ...without(now, Object.keys(storing)), ...then, events: Object.fromEntries(merged) };
}

const ownOptions = ({ generators: all }: Config, target: string): Json | undefined =>
  all.find(({ name }) => name === target)?.options;

const without = (value: Readonly<Record<string, Json>>, keys: readonly string[]): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

const asObject = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>) : {};

import { dirname } from "node:path";
import { type Decl, type Name, nearest, type Report, type TopicMessage } from "../../model/index.ts";
import { type Config, configName, findConfig, loadConfig, type SystemConfig } from "../config.ts";
import { noConfig, unknownName } from "../diagnostics.ts";
import { collect, type Findings } from "../findings.ts";
import { readDeclarations } from "../read-model.ts";
import type { RunResult } from "../run.ts";
import type { SourceStore } from "../source-store.ts";
import { carryOut } from "../write.ts";
import { applyLock, loadLock, lockPath, numberedOf } from "./apply.ts";
import type { NumberLock } from "./file.ts";
import * as say from "./findings.ts";
import { checkTopic, topicsOf } from "./topics.ts";
import { type Listed, type LockChange, updateLock } from "./update.ts";

/** What to lock. */
export interface LockOptions {
  /** Where to look for the configuration, upwards. */
  readonly folder: string;
  /** Restricts the systems. */
  readonly system?: readonly Name[];
  /** Messages, enums and messages of topics to lock from now on, by full name or by their last part when that is plain enough. */
  readonly message?: readonly Name[];
  /** Locks every message and enum of the systems, and every topic, from now on. */
  readonly all?: boolean;
  /** Writes nothing: what would be changed is a finding. */
  readonly check?: boolean;
}

/** A lock file and what was changed in it. */
export interface LockedFile {
  readonly path: string;
  readonly changes: readonly LockChange[];
}

/** The outcome of `concordat lock`. */
export interface LockResult extends RunResult {
  readonly locks: readonly LockedFile[];
}

/** Brings the number locks of a project up to date: appends what is new, reserves what is gone, renumbers nothing. */
export async function lock(options: LockOptions): Promise<LockResult> {
  const findings = collect();
  const path = findConfig(options.folder);
  if (path === undefined) findings.report(noConfig(undefined, { folder: options.folder }));
  const loaded = path === undefined ? undefined : loadConfig(path, findings.report);
  const locks =
    loaded?.config && !findings.failed() ? await lockSystems(loaded.config, loaded.store, options, findings) : [];
  return {
    project: undefined,
    store: loaded?.store,
    folder: path === undefined ? undefined : dirname(path),
    stats: [],
    findings: findings.sorted(),
    exitCode: findings.exitCode(configName),
    locks,
  };
}

async function lockSystems(
  config: Config,
  store: SourceStore,
  options: LockOptions,
  findings: Findings,
): Promise<readonly LockedFile[]> {
  const names = config.systems.map(({ name }) => name);
  for (const name of options.system ?? [])
    if (!names.includes(name))
      findings.report(unknownName(undefined, { option: "--system", name, near: nearest(name, names), known: names }));
  findings.setSeverities(config.rules);
  const decls = await readDeclarations(config, store, findings.report);
  const systems = config.systems.filter(({ name }) => !options.system || options.system.includes(name));
  const topics = new Map(systems.map(({ name }) => [name, topicsOf(decls, config, name)]));
  const wanted = wantedNames(decls, topics, options, findings.report);
  // A source that was not read in full lacks members which must not be taken for removed ones.
  if (findings.failed()) return [];
  const files = systems.flatMap((system) =>
    lockSystem(system, { decls, topics: topics.get(system.name) ?? new Map() }, wanted, {
      config,
      store,
      options,
      findings,
    }),
  );
  if (findings.failed() || options.check) return files.map(({ path }) => ({ path, changes: [] }));
  const write = files
    .filter(({ changed }) => changed)
    .map(({ path, text }) => ({ path, content: text, isNew: store.text(path) === undefined }));
  carryOut({ folder: config.folder, name: "." }, { write, remove: [], unchanged: 0, leftovers: [] }, findings.report);
  return files.map(({ path, changes }) => ({ path, changes }));
}

/** Full names of what `--message` asks for. */
function wantedNames(
  decls: readonly Decl[],
  systems: ReadonlyMap<Name, Topics>,
  { message = [] }: LockOptions,
  report: Report,
): ReadonlySet<Name> {
  const known = [...systems].flatMap(([system, topics]) => [
    ...numberedOf(decls, system).keys(),
    ...[...topics.values()].map(({ name }) => name),
  ]);
  const found = message.flatMap((name) => {
    const ending = known.filter((full) => full.endsWith(`.${name}`));
    if (known.includes(name)) return name;
    if (ending.length === 1) return ending;
    report(say.unknownType(undefined, { name, near: ending[0] ?? nearest(name, known) }));
    return [];
  });
  return new Set(found);
}

/** The messages of topics, by topic. */
type Topics = ReadonlyMap<Name, TopicMessage>;

interface LockContext {
  readonly config: Config;
  readonly store: SourceStore;
  readonly options: LockOptions;
  readonly findings: Findings;
}

interface LockFile extends LockedFile {
  readonly text: string;
  readonly changed: boolean;
}

function lockSystem(
  system: SystemConfig,
  { decls, topics }: { readonly decls: readonly Decl[]; readonly topics: Topics },
  wanted: ReadonlySet<Name>,
  { config, store, options, findings }: LockContext,
): readonly LockFile[] {
  const path = lockPath(system);
  const known = loadLock(system, config, store, findings.report, true);
  if (!known && store.text(path) !== undefined) return [];
  const declared = numberedOf(decls, system.name);
  const all = options.all || known?.all;
  const listed: Listed = {
    types: new Map([...declared].filter(([name]) => all || wanted.has(name) || known?.entries.has(name))),
    topics: new Map([...topics].filter(([topic, { name }]) => all || wanted.has(name) || known?.topics.has(topic))),
  };
  const lock: NumberLock = known ?? { path, all: false, entries: new Map(), topics: new Map() };
  if (!known && listed.types.size + listed.topics.size === 0)
    findings.report(say.nothingLocked(undefined, { system: system.name, path }));
  const report: Report = (finding) => {
    if (options.check || !mended.has(finding.code)) findings.report(finding);
  };
  applyLock(decls, lock, system.name, report);
  for (const [name, entry] of lock.topics) checkTopic(name, entry, topics.get(name), report);
  if (options.check) {
    for (const [name, [decl]] of listed.types)
      if (decl && !lock.entries.has(name) && !lock.all)
        findings.report(say.missingDeclaration(decl.origins[0]?.span, { at: name, kind: decl.kind, path }));
    for (const [name, { origins }] of listed.topics)
      if (!lock.topics.has(name))
        findings.report(say.missingDeclaration(origins[0]?.span, { at: name, kind: "topic", path }));
  }
  const before = store.text(path) ?? header(system.name);
  const { text, changes } = updateLock({ text: before, lock, all: options.all ?? false }, listed, findings.report);
  return [{ path, text, changes, changed: text !== before }];
}

/** What `concordat lock` is there to mend is no finding of it. */
const mended: ReadonlySet<string> = new Set(
  [say.missingEntry, say.missingDeclaration, say.staleEntry, say.staleDeclaration].map(({ code }) => code),
);

const header = (system: Name): string =>
  [
    `# The numbers of ${system}'s fields and enum values. \`concordat lock\` appends to it; a number is never changed and`,
    "# never used for anything else.",
    "",
  ].join("\n");

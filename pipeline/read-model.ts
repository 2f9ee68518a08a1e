import {
  applyOverlay,
  buildModel,
  type Decl,
  type Model,
  type Origin,
  type Report,
  type SourceFile,
} from "../model/index.ts";
import type { Config, SourceConfig, SystemConfig } from "./config.ts";
import { applyLocks, loadLocks } from "./locks/apply.ts";
import { applyTopicLocks } from "./locks/topics.ts";
import { readOverlay } from "./overlay-file.ts";
import { pageFrameFinding, withoutPageFrame } from "./page-frame.ts";
import { readers } from "./plugins.ts";
import { compileProto } from "./protoc.ts";
import { folderOf, type SourceStore } from "./source-store.ts";

/** Reads every source of a configuration, corrects each by its overlay, and builds the model of all. */
export async function readModel(config: Config, store: SourceStore, report: Report): Promise<Model> {
  const broken = new Set<string>();
  const read = await readDeclarations(config, store, (finding) => {
    if (finding.span && /^(?:yaml|source)\//.test(finding.code)) broken.add(finding.span.path);
    report(finding);
  });
  // A document whose overlay cannot be used has nobody to say what it leaves unsaid: one fault is not told a hundred times.
  const uncorrected = new Set(
    config.systems.flatMap(({ sources }) =>
      sources.flatMap(({ overlay, files }) =>
        overlay && broken.has(overlay.path) ? files.map(({ path }) => path) : [],
      ),
    ),
  );
  const locks = loadLocks(config, store, report);
  const decls = applyLocks(read, locks, report);
  const defaults = new Map(config.systems.map((system) => [system.name, system.defaults]));
  const model = buildModel(decls, defaults, (finding) => {
    if (finding.code !== "model/unstated-type" || !finding.span || !uncorrected.has(finding.span.path)) report(finding);
  });
  return applyTopicLocks(model, locks, report);
}

/** What all sources declare, each corrected by its overlay. */
export async function readDeclarations(config: Config, store: SourceStore, report: Report): Promise<readonly Decl[]> {
  const decls: Decl[] = [];
  for (const system of config.systems) {
    const read: Decl[] = [];
    for (const source of system.sources) read.push(...(await readSource(source, system, config, store, report)));
    const described = read.filter((decl) => decl.kind === "system");
    decls.push(systemDeclaration(system, described), ...configuredEvents(system));
    decls.push(...read.filter((decl) => decl.kind !== "system"));
  }
  return decls;
}

async function readSource(
  source: SourceConfig,
  system: SystemConfig,
  config: Config,
  store: SourceStore,
  report: Report,
): Promise<readonly Decl[]> {
  const decls: Decl[] = [];
  for (const { path, span } of source.files) {
    const file = store.read(path, span, report, readers[source.reader]?.binary);
    if (file) decls.push(...(await readFile(file, source, system, config, store, report)));
  }
  if (!source.overlay) return decls;
  const text = store.read(source.overlay.path, source.overlay.span, report);
  const overlay = text && readOverlay(text, system.name, report);
  return overlay ? applyOverlay(decls, overlay, system.name, report) : decls;
}

/** What one file declares by itself. */
export async function readFile(
  file: SourceFile,
  source: Pick<SourceConfig, "reader" | "root" | "options">,
  system: Pick<SystemConfig, "name">,
  config: Pick<Config, "folder">,
  store: SourceStore,
  report: Report,
): Promise<readonly Decl[]> {
  const root = source.root ?? folderOf(file.path);
  const reader = readers[source.reader];
  if (!reader) return [];
  return reader.read(unframed(file, report), {
    system: system.name,
    options: source.options,
    report,
    include: (path, from, by) => {
      const included = store.include(path, from, root, report, by);
      return included && unframed(included, report);
    },
    compileProto: (path) => {
      const known = store.text(path);
      const text = known === undefined ? undefined : unframed({ path, text: known }, report).text;
      return compileProto({ folder: config.folder, root, path, ...(text !== undefined && { text }) });
    },
  });
}

/** The text that its author wrote, without the page it may have been copied from. */
function unframed(file: SourceFile, report: Report): SourceFile {
  if (file.bytes) return file;
  const { source, frame } = withoutPageFrame(file);
  if (frame) report(pageFrameFinding(frame, file.text));
  return source;
}

/** A system is what the configuration says it is; its documents may describe it. */
function systemDeclaration(system: SystemConfig, described: readonly Decl[]): Decl {
  const doc = described.flatMap((decl) => decl.doc ?? []).join("\n\n");
  return {
    kind: "system",
    name: system.name,
    ...(doc && { doc }),
    ...(system.title && { title: system.title }),
    ...(system.owners && { owners: system.owners }),
    json: system.json,
    origins: [stated(system), ...described.flatMap((decl) => decl.origins)],
  };
}

/** Events that a source describes as plain types and the configuration names. */
function configuredEvents(system: SystemConfig): readonly Decl[] {
  return system.events.map(({ name, payload, group, topic, identity, span }) => ({
    kind: "event",
    name,
    system: system.name,
    payload: { kind: "named", name: `.${payload}`, span },
    ...(group && { group }),
    ...(topic && { topic }),
    ...(identity && { identity }),
    origins: [stated({ span })],
  }));
}

const stated = ({ span }: Pick<SystemConfig, "span">): Origin => ({ span, reader: "config", basis: "stated" });

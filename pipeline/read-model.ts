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
import { readOverlay } from "./overlay-file.ts";
import { readers } from "./plugins.ts";
import { compileProto } from "./protoc.ts";
import { folderOf, type SourceStore } from "./source-store.ts";

/** Reads every source of a configuration, corrects each by its overlay, and builds the model of all. */
export async function readModel(config: Config, store: SourceStore, report: Report): Promise<Model> {
  const decls: Decl[] = [];
  for (const system of config.systems) {
    decls.push(systemDeclaration(system), ...configuredEvents(system));
    for (const source of system.sources) decls.push(...(await readSource(source, system, config, store, report)));
  }
  return buildModel(decls, new Map(config.systems.map((system) => [system.name, system.defaults])), report);
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
    const file = store.read(path, span, report);
    if (file) decls.push(...(await readFile(file, source, system, config, store, report)));
  }
  if (!source.overlay) return decls;
  const text = store.read(source.overlay.path, source.overlay.span, report);
  const overlay = text && readOverlay(text, system.name, report);
  return overlay ? applyOverlay(decls, overlay, system.name, report) : decls;
}

async function readFile(
  file: SourceFile,
  source: SourceConfig,
  system: SystemConfig,
  config: Config,
  store: SourceStore,
  report: Report,
): Promise<readonly Decl[]> {
  const root = source.root ?? folderOf(file.path);
  const reader = readers[source.reader];
  if (!reader) return [];
  return reader.read(file, {
    system: system.name,
    options: source.options,
    report,
    include: (path, from) => store.include(path, from, root, report),
    compileProto: (path) => {
      const text = store.text(path);
      return compileProto({ folder: config.folder, root, path, ...(text !== undefined && { text }) });
    },
  });
}

function systemDeclaration(system: SystemConfig): Decl {
  return {
    kind: "system",
    name: system.name,
    ...(system.title && { title: system.title }),
    ...(system.owners && { owners: system.owners }),
    json: system.json,
    origins: [stated(system)],
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

import { existsSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { type Name, type OutputFile, type SourceFile, snakeCase } from "../../model/index.ts";
import { type Config, configName, findConfig, loadConfig, type SourceConfig, type SystemConfig } from "../config.ts";
import { unknownName } from "../diagnostics.ts";
import { collect, type Findings } from "../findings.ts";
import { readers } from "../plugins.ts";
import { readFile } from "../read-model.ts";
import type { RunResult } from "../run.ts";
import { createSourceStore, type SourceStore } from "../source-store.ts";
import { carryOut } from "../write.ts";
import { type Place, toMarkdown, toProtobuf } from "./clean.ts";
import * as say from "./diagnostics.ts";
import { overlaySkeleton } from "./overlay.ts";
import { recognise } from "./recognise.ts";

/** The forms that a clean source can have. */
export type ImportForm = "markdown" | "protobuf";

/** What to import. */
export interface ImportOptions {
  /** Where the paths start from, and where to look for a configuration, upwards. */
  readonly folder: string;
  readonly file: string;
  /** Its reader; by default the one that recognises it. */
  readonly reader?: string;
  readonly system?: Name;
  /** Where to write; by default beside the file. */
  readonly out?: string;
  /** The form to write; by default Markdown where there are events, topics or components, else Protobuf. */
  readonly to?: ImportForm;
  /** Writes nothing. */
  readonly dryRun?: boolean;
}

/** The outcome of an import. */
export interface ImportResult extends RunResult {
  readonly reader?: string;
  /** What was written, or would be, with paths from where the import started. */
  readonly files: readonly OutputFile[];
}

/** Writes a clean source from a messy document, and an overlay for what the document leaves open. */
export async function importDocument(options: ImportOptions): Promise<ImportResult> {
  const findings = collect();
  const path = findConfig(options.folder);
  const loaded = path === undefined ? undefined : loadConfig(path, findings.report);
  const folder = path === undefined ? resolve(options.folder) : dirname(path);
  const store = loaded?.store ?? createSourceStore(folder);
  const file = findings.failed()
    ? undefined
    : store.read(
        slashes(relative(folder, resolve(options.folder, options.file))),
        undefined,
        findings.report,
        Object.values(readers).flatMap(({ binary }) => binary ?? []),
      );
  const done = file && (await convert(placeOf(file, folder, store, loaded?.config, options), options, findings));
  const files = findings.failed() ? [] : (done?.files ?? []);
  if (files.length > 0 && !options.dryRun)
    carryOut(
      { folder: outFolder(options), name: options.out ?? "." },
      { write: files.map((one) => ({ ...one, isNew: true })), remove: [], unchanged: 0, leftovers: [] },
      findings.report,
    );
  const from = slashes(relative(options.folder, outFolder(options)));
  return {
    project: undefined,
    store,
    folder,
    stats: [],
    findings: findings.sorted(),
    exitCode: findings.exitCode(configName),
    ...(done && { reader: done.reader }),
    files: files.map((one) => ({ ...one, path: from === "" ? one.path : `${from}/${one.path}` })),
  };
}

const slashes = (path: string): string => (sep === "/" ? path : path.replaceAll(sep, "/"));

const outFolder = ({ folder, file, out }: ImportOptions): string =>
  out === undefined ? dirname(resolve(folder, file)) : resolve(folder, out);

function placeOf(
  file: SourceFile,
  folder: string,
  store: SourceStore,
  config: Config | undefined,
  options: ImportOptions,
): Place {
  const named = config?.systems.find(({ name }) => name === options.system);
  const holds = (system: SystemConfig): SourceConfig | undefined =>
    system.sources.find(({ files }) => files.some(({ path }) => path === file.path));
  const system = options.system === undefined ? (config?.systems.find(holds) ?? only(config?.systems)) : named;
  const source = system && holds(system);
  return {
    folder,
    store,
    file,
    base: baseOf(options),
    source: options.reader === undefined || options.reader === source?.reader ? source : undefined,
    system: system ?? {
      name: options.system ?? (snakeCase(baseOf(options)) || "imported"),
      defaults: { presence: "optional", number: "float64" },
      sources: [],
    },
  };
}

const only = <T>(items: readonly T[] | undefined): T | undefined => (items?.length === 1 ? items[0] : undefined);

const baseOf = ({ file }: ImportOptions): string => basename(file, extname(file));

async function convert(place: Place, options: ImportOptions, findings: Findings) {
  const { report } = findings;
  const { file, system, source, folder, store } = place;
  const known = Object.keys(readers);
  if (options.reader !== undefined && !known.includes(options.reader))
    return void report(unknownName(undefined, { option: "--reader", name: options.reader, near: undefined, known }));
  const reader = options.reader ?? source?.reader ?? recognise(file, readers, report);
  if (reader === undefined) return undefined;
  const how = { reader, options: source?.options ?? {}, ...(source?.root !== undefined && { root: source.root }) };
  const decls = await readFile(file, how, system, { folder }, store, report);
  if (findings.failed()) return undefined;

  const isPage = decls.some(({ kind }) => kind === "event" || kind === "topic" || kind === "component");
  const form = options.to ?? (isPage ? "markdown" : "protobuf");
  const clean = await (form === "markdown" ? toMarkdown : toProtobuf)(place, decls, report);
  if (!clean || findings.failed()) return undefined;
  // A `.proto` file says all of its types: what the document left open has been settled by then.
  const left = form === "markdown" ? decls : [];
  const overlay = overlaySkeleton(left, clean.stated, basename(options.file), system.name);
  const files = [
    ...clean.files,
    ...(overlay === undefined ? [] : [{ path: `${place.base}.overlay.yaml`, content: overlay }]),
  ];
  for (const { path } of files) {
    const target = join(outFolder(options), path);
    if (existsSync(target)) report(say.fileExists(undefined, { path: slashes(relative(options.folder, target)) }));
  }
  return { reader, files };
}

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  type Defaults,
  diagnostic,
  type Fidelity,
  type Json,
  type JsonProfile,
  type Name,
  nearest,
  type Report,
  type Severity,
  type Span,
} from "../model/index.ts";
import { configSchema } from "./config-schema.ts";
import { generators, readers } from "./plugins.ts";
import { createSourceStore, type SourceStore } from "./source-store.ts";
import { check, findings, readYaml, type YamlFile } from "./yaml.ts";

/** The name of the configuration, looked for from the working directory upwards. */
export const configName = "concordat.yaml";

/** A configuration that holds together: every plug-in it names exists, and every option fits. */
export interface Config {
  /** The folder of the configuration, absolute; every other path is relative to it. */
  readonly folder: string;
  readonly output: string;
  readonly package?: PackageConfig;
  readonly systems: readonly SystemConfig[];
  readonly generators: readonly { readonly name: string; readonly options: Json; readonly span: Span }[];
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly accept: readonly Acceptance[];
}

/** What stands in the generated `package.json`. */
export interface PackageConfig {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly repository?: string;
}

/** One system: its profile, what holds where its documents are silent, and the documents. */
export interface SystemConfig {
  readonly name: Name;
  readonly title?: string;
  readonly owners?: readonly string[];
  readonly json: JsonProfile;
  readonly defaults: Defaults;
  readonly sources: readonly SourceConfig[];
  readonly events: readonly EventConfig[];
  readonly span: Span;
}

/** A group of files read alike. */
export interface SourceConfig {
  readonly files: readonly { readonly path: string; readonly span: Span }[];
  readonly reader: string;
  readonly root?: string;
  readonly overlay?: { readonly path: string; readonly span: Span };
  readonly options: Json;
}

/** A type of the sources that is an event. */
export interface EventConfig {
  readonly name: Name;
  readonly payload: Name;
  readonly group?: Name;
  readonly topic?: Name;
  readonly identity?: readonly string[];
  readonly span: Span;
}

/** A loss or guess that is known and accepted. */
export interface Acceptance {
  readonly target: string;
  readonly fidelity: Extract<Fidelity, "lossy" | "guessed">;
  readonly at?: string;
  readonly why: string;
  readonly span: Span;
}

const unknownPlugin = diagnostic<{ kind: string; name: string; near: string | undefined; known: readonly string[] }>(
  "config/unknown-plug-in",
  "error",
  (a) => `There is no ${a.kind} ${a.name}.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : `There are: ${a.known.join(", ")}.`),
);
const missingRequirement = diagnostic<{ name: string; requires: string }>(
  "config/missing-requirement",
  "error",
  (a) => `The generator ${a.name} uses the files of ${a.requires}, which is not configured.`,
  (a) => `Add \`${a.requires}: {}\` to \`generators\`.`,
);

/** The configuration that governs a folder: its own, or the nearest one above. */
export function findConfig(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, configName);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Reads and checks a configuration. Returns `undefined` after findings when it cannot be used. */
export function loadConfig(
  path: string,
  report: Report,
): { readonly config: Config | undefined; readonly store: SourceStore } {
  const folder = dirname(resolve(path));
  const store = createSourceStore(folder);
  const source = store.read(path.slice(folder.length + 1), undefined, report);
  const file = source && readYaml(source, configSchema, report);
  if (!file) return { config: undefined, store };
  let sound = true;
  const config = toConfig(folder, file, (finding) => {
    if (finding.severity === "error") sound = false;
    report(finding);
  });
  return { config: sound ? config : undefined, store };
}

interface RawConfig {
  output?: string;
  package?: PackageConfig;
  systems: Record<string, RawSystem>;
  generators?: Record<string, Json>;
  rules?: Config["rules"];
  accept?: (Omit<Acceptance, "span" | "target"> & { target: string | string[] })[];
}
interface RawSystem {
  title?: string;
  owners?: string[];
  json?: Partial<JsonProfile>;
  defaults?: Partial<Defaults>;
  sources: { files: string | string[]; reader: string; root?: string; overlay?: string; options?: Json }[];
  events?: Record<string, string | Omit<EventConfig, "name" | "span">>;
}

const defaultProfile: JsonProfile = {
  fieldNames: "declared",
  int64: "number",
  enums: "name",
  timestamp: "rfc3339",
  duration: "seconds-string",
};

function toConfig(folder: string, file: YamlFile, report: Report): Config {
  const raw = file.value as unknown as RawConfig;
  return {
    folder,
    output: raw.output ?? "generated",
    ...(raw.package && { package: raw.package }),
    systems: Object.entries(raw.systems).map(([name, system]) => toSystem(name, system, file, report)),
    generators: Object.entries(raw.generators ?? {}).flatMap(([name, options]) => {
      const span = file.span(["generators", name], "key");
      if (!known("generator", name, generators, span, report)) return [];
      for (const requires of generators[name]?.requires ?? [])
        if (!Object.hasOwn(raw.generators ?? {}, requires)) report(missingRequirement(span, { name, requires }));
      const value = options ?? {};
      checkOptions(value, generators[name]?.options, file, ["generators", name], report);
      return [{ name, options: value, span }];
    }),
    rules: raw.rules ?? {},
    accept: (raw.accept ?? []).flatMap(({ target, ...acceptance }, index) =>
      [target].flat().map((name) => ({ ...acceptance, target: name, span: file.span(["accept", index]) })),
    ),
  };
}

function toSystem(name: Name, raw: RawSystem, file: YamlFile, report: Report): SystemConfig {
  const at = ["systems", name];
  return {
    name,
    ...(raw.title && { title: raw.title }),
    ...(raw.owners && { owners: raw.owners }),
    json: { ...defaultProfile, ...raw.json },
    defaults: { presence: "optional", number: "float64", ...raw.defaults },
    sources: raw.sources.map((source, index) => {
      const place = [...at, "sources", index];
      const paths = typeof source.files === "string" ? [source.files] : source.files;
      if (known("reader", source.reader, readers, file.span([...place, "reader"]), report))
        checkOptions(source.options ?? {}, readers[source.reader]?.options, file, [...place, "options"], report);
      return {
        files: paths.map((path, i) => ({
          path,
          span: file.span(typeof source.files === "string" ? [...place, "files"] : [...place, "files", i]),
        })),
        reader: source.reader,
        ...(source.root && { root: source.root }),
        ...(source.overlay && { overlay: { path: source.overlay, span: file.span([...place, "overlay"]) } }),
        options: source.options ?? {},
      };
    }),
    events: Object.entries(raw.events ?? {}).map(([event, value]) => ({
      ...(typeof value === "string" ? { payload: value } : value),
      name: event,
      span: file.span([...at, "events", event], "key"),
    })),
    span: file.span(at, "key"),
  };
}

function known(
  kind: string,
  name: string,
  all: Readonly<Record<string, unknown>>,
  span: Span,
  report: Report,
): boolean {
  if (Object.hasOwn(all, name)) return true;
  const names = Object.keys(all);
  report(unknownPlugin(span, { kind, name, near: nearest(name, names), known: names }));
  return false;
}

function checkOptions(
  options: Json,
  schema: Readonly<Record<string, Json>> | undefined,
  file: YamlFile,
  at: readonly (string | number)[],
  report: Report,
): void {
  const closed = schema ?? { type: "object", additionalProperties: false };
  for (const finding of findings(check(options, closed), file.span, at)) report(finding);
}

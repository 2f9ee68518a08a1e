import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Mode, targetNames } from "../checks/index.ts";
import {
  type Defaults,
  type Fidelity,
  type Json,
  type JsonProfile,
  type Name,
  nearest,
  type Report,
  type Severity,
  type Span,
} from "../model/index.ts";
import { catalogue } from "./catalogue.ts";
import { baselineSpec } from "./compat/baseline/spec.ts";
import { unknownForm } from "./compat/diagnostics.ts";
import type { FailOn } from "./compat/report.ts";
import { configSchema } from "./config-schema.ts";
import { errorsAreTold, missingRequirement, outputHoldsSources, unknownFinding, unknownPlugin } from "./diagnostics.ts";
import { generators, readers } from "./plugins.ts";
import { createSourceStore, isInside, type SourceStore } from "./source-store.ts";
import type { Suppression } from "./suppress.ts";
import type { Output } from "./write.ts";
import { check, findings, readYaml, type YamlFile } from "./yaml.ts";

/** The name of the configuration, looked for from the working directory upwards. */
export const configName = "concordat.yaml";

/** A configuration that holds together: every plug-in it names exists, and every option fits. */
export interface Config {
  /** The folder of the configuration, absolute; every other path is relative to it. */
  readonly folder: string;
  readonly output: Output;
  readonly package?: PackageConfig;
  readonly systems: readonly SystemConfig[];
  readonly generators: readonly { readonly name: string; readonly options: Json; readonly span: Span }[];
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly suppress: readonly Suppression[];
  readonly accept: readonly Acceptance[];
  readonly breaking?: BreakingConfig;
}

/** What changes are compared with, and what is asked about them. */
export interface BreakingConfig {
  readonly against?: readonly string[];
  readonly mode?: Mode;
  readonly transitive?: boolean;
  readonly targets?: readonly string[];
  readonly failOn?: FailOn;
  /** Where the waivers lie, when it is not at the usual place. */
  readonly waivers?: { readonly path: string; readonly span: Span };
}

/** What stands in the generated `package.json`. */
export interface PackageConfig {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly repository?: string;
  /** Where the version stands. */
  readonly versionSpan?: Span;
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
  /** Where the number lock lies, when it is not at the usual place. */
  readonly numbers?: { readonly path: string; readonly span: Span };
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
  package?: Omit<PackageConfig, "versionSpan">;
  systems: Record<string, RawSystem>;
  generators?: Record<string, Json>;
  rules?: Config["rules"];
  suppress?: { rule?: string; code?: string; at: string; why: string }[];
  breaking?: Omit<BreakingConfig, "against" | "waivers"> & { against?: string | string[]; waivers?: string };
  accept?: (Omit<Acceptance, "span" | "target"> & { target: string | string[] })[];
}
interface RawSystem {
  title?: string;
  owners?: string[];
  json?: Partial<JsonProfile>;
  defaults?: Partial<Defaults>;
  sources: { files: string | string[]; reader: string; root?: string; overlay?: string; options?: Json }[];
  events?: Record<string, string | Omit<EventConfig, "name" | "span">>;
  numbers?: string;
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
    output: toOutput(folder, raw, file, report),
    ...(raw.package && { package: { ...raw.package, versionSpan: file.span(["package", "version"]) } }),
    ...(raw.breaking && { breaking: toBreaking(raw.breaking, file, report) }),
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
    rules: toSeverities(raw.rules ?? {}, file, report),
    suppress: (raw.suppress ?? []).flatMap((entry, index) => toSuppression(entry, index, file, report)),
    accept: (raw.accept ?? []).flatMap(({ target, ...acceptance }, index) =>
      [target].flat().map((name) => ({ ...acceptance, target: name, span: file.span(["accept", index]) })),
    ),
  };
}

function toBreaking(
  { against, waivers, ...rest }: NonNullable<RawConfig["breaking"]>,
  file: YamlFile,
  report: Report,
): BreakingConfig {
  for (const [index, name] of (rest.targets ?? []).entries())
    known("target", name, targets, file.span(["breaking", "targets", index]), report);
  for (const [index, label] of [against ?? []].flat().entries())
    if (!baselineSpec(label))
      report(
        unknownForm(file.span(["breaking", "against", ...(Array.isArray(against) ? [index] : [])]), {
          baseline: label,
        }),
      );
  return {
    ...rest,
    ...(against !== undefined && { against: [against].flat() }),
    ...(waivers !== undefined && { waivers: { path: waivers, span: file.span(["breaking", "waivers"]) } }),
  };
}

const targets: Readonly<Record<string, true>> = Object.fromEntries(targetNames.map((name) => [name, true]));

/** Generated files replace one another freely: their folder may hold nothing that people keep. */
function toOutput(folder: string, raw: RawConfig, file: YamlFile, report: Report): Output {
  const name = (raw.output ?? "generated").replace(/\/+$/, "");
  const output: Output = { name, folder: resolve(folder, name), span: file.span(["output"]) };
  const kept = Object.values(raw.systems).flatMap(({ sources }) =>
    sources.flatMap(({ files, overlay }) => [files, overlay ?? []].flat()),
  );
  const inside = [configName, ...kept].find((path) => isInside(resolve(folder, path), output.folder));
  if (inside !== undefined) report(outputHoldsSources(output.span, { output: name, path: inside }));
  return output;
}

function toSystem(name: Name, raw: RawSystem, file: YamlFile, report: Report): SystemConfig {
  const at = ["systems", name];
  return {
    name,
    ...(raw.title && { title: raw.title }),
    ...(raw.owners && { owners: raw.owners }),
    json: Object.assign({}, defaultProfile, ...raw.sources.map(({ reader }) => readers[reader]?.json), raw.json),
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
    ...(raw.numbers && { numbers: { path: raw.numbers, span: file.span([...at, "numbers"]) } }),
    span: file.span(at, "key"),
  };
}

function toSeverities(rules: Config["rules"], file: YamlFile, report: Report): Config["rules"] {
  for (const code of Object.keys(rules)) knownFinding(code, file.span(["rules", code], "key"), report);
  return rules;
}

function toSuppression(
  { rule, code = `checks/${rule}`, at, why }: NonNullable<RawConfig["suppress"]>[number],
  index: number,
  file: YamlFile,
  report: Report,
): readonly Suppression[] {
  const span = file.span(["suppress", index, rule === undefined ? "code" : "rule"]);
  if (!knownFinding(code, span, report)) return [];
  const kinds = catalogue().get(code) ?? [];
  if (kinds.every(({ severity }) => severity === "error")) report(errorsAreTold(span, { code }));
  return [{ code, at, why, span: file.span(["suppress", index]) }];
}

function knownFinding(code: string, span: Span, report: Report): boolean {
  const codes = catalogue();
  if (codes.has(code)) return true;
  report(unknownFinding(span, { code, near: nearest(code, codes.keys()) }));
  return false;
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

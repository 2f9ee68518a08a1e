import {
  type Event,
  type Fidelity,
  formats,
  headerFrom,
  type OutputFile,
  type System,
  sourcesOf,
  type View,
} from "../../model/index.ts";
import { configName, type PackageConfig } from "../config.ts";
import type { TargetProjections } from "../ledger.ts";
import { eventNames } from "./event-names.ts";
import { example } from "./example.ts";
import { code, escaped, fenced, firstSentence, link, table } from "./markdown.ts";

/** The page about the generated package: how it is used, what is in it, how its values are written. */
export function packageReadme(
  config: PackageConfig,
  view: View,
  files: readonly OutputFile[],
  targets: readonly TargetProjections[],
): string {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const header = headerFrom([configName, ...sourcesOf(view.model)]).replaceAll("--", "- -");
  const sections = [
    [`<!-- ${header} -->`],
    [`# ${escaped(config.name)}`],
    ...(config.description ? [[escaped(config.description)]] : []),
    install(config),
    use(config, view, byPath),
    systems(config, view),
    contents(files),
    ...view.systems.map((system) => events(system, view, byPath)),
    values(view, files),
    fidelity(targets),
    releases,
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const install = ({ name }: PackageConfig): readonly string[] => [
  "## Install",
  "",
  ...fenced("sh", `npm install ${name}`),
  "",
  "Node 20.19 or newer, as ES modules or from CommonJS: `require` loads the same modules, so that both ways share one instance.",
];

function use(config: PackageConfig, view: View, files: ReadonlyMap<string, OutputFile>): readonly string[] {
  const found = example(config, view, files);
  if (!found) return [];
  const { event, program } = found;
  const what = firstSentence(event.doc);
  return [
    "## Use",
    "",
    `${code(event.name)}${what === "" ? "" : `: ${escaped(what)}`}`,
    "",
    ...fenced("ts", program),
    "",
    "A guard says yes or no, and importing one brings neither the schemas nor a schema engine along. `validate…` lists all that is wrong,",
    'each with a JSON pointer; `{ unknown: "error" }` refuses fields that are not declared. `assert…` throws. `validateEvent(name, value)`',
    "takes the name of the event from the topic or from the event itself.",
  ];
}

function systems({ name }: PackageConfig, view: View): readonly string[] {
  const count = (list: readonly unknown[]): string => (list.length === 0 ? "–" : String(list.length));
  const rows = view.systems.map((system) => [
    code(`${name}/${system.name}`),
    escaped(system.title ?? system.name),
    count(view.events(system.name)),
    count(view.operations(system.name).flatMap(({ versions }) => versions)),
  ]);
  return ["## Systems", "", ...table(["import", "system", "events:", "endpoint versions:"], rows)];
}

/** What each part is, by the folder or file that it fills in a system. */
const parts: readonly (readonly [part: RegExp, subpath: string, what: string])[] = [
  [/^index\.js$/, "", "types, constants for enums, `EventMap` from names to types"],
  [/^validators\.js$/, "/validators", "guards, validators and assertions"],
  [/^schemas\/index\.js$/, "/schemas", "all JSON Schemas of the system as a module"],
  [
    /^schemas\/.*\.json$/,
    "/schemas/*.json",
    "JSON Schemas: `<event>.schema.json` is closed, for producers; `<event>.open.schema.json` takes more fields, for consumers",
  ],
  [/^codecs\/index\.js$/, "/codecs", "encoders and decoders of Protobuf's binary form"],
  [/^protobuf\/.*\.proto$/, "/protobuf/*.proto", "Protobuf definitions"],
  [/^avro\/.*\.avsc$/, "/avro/*.avsc", "Avro schemas"],
  [/^avro\/.*\.json$/, "/avro/*.json", "canonical forms of the Avro schemas, by their fingerprints"],
  [/^clickhouse\/.*\.sql$/, "/clickhouse/*.sql", "ClickHouse tables"],
];

function contents(files: readonly OutputFile[]): readonly string[] {
  const inside = files.map(({ path }) => path.slice(path.indexOf("/") + 1));
  const rows = parts
    .filter(([part]) => inside.some((path) => part.test(path)))
    .map(([, subpath, what]) => [code(`<system>${subpath}`), what]);
  const common = [
    [link("`model.json`", "model.json"), "everything the sources say, with the place that says it"],
    [link("`ledger.json`", "ledger.json"), "field by field, what each target can hold, and why not more"],
  ];
  return ["## Contents", "", ...table(["path", "what it holds"], [...rows, ...common])];
}

function events(system: System, view: View, files: ReadonlyMap<string, OutputFile>): readonly string[] {
  const all = view.events(system.name);
  if (all.length === 0) return [];
  const topic = (event: Event): string => (event.topic === undefined ? "" : code(event.topic));
  const file = (text: string, path: string | undefined): readonly string[] =>
    path === undefined ? [] : [link(text, path)];
  const rows = all.map((event) => {
    const { type, stem, schema, table: sql, record } = eventNames(event, files);
    return [
      schema === undefined ? code(event.name) : link(code(event.name), schema),
      topic(event),
      type === undefined ? "" : code(type),
      stem === undefined ? "" : code(`is${stem}`),
      [...file("Avro", record), ...file("ClickHouse", sql)].join(", "),
      escaped(firstSentence(event.doc)),
    ];
  });
  const head = ["event", "topic", "type", "guard", "files", "what it says"];
  const used = head.map((_, column) => column === 0 || rows.some((row) => row[column] !== ""));
  const only = (row: readonly string[]): readonly string[] => row.filter((_, column) => used[column]);
  return [`## Events of ${escaped(system.title ?? system.name)}`, "", ...table(only(head), rows.map(only))];
}

const words: Readonly<Record<string, string>> = {
  declared: "as declared",
  lowerCamel: "lowerCamelCase",
  string: "decimal strings",
  number: "numbers",
  name: "by name",
  rfc3339: "RFC 3339",
  "epoch-seconds": "seconds since 1970",
  "epoch-millis": "milliseconds since 1970",
  "seconds-string": 'seconds, as `"1.5s"`',
  iso8601: "ISO 8601",
  seconds: "seconds",
  millis: "milliseconds",
};

function values(view: View, files: readonly OutputFile[]): readonly string[] {
  const say = (word: string): string => words[word] ?? escaped(word);
  const rows = view.systems.map(({ name, json }) => [
    code(name),
    say(json.fieldNames),
    say(json.int64),
    json.enums === "number" ? "by number" : "by name",
    say(json.timestamp),
    say(json.duration),
  ]);
  const used = Object.entries(formats).flatMap(([name, { keyword, words: meaning }]) => {
    const [key, value] = Object.entries(keyword ?? { "x-format": name })[0] ?? [];
    const text = `"${key}": ${JSON.stringify(value)}`;
    return files.some(({ path, content }) => path.endsWith(".schema.json") && content.includes(text))
      ? [[code(text), meaning]]
      : [];
  });
  return [
    "## Values",
    "",
    "How values are written as JSON where their source does not say it:",
    "",
    ...table(["system", "fields", "64-bit integers", "enums", "timestamps", "durations"], rows),
    ...(used.length > 0 ? ["", "Strings with a format:", "", ...table(["in a schema", "is"], used)] : []),
  ];
}

const grades: readonly Fidelity[] = ["exact", "widened", "lossy", "guessed", "omitted"];

function fidelity(targets: readonly TargetProjections[]): readonly string[] {
  if (targets.length === 0) return [];
  const rows = targets.map(({ target, projections }) => [
    code(target),
    ...grades.map((grade) => String(projections.filter((row) => row.fidelity === grade).length)),
  ]);
  return [
    "## What each target holds",
    "",
    ...table(["target", ...grades.map((grade) => `${grade}:`)], rows),
    "",
    "Exact: every value that is allowed, and no other. Widened: all of them, and some that are not. Lossy: some are changed or lost.",
    "Guessed: the type rests on what nobody has confirmed. Omitted: not in this target. The reason for each field stands in",
    `${link("`ledger.json`", "ledger.json")}.`,
  ];
}

const releases: readonly string[] = [
  "## Releases",
  "",
  "A patch changes words; a minor release adds events, endpoint versions and optional fields; whatever a producer or a consumer has",
  "to follow is a major release (before 1.0, a minor one). Consumers that read with the open schemas, and ignore the fields that they do",
  "not know, are not affected by additions.",
];

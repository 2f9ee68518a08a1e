import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

export const root = new URL("../../..", import.meta.url).pathname;

/** Which document stands for which source of the project's own configuration; an include lies beside its document. */
export const documents = {
  "000": { system: "h2o", instead: "schemas/h2o/events.md", reader: "markdown" },
  "001": { system: "telemetry", instead: "schemas/telemetry/events.md", reader: "wiki-text" },
  "002": { system: "flyte", reader: "rst" },
  "003": { system: "clearml", instead: "schemas/clearml/events.conf", reader: "hocon" },
  "004": { system: "telemetry", instead: "schemas/telemetry/service.md", reader: "wiki-text" },
  _events_common: { system: "clearml" },
};

/** The files of a folder by what their names begin with. */
export function findDocuments(folder) {
  const names = readdirSync(folder).sort();
  const files = Object.keys(documents).flatMap((key) => {
    const name = names.find((candidate) => candidate.startsWith(`${key}_`) || candidate === `${key}.conf`);
    return name === undefined ? [] : [[key, name]];
  });
  return new Map(files);
}

/** The digits of a file that was found, for findings; other paths stay. */
export const keyOf = (path, files) => [...files].find(([, name]) => name === path)?.[0] ?? path;

/**
 * A project with the documents of a folder in place of the project's own, everything else as it is: profiles, defaults,
 * overlays. `beside` reads the reference next to what it refers to; `without` leaves the overlays or the include away.
 */
export function projectOf(folder, files, { systems, beside = false, without } = {}) {
  const target = realpathSync(mkdtempSync(join(tmpdir(), "concordat-documents-")));
  for (const [key, name] of files)
    if (without !== "include" || !key.startsWith("_")) cpSync(join(folder, name), join(target, name));
  cpSync(join(root, "schemas"), join(target, "schemas"), { recursive: true });

  const config = parse(readFileSync(join(root, "concordat.yaml"), "utf8"));
  for (const [name, system] of Object.entries(config.systems)) {
    if (systems && !systems.includes(name)) delete config.systems[name];
    else system.sources = sourcesOf(name, system.sources, files, beside, without);
  }
  delete config.suppress;
  if (existsSync(join(root, "contracts")))
    cpSync(join(root, "contracts"), join(target, "contracts"), { recursive: true });
  writeFileSync(join(target, "concordat.yaml"), stringify(config));
  return target;
}

function sourcesOf(system, own, files, beside, without) {
  const here = Object.entries(documents).filter(([key, document]) => document.system === system && files.has(key));
  const added = here
    .filter(([, { reader, instead }]) => reader !== undefined && instead === undefined)
    .map(([key, { reader }]) => ({ files: files.get(key), reader }));
  if (added.length > 0) return beside ? [...own, ...added] : added;
  return own.map((source) => {
    const [key, document] = here.find(([, { instead }]) => instead === source.files) ?? [];
    if (!document) return source;
    const { overlay, ...rest } = source;
    return {
      ...rest,
      files: files.get(key),
      reader: document.reader,
      ...(overlay && without !== "overlays" && { overlay }),
    };
  });
}

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generators, type OutputFile, type Project } from "../../pipeline/index.ts";
import { avroWire } from "./avro-wire.ts";
import { jsonWire } from "./json-wire.ts";
import type { Encoding } from "./pack.ts";
import { protobufWire } from "./protobuf-wire.ts";
import { startRegistry } from "./registry.ts";
import type { Wire } from "./wire.ts";

/** Encodings made ready: who writes them, and where their readers find the schemas. */
export interface Ready {
  readonly wires: ReadonlyMap<Encoding, Wire>;
  /** What the configuration states of them. */
  readonly schemas?: string;
  readonly registry?: string;
  readonly close: () => Promise<void>;
}

/** Makes encodings ready, with files in a folder. */
export async function prepare(
  encodings: readonly Encoding[],
  project: Project,
  system: string,
  folder: string,
  scripts: string,
): Promise<Ready> {
  const { view } = project;
  const wires = new Map<Encoding, Wire>();
  if (encodings.includes("json")) wires.set("json", jsonWire(view));
  const schemas = join(folder, "schemas");
  if (encodings.includes("protobuf")) {
    const files = await filesOf("protobuf", project);
    const proto = files.find(({ path }) => path === `${system}/protobuf/${system}.proto`)?.content ?? "";
    mkdirSync(schemas);
    writeFileSync(join(schemas, `${system}.proto`), proto);
    wires.set("protobuf", protobufWire(view, system, proto));
  }
  if (!encodings.includes("avro")) return { wires, schemas: `${schemas}/`, close: async () => {} };
  const registry = await startRegistry(scripts);
  const prefix = `${system}/avro/topics/`;
  const topics = (await filesOf("avro", project)).flatMap(({ path, content }): readonly [string, string][] =>
    path.startsWith(prefix) ? [[path.slice(prefix.length, -".avsc".length), content]] : [],
  );
  wires.set("avro", avroWire(view, new Map(topics), registry));
  return { wires, schemas: `${schemas}/`, registry: registry.address, close: registry.close };
}

async function filesOf(name: string, { config, view }: Project): Promise<readonly OutputFile[]> {
  const options = config.generators.find((generator) => generator.name === name)?.options ?? {};
  const made = await generators[name]?.generate(view, { options: options as never, report: () => {} });
  return made?.files ?? [];
}

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Event, type Message, messageOf } from "../../../pipeline/index.ts";
import type { Sample } from "../../../verify/index.ts";
import { type Bench, type MakeJudge, refused, type Verdict } from "../judge.ts";
import { compared, encoded, isOnWire, loadCodecs } from "./codecs.ts";
import { textFormat } from "./text-format.ts";

/**
 * The real compiler in both directions: what it encodes from text the codec decodes, and what the codec encodes it decodes
 * to the text of what it encoded itself. All samples of a batch are items of one message.
 */
export const protoc: MakeJudge = async (bench) => {
  const codecs = await loadCodecs(bench);
  const folder = mkdtempSync(join(tmpdir(), "concordat-agreement-"));
  return {
    name: "protoc",
    targets: ["codecs"],
    sees: "values",
    limit: 200,
    takes: (event) => codecs.has(event.system) && isOnWire(event, bench) && sourceOf(bench, event) !== undefined,
    judge: (event, samples) => {
      const system = codecs.get(event.system);
      const source = sourceOf(bench, event);
      if (!system || !source) return samples.map((): Verdict => ({ kind: "unasked" }));
      const { message, file, root } = source;
      writeFileSync(
        join(folder, "batch.proto"),
        `syntax = "proto3"; import ${JSON.stringify(file)}; message ConcordatBatch { repeated .${message.name} items = 1; }`,
      );
      const run = (option: string, input: string | Uint8Array): Buffer => compile(root, folder, option, input);
      const scope = { view: bench.view, profile: bench.system(event).json };
      const texts = samples.map(({ value }) => `items { ${textFormat(message, value, scope)} }`);
      const wire = run("--encode", texts.join("\n"));
      const theirs = itemsOf(wire);
      const ours = samples.map((sample) => encoded(system, event, sample));
      const readings = blocksOf(String(run("--decode", wire)));
      const written = ours.filter((bytes) => bytes instanceof Uint8Array);
      const read = blocksOf(String(run("--decode", Buffer.concat(written.flatMap(asItem)))));
      let next = 0;
      return samples.map((sample: Sample, i): Verdict => {
        const bytes = ours[i];
        if (bytes === undefined || "kind" in bytes) return bytes ?? { kind: "unasked" };
        const reading = read[next++];
        if (reading !== readings[i]) return refused(`protoc reads ${reading} where it wrote ${readings[i]}`);
        return compared(bench, event, sample, system.decodeEvent(event.name, theirs[i] ?? new Uint8Array()));
      });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};

interface Source {
  readonly message: Message;
  /** The file as other files import it, and the folder that such paths are relative to. */
  readonly file: string;
  readonly root: string;
}

/** The file that declares an event's message; files lie in folders named after their packages. */
function sourceOf({ view, folder }: Bench, event: Event): Source | undefined {
  const message = messageOf(event.payload, view);
  const path = message?.origins.find(({ span }) => span.path.endsWith(".proto"))?.span.path;
  if (!message || path === undefined) return undefined;
  const packagePath = message.name.split(".").slice(0, -1).join("/");
  const start = path.lastIndexOf(`${packagePath}/`);
  if (start < 0) return undefined;
  return { message, file: path.slice(start), root: join(folder, path.slice(0, start)) };
}

function compile(root: string, folder: string, option: string, input: string | Uint8Array): Buffer {
  const home = dirname(createRequire(import.meta.url).resolve("protoc/package.json"));
  const assets = JSON.parse(readFileSync(join(home, "assets.json"), "utf8")) as readonly {
    readonly platform: string;
    readonly arch: string;
    readonly executable: string;
  }[];
  const asset = assets.find(({ platform, arch }) => platform === process.platform && arch === process.arch);
  const paths = [`--proto_path=${folder}`, `--proto_path=${root}`];
  const { status, stdout, stderr } = spawnSync(
    join(home, "bin", asset?.executable ?? ""),
    [`${option}=ConcordatBatch`, ...paths, "batch.proto"],
    { input, maxBuffer: 2 ** 30 },
  );
  if (status !== 0) throw new Error(String(stderr));
  return stdout;
}

/** The items of a batch: each has the tag of field 1, its length and its bytes. */
function itemsOf(batch: Uint8Array): readonly Uint8Array[] {
  const items: Uint8Array[] = [];
  for (let at = 0; at < batch.length; ) {
    at++;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = batch[at++] ?? 0;
      length += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    items.push(batch.subarray(at, at + length));
    at += length;
  }
  return items;
}

function asItem(bytes: Uint8Array): readonly Uint8Array[] {
  const head = [10];
  let rest = bytes.length;
  for (; rest > 127; rest >>= 7) head.push((rest & 127) | 128);
  return [Uint8Array.from([...head, rest]), bytes];
}

/** The text of each item, as the compiler prints a batch: an item begins and ends at the start of a line. */
const blocksOf = (text: string): readonly string[] => text.split(/^(?=items \{)/m).filter((block) => block !== "");

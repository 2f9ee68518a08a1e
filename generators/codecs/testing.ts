import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { Decl, Json, Model, OutputFile, Projection, View } from "../../model/index.ts";
import { createView } from "../../model/index.ts";
import { protobufDecoder } from "../../verify/index.ts";
import codecs from "./index.ts";

/** Codecs of a system, loaded. */
export type CodecModule = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** A view over declarations. */
export function viewOf(decls: readonly Decl[]): View {
  const model: Model = { irVersion: 1, decls };
  return createView(model, ({ path }) => ({ path, line: 1, column: 1 }));
}

/** Writes generated files into node_modules, where they find what they import; they go when the tests of the file are over. */
export function moduleFolder(name: string): (files: readonly OutputFile[]) => string {
  const parent = join(import.meta.dirname, "../../node_modules/.concordat-test");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, `${name}-`));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  afterAll(() => rmSync(folder, { recursive: true }));
  let count = 0;
  return (files) => {
    const root = join(folder, String(count++));
    for (const { path, content } of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return root;
  };
}

/** Generates and loads the codecs of a system; `write` is what {@link moduleFolder} gave. */
export async function codecsOf(
  view: View,
  system: string,
  write: (files: readonly OutputFile[]) => string,
): Promise<{ readonly module: CodecModule; readonly projections: readonly Projection[]; readonly root: string }> {
  const findings: string[] = [];
  const { files, projections } = await codecs.generate(view, {
    options: {},
    report: ({ message }) => findings.push(message),
  });
  if (findings.length > 0) throw new Error(findings.join("\n"));
  const root = write(files);
  const module = (await import(/* @vite-ignore */ join(root, system, "codecs/index.js"))) as CodecModule;
  return { module, projections, root };
}

/** Both ways between a message as JSON and its bytes. */
export interface MessageCodec {
  readonly encode: (value: unknown) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => unknown;
  /** Decodes with protobufjs, at run time. */
  readonly verify: (bytes: Uint8Array) => Json;
}

/** The codec of a message; `stem` is what follows `encode` in the name of its function. */
export async function messageCodec(module: CodecModule, view: View, name: string, stem: string): Promise<MessageCodec> {
  const { decode } = await protobufDecoder(view, name);
  return {
    encode: (value) => module[`encode${stem}`]?.(value) as Uint8Array,
    decode: (bytes) => module[`decode${stem}`]?.(bytes),
    verify: (bytes) => {
      const result = decode(bytes);
      if (result.ok) return result.value;
      throw new Error(result.findings.map(({ message }) => message).join("\n"));
    },
  };
}

/** The real compiler as a witness: messages in its text format, to bytes and back. */
export function protoc(root: string, file: string) {
  const home = dirname(createRequire(import.meta.url).resolve("protoc/package.json"));
  const assets: readonly { platform: string; arch: string; executable: string }[] = JSON.parse(
    readFileSync(join(home, "assets.json"), "utf8"),
  );
  const asset = assets.find(({ platform, arch }) => platform === process.platform && arch === process.arch);
  const run = (option: string, input: string | Uint8Array): Buffer => {
    const { status, stdout, stderr } = spawnSync(
      join(home, "bin", asset?.executable ?? ""),
      [option, "--deterministic_output", `--proto_path=${root}`, file].filter(
        (argument) => argument !== "--deterministic_output" || option.startsWith("--encode"),
      ),
      { input },
    );
    if (status !== 0) throw new Error(String(stderr));
    return stdout;
  };
  return {
    encode: (message: string, text: string): Uint8Array => new Uint8Array(run(`--encode=${message}`, text)),
    decode: (message: string, bytes: Uint8Array): string => String(run(`--decode=${message}`, bytes)),
  };
}

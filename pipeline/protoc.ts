import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { ProtoCompilation } from "../model/index.ts";

/** A file to compile. */
export interface ProtoFile {
  /** The folder of the project. */
  readonly folder: string;
  /** The folder that imports are relative to, relative to the project. Nothing outside it is compiled. */
  readonly root: string;
  /** The file's path, relative to the project. */
  readonly path: string;
  /** The text to compile in place of what is on disk, so that places in the answer are places in this text. */
  readonly text?: string;
}

/** Bounds on one run of the compiler. */
export interface ProtocLimits {
  readonly milliseconds: number;
  /** How much of what it prints is kept. */
  readonly characters: number;
}

// The two folders the compiler looks for files in; it names files by them, and the names are taken off again.
const textFolder = "concordat-text";
const treeLink = "concordat-tree";
const lookupFolder = new RegExp(`^(?:${textFolder}|${treeLink})/`, "gm");

const defaultLimits: ProtocLimits = { milliseconds: 30_000, characters: 1_000_000 };

/**
 * Runs the Protobuf compiler of the npm package `protoc` on one file. Whatever goes wrong is said in `messages`, as the
 * compiler says it where it could run at all.
 */
export async function compileProto(
  { folder: project, root, path, text }: ProtoFile,
  limits: ProtocLimits = defaultLimits,
): Promise<ProtoCompilation> {
  const tree = resolve(project, root);
  const file = slashes(relative(tree, resolve(project, path)));
  const binary = await findCompiler();
  if ("missing" in binary) return { file, messages: `protoc: ${binary.missing}` };
  if (!isInside(file)) return { file, messages: `protoc: The file ${path} lies outside of its root ${root}.` };
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), "concordat-protoc-"));
    const source = text ?? (await confinedText(tree, file));
    // The compiler reads "=", ":", "@" and "-" in arguments as syntax. Given relative paths inside a folder of our own, no
    // name of a user's file or folder is ever an argument that begins with one or a search path that holds one.
    await symlink(tree, join(folder, treeLink), "junction");
    await mkdir(dirname(join(folder, textFolder, file)), { recursive: true });
    await writeFile(join(folder, textFolder, file), source);
    const answer = await run(
      binary.path,
      [
        "--include_imports",
        "--include_source_info",
        "--descriptor_set_out=image",
        `--proto_path=${textFolder}`,
        `--proto_path=${treeLink}`,
        `${textFolder}/${file}`,
      ],
      folder,
      limits,
    );
    if (!answer.ok) return { file, messages: answer.messages };
    const image = new Uint8Array(await readFile(join(folder, "image")));
    await confineImports(tree, image);
    return { file, image, messages: answer.messages };
  } catch (error) {
    return { file, messages: `protoc: ${(error as Error).message}` };
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** The binary for this platform, by the table that the package itself goes by; never one found on the path. */
async function findCompiler(): Promise<{ readonly path: string } | { readonly missing: string }> {
  try {
    const home = dirname(createRequire(import.meta.url).resolve("protoc/package.json"));
    const table = JSON.parse(await readFile(join(home, "assets.json"), "utf8")) as readonly {
      readonly platform: string;
      readonly arch: string;
      readonly executable: string;
    }[];
    const asset = table.find(({ platform, arch }) => platform === process.platform && arch === process.arch);
    if (!asset)
      return { missing: `The npm package protoc has no compiler for ${process.platform} on ${process.arch}.` };
    const path = join(home, "bin", asset.executable);
    await stat(path);
    return { path };
  } catch {
    return { missing: "The npm package protoc is not installed, or not completely: install the dependencies again." };
  }
}

const slashes = (path: string): string => (sep === "/" ? path : path.replaceAll(sep, "/"));

const isInside = (file: string): boolean => file !== "" && !isAbsolute(file) && file.split("/")[0] !== "..";

/** The text on disk, when the file does not lie outside the root by way of a link. */
async function confinedText(tree: string, file: string): Promise<Buffer> {
  const [inside, target] = await Promise.all([realpath(tree), realpath(join(tree, file))]);
  if (!isInside(slashes(relative(inside, target)))) throw new Error(`A link leads from ${file} out of its root.`);
  return readFile(target);
}

/** The compiler follows links: no import may have led out of the root by one. */
async function confineImports(tree: string, image: Uint8Array): Promise<void> {
  const inside = await realpath(tree);
  for (const { name } of fromBinary(FileDescriptorSetSchema, image).file) {
    const path = name.replace(new RegExp(`^(?:${textFolder}|${treeLink})/`), "");
    const target = await realpath(join(tree, path)).catch(() => undefined);
    // What is not in the tree came with the compiler.
    if (target !== undefined && !isInside(slashes(relative(inside, target))))
      throw new Error(`A link leads from ${path} out of its root.`);
  }
}

function run(
  binary: string,
  args: readonly string[],
  cwd: string,
  { milliseconds, characters }: ProtocLimits,
): Promise<{ readonly ok: boolean; readonly messages: string }> {
  return new Promise((done) => {
    const child = spawn(binary, args, {
      cwd,
      stdio: ["ignore", "ignore", "pipe"],
      timeout: milliseconds,
      killSignal: "SIGKILL",
      windowsHide: true,
    });
    let messages = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (chunk: string) => {
      if (messages.length < characters) messages += chunk;
    });
    child.on("error", (error) =>
      done({ ok: false, messages: `protoc: The compiler does not start: ${error.message}` }),
    );
    child.on("close", (code, signal) => {
      const end = child.killed ? `was stopped after ${milliseconds / 1000} seconds` : `was ended by ${signal}`;
      if (signal !== null) messages = `protoc: The compiler ${end}.\n${messages}`;
      done({ ok: code === 0, messages: messages.replace(lookupFolder, "") });
    });
  });
}

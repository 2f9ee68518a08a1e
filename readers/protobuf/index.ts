import { createFileRegistry, type DescFile, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Decl, ProtoCompilation, Reader, ReaderContext, SourceFile } from "../../model/index.ts";
import { parseCompilerMessages } from "./compiler-messages.ts";
import { declarations } from "./declarations.ts";
import * as say from "./diagnostics.ts";
import type { Compiled } from "./explain.ts";
import { findings } from "./findings.ts";
import { readImage } from "./image.ts";
import { said } from "./said.ts";
import { sourceInfo } from "./source-info.ts";
import { protoText } from "./source-text.ts";

interface Options {
  /** Of a compiled image, the files to read, or the folders that they are in. */
  readonly include?: readonly string[];
}

/** Protobuf, as the real compiler understands it: its descriptors are read, its messages become findings. */
const protobuf: Reader<Options> = {
  title: "Protocol Buffers (proto2, proto3, editions)",
  // The JSON mapping of Protocol Buffers.
  json: { fieldNames: "lowerCamel", int64: "string" },
  options: {
    type: "object",
    properties: { include: { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 } },
    additionalProperties: false,
  },
  binary: [".binpb", ".pb", ".protoset", ".desc"],
  recognises: ({ text, bytes }) => (bytes ? 1 : recognised(withoutComments(text))),
  read(source, context) {
    const { system, options, report } = context;
    const { path, bytes } = source;
    return bytes ? readImage({ path, bytes, include: options.include }, system, report) : readText(source, context);
  },
};
export default protobuf;

/** What a text declares, by way of the compiler. */
async function readText(
  source: SourceFile,
  { system, report, include, compileProto }: ReaderContext<Options>,
): Promise<readonly Decl[]> {
  const text = protoText(source);
  const whole = { path: source.path, start: 0, end: 0 };
  const compilation = await compileProto(source.path);
  const { file, image, messages } = compilation;
  const compiled: Compiled = {
    source: text,
    file,
    sibling: (name) => {
      // The compiler does not look outside the tree, so neither are such texts asked for.
      if (name.split("/").some((part) => part === "" || part === "..")) return undefined;
      const found = include("../".repeat(file.split("/").length - 1) + name, source.path);
      return found && protoText(found);
    },
  };
  const found = findings(messages, compiled);
  for (const finding of found) report(finding);
  if (image === undefined) {
    if (!found.some((finding) => finding.severity === "error"))
      report(say.notCompiled(whole, { file, said: reason(compilation) }));
    return [];
  }
  const described = descriptorOf(image, file);
  if (typeof described === "string") {
    report(say.unsupported(whole, { file, said: described }));
    return [];
  }
  const { desc, registry } = described;
  return declarations(desc, { system, report, registry, info: sourceInfo(desc.proto, text) });
}

const recognised = (text: string): number =>
  /^\s*(?:syntax|edition)\s*=\s*["'][^"'\n]*["']\s*;/m.test(text)
    ? 1
    : /^[ \t]*(?:message|enum|service)[ \t]+[A-Za-z_]\w*\s*\{/m.test(text)
      ? 0.7
      : 0;

const withoutComments = (text: string): string => text.slice(0, 100_000).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");

/** The compiler's first words about anything but the file: that it is missing, that it took too long. */
const reason = ({ messages }: ProtoCompilation): string =>
  said(parseCompilerMessages(messages)[0]?.text ?? "The compiler gave no reason.", "");

/** The file's descriptor with its references resolved, or why there is none. */
function descriptorOf(
  image: Uint8Array,
  file: string,
): { readonly desc: DescFile; readonly registry: FileRegistry } | string {
  try {
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
    const desc = registry.getFile(file);
    return desc ? { desc, registry } : `the compiler's answer does not hold ${file}.`;
  } catch (error) {
    return `${(error as Error).message}.`;
  }
}

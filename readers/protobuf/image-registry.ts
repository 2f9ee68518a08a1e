import {
  create,
  createFileRegistry,
  type DescExtension,
  type DescField,
  type FileRegistry,
  fromBinary,
} from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { defaultValue } from "./default-value.ts";
import { elements } from "./elements.ts";
import { hasType } from "./field-type.ts";

/** What a compiled image holds. */
export interface ImageContents {
  readonly files: readonly FileDescriptorProto[];
  /** The files of which all imports are there, and their descriptors with all references resolved. */
  readonly complete: readonly FileDescriptorProto[];
  readonly registry: FileRegistry;
  readonly missing: readonly { readonly file: string; readonly path: string }[];
}

/** Opens an image, or says why it is none. Nothing in it is taken on trust: it may be cut off, damaged or made by hand. */
export function openImage(bytes: Uint8Array): ImageContents | string {
  const files = decoded(bytes);
  if (typeof files === "string") return files;
  const missing: { file: string; path: string }[] = [];
  const complete = contradiction(files) ?? inOrderOfImports(files, (file, path) => void missing.push({ file, path }));
  if (typeof complete === "string") return complete;
  const registry = registryOf(complete);
  if (typeof registry === "string") return registry;
  return impossible(registry) ?? { files, complete, registry, missing };
}

function decoded(bytes: Uint8Array): readonly FileDescriptorProto[] | string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "it is compressed.";
  try {
    const { file } = fromBinary(FileDescriptorSetSchema, bytes);
    return file.length > 0 ? file : "it holds no file.";
  } catch (error) {
    const { message } = error as Error;
    if (/recursion|call stack/.test(message)) return "it is nested too deeply.";
    return message === "premature EOF" ? "it ends too early." : "its bytes are not those of a FileDescriptorSet.";
  }
}

/** What a compiler would not have written, in the descriptors by themselves. */
function contradiction(files: readonly FileDescriptorProto[]): string | undefined {
  const names = new Set<string>();
  for (const { name, package: scope } of files) {
    if (name === "") return "one of its files has no name.";
    if (names.has(name)) return `it holds ${name} twice.`;
    if (!/^(?:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)?$/.test(scope)) return `the package of ${name} is no name.`;
    names.add(name);
  }
  return undefined;
}

/** The files of which all imports are there, what is imported before what imports it. A circle is told in words. */
function inOrderOfImports(
  files: readonly FileDescriptorProto[],
  missing: (file: string, path: string) => void,
): readonly FileDescriptorProto[] | string {
  const byName = new Map(files.map((file) => [file.name, file]));
  const state = new Map<string, "open" | "complete" | "incomplete">();
  const complete: FileDescriptorProto[] = [];
  // A work list, since a chain of imports may be longer than the stack.
  for (const first of [...byName.keys()].sort()) {
    const open = [first];
    for (let name = open.at(-1); name !== undefined; name = open.at(-1)) {
      const file = byName.get(name);
      if (!file || (state.has(name) && state.get(name) !== "open")) {
        open.pop();
        continue;
      }
      const imported = file.dependency.filter((path) => byName.has(path));
      const next = imported.filter((path) => !state.has(path));
      if (state.get(name) === undefined) {
        state.set(name, "open");
        if (imported.some((path) => state.get(path) === "open")) return `the imports of ${name} run in a circle.`;
        if (next.length > 0) {
          open.push(...next);
          continue;
        }
      }
      open.pop();
      const lacking = file.dependency.filter((path) => !byName.has(path));
      for (const path of lacking) missing(name, path);
      const isComplete = lacking.length === 0 && imported.every((path) => state.get(path) === "complete");
      state.set(name, isComplete ? "complete" : "incomplete");
      if (isComplete) complete.push(file);
    }
  }
  return complete;
}

/** False where the text of a default cannot be read. */
function hasDefault(field: DescField | DescExtension): boolean {
  try {
    defaultValue(field);
    return true;
  } catch {
    return false;
  }
}

function registryOf(file: readonly FileDescriptorProto[]): FileRegistry | string {
  try {
    return createFileRegistry(create(FileDescriptorSetSchema, { file: [...file] }));
  } catch (error) {
    return reason(error);
  }
}

/** What a compiler would not have written, and the library takes: of two things with one name it keeps the last. */
function impossible(registry: FileRegistry): string | undefined {
  const names = new Set<string>();
  for (const file of registry.files)
    for (const { desc } of elements(file)) {
      if ("typeName" in desc) {
        if (names.has(desc.typeName)) return `it declares ${desc.typeName} twice.`;
        names.add(desc.typeName);
      }
      if (desc.kind === "enum" && desc.values.length === 0) return `the enum ${desc.typeName} has no values.`;
      if (desc.kind !== "field" && desc.kind !== "extension") continue;
      const at = desc.kind === "field" ? `${desc.parent.typeName}.${desc.name}` : desc.typeName;
      if (desc.number < 1 || desc.number > 536_870_911) return `the field ${at} has the number ${desc.number}.`;
      if (!hasType(desc)) return `the field ${at} has no type that Protobuf knows.`;
      if (!hasDefault(desc)) return `the default of the field ${at} is no value of its type.`;
    }
  return undefined;
}

/** What the library found, in our own words where it is known. */
function reason(error: unknown): string {
  const message = (error as Error).message.replace(/\s+/g, " ").replace(/\.$/, "");
  for (const [pattern, words] of reasons) if (pattern.test(message)) return message.replace(pattern, words);
  return message === "" ? "its parts do not fit together." : `${message.replace(/^invalid \w+: /, "")}.`;
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(.*): invalid ([a-z ]+) name (".*")$/, "$1 declares the $2 $3, which is no name."],
  [/^.*(?:_?type|type_name|extendee) \.?(\S+) not found$/, "it refers to $1, which it does not declare."],
  [/^(.*): unsupported edition$/, "$1 is of an edition that is not known yet."],
];

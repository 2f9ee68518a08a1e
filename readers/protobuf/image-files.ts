import { BinaryReader } from "@bufbuild/protobuf/wire";
import type { DescriptorProto, FieldDescriptorProto, FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { wellKnownType } from "../protobuf-common/well-known.ts";

/**
 * The files of an image that declare what it is about: those that it was made for, and every file with a type that one of
 * these uses. Left out are files that came with the compiler and files that only declare options.
 */
export function filesToRead(files: readonly FileDescriptorProto[]): readonly FileDescriptorProto[] {
  const declaring = new Map(files.flatMap((file) => [...declaredIn(file)].map((name) => [name, file] as const)));
  const wanted = new Set(files.filter((file) => !isImported(file)));
  for (const file of wanted)
    for (const name of usedIn(file)) {
      const other = wellKnownType(name) ? undefined : declaring.get(name);
      if (other) wanted.add(other);
    }
  return [...wanted];
}

const tool = /^(?:google\/protobuf|buf\/validate)\//;

/** `buf` marks the files that it took along because others import them; of `protoc` only the usual ones are known. */
const isImported = (file: FileDescriptorProto): boolean => tool.test(file.name) || isMarked(file);

// `buf.alpha.image.v1.ImageFile.buf_extension`, and `is_import` in it.
const bufExtension = 8042;
const isImport = 1;

function isMarked({ $unknown }: FileDescriptorProto): boolean {
  const mark = $unknown?.find(({ no, wireType }) => no === bufExtension && wireType === 2);
  if (!mark) return false;
  try {
    const reader = new BinaryReader(new BinaryReader(mark.data).bytes());
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      if (number === isImport && wireType === 0) return reader.bool();
      reader.skip(wireType, number);
    }
  } catch {
    // A mark that cannot be read is none.
  }
  return false;
}

function* declaredIn({ package: scope, messageType, enumType }: FileDescriptorProto): Iterable<string> {
  const prefix = scope === "" ? "" : `${scope}.`;
  for (const { name } of enumType) yield prefix + name;
  for (const message of messageType) yield* declaredBy(message, prefix);
}

function* declaredBy({ name, nestedType, enumType }: DescriptorProto, prefix: string): Iterable<string> {
  yield prefix + name;
  for (const nested of enumType) yield `${prefix}${name}.${nested.name}`;
  for (const nested of nestedType) yield* declaredBy(nested, `${prefix}${name}.`);
}

/** The full names of all types that fields and methods refer to. */
function* usedIn({ messageType, extension, service }: FileDescriptorProto): Iterable<string> {
  for (const message of messageType) yield* usedBy(message);
  yield* typesOf(extension);
  for (const { method } of service)
    for (const { inputType, outputType } of method) yield* [inputType, outputType].map(fullName);
}

function* usedBy({ field, extension, nestedType }: DescriptorProto): Iterable<string> {
  yield* typesOf(field);
  yield* typesOf(extension);
  for (const nested of nestedType) yield* usedBy(nested);
}

function* typesOf(fields: readonly FieldDescriptorProto[]): Iterable<string> {
  for (const { typeName } of fields) if (typeName !== "") yield fullName(typeName);
}

const fullName = (name: string): string => name.replace(/^\./, "");

import { diagnostic } from "../../model/index.ts";

export const syntax = diagnostic<{ file: string; said: string }>(
  "protobuf/syntax",
  "error",
  (a) => `${a.file} does not parse here: ${a.said}`,
  () => "Correct the text at the mark; the rest of a file is checked once all of it parses.",
);
export const unknownType = diagnostic<{ name: string; of: string | undefined; hint: string | undefined }>(
  "protobuf/unknown-type",
  "error",
  (a) => `The type ${a.name}${a.of ? ` of ${a.of}` : ""} is not declared in this file or in what it imports.`,
  (a) => a.hint ?? "Declare the type, or import the file that does.",
);
export const notAType = diagnostic<{ name: string }>(
  "protobuf/not-a-type",
  "error",
  (a) => `${a.name} is declared, but it is no type that can stand here.`,
  () => "Name a message, or an enum where the place allows one.",
);
export const duplicateNumber = diagnostic<{ name: string; other: string; number?: string; next?: string }>(
  "protobuf/duplicate-number",
  "error",
  (a) => `${a.name} has the number ${a.number === undefined ? "" : `${a.number} `}of ${a.other}.`,
  (a) =>
    `Give it a number of its own${a.next ? `; ${a.next} is free` : ""}. ` +
    (a.number === undefined
      ? "Where both names mean the same, say so with `option allow_alias = true;`."
      : "A number once in use stays taken."),
);
export const duplicateName = diagnostic<{ name: string; scope: string | undefined; sibling: boolean }>(
  "protobuf/duplicate-name",
  "error",
  (a) => `The name ${a.name} is already taken${a.scope ? ` in ${a.scope}` : ""}.`,
  (a) =>
    a.sibling
      ? "Rename one of the two: the values of an enum share the scope that the enum itself stands in."
      : "Rename one of the two.",
);
export const reserved = diagnostic<{ name: string; number: string | undefined }>(
  "protobuf/reserved",
  "error",
  (a) => (a.number ? `${a.name} has the number ${a.number}, which is reserved.` : `The name ${a.name} is reserved.`),
  (a) =>
    a.number
      ? "Take another number: whoever still holds old data would misread this one."
      : "Take another name, or lift the reservation when it was a mistake.",
);
export const numberRange = diagnostic<{ name: string | undefined; free: string | undefined }>(
  "protobuf/number-range",
  "error",
  (a) => `The number of ${a.name ?? "this field"} is not one that a field may have.`,
  (a) =>
    a.free
      ? `Free numbers are ${a.free}.`
      : "Fields are numbered from 1 to 536870911; 19000 to 19999 belong to Protobuf itself.",
);
export const missingImport = diagnostic<{ path: string }>(
  "protobuf/missing-import",
  "error",
  (a) => `The imported file ${a.path} does not exist.`,
  () =>
    "Imports are relative to the root of the source's tree: correct the path, add the file, or set `root` for the source.",
);
export const importPath = diagnostic<{ path: string }>(
  "protobuf/import-path",
  "error",
  (a) => `The import ${a.path} is not written as a path from the root of the source's tree.`,
  () => "Leave out `.`, `..`, doubled slashes and backslashes; set a higher `root` for the source to reach further.",
);
export const brokenImport = diagnostic<{ path: string; file: string }>(
  "protobuf/broken-import",
  "error",
  (a) => `The imported file ${a.path} does not compile, so ${a.file} was not read.`,
  () => "Correct the imported file first; types that it may declare are not looked for until then.",
);
export const importCycle = diagnostic<{ cycle: string }>(
  "protobuf/import-cycle",
  "error",
  (a) => `The imports run in a circle: ${a.cycle}.`,
  () => "Move what both files need into a third one.",
);
export const unusedImport = diagnostic<{ path: string }>(
  "protobuf/unused-import",
  "warning",
  (a) => `Nothing of the imported file ${a.path} is used.`,
  () => "Remove the import.",
);
export const compiler = diagnostic<{ file: string; said: string }>(
  "protobuf/compiler",
  "error",
  (a) => `${a.file} does not compile: ${a.said}`,
  () => "Change what is marked; the words behind the colon are the compiler's own.",
);
export const compilerWarning = diagnostic<{ file: string; said: string }>(
  "protobuf/compiler-warning",
  "warning",
  (a) => `${a.file} compiles with a warning: ${a.said}`,
  () => "The words behind the colon are the compiler's own.",
);
export const moreFindings = diagnostic<{ file: string; count: number }>(
  "protobuf/more-findings",
  "error",
  (a) => `${a.file} has ${a.count} more findings.`,
  () => "Most of them often follow from the first: begin there.",
);
export const notCompiled = diagnostic<{ file: string; said: string }>(
  "protobuf/not-compiled",
  "error",
  (a) => `${a.file} was not compiled: ${a.said}`,
  () => "Nothing is wrong with the file as far as is known; the compiler could not do its work.",
);
export const unsupported = diagnostic<{ file: string; said: string }>(
  "protobuf/unsupported",
  "error",
  (a) => `${a.file} compiles, but its descriptor cannot be read: ${a.said}`,
  () => "Write the file in proto2, proto3 or an edition that has been released.",
);
export const defaultValue = diagnostic<{ field: string; value: string }>(
  "protobuf/default",
  "warning",
  (a) => `The default of the field ${a.field} is ${a.value}, which JSON has no number for; it is left out.`,
  () => "Choose a number, or leave the default out of the source as well.",
);
export const customOption = diagnostic<{ name: string; on: string }>(
  "protobuf/option",
  "info",
  (a) => `The option ${a.name} on ${a.on} is passed over.`,
  undefined,
  "Files may declare options of their own for messages, fields, enums and services, and only the tools that these are made " +
    "for know what they mean. Concordat reads the options that every compiler knows, and the constraints of Protovalidate " +
    "(`buf.validate.field`, `buf.validate.oneof`). Nothing of any other reaches a target, which is told once for each " +
    "option of a file.",
);
export const constraint = diagnostic<{ field: string; names: readonly string[] }>(
  "protobuf/constraint",
  "info",
  (a) => `Constraints of ${a.field} are passed over: ${a.names.join(", ")}.`,
  () => "State in an overlay what the model can hold of it: `limits`, `type` or `presence`.",
  "Rules of Protovalidate become limits, presence and types of the model where these say exactly the same. The model has " +
    "no place for the rest: expressions, lists of values, bounds that do not belong to the range themselves or " +
    "are larger than 2^53, rules for the items of lists and the entries of maps.",
);
export const streaming = diagnostic<{ name: string; streams: string }>(
  "protobuf/streaming",
  "info",
  (a) => `The method ${a.name} streams its ${a.streams}; the model holds the type of one message of a stream.`,
);
export const image = diagnostic<{ file: string; said: string }>(
  "protobuf/image",
  "error",
  (a) => `${a.file} cannot be read as a descriptor image: ${a.said}`,
  () =>
    "Make it again, uncompressed: `protoc --include_imports --include_source_info --descriptor_set_out=…`, or `buf build -o ….binpb`.",
  "A compiled image is a binary FileDescriptorSet, as `protoc` and `buf build` write it. This file is something else, is " +
    "not complete, or contradicts itself in a way that no compiler does.",
);
export const imageImport = diagnostic<{ file: string; image: string; path: string }>(
  "protobuf/image-import",
  "error",
  (a) => `${a.image} does not hold ${a.path}, which ${a.file} imports; what needs it was not read.`,
  () => "Make the image with all that is imported: `protoc --include_imports`; `buf build` does so by itself.",
);
export const imageInclude = diagnostic<{ image: string; path: string; near: string | undefined }>(
  "protobuf/image-include",
  "error",
  (a) => `${a.image} holds no file ${a.path}, which the option \`include\` names.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "Name a file or a folder as the image names them."),
);

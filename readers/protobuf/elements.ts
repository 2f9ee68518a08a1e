import type { AnyDesc, DescEnum, DescExtension, DescFile, DescMessage } from "@bufbuild/protobuf";
import type { DescriptorPath } from "./source-info.ts";

/** Something that a file declares, and where in its descriptor. */
export interface Element {
  readonly desc: AnyDesc;
  readonly path: DescriptorPath;
}

/** Everything that a file declares, the file itself first. */
export function* elements(file: DescFile): Iterable<Element> {
  const { proto } = file;
  yield { desc: file, path: [] };
  for (const desc of file.messages) yield* ofMessage(desc, [4, proto.messageType.indexOf(desc.proto)]);
  for (const desc of file.enums) yield* ofEnum(desc, [5, proto.enumType.indexOf(desc.proto)]);
  for (const desc of file.services) {
    const path = [6, proto.service.indexOf(desc.proto)];
    yield { desc, path };
    for (const [index, method] of desc.methods.entries()) yield { desc: method, path: [...path, 2, index] };
  }
  yield* extensions(file.extensions, [7]);
}

function* ofMessage(desc: DescMessage, path: DescriptorPath): Iterable<Element> {
  const { proto } = desc;
  yield { desc, path };
  for (const field of desc.fields) yield { desc: field, path: [...path, 2, proto.field.indexOf(field.proto)] };
  for (const nested of desc.nestedMessages)
    yield* ofMessage(nested, [...path, 3, proto.nestedType.indexOf(nested.proto)]);
  for (const nested of desc.nestedEnums) yield* ofEnum(nested, [...path, 4, proto.enumType.indexOf(nested.proto)]);
  yield* extensions(desc.nestedExtensions, [...path, 6]);
  for (const oneof of desc.oneofs) yield { desc: oneof, path: [...path, 8, proto.oneofDecl.indexOf(oneof.proto)] };
}

function* ofEnum(desc: DescEnum, path: DescriptorPath): Iterable<Element> {
  yield { desc, path };
  for (const [index, value] of desc.values.entries()) yield { desc: value, path: [...path, 2, index] };
}

function* extensions(all: readonly DescExtension[], path: DescriptorPath): Iterable<Element> {
  for (const [index, desc] of all.entries()) yield { desc, path: [...path, index] };
}

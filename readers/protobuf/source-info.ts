import type { FileDescriptorProto, SourceCodeInfo_Location } from "@bufbuild/protobuf/wkt";
import type { Declared, Origin, Span } from "../../model/index.ts";
import { documentation } from "../protobuf-common/comments.ts";
import type { ProtoText } from "./source-text.ts";

/** The way to a part of a file descriptor: field numbers and indexes in turn. */
export type DescriptorPath = readonly number[];

/** What the compiler kept of the text behind a descriptor. */
export interface SourceInfo {
  /** Where the part of a declaration at a path stands. */
  readonly span: (path: DescriptorPath) => Span;
  /** Whether the compiler kept a place for the part at a path. */
  readonly has: (path: DescriptorPath) => boolean;
  /** The comments that belong to the declaration at a path, and the place of its name. */
  readonly declared: (path: DescriptorPath) => Pick<Declared, "doc" | "origins">;
}

// Every named descriptor has its name in field 1.
const nameField = 1;

/**
 * Indexes the source info of a file over the text it was compiled from. Of a descriptor that came without its text only the
 * comments can be used: everything in it stands at the beginning of the file that holds it.
 */
export function sourceInfo(proto: FileDescriptorProto, source: ProtoText | { readonly path: string }): SourceInfo {
  const locations = new Map<string, SourceCodeInfo_Location>();
  for (const location of proto.sourceCodeInfo?.location ?? []) {
    const key = location.path.join();
    if (!locations.has(key)) locations.set(key, location);
  }

  const span = (path: DescriptorPath): Span => {
    if (!("positions" in source)) return { path: source.path, start: 0, end: 0 };
    const numbers = locations.get(path.join())?.span ?? [];
    const [startLine = 0, startColumn = 0] = numbers;
    // Three numbers when the part ends on the line it begins on.
    const [endLine = startLine, endColumn = startColumn] =
      numbers.length === 3 ? [startLine, numbers[2]] : numbers.slice(2);
    return {
      path: source.path,
      start: source.positions.offset(startLine, startColumn),
      end: source.positions.offset(endLine, endColumn),
    };
  };

  return {
    span,
    has: (path) => locations.has(path.join()),
    declared: (path) => {
      const name = [...path, nameField];
      const origin: Origin = {
        span: span(locations.has(name.join()) ? name : path),
        reader: "protobuf",
        basis: "stated",
      };
      const comments = locations.get(path.join());
      return { ...documentation(comments?.leadingComments ?? "", comments?.trailingComments ?? ""), origins: [origin] };
    },
  };
}

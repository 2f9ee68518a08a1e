import { type Field, type JsonProfile, type Name, type View, type WireField, wireTypes } from "../../model/index.ts";

/** Both sides of a comparison, and which declaration of one is which of the other. */
export interface Sides {
  readonly old: Side;
  readonly new: Side;
  /** The new name of a declaration of the old model; its own, where it has not changed. */
  readonly renamed: (name: Name) => Name;
}

/** One of two models, and what follows from it. */
export interface Side {
  readonly view: View;
  /** How the values of a system are written as JSON. */
  readonly profile: (system: Name | undefined) => JsonProfile;
  /** What a field is in binary; nothing, when its message has no such form. */
  readonly wire: (field: Field) => WireField | undefined;
  /** The fields of a message in binary, in the order of their numbers. */
  readonly wireFields: (message: Name) => readonly WireField[] | undefined;
}

/** One side writes, the other reads. */
export interface Reading {
  readonly writer: Side;
  readonly reader: Side;
  /** True when a declaration of the writer is that of the reader: what differs inside of it is told of it. */
  readonly isSame: (written: Name, read: Name) => boolean;
}

/** Data that goes in a direction: who writes it, and who reads it. */
export function readingOf(sides: Sides, direction: "backward" | "forward"): Reading {
  return direction === "backward"
    ? { writer: sides.old, reader: sides.new, isSame: (written, read) => sides.renamed(written) === read }
    : { writer: sides.new, reader: sides.old, isSame: (written, read) => sides.renamed(read) === written };
}

/** The side of a model. What it is in binary is found out when it is first asked for. */
export function sideOf(view: View): Side {
  const profiles = new Map(
    view.model.decls.flatMap((decl) => (decl.kind === "system" ? [[decl.name, decl.json]] : [])),
  );
  const wire = once(() => {
    const { messages } = wireTypes(view);
    const fields = [...messages.values()].flatMap((message) => message.fields);
    return { messages, fields: new Map(fields.map((field) => [field.field, field])) };
  });
  return {
    view,
    profile: (system) => profiles.get(system ?? "") ?? plain,
    wire: (field) => wire().fields.get(field),
    wireFields: (message) => wire().messages.get(message)?.fields,
  };
}

/** Values of no system. */
const plain: JsonProfile = {
  fieldNames: "declared",
  int64: "string",
  enums: "name",
  timestamp: "rfc3339",
  duration: "seconds-string",
};

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

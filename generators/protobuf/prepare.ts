import {
  type Enum,
  type Field,
  type JsonProfile,
  jsonKey,
  lastSegment,
  lowerCamelCase,
  type Message,
  mapTypeRef,
  type Name,
  namesIn,
  scopeOf,
  type TypeRef,
  type View,
} from "../../model/index.ts";
import { docOf } from "./doc.ts";
import { enumDecl } from "./enum.ts";
import { folded, protoName } from "./names.ts";
import { type Note, notes } from "./notes.ts";
import { missingIn, type ProtoDecl, unaliased } from "./select.ts";

/** What declarations are prepared with. */
export interface Preparing {
  readonly view: View;
  readonly printed: ReadonlyMap<Name, ProtoDecl>;
  readonly fullName: (name: Name) => Name;
  readonly profile: JsonProfile;
  /** True for what comes from a Protobuf source: it is printed as it is there, and not as proto3 would have it. */
  readonly isStated: (decl: ProtoDecl) => boolean;
  /** Takes a note on what a field does not keep. */
  readonly note: (at: Name, note: Note) => void;
}

/** A declaration in the words of Protobuf, and what it and its fields are called in the model. */
export interface Prepared {
  readonly decl: Message | Enum;
  readonly names: ReadonlyMap<Name, Name>;
}

/** Puts a declaration into the words of Protobuf. */
export function prepare(decl: ProtoDecl, preparing: Preparing): Prepared {
  if (decl.kind === "message") return messageDecl(decl, preparing);
  const stated = preparing.isStated(decl);
  return {
    decl: stated
      ? { ...decl, name: preparing.fullName(decl.name) }
      : enumDecl(decl, preparing.fullName(decl.name), preparing.profile),
    names: new Map([[preparing.fullName(decl.name), decl.name]]),
  };
}

function messageDecl(message: Message, preparing: Preparing): Prepared {
  const { fullName } = preparing;
  const asStated = preparing.isStated(message);
  const name = fullName(message.name);
  // A message's fields and the types in it have one set of names.
  const nested = [...preparing.printed.keys()].filter((other) => scopeOf(other) === message.name);
  const inner = new Set(nested.map((other) => lastSegment(fullName(other))));
  const taken = new Set<string>();
  const renamed = new Map<string, string>();
  const fields = message.fields.flatMap((field) => {
    const own =
      asStated && protoName(field.name) === field.name
        ? field.name
        : freeName(protoName(field.name), field, taken, inner);
    const made = fieldDecl(field, own, message, preparing);
    if (made) renamed.set(field.name, own);
    return made ? [made] : [];
  });
  const members = new Set(fields.map((field) => field.name));
  const oneofs = (message.oneofs ?? []).map((oneof) => {
    let called = protoName(oneof.name);
    while (members.has(called) || inner.has(called)) called += "_";
    return { ...oneof, name: called, fields: oneof.fields.flatMap((field) => renamed.get(field) ?? []) };
  });
  const doc = docOf(message);
  return {
    decl: {
      kind: "message",
      name,
      system: message.system,
      ...(doc !== undefined && { doc }),
      ...(message.deprecated && { deprecated: message.deprecated }),
      fields,
      oneofs,
      ...(message.reserved && { reserved: reservedBeside(message.reserved, members) }),
      origins: message.origins,
    },
    names: new Map([
      [name, message.name],
      ...[...renamed].map(([field, own]) => [`${name}.${own}`, `${message.name}.${field}`] as const),
    ]),
  };
}

/** A name may not be reserved and in use: one that is legal only here may meet another's. */
const reservedBeside = (reserved: NonNullable<Message["reserved"]>, members: ReadonlySet<string>) => ({
  ...reserved,
  ...(reserved.names && { names: reserved.names.filter((name) => !members.has(name)) }),
});

/**
 * Names that differ only in case and underscores are one to the JSON mapping and to ClickHouse: the later one gets its number.
 */
function freeName(wanted: string, { number }: Field, taken: Set<string>, inner: ReadonlySet<string>): string {
  let name = wanted;
  while (taken.has(folded(name)) || inner.has(name)) name = `${name}_${number}`;
  taken.add(folded(name));
  return name;
}

function fieldDecl(field: Field, name: string, message: Message, preparing: Preparing): Field | undefined {
  const { view, printed, fullName, profile, isStated, note } = preparing;
  const at = `${message.name}.${field.name}`;
  const asStated = isStated(message);
  const type = simplified(unaliased(field.type, view), (said) => note(at, said));
  const missing = missingIn(type, printed);
  if (missing !== undefined) {
    const { kind } = view.type(missing);
    note(
      at,
      kind === "union"
        ? notes.union(missing)
        : kind === "external"
          ? notes.external(missing)
          : notes.notPrinted(missing),
    );
    return undefined;
  }
  const named = namesIn(type).map((used) => printed.get(used));
  if (named.some((decl) => decl?.kind === "enum" && !decl.open && !isStated(decl))) note(at, notes.openEnum);
  if (Object.keys(field.limits ?? {}).length > 0) note(at, notes.limits);
  const key = jsonKey(field, profile);
  const { jsonName: _, default: unless, nullable, ...rest } = field;
  const doc = asStated
    ? docOf(field)
    : docOf(field, unitOf(field), unless === undefined ? "" : `Unless given: ${JSON.stringify(unless)}.`);
  const common: Field = {
    ...rest,
    name,
    type: mapTypeRef(type, (leaf) => (leaf.kind === "named" ? { kind: "named", name: fullName(leaf.name) } : leaf)),
    ...(key !== lowerCamelCase(name) && canBeJsonName(key) && { jsonName: key }),
  };
  const described = doc === undefined ? common : { ...common, doc };
  if (asStated)
    return { ...described, ...(unless !== undefined && { default: unless }), ...(nullable && { nullable }) };
  const isSingle = type.kind !== "list" && type.kind !== "map";
  // JSON text has a null of its own.
  if (nullable && !(type.kind === "json" && !type.only))
    note(at, field.presence === "required" && isSingle ? notes.nullIsAbsent : notes.absentOrNull);
  else if (field.presence === "required" && isSingle) note(at, notes.required);
  const presence = isSingle && (field.presence === "required" || nullable) ? "optional" : field.presence;
  return { ...described, presence };
}

/** Protobuf keeps keys in brackets for extensions, and takes none with a NUL in it. */
const canBeJsonName = (key: string): boolean => !key.includes("\0") && !/^\[.*\]$/s.test(key);

/** A type with scalars for choices of constants; what that takes away is noted. */
function simplified(type: TypeRef, say: (note: Note) => void): TypeRef {
  switch (type.kind) {
    case "list":
      return { ...type, item: simplified(type.item, say) };
    case "map":
      return { ...type, value: simplified(type.value, say) };
    case "union": {
      const values = type.variants.flatMap((variant) => (variant.kind === "literal" ? [variant.value] : []));
      const scalar = values.length === type.variants.length ? scalarOf(values) : undefined;
      if (scalar) say(notes.literals(values));
      return scalar ?? type;
    }
    default:
      return type;
  }
}

function scalarOf(values: readonly (string | number | boolean)[]): TypeRef | undefined {
  const kinds = new Set(values.map((value) => typeof value));
  const [kind] = kinds;
  if (kinds.size !== 1) return undefined;
  if (kind === "string") return { kind: "scalar", scalar: "string" };
  if (kind === "boolean") return { kind: "scalar", scalar: "bool" };
  return { kind: "scalar", scalar: "float64" };
}

const unitOf = ({ unit }: Field): string => (unit === undefined ? "" : `Unit: ${unit}.`);

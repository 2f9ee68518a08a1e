import { compareText, type Json } from "../json.ts";
import type { Declared, Enum, Field, Message, Name, TypeDecl } from "../model.ts";
import { lastSegment, scopeOf, upperSnakeCase } from "../names.ts";
import type { Projection } from "../plugins.ts";
import { commentLines } from "./comments.ts";
import { createShortener, isIdentifier } from "./names.ts";
import { fieldType, type ProtoType, type TypeContext } from "./types.ts";

/** What a `.proto` file is printed from. */
export interface ProtoInput {
  readonly package: Name;
  /** The messages and enums of the file, in their order; what is named inside of another is nested there. */
  readonly decls: readonly (Message | Enum)[];
  /** Every type that they refer to. */
  readonly type: (name: Name) => TypeDecl | undefined;
  /** The file that declares a type which is not among {@link decls}. */
  readonly importOf?: (name: Name) => string | undefined;
  /** Lines of a comment above everything. */
  readonly header?: string;
  /** Fields whose moments, spans of time and free-form JSON are text on the wire, and not messages of Protobuf's own. */
  readonly isText?: (field: Field) => boolean;
}

/** A `.proto` file, and what it does not say of what it was printed from. */
export interface ProtoText {
  readonly text: string;
  readonly projections: readonly Projection[];
}

interface Printing extends TypeContext {
  readonly input: ProtoInput;
  readonly children: (scope: Name) => readonly (Message | Enum)[];
  readonly edition: boolean;
  /** What a field without a word about it has, where the file is of an edition. */
  readonly presence: "EXPLICIT" | "IMPLICIT";
  readonly imports: Set<string>;
  readonly note: (item: Declared, at: Name, fidelity: Projection["fidelity"], why: string) => void;
  /** Names of enum values that are taken, by the scope that they stand in. */
  readonly values: Map<Name, Set<string>>;
}

/**
 * Prints messages and enums as a `.proto` file: proto3 where that says all of it, else edition 2023 (required fields,
 * defaults, closed enums). Numbers are never made up: a field or value without one is left out, and so told.
 */
export function printProto(input: ProtoInput): ProtoText {
  const projections: Projection[] = [];
  const own = new Set(input.decls.map((decl) => decl.name));
  const messages = new Set(input.decls.filter((decl) => decl.kind === "message").map((decl) => decl.name));
  const edition = input.decls.some(needsEdition);
  const printing: Printing = {
    input,
    type: input.type,
    ...(input.isText && { isText: input.isText }),
    importOf: (name) => (own.has(name) ? undefined : input.importOf?.(name)),
    shorten: createShortener([...own, ...referenced(input), `${input.package}.x`, "google.protobuf.Any"]),
    // What stands in a scope that is no message of this file stands at the top.
    children: (scope) =>
      input.decls.filter((decl) => (messages.has(scopeOf(decl.name)) ? scopeOf(decl.name) : "") === scope),
    edition,
    presence: edition && moreImplicit(input.decls) ? "IMPLICIT" : "EXPLICIT",
    imports: new Set(),
    values: new Map(),
    note: (item, at, fidelity, why) =>
      void projections.push({ at, fidelity, why, ...(item.origins[0] && { origin: item.origins[0] }) }),
  };
  const body = printing.children("").flatMap((decl) => ["", ...declaration(decl, "", printing)]);
  const imports = [...printing.imports].sort(compareText).map((path) => `import ${quote(path)};`);
  const lines = [
    ...(input.header === undefined ? [] : [...commentLines(input.header, ""), ""]),
    edition ? 'edition = "2023";' : 'syntax = "proto3";',
    "",
    ...(input.package === "" ? [] : [`package ${input.package};`]),
    ...(imports.length > 0 ? ["", ...imports] : []),
    ...(printing.presence === "IMPLICIT" ? ["", "option features.field_presence = IMPLICIT;"] : []),
    ...body,
  ];
  return { text: `${lines.join("\n")}\n`, projections };
}

function referenced({ decls }: ProtoInput): readonly Name[] {
  const names = new Set<Name>();
  JSON.stringify(decls, (_, value) => {
    if (value?.kind === "named" && typeof value.name === "string") names.add(value.name);
    return value;
  });
  return [...names];
}

/** proto3 knows no required fields, no defaults, no groups, and no enums that are closed or begin with another number than zero. */
const needsEdition = (decl: Message | Enum): boolean =>
  decl.kind === "enum"
    ? !decl.open || decl.values[0]?.number !== 0
    : decl.fields.some(
        (field) =>
          (field.presence === "required" && isSingle(field)) || field.default !== undefined || field.wire?.delimited,
      );

const isSingle = ({ type }: Field): boolean => type.kind !== "list" && type.kind !== "map";

function moreImplicit(decls: readonly (Message | Enum)[]): boolean {
  const fields = decls.flatMap((decl) => (decl.kind === "message" ? decl.fields : []));
  const scalars = fields.filter(({ type }) => type.kind === "scalar");
  const count = (wanted: Field["presence"]): number => scalars.filter(({ presence }) => presence === wanted).length;
  return count("implicit") > count("optional");
}

function declaration(decl: Message | Enum, indent: string, printing: Printing): readonly string[] {
  const name = lastSegment(decl.name);
  if (!isIdentifier(name)) {
    printing.note(decl, decl.name, "omitted", `${name} is no name in Protobuf.`);
    return [];
  }
  const inner = `${indent}  `;
  const body = decl.kind === "message" ? messageBody(decl, inner, printing) : enumBody(decl, inner, printing);
  const option = decl.deprecated ? [`${inner}option deprecated = true;`] : [];
  const head = `${indent}${decl.kind} ${name} {`;
  const lines = [...option, ...body];
  return [...commentLines(decl.doc, indent), ...(lines.length === 0 ? [`${head}}`] : [head, ...lines, `${indent}}`])];
}

function messageBody(message: Message, indent: string, printing: Printing): readonly string[] {
  const nested = printing.children(message.name).flatMap((decl) => [...declaration(decl, indent, printing), ""]);
  const groups = new Map((message.oneofs ?? []).flatMap((oneof) => oneof.fields.map((name) => [name, oneof] as const)));
  const printed = new Set<string>();
  const fields = message.fields.flatMap((field): readonly string[] => {
    const oneof = groups.get(field.name);
    if (!oneof) return fieldLines(field, message, indent, false, printing);
    if (printed.has(oneof.name)) return [];
    printed.add(oneof.name);
    if (oneof.required)
      printing.note(message, message.name, "widened", `That one of ${oneof.name} is set is not said.`);
    const members = message.fields
      .filter(({ name }) => oneof.fields.includes(name))
      .flatMap((member) => fieldLines(member, message, `${indent}  `, true, printing));
    if (members.length === 0) return [];
    return [...commentLines(oneof.doc, indent), `${indent}oneof ${oneof.name} {`, ...members, `${indent}}`];
  });
  return [...nested, ...reservedLines(message.reserved, indent, printing), ...fields];
}

function reservedLines(reserved: Message["reserved"], indent: string, { edition }: Printing): readonly string[] {
  const ranges = (reserved?.numbers ?? []).map(([from, to]) =>
    from === to ? `${from}` : `${from} to ${to === 536_870_911 ? "max" : to}`,
  );
  // Editions reserve names as names, proto3 as texts.
  const names = (reserved?.names ?? []).filter(isIdentifier).map((name) => (edition ? name : quote(name)));
  return [ranges, names].flatMap((parts) => (parts.length > 0 ? [`${indent}reserved ${parts.join(", ")};`] : []));
}

function fieldLines(
  field: Field,
  message: Message,
  indent: string,
  inOneof: boolean,
  printing: Printing,
): readonly string[] {
  const at = `${message.name}.${field.name}`;
  const omit = (why: string): readonly string[] => {
    printing.note(field, at, "omitted", why);
    return [];
  };
  if (field.number === undefined) return omit("It has no number.");
  if (!isIdentifier(field.name)) return omit(`${field.name} is no name in Protobuf.`);
  const type = fieldType(field, message.name, printing);
  if ("cannot" in type) return omit(type.cannot);
  if (inOneof && (type.shape === "repeated" || type.shape === "map"))
    return omit("Protobuf has no lists or maps among those of which one is set.");
  const { label, features } = presenceOf(field, type, inOneof, at, printing);
  if (type.loses) printing.note(field, at, "widened", type.loses);
  for (const file of type.imports) printing.imports.add(file);
  const options = [
    ...features,
    ...(field.wire?.delimited ? ["features.message_encoding = DELIMITED"] : []),
    ...defaultOption(field, type, features, at, printing),
    ...(field.jsonName === undefined ? [] : [`json_name = ${quote(field.jsonName)}`]),
    ...(field.deprecated ? ["deprecated = true"] : []),
  ];
  const tail = options.length > 0 ? ` [${options.join(", ")}]` : "";
  return [...commentLines(field.doc, indent), `${indent}${label}${type.text} ${field.name} = ${field.number}${tail};`];
}

function presenceOf(
  field: Field,
  type: Exclude<ProtoType, { cannot: string }>,
  inOneof: boolean,
  at: Name,
  printing: Printing,
): { readonly label: string; readonly features: readonly string[] } {
  const { edition, presence: usual, note } = printing;
  const none = { label: "", features: [] };
  const { presence } = field;
  if (type.shape === "repeated" || type.shape === "map") {
    if (presence !== "implicit")
      note(field, at, presence === "required" ? "widened" : "lossy", "None and an empty one are the same.");
    return none;
  }
  if (inOneof) return none;
  const feature = (value: string) => ({ label: "", features: [`features.field_presence = ${value}`] });
  if (edition && presence === "required") return feature("LEGACY_REQUIRED");
  if (type.shape === "message") {
    if (presence === "implicit") note(field, at, "widened", "A message that is absent is told from an empty one.");
    return none;
  }
  const implicit = presence === "implicit" || presence === "unstated";
  if (!edition) return implicit ? none : { label: "optional ", features: [] };
  // An enum that is closed has no zero to fall back on.
  const closed = type.shape === "enum" && isClosed(field, printing);
  if (implicit && closed) note(field, at, "widened", "An enum that is closed is told apart when it is absent.");
  const wanted = implicit && !closed ? "IMPLICIT" : "EXPLICIT";
  return wanted === usual ? none : feature(wanted);
}

function isClosed({ type }: Field, printing: Printing): boolean {
  const decl = type.kind === "named" ? printing.type(type.name) : undefined;
  return decl?.kind === "enum" && !decl.open;
}

function defaultOption(
  field: Field,
  type: Exclude<ProtoType, { cannot: string }>,
  features: readonly string[],
  at: Name,
  { presence, note }: Printing,
): readonly string[] {
  if (field.default === undefined) return [];
  const implicit = features[0]?.endsWith("IMPLICIT") || (features.length === 0 && presence === "IMPLICIT");
  const text = type.shape === "scalar" || type.shape === "enum" ? defaultText(field.default, type) : undefined;
  if (text !== undefined && !implicit) return [`default = ${text}`];
  note(field, at, "widened", "Its default is not said.");
  return [];
}

function defaultText(
  value: Json,
  { shape, text }: { readonly shape: string; readonly text: string },
): string | undefined {
  if (shape === "enum") return typeof value === "string" ? value : undefined;
  if (text === "bytes") return undefined;
  if (text === "string") return typeof value === "string" ? quote(value) : undefined;
  return typeof value === "number" || typeof value === "boolean" || /^-?\d+$/.test(String(value))
    ? String(value)
    : undefined;
}

/** The names that a scope has for types, fields and one-ofs. */
function namesIn(scope: Name, { input: { decls } }: Printing): Set<string> {
  const owner = decls.find((decl) => decl.name === scope);
  const members = owner?.kind === "message" ? [...owner.fields, ...(owner.oneofs ?? [])] : [];
  const types = decls.flatMap(({ name }) => (scopeOf(name) === scope ? lastSegment(name) : []));
  return new Set([...members.map(({ name }) => name), ...types]);
}

function enumBody(decl: Enum, indent: string, printing: Printing): readonly string[] {
  const { values: taken, edition, note } = printing;
  const scope = scopeOf(decl.name);
  const names = taken.get(scope) ?? namesIn(scope, printing);
  taken.set(scope, names);
  const lines = decl.values.flatMap((value): readonly string[] => {
    const at = `${decl.name}.${value.name}`;
    if (value.number === undefined) {
      note(value, at, "omitted", "It has no number.");
      return [];
    }
    const options = value.deprecated ? " [deprecated = true]" : "";
    return [value.name, ...(value.aliases ?? [])].flatMap((name, index) => [
      ...(index === 0 ? commentLines(value.doc, indent) : []),
      `${indent}${symbol(name, at)} = ${value.number}${options};`,
    ]);
  });
  const numbers = decl.values.flatMap(({ number, aliases = [] }) => [number, ...aliases.map(() => number)]);
  const shared = new Set(numbers).size < numbers.length;
  return [
    ...(shared ? [`${indent}option allow_alias = true;`] : []),
    ...(edition && !decl.open ? [`${indent}option features.enum_type = CLOSED;`] : []),
    ...lines,
  ];

  /** Values stand in the scope of their enum, not in the enum: a name that another enum has there is told apart. */
  function symbol(name: string, at: Name): string {
    let free = name;
    while (names.has(free)) free = `${upperSnakeCase(lastSegment(decl.name))}_${free}`;
    if (free !== name)
      note(decl, at, "lossy", `It is called ${free}: something else beside this enum is called ${name}.`);
    names.add(free);
    return free;
  }
}

/** A text literal. The compiler takes the escapes of C. */
function quote(text: string): string {
  const escaped = text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r");
  return `"${escaped.replace(/[\0-\x1f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`)}"`;
}

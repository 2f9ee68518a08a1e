import {
  type Enum,
  jsonKey,
  keyKind,
  localName,
  memberName,
  type Name,
  pascalCase,
  valueKind,
  type WireField,
  type WireMessage,
} from "../../model/index.ts";
import type { Contents, Target } from "./targets.ts";
import { commentLine, propertyKey, quote } from "./text.ts";

/** The text of `codecs/index.js`: a table for each message, and the functions that go by them. */
export function moduleText(contents: Contents): string {
  const { view, system, targets, enums, events, descriptor } = contents;
  const names = events.length > 0 ? "decode, decodeNamed, encode, encodeNamed" : "decode, encode";
  const sections = [
    `// ${commentLine(view.header(system.name))}`,
    `import { ${names} } from "../../runtime/codec.js";\nimport * as binary from "./messages.js";`,
    `export { CodecError } from "../../runtime/codec.js";`,
    ...enums.map((decl) => enumTable(decl, contents)),
    ...descriptor.messages.map((message) => messageTable(message, contents)),
    ...(hasAny(contents) ? [anyTable(contents)] : []),
    ...targets.map((target) => functions(target, contents)),
    ...(events.length > 0 ? [eventFunctions(contents)] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The underscore keeps tables apart from everything global. */
const tableName = (name: Name, { descriptor }: Contents): string => `${descriptor.nameOf(name)}_`;

/** Enums of other systems carry theirs in their name; the dollar sign keeps them apart from messages. */
const enumName = (decl: Enum, { system }: Contents): string =>
  `${decl.system === system.name ? "" : pascalCase(decl.system)}${localName(decl.name)}$`;

function enumTable(decl: Enum, contents: Contents): string {
  const json = profileOf(decl.system, contents);
  const rows = decl.values.map(
    ({ number, name, aliases = [] }) => `    [${[String(number), ...[name, ...aliases].map(quote)].join(", ")}],\n`,
  );
  const facts = [
    `name: ${quote(decl.name)}`,
    ...(decl.open ? ["open: true"] : []),
    ...(json.enums === "number" ? ["byNumber: true"] : []),
  ];
  return `const ${enumName(decl, contents)} = {\n  ${facts.join(", ")},\n  values: [\n${rows.join("")}  ],\n};`;
}

function messageTable({ message, fields }: WireMessage, contents: Contents): string {
  const order = new Map(message.fields.map((field, index) => [field.name, index]));
  const place = ({ field }: WireField): number => order.get(field.name) ?? 0;
  const rows = [...fields]
    .sort((a, b) => place(a) - place(b))
    .map((field) => `    { ${fieldFacts(field, message.system, contents).join(", ")} },\n`);
  const required = (message.oneofs ?? []).filter((oneof) => oneof.required).map(({ name }) => quote(memberName(name)));
  return [
    `/** ${commentLine(message.name)} */`,
    `const ${tableName(message.name, contents)} = {`,
    `  binary: binary.${contents.descriptor.nameOf(message.name)},`,
    ...(required.length > 0 ? [`  oneofs: [${required.join(", ")}],`] : []),
    rows.length === 0 ? "  fields: [],\n};" : `  fields: [\n${rows.join("")}  ],\n};`,
  ].join("\n");
}

function fieldFacts(wire: WireField, owner: Name, contents: Contents): readonly string[] {
  const { view } = contents;
  const { field, number, shape, type, key, oneof } = wire;
  const profile = profileOf(owner, contents);
  const { kind, fixed, wrapped } = valueKind(wire, profile, view);
  const keys = key === undefined ? undefined : keyKind(key);
  const table =
    type.kind === "enum"
      ? enumName(type.decl, contents)
      : type.kind === "message"
        ? tableName(type.name, contents)
        : undefined;
  return [
    `no: ${number}`,
    `name: ${quote(memberName(field.name))}`,
    `key: ${quote(jsonKey(field, profile))}`,
    `as: ${table === undefined ? quote(kind ?? "") : `() => ${table}`}`,
    ...(fixed ? ["fixed: true"] : []),
    ...(wrapped ? ["wrapped: true"] : []),
    ...(type.kind === "message" && type.delimited ? ["group: true"] : []),
    ...(kind === "any" ? ["types: () => types$"] : []),
    ...(shape === "list" ? ["list: true"] : []),
    ...(keys ? [`map: ${quote(keys.kind ?? "")}`, ...(keys.fixed ? ["fixedKey: true"] : [])] : []),
    ...(oneof === undefined ? [] : [`oneof: ${quote(memberName(oneof))}`]),
    ...(field.presence === "required" || field.presence === "optional" ? [`presence: ${quote(field.presence)}`] : []),
    ...(field.nullable ? ["nullable: true"] : []),
  ];
}

/** A message has the JSON of the system it belongs to. */
function profileOf(owner: Name, { view, system }: Contents) {
  if (owner === system.name) return system.json;
  const found = view.model.decls.find((decl) => decl.kind === "system" && decl.name === owner);
  return found?.kind === "system" ? found.json : system.json;
}

const hasAny = ({ descriptor }: Contents): boolean =>
  descriptor.messages.some(({ fields }) => fields.some(({ type }) => type.kind === "known" && type.name === "Any"));

function anyTable(contents: Contents): string {
  const rows = contents.descriptor.messages.map(
    ({ message: { name } }) => `  ${propertyKey(name)}: ${tableName(name, contents)},\n`,
  );
  return `/** What a message of any type can be. */\nconst types$ = {\n${rows.join("")}};`;
}

const functions = ({ message, stem }: Target, contents: Contents): string => `/** ${commentLine(message.name)} */
export const encode${stem} = (value) => encode(${tableName(message.name, contents)}, value);
export const decode${stem} = (bytes) => decode(${tableName(message.name, contents)}, bytes);`;

function eventFunctions(contents: Contents): string {
  const rows = contents.events.map(
    ({ event, message }) => `  ${propertyKey(event.name)}: ${tableName(message.name, contents)},\n`,
  );
  return `const events = {
${rows.join("")}};

export const encodeEvent = (name, value) => encodeNamed(events, name, value);
export const decodeEvent = (name, bytes) => decodeNamed(events, name, bytes);`;
}

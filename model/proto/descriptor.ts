import { compareText } from "../json.ts";
import type { Name } from "../model.ts";
import { localName, pascalCase } from "../names.ts";
import type { View } from "../view.ts";
import { type KnownMessage, knownMessages } from "./known.ts";
import type { WireField, WireMessage, WireType, WireTypes } from "./wire.ts";

/** The descriptor of a file, as `descriptor.proto` names its parts; plain data that any Protobuf library can be given. */
export interface FileDescriptor {
  readonly name: string;
  readonly package: "";
  readonly syntax: "proto3";
  readonly dependency: readonly string[];
  readonly publicDependency: readonly number[];
  readonly weakDependency: readonly number[];
  readonly messageType: readonly MessageDescriptor[];
  readonly enumType: readonly never[];
  readonly service: readonly never[];
  readonly extension: readonly never[];
}

/** The descriptor of a message. */
export interface MessageDescriptor {
  readonly name: string;
  readonly field: readonly FieldDescriptor[];
  readonly nestedType: readonly MessageDescriptor[];
  readonly oneofDecl: readonly { readonly name: string }[];
  readonly enumType: readonly never[];
  readonly extension: readonly never[];
  readonly extensionRange: readonly never[];
  readonly reservedRange: readonly never[];
  readonly reservedName: readonly never[];
  readonly options?: { readonly mapEntry: true };
}

/** The descriptor of a field. */
export interface FieldDescriptor {
  readonly name: string;
  readonly jsonName: string;
  readonly number: number;
  /** 1 for a single value, 3 for a list or a map. */
  readonly label: 1 | 3;
  readonly type: number;
  readonly typeName: string;
  readonly extendee: "";
  readonly defaultValue: "";
  readonly oneofIndex?: number;
  readonly proto3Optional: boolean;
  /** 2 says as a feature what the type of a group says by itself: libraries go by one or the other. */
  readonly options?: { readonly features: { readonly messageEncoding: 2 } };
}

/** The descriptors of all that the messages of a system need, in one file. */
export interface SystemDescriptor {
  readonly file: FileDescriptor;
  /** The messages of the model in it, sorted by name, those of other systems that are referred to included. */
  readonly messages: readonly WireMessage[];
  /** What a message of the model is called in it. */
  readonly nameOf: (name: Name) => string;
  /** What a message that comes with Protobuf is called in it; those that nothing uses are not there. */
  readonly knownNames: ReadonlyMap<string, string>;
}

/** The numbers of the types in `descriptor.proto`. */
const typeNumbers: Readonly<Record<string, number>> = {
  double: 1,
  float: 2,
  int64: 3,
  uint64: 4,
  int32: 5,
  fixed64: 6,
  fixed32: 7,
  bool: 8,
  string: 9,
  bytes: 12,
  uint32: 13,
  sfixed32: 15,
  sfixed64: 16,
  sint32: 17,
  sint64: 18,
};
const groupType = 10;
const messageType = 11;

/**
 * The descriptors of a system's messages. They say what stands on the wire and nothing else, so that the names can be those
 * of the types in code: flat, without a package. Enums are the integers that they travel as, every single value can be
 * absent, and what comes with Protobuf is an ordinary message here, which no library knows better.
 */
export function systemDescriptor(view: View, system: Name, wire: WireTypes): SystemDescriptor {
  const messages = reachable(view, system, wire);
  const taken = new Set<string>();
  const names = new Map(
    messages.map(({ message }) => {
      const local = localName(message.name);
      return [message.name, unique(message.system === system ? local : pascalCase(message.system) + local, taken)];
    }),
  );
  const known = knownIn(messages);
  const knownNames = new Map(known.map(({ name }) => [name, unique(name, taken)]));
  const context: Naming = {
    nameOf: (name) => names.get(name) ?? "",
    knownName: (name) => knownNames.get(name) ?? "",
  };
  const file: FileDescriptor = {
    name: "messages.proto",
    package: "",
    syntax: "proto3",
    dependency: [],
    publicDependency: [],
    weakDependency: [],
    messageType: [
      ...messages.map(({ message, fields }) => messageDescriptor(context.nameOf(message.name), fields, context)),
      ...known.map(({ name, fields }) => messageDescriptor(context.knownName(name), fields, context)),
    ],
    enumType: [],
    service: [],
    extension: [],
  };
  return { file, messages, nameOf: context.nameOf, knownNames };
}

interface Naming {
  readonly nameOf: (name: Name) => string;
  readonly knownName: (name: string) => string;
}

/** Names that code made of a descriptor needs for itself. */
const reservedNames =
  /^(?:Array|Object|Map|Uint8Array|Number|String|Boolean|Date|Error|BigInt|Math|Symbol|Function|Partial|Promise|Record|Long|Exact|DeepPartial|Builtin|KeysOfUnion|MessageFns|BinaryReader|BinaryWriter)$/;

function unique(wanted: string, taken: Set<string>): string {
  let name = reservedNames.test(wanted) ? `${wanted}_` : wanted;
  while (taken.has(name)) name += "_";
  taken.add(name);
  return name;
}

/** The messages of a system, and those of others that they contain. */
function reachable(view: View, system: Name, { messages }: WireTypes): readonly WireMessage[] {
  const found = new Map<Name, WireMessage>();
  const open = view.types(system).map(({ name }) => name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const message = messages.get(name);
    if (!message || found.has(name)) continue;
    found.set(name, message);
    for (const { type } of message.fields) if (type.kind === "message") open.push(type.name);
  }
  return [...found.values()].sort((a, b) => compareText(a.message.name, b.message.name));
}

function knownIn(messages: readonly WireMessage[]): readonly KnownMessage[] {
  const found = new Map<string, KnownMessage>();
  const open = messages.flatMap(({ fields }) => knownOf(fields));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const message = knownMessages.get(name);
    if (!message || found.has(name)) continue;
    found.set(name, message);
    open.push(...knownOf(message.fields));
  }
  return [...found.values()].sort((a, b) => compareText(a.name, b.name));
}

type AnyField = Pick<WireField, "number" | "shape" | "type" | "key" | "oneof"> & {
  readonly field: { readonly name: string };
};

const knownOf = (fields: readonly AnyField[]): readonly string[] =>
  fields.flatMap(({ type }) => (type.kind === "known" ? [type.name] : []));

function messageDescriptor(name: string, fields: readonly AnyField[], naming: Naming): MessageDescriptor {
  const oneofs = [...new Set(fields.flatMap(({ oneof }) => (oneof === undefined ? [] : [memberName(oneof)])))];
  // As the compiler does it: what can be absent by itself stands in a one-of of its own, behind all others.
  const alone = fields.filter(
    (field) => field.oneof === undefined && field.shape === "single" && !isMessage(field.type),
  );
  return {
    ...emptyMessage,
    name,
    field: fields.map((field) => {
      const isMap = field.shape === "map";
      const index =
        field.oneof === undefined ? oneofs.length + alone.indexOf(field) : oneofs.indexOf(memberName(field.oneof));
      const isAlone = alone.includes(field);
      return {
        ...fieldDescriptor(memberName(field.field.name), field.number, field.type, naming),
        ...(isMap && { type: messageType, typeName: `.${name}.${entryName(field)}` }),
        label: field.shape === "single" ? 1 : 3,
        ...((isAlone || field.oneof !== undefined) && { oneofIndex: index }),
        proto3Optional: isAlone,
      };
    }),
    nestedType: fields.flatMap((field): readonly MessageDescriptor[] =>
      field.shape !== "map"
        ? []
        : [
            {
              ...emptyMessage,
              name: entryName(field),
              field: [
                fieldDescriptor("key", 1, { kind: "scalar", name: field.key ?? "string" }, naming),
                fieldDescriptor("value", 2, field.type, naming),
              ],
              options: { mapEntry: true },
            },
          ],
    ),
    oneofDecl: [...oneofs, ...alone.map(({ field }) => `_${field.name}`)].map((oneof) => ({ name: oneof })),
  };
}

/** What a field or a one-of is called in a descriptor: as declared, save for the one name that no object can have as a key. */
export const memberName = (name: string): string => (name === "__proto__" ? "__proto" : name);

const isMessage = (type: WireType): boolean =>
  type.kind === "message" || (type.kind === "known" && type.name !== "NullValue");

const entryName = ({ number }: AnyField): string => `Entry${number}`;

const emptyMessage: Omit<MessageDescriptor, "name"> = {
  field: [],
  nestedType: [],
  oneofDecl: [],
  enumType: [],
  extension: [],
  extensionRange: [],
  reservedRange: [],
  reservedName: [],
};

function fieldDescriptor(name: string, number: number, type: WireType, naming: Naming): FieldDescriptor {
  return {
    name,
    jsonName: name,
    number,
    label: 1,
    ...typeOf(type, naming),
    ...(type.kind === "message" && type.delimited && { options: { features: { messageEncoding: 2 as const } } }),
    extendee: "",
    defaultValue: "",
    proto3Optional: false,
  };
}

function typeOf(type: WireType, { nameOf, knownName }: Naming): Pick<FieldDescriptor, "type" | "typeName"> {
  switch (type.kind) {
    case "scalar":
      return { type: typeNumbers[type.name] ?? 0, typeName: "" };
    case "enum":
      return { type: typeNumbers.int32 ?? 0, typeName: "" };
    case "message":
      return { type: type.delimited ? groupType : messageType, typeName: `.${nameOf(type.name)}` };
    case "known":
      return type.name === "NullValue"
        ? { type: typeNumbers.int32 ?? 0, typeName: "" }
        : { type: messageType, typeName: `.${knownName(type.name)}` };
  }
}

import { isLocked } from "../decl.ts";
import { compareText } from "../json.ts";
import type { Enum, Field, Message, Name } from "../model.ts";
import type { View } from "../view.ts";
import { isIdentifier } from "./names.ts";
import { fieldType } from "./types.ts";

/** A message that Protobuf can carry, with what each of its fields is on the wire. */
export interface WireMessage {
  readonly message: Message;
  /** In the order of their numbers. */
  readonly fields: readonly WireField[];
}

/** One field on the wire. */
export interface WireField {
  readonly field: Field;
  readonly number: number;
  readonly shape: "single" | "list" | "map";
  /** The type of the value, of an item, or of a map's values. */
  readonly type: WireType;
  /** The type of a map's keys. */
  readonly key?: string;
  /** The group of which at most one field is set. */
  readonly oneof?: string;
  /** What Protobuf does not say of it. */
  readonly loses?: string;
}

/** What stands on the wire: a scalar by its name in Protobuf, a type of the model, or one that comes with Protobuf. */
export type WireType =
  | { readonly kind: "scalar"; readonly name: string }
  | { readonly kind: "enum"; readonly decl: Enum }
  | { readonly kind: "message"; readonly name: Name; readonly delimited?: boolean }
  | { readonly kind: "known"; readonly name: string };

/** Which messages have a form in binary. */
export interface WireTypes {
  readonly messages: ReadonlyMap<Name, WireMessage>;
  /** Why the others have none. */
  readonly without: ReadonlyMap<Name, string>;
}

/**
 * All messages of a model that Protobuf can carry whole: every field has a number and a type that Protobuf knows, and so
 * has everything it refers to. A message that would lose a field on the way is not among them.
 */
export function wireTypes({ model }: Pick<View, "model">): WireTypes {
  const types = new Map(model.decls.flatMap((decl) => (isType(decl) ? [[decl.name, decl] as const] : [])));
  const messages = new Map<Name, WireMessage>();
  const without = new Map<Name, string>();
  // An empty message is one of Protobuf only beside others that have numbers.
  const numbered = new Set(
    model.decls.flatMap((decl) => (decl.kind === "message" && decl.fields.some(hasNumber) ? [decl.system] : [])),
  );
  for (const decl of model.decls) {
    if (decl.kind !== "message") continue;
    const fields = numbered.has(decl.system) ? wireFields(decl, (name) => types.get(name)) : "It has no numbers.";
    if (typeof fields === "string") without.set(decl.name, fields);
    else messages.set(decl.name, { message: decl, fields });
  }
  dropWhatLacks(messages, without);
  return { messages, without };
}

type AnyDecl = View["model"]["decls"][number];
type TypeDecl = ReturnType<View["type"]>;

const isType = (decl: AnyDecl): decl is TypeDecl =>
  decl.kind === "message" ||
  decl.kind === "enum" ||
  decl.kind === "union" ||
  decl.kind === "alias" ||
  decl.kind === "external";

const hasNumber = ({ number }: Field): boolean => number !== undefined;

/** The fields of a message on the wire, or why there is no such message. */
function wireFields(message: Message, type: (name: Name) => TypeDecl | undefined): readonly WireField[] | string {
  if (message.fields.length > 0 && !message.fields.some(hasNumber)) return "It has no numbers.";
  const groups = new Map((message.oneofs ?? []).flatMap(({ name, fields }) => fields.map((field) => [field, name])));
  const fields: WireField[] = [];
  for (const field of message.fields) {
    const wire = wireField(field, message, groups.get(field.name), type);
    if (typeof wire === "string") return wire;
    fields.push(wire);
  }
  return fields.sort((a, b) => a.number - b.number);
}

function wireField(
  field: Field,
  message: Message,
  oneof: string | undefined,
  type: (name: Name) => TypeDecl | undefined,
): WireField | string {
  const { name, number } = field;
  if (number === undefined) return `Its field ${name} has no number.`;
  if (!isIdentifier(name)) return `The name ${name} of a field is no name in Protobuf.`;
  // A dot in front tells a type of the model from the scalars and from what comes with Protobuf.
  const text = fieldType(field, message.name, {
    type,
    isText: isLocked,
    importOf: () => undefined,
    shorten: (target) => `.${target}`,
  });
  if ("cannot" in text) return `Its field ${name} has no type in Protobuf: ${text.cannot}`;
  const [, key, value = ""] = /^map<(\w+), (.+)>$/.exec(text.text) ?? [];
  const shape = text.shape === "repeated" ? "list" : text.shape === "map" ? "map" : "single";
  if (oneof !== undefined && shape !== "single")
    return `Its field ${name} is a ${shape}, which cannot stand among those of which one is set.`;
  const element = wireType(key === undefined ? text.text.replace(/^repeated /, "") : value, field, type);
  if (typeof element === "string") return element;
  return {
    field,
    number,
    shape,
    type: element,
    ...(key !== undefined && { key }),
    ...(oneof !== undefined && { oneof }),
    ...(text.loses !== undefined && { loses: text.loses }),
  };
}

function wireType(text: string, field: Field, type: (name: Name) => TypeDecl | undefined): WireType | string {
  const known = /^google\.protobuf\.(\w+)$/.exec(text)?.[1];
  if (known !== undefined) return { kind: "known", name: known };
  if (!text.startsWith(".")) return { kind: "scalar", name: text };
  const name = text.slice(1);
  const decl = type(name);
  if (decl?.kind === "enum") {
    const bare = decl.values.find(({ number }) => number === undefined);
    return bare ? `The value ${bare.name} of ${name} has no number.` : { kind: "enum", decl };
  }
  if (decl?.kind !== "message") return `Nothing says what ${name} is on the wire.`;
  return { kind: "message", name, ...(field.wire?.delimited && { delimited: true }) };
}

/** Takes out, again and again, what refers to a message that is not there. */
function dropWhatLacks(messages: Map<Name, WireMessage>, without: Map<Name, string>): void {
  const users = new Map<Name, Name[]>();
  for (const [name, { fields }] of messages)
    for (const { type } of fields)
      if (type.kind === "message") users.set(type.name, [...(users.get(type.name) ?? []), name]);
  const gone = [...without.keys()].sort(compareText);
  for (let lacking = gone.pop(); lacking !== undefined; lacking = gone.pop())
    for (const user of users.get(lacking) ?? []) {
      if (!messages.delete(user)) continue;
      without.set(user, `It contains ${lacking}, which cannot be written in Protobuf.`);
      gone.push(user);
    }
}

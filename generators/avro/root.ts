import {
  type Declared,
  type Event,
  type Field,
  jsonKey,
  messageOf,
  type Name,
  type TopicMessage,
  type TypeRef,
  unalias,
} from "../../model/index.ts";
import type { Context, Place, RecordSource } from "./context.ts";
import { docOf, relativeTo } from "./doc.ts";
import { fieldRow } from "./ledger.ts";
import type { FullName, Owner } from "./names.ts";
import { inNumberOrder } from "./order.ts";
import { recordShape } from "./record.ts";
import type { AvroField, AvroRecord, AvroType } from "./schema.ts";
import { messageSource, shapeOf } from "./type.ts";
import { canBeUnion, variantsOf } from "./variants.ts";

/** What a file is about: its name in the model and in Avro. */
export interface Subject extends Pick<Declared, "doc" | "deprecated" | "origins"> {
  readonly wireName: Name;
  readonly name: FullName;
  readonly aliases: readonly FullName[];
}

/** The record of an event: what is sent, or the bare payload when that is no message. */
export function eventRecord(event: Event, context: Context): AvroRecord {
  const message = context.view.eventMessage(event);
  if (message && !event.envelope) return messageRecord(messageSource(message, context), context);
  const subject: Subject = {
    ...event,
    wireName: event.name,
    name: context.names.ofEvent(event),
    aliases: (event.aliases ?? []).map((name) => context.names.ofEvent({ ...event, name })),
  };
  if (!message) return valueRecord(event.payload, subject, context);
  const { doc, deprecated = event.deprecated, fields, oneofs, open } = message;
  return messageRecord(
    {
      ...subject,
      ...(doc !== undefined && { doc }),
      ...(deprecated && { deprecated }),
      fields: fieldsInOrder(event, fields, context),
      ...(oneofs && { oneofs }),
      ...(open && { open }),
      ownerOf: () => event.name,
    },
    context,
  );
}

/** Envelope and body count their numbers each for itself: first the one in its order, then the other. */
function fieldsInOrder(event: Event, fields: readonly Field[], { view }: Context): readonly Field[] {
  const envelope = event.envelope && messageOf({ kind: "named", name: event.envelope.type }, view);
  const shared = inNumberOrder(envelope?.fields ?? []).map(({ name }) => name);
  return [
    ...shared.flatMap((name) => fields.find((field) => field.name === name) ?? []),
    ...inNumberOrder(fields.filter(({ name }) => !shared.includes(name))),
  ];
}

/** The record of a topic: the fields of its events' envelopes, and for each event a body, null but for the one it is. */
export function topicRecord(message: TopicMessage, context: Context): AvroRecord {
  const { name, origins } = message;
  const source: RecordSource = {
    ...messageSource(message, context),
    wireName: name,
    claimant: `topic ${message.topic.name}`,
  };
  const { fields, ...record } = defined(
    recordShape(source, placeOf({ ...source, origins }, name, context), shapeOf).schema,
  );
  const events = new Map(
    message.fields.map((field) => [jsonKey(field, context.profile), message.events.get(field.name)] as const),
  );
  const keys = fields.flatMap(({ name: own, wireName = own }) => (events.get(wireName) ? [] : [wireName]));
  return {
    ...record,
    json: "topic",
    fields: fields.map(({ name: own, wireName, ...field }): AvroField => {
      const event = events.get(wireName ?? own);
      const named = { name: own, ...(wireName !== undefined && { wireName }) };
      return event
        ? { ...named, event: event.name, ...envelopeOf(event, keys, context), ...field }
        : { ...named, ...field };
    }),
  };
}

function envelopeOf(event: Event, keys: readonly string[], { view, profile }: Context) {
  if (!event.envelope) return {};
  const message = messageOf({ kind: "named", name: event.envelope.type }, view);
  const own = new Set(message?.fields.map((field) => jsonKey(field, profile)));
  const isAll = keys.every((key) => own.has(key));
  return { envelope: event.envelope.how, ...(!isAll && { envelopeKeys: keys.filter((key) => own.has(key)) }) };
}

/** The record of any type: its own when it names a message, otherwise one whose only field holds the value. */
export function typeRecord(type: TypeRef, subject: Subject, context: Context): AvroRecord {
  const target = unalias(type, context.view);
  const decl = target.kind === "named" ? context.view.type(target.name) : undefined;
  return decl?.kind === "message"
    ? messageRecord(messageSource(decl, context), context)
    : valueRecord(target, subject, context);
}

/** Why a type would make a schema that says nothing, if it would. */
export function emptiness(type: TypeRef, context: Context): string | undefined {
  const target = unalias(type, context.view);
  if (target.kind === "scalar" || target.kind === "literal") return "It is a scalar, and no record.";
  if (target.kind === "json") return "It is free-form JSON, without fields that a record could have.";
  const decl = target.kind === "named" ? context.view.type(target.name) : undefined;
  if (decl?.kind === "enum") return "It is a scalar, and no record.";
  if (decl?.kind === "external") return "It is defined elsewhere.";
  if (decl?.kind === "message" && decl.fields.length === 0)
    return decl.open ? "It is open-ended: any fields, and none by name." : "It has no fields.";
  if ((target.kind === "union" || decl?.kind === "union") && !canBeUnion(variantsOf(target, context).variants, context))
    return "Its variants cannot be told apart in an Avro union.";
  return undefined;
}

function messageRecord(source: RecordSource, context: Context): AvroRecord {
  return defined(recordShape(source, placeOf(source, source.wireName, context), shapeOf).schema);
}

function valueRecord(type: TypeRef, subject: Subject, context: Context): AvroRecord {
  const { name, wireName, origins } = subject;
  const doc = docOf(subject);
  const at = `${wireName}.value`;
  const place = placeOf(subject, at, context);
  context.names.claim(name, place.owner);
  place.defined.add(name.full);
  const shape = shapeOf(type, place);
  context.ledger.add(fieldRow(at, { name: "value", type, presence: "required", origins }, shape.notes));
  const aliases = relativeTo(name, subject.aliases);
  return {
    type: "record",
    name: name.name,
    namespace: name.namespace,
    wireName,
    ...(doc !== undefined && { doc }),
    ...(aliases.length > 0 && { aliases }),
    json: "value",
    fields: [{ name: "value", type: shape.schema }],
  };
}

function placeOf(subject: Pick<Subject, "name" | "wireName" | "origins">, at: Name, context: Context): Place {
  const owner: Owner = { id: subject.wireName, origins: subject.origins };
  return { ...context, defined: new Set(), within: [], depth: 0, record: subject.name, suffix: "value", at, owner };
}

function defined(schema: AvroType): AvroRecord {
  if (typeof schema === "object" && "type" in schema && schema.type === "record") return schema;
  throw new Error("The first use of a record defines it.");
}

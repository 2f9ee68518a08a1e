import { isTypeDecl } from "./decl.ts";
import type { Locate } from "./diagnostic.ts";
import { compareText } from "./json.ts";
import type { Event, Field, Message, Model, Name, Operation, System, Topic, TypeDecl, TypeRef } from "./model.ts";

/** A model with indexes over it, restricted to the systems that were asked for. What generators and rules are given. */
export interface View {
  readonly model: Model;
  /** The systems to work on, sorted by name. */
  readonly systems: readonly System[];
  readonly topics: readonly Topic[];
  readonly events: (system: Name) => readonly Event[];
  readonly operations: (system: Name) => readonly Operation[];
  /** Types of a system, without bodies and envelopes that live on only merged into events. */
  readonly types: (system: Name) => readonly TypeDecl[];
  /** The declaration a resolved reference names. */
  readonly type: (name: Name) => TypeDecl;
  /** What is sent: an event's fields as one message, envelope and payload merged; `undefined` when its payload is no message. */
  readonly eventMessage: (event: Event) => Message | undefined;
  readonly locate: Locate;
  /** The first line of every generated file of a system: what it was generated from. */
  readonly header: (system: Name) => string;
}

/** Builds the indexes. `systems` restricts the view; types of other systems stay resolvable. */
export function createView(model: Model, locate: Locate, systems?: readonly Name[]): View {
  const types = new Map<Name, TypeDecl>();
  for (const decl of model.decls) if (isTypeDecl(decl)) types.set(decl.name, decl);
  const of = <K extends "system" | "topic" | "event" | "operation">(kind: K) =>
    model.decls.filter((decl): decl is Extract<(typeof model.decls)[number], { kind: K }> => decl.kind === kind);
  const allEvents = of("event");
  const operations = of("operation");
  const merged = mergedTypes(model, allEvents);
  const view: View = {
    model,
    systems: of("system").filter((system) => !systems || systems.includes(system.name)),
    topics: of("topic"),
    events: (system) => allEvents.filter((event) => event.system === system),
    operations: (system) => operations.filter((operation) => operation.system === system),
    types: (system) => [...types.values()].filter((decl) => decl.system === system && !merged.has(decl.name)),
    type: (name) => {
      const decl = types.get(name);
      if (!decl) throw new Error(`The type ${name} is not in the model.`);
      return decl;
    },
    eventMessage: (event) => eventMessage(event, view),
    locate,
    header: (system) => headerFrom(sourcesOf(model, system)),
  };
  return view;
}

/** Follows aliases and externals to the type that stands behind them. */
export function unalias(type: TypeRef, view: Pick<View, "type">): TypeRef {
  for (let current = type, steps = 0; ; steps++) {
    if (current.kind !== "named" || steps > 100) return current;
    const decl = view.type(current.name);
    if (decl.kind === "alias") current = decl.type;
    else if (decl.kind === "external" && decl.as) current = decl.as;
    else return current;
  }
}

/** The message a type names, if it names one. */
export function messageOf(type: TypeRef, view: Pick<View, "type">): Message | undefined {
  const target = unalias(type, view);
  if (target.kind !== "named") return undefined;
  const decl = view.type(target.name);
  return decl.kind === "message" ? decl : undefined;
}

function eventMessage(event: Event, view: View): Message | undefined {
  const payload = messageOf(event.payload, view);
  if (!event.envelope) return payload;
  const envelope = messageOf({ kind: "named", name: event.envelope.type }, view);
  if (!envelope) return payload;
  if (event.envelope.how === "wrap") {
    const wrapped: Field = { name: "payload", type: event.payload, presence: "required", origins: event.origins };
    return { ...envelope, name: event.name, system: event.system, fields: [...envelope.fields, wrapped] };
  }
  if (!payload) return undefined;
  const own = new Map(payload.fields.map((field) => [field.name, field]));
  const fields = envelope.fields.map((field) => mergeField(field, own.get(field.name)));
  const rest = payload.fields.filter((field) => !envelope.fields.some((other) => other.name === field.name));
  const doc = event.doc ?? payload.doc;
  return {
    ...payload,
    name: event.name,
    system: event.system,
    ...(doc !== undefined && { doc }),
    fields: [...fields, ...rest],
    oneofs: [...(envelope.oneofs ?? []), ...(payload.oneofs ?? [])],
    ...((envelope.open ?? payload.open) && { open: true }),
  };
}

/** Where envelope and payload both have a field, the payload's type holds, and what the envelope requires stays required. */
function mergeField(outer: Field, inner: Field | undefined): Field {
  if (!inner) return outer;
  const presence = outer.presence === "required" ? "required" : inner.presence;
  const doc = inner.doc ?? outer.doc;
  return { ...outer, ...inner, presence, ...(doc !== undefined && { doc }) };
}

function mergedTypes(model: Model, events: readonly Event[]): ReadonlySet<Name> {
  const merged = new Set<Name>();
  for (const event of events)
    if (event.envelope?.how === "merge") {
      merged.add(event.envelope.type);
      if (event.payload.kind === "named") merged.add(event.payload.name);
    }
  // A body that is also named elsewhere must stay a type of its own.
  for (const decl of model.decls) {
    if (decl.kind === "message") for (const field of decl.fields) forget(field.type, merged);
    else if (decl.kind === "union") for (const variant of decl.variants) forget(variant, merged);
    else if (decl.kind === "event" && !decl.envelope) forget(decl.payload, merged);
  }
  return merged;
}

function forget(type: TypeRef, names: Set<Name>): void {
  if (type.kind === "named") names.delete(type.name);
  else if (type.kind === "list") forget(type.item, names);
  else if (type.kind === "map") forget(type.value, names);
  else if (type.kind === "union") for (const variant of type.variants) forget(variant, names);
}

/** The first line of a generated file. */
export const headerFrom = (sources: readonly string[]): string =>
  `Generated by concordat${sources.length > 0 ? ` from ${sources.join(", ")}` : ""}. Do not edit.`;

/** The documents that say something of a system, or of any; overlays and the configuration are none. */
export function sourcesOf(model: Model, system?: Name): readonly string[] {
  const paths = new Set<string>();
  for (const decl of model.decls)
    if (decl.kind !== "system" && decl.kind !== "topic" && (system === undefined || decl.system === system))
      for (const { basis, reader, span } of decl.origins)
        if (basis !== "overlay" && reader !== "config") paths.add(span.path);
  return [...paths].sort(compareText);
}

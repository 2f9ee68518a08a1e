import {
  type Event,
  eventTypeName,
  type Field,
  jsonForm,
  jsonKey,
  type Message,
  messageOf,
  pascalCase,
} from "../../model/index.ts";
import { writeMessage } from "./declarations.ts";
import { type Doc, declaredDoc, writeDoc } from "./docs.ts";
import type { Printer } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { canExtend } from "./sharing.ts";
import { codeSpan, propertyKey, quote } from "./text.ts";
import { typeText } from "./types.ts";
import { writeMemberType } from "./unions.ts";

/** An event and the type of what is sent for it. */
export interface SentEvent {
  readonly event: Event;
  /** The type's name, or the type itself where it has none. */
  readonly type: string;
  readonly message: Message | undefined;
  /** True when the type is declared for this event alone, because its payload travels in an envelope. */
  readonly isOwn: boolean;
  /** The envelope, where the event's type can be declared as its extension. */
  readonly base: Message | undefined;
}

/** The events of a system with their types. */
export function sentEvents(scope: Scope): readonly SentEvent[] {
  const { view, system } = scope;
  return view.events(system.name).map((event): SentEvent => {
    const message = view.eventMessage(event);
    if (!event.envelope) {
      const type = typeText(jsonForm(event.payload, scope.profile), scope);
      return { event, type, message, isOwn: false, base: undefined };
    }
    if (!message) return { event, type: "unknown", message, isOwn: false, base: undefined };
    const envelope = messageOf({ kind: "named", name: event.envelope.type }, view);
    const base = envelope?.system === system.name && canExtend(message, envelope, scope) ? envelope : undefined;
    return { event, type: eventTypeName(event), message, isOwn: true, base };
  });
}

/** The events that a field tells apart, each by a literal of its own in it. */
export interface Discriminated {
  readonly field: Field;
  readonly events: readonly SentEvent[];
}

/** What tells a system's events apart: those in an envelope where there is one, else all. */
export function discriminatedEvents(events: readonly SentEvent[]): Discriminated | undefined {
  const enveloped = events.filter(({ event }) => event.envelope);
  const group = enveloped.length > 0 ? enveloped : events;
  if (group.length < 2) return undefined;
  const field = group[0]?.message?.fields.find(({ name }) => {
    const values = group.map(({ message }) => {
      const type = message?.fields.find((other) => other.name === name)?.type;
      return type?.kind === "literal" ? type.value : undefined;
    });
    return !values.includes(undefined) && new Set(values).size === group.length;
  });
  return field && { field, events: group };
}

/** The name of the union of a system's events. */
export const unionName = (scope: Scope): string => `${pascalCase(scope.system.name)}Event`;

/** Writes the ways into a system's events: the map from name to type, the names, and the union of all. */
export function writeEventMap(out: Printer, scope: Scope, events: readonly SentEvent[]): void {
  writeDoc(out, { text: "What is sent for each event, by the event's name." });
  out.line("export interface EventMap {");
  out.indented(() => {
    for (const sent of events) {
      if (!sent.isOwn) writeDoc(out, eventDoc(sent, scope));
      out.line(`${propertyKey(sent.event.name)}: ${sent.type};`);
    }
  });
  out.line("}");
  out.line();
  writeDoc(out, { text: "The name of an event." });
  out.line("export type EventName = keyof EventMap;");
  out.line();
  writeDoc(out, { text: "The names of all events." });
  out.line("export declare const events: readonly EventName[];");
  const told = discriminatedEvents(events);
  if (!told) return;
  const key = codeSpan(jsonKey(told.field, scope.profile));
  out.line();
  writeDoc(out, {
    text:
      told.events.length === events.length
        ? `Any event; ${key} tells which.`
        : `Any event that says in ${key} which it is.`,
  });
  writeMemberType(out, unionName(scope), [...new Set(told.events.map((sent) => sent.type))]);
}

/** Writes the type of an event that travels in an envelope. */
export function writeEventType(out: Printer, scope: Scope, sent: SentEvent): void {
  if (!sent.isOwn || !sent.message) return;
  writeDoc(out, eventDoc(sent, scope));
  writeMessage(out, scope, sent.type, sent.message, sent.base);
}

function eventDoc({ event, message, isOwn }: SentEvent, scope: Scope): Doc {
  const doc = declaredDoc(event, scope.view);
  const { topic, identity, follows } = event;
  return {
    ...doc,
    text: event.doc ?? (isOwn ? message?.doc : undefined),
    remarks: [
      ...(topic === undefined ? [] : [`Topic: ${codeSpan(topic)}.`]),
      ...(follows
        ? [`Follows ${codeSpan(follows.event)}, whose ${codeSpan(follows.key)} stands in ${codeSpan(follows.by)}.`]
        : []),
      ...(identity?.length
        ? [`Two deliveries with the same ${identity.map(codeSpan).join(" and ")} are one event.`]
        : []),
      ...(doc.remarks ?? []),
    ],
  };
}

/** Writes the list of event names as it is at run time. */
export function writeEventNames(out: Printer, events: readonly SentEvent[], freeze: string): void {
  out.line(`export const events = /* @__PURE__ */ ${freeze}([`);
  out.indented(() => {
    for (const { event } of events) out.line(`${quote(event.name)},`);
  });
  out.line("]);");
}

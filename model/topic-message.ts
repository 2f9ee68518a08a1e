import type { Event, Field, Message, Name, Topic } from "./model.ts";
import { eventStem, pascalCase, snakeCase } from "./names.ts";
import { formatTypeRef } from "./type-expression.ts";
import { messageOf, type View } from "./view.ts";

/**
 * What travels on a topic where one message type has to carry all of its events: the fields of their envelopes, each once,
 * and a one-of called `event` over their bodies. For formats that know a message by the topic and not by its content.
 */
export interface TopicMessage extends Message {
  readonly topic: Topic;
  /** The events by the name of the field that holds their body. */
  readonly events: ReadonlyMap<string, Event>;
  /** Fields that have no place here: envelopes of the topic give them different types. */
  readonly contradicted: readonly Field[];
}

/** The messages of the topics that carry events of a system, by the topic's name. */
export function topicMessages(view: View, system: Name): readonly TopicMessage[] {
  return view.topics.flatMap((topic) => {
    const events = view.events(system).filter((event) => event.topic === topic.name);
    // Where several systems write to one topic, its message is that of the topic's own system.
    if (events.length === 0 || (topic.system !== undefined && topic.system !== system)) return [];
    return [topicMessage(topic, system, events, view)];
  });
}

function topicMessage(topic: Topic, system: Name, events: readonly Event[], view: View): TopicMessage {
  const { fields: shared, contradicted } = envelopeFields(events, view);
  const numbers = new Map((topic.numbers ?? []).map(({ name, number }) => [name, number]));
  const locked = topic.origins.filter(({ reader }) => reader === "lock");
  const taken = new Set(shared.map(({ name }) => name));
  const named = new Map<string, Event>();
  const bodies = events.map((event): Field => {
    const name = freeName(snakeCase(eventStem(event)) || "event", taken);
    named.set(name, event);
    const { doc, deprecated, origins, payload } = event;
    const aliases = (event.aliases ?? []).map((alias) => snakeCase(eventStem({ ...event, name: alias })));
    return {
      name,
      type: payload,
      presence: "optional",
      ...(doc !== undefined && { doc }),
      ...(deprecated && { deprecated }),
      ...(aliases.length > 0 && { aliases }),
      origins,
    };
  });
  const { doc, origins, reserved } = topic;
  return {
    kind: "message",
    name: `${system}.${pascalCase(topic.name)}Message`,
    system,
    ...(doc !== undefined && { doc }),
    fields: [...shared, ...bodies].map(({ number: _, ...field }) => {
      const number = numbers.get(field.name);
      return number === undefined ? field : { ...field, number, origins: [...field.origins, ...locked] };
    }),
    oneofs: [{ name: freeName("event", taken), fields: bodies.map(({ name }) => name), required: true }],
    ...(reserved && { reserved }),
    origins,
    topic,
    events: named,
    contradicted,
  };
}

/** The fields of all envelopes. One that not every event has is optional. */
function envelopeFields(
  events: readonly Event[],
  view: View,
): { readonly fields: readonly Field[]; readonly contradicted: readonly Field[] } {
  const found = new Map<string, Field[]>();
  for (const { envelope } of events) {
    const message = envelope && messageOf({ kind: "named", name: envelope.type }, view);
    for (const field of message?.fields ?? []) found.set(field.name, [...(found.get(field.name) ?? []), field]);
  }
  const fields: Field[] = [];
  const contradicted: Field[] = [];
  for (const all of found.values()) {
    const [first] = all;
    if (!first) continue;
    const type = formatTypeRef(first.type);
    if (all.some((field) => formatTypeRef(field.type) !== type)) contradicted.push(first);
    else {
      const always = all.length === events.length && all.every(({ presence }) => presence === first.presence);
      fields.push(always ? first : { ...first, presence: "optional" });
    }
  }
  return { fields, contradicted };
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let next = 2; taken.has(name); next++) name = `${wanted}_${next}`;
  taken.add(name);
  return name;
}

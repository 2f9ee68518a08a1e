import { type Event, type Field, messageOf, type Name, type Projection, type View } from "../../model/index.ts";
import { fieldRow, notes, row } from "./notes.ts";
import type { Selection } from "./select.ts";

/**
 * What becomes of the fields of an event that has an envelope: those of the envelope stand in the message of its topic, and
 * its own in its body. An event without an envelope is its payload, of which there are rows already.
 */
export function eventRows(
  event: Event,
  { printed, topics }: Selection,
  rowOf: (at: Name, field: Field) => Projection,
  view: View,
): readonly Projection[] {
  if (!event.envelope) return [];
  const topic = topics.find(({ events }) => [...events.values()].some(({ name }) => name === event.name));
  if (!topic) return [row(event.name, event, notes.noTopic)];
  if (!printed.has(topic.name)) return [row(event.name, event, notes.topicLacksNumbers)];
  const body = messageOf(event.payload, view);
  if (!body || !printed.has(body.name)) return [row(event.name, event, notes.noMessage)];
  const bodies = new Set(topic.events.keys());
  const shared = topic.fields.filter(({ name }) => !bodies.has(name));
  const own = new Set(body.fields.map(({ name }) => name));
  const at = (of: Name, field: Field): Projection => ({
    ...rowOf(`${of}.${field.name}`, field),
    at: `${event.name}.${field.name}`,
  });
  return [
    // Where both have a field, the body's holds.
    ...shared.filter(({ name }) => !own.has(name)).map((field) => at(topic.name, field)),
    ...topic.contradicted
      .filter(({ name }) => !own.has(name))
      .map((field) => fieldRow(`${event.name}.${field.name}`, field, [notes.contradicted])),
    ...body.fields.map((field) => at(body.name, field)),
  ];
}

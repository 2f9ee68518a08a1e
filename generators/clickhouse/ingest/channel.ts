import {
  type Event,
  jsonKey,
  type Message,
  type Report,
  type Span,
  type System,
  type Topic,
  topicMessages,
  unalias,
  type View,
} from "../../../model/index.ts";
import type { Context } from "../context.ts";
import * as say from "../diagnostics.ts";
import type { Encoding, Options, TopicOptions } from "../options.ts";
import type { Table } from "../table.ts";
import { recordOf, type Tell, type TopicRecord } from "./record.ts";

/** An event on its way into its table. */
export interface Arrival {
  readonly event: Event;
  readonly message: Message;
  readonly table: Table;
}

/** Where events come from, and how one is told from the other. */
export interface Channel {
  /** What its tables and views begin with: `telemetry_xumi_load_json`. */
  readonly name: string;
  /** What its file is called. */
  readonly file: string;
  /** What it is in prose: `the topic xumi_load`. */
  readonly title: string;
  /** The topic that is read, or `undefined` when rows are inserted by whoever has them. */
  readonly topic?: string;
  readonly encoding: Encoding;
  /** How its messages are read, where they are no text. */
  readonly record?: TopicRecord;
  readonly arrivals: readonly Arrival[];
  /** Absent when there is one event alone. */
  readonly tell?: Tell;
}

/**
 * The channels of a system: one for each encoding of each Kafka topic that carries events, and one for each event that comes
 * another way, if asked for.
 */
export function channelsOf(
  system: System,
  arrivals: readonly Arrival[],
  context: Context,
  report: Report,
): readonly Channel[] {
  const { view, options } = context;
  if (options.ingest === false) return [];
  const { intake = false } = options.ingest ?? {};
  const read = new Set<Arrival>();
  const channels: Channel[] = [];
  for (const topic of view.topics) {
    const own = arrivals.filter(({ event }) => event.topic === topic.name);
    if (own.length === 0 || topic.transport === "event-hubs" || settingsOf(topic, options)?.ingest === false) continue;
    const tell = own.length === 1 ? oneTell(own, view, system) : tellOf(own, view, system);
    if (own.length > 1 && !tell) {
      const events = own.map(({ event }) => event.name).join(" and ");
      report(say.topicNotTold(spanOf(topic), { topic: topic.name, events }));
      continue;
    }
    const other = channels.find(({ file }) => file.startsWith(`${underscored(topic.name)}.`))?.topic;
    if (other !== undefined) {
      report(say.topicCollision(spanOf(topic), { topic: topic.name, other }));
      continue;
    }
    for (const arrival of own) read.add(arrival);
    channels.push(...topicChannels(topic, system, own, tell, context, report));
  }
  if (!intake) return channels;
  return [
    ...channels,
    ...arrivals.filter((arrival) => !read.has(arrival)).map((arrival) => intakeOf(arrival, system, view)),
  ];
}

const settingsOf = ({ name }: Topic, { ingest }: Options): TopicOptions | undefined => {
  const topics = ingest === false ? {} : (ingest?.topics ?? {});
  return Object.hasOwn(topics, name) ? topics[name] : undefined;
};

function topicChannels(
  topic: Topic,
  system: System,
  arrivals: readonly Arrival[],
  tell: Tell | undefined,
  context: Context,
  report: Report,
): readonly Channel[] {
  const { view, options } = context;
  const settings = settingsOf(topic, options);
  const encodings = settings?.encodings ??
    (options.ingest === false ? undefined : options.ingest?.encodings) ?? ["json"];
  const message = topicMessages(view, system.name).find((candidate) => candidate.topic.name === topic.name);
  const stem = underscored(topic.name);
  return encodings.flatMap((encoding): readonly Channel[] => {
    const record =
      encoding === "json"
        ? undefined
        : message
          ? recordOf(message, encoding, tell, context)
          : "it belongs to another system";
    if (typeof record === "string") {
      report(say.encodingNotHeld(spanOf(topic), { topic: topic.name, encoding, why: record }));
      return [];
    }
    // A topic has one encoding; where there are several, each has a topic of its own.
    const own = encodings.length > 1 && encoding !== "json" ? `${settings?.name ?? topic.name}.${encoding}` : undefined;
    return [
      {
        name: `${underscored(system.name)}_${stem}_${encoding}`,
        file: `${stem}.${encoding}.sql`,
        title: `the topic ${own ?? settings?.name ?? topic.name}`,
        topic: own ?? settings?.name ?? topic.name,
        encoding,
        ...(record && { record }),
        arrivals,
        ...(tell && { tell }),
      },
    ];
  });
}

function intakeOf(arrival: Arrival, system: System, view: View): Channel {
  const tell = oneTell([arrival], view, system);
  return {
    name: `${arrival.table.name}_json`,
    file: `${arrival.table.name}.json.sql`,
    title: `whoever has ${arrival.event.name}`,
    encoding: "json",
    arrivals: [arrival],
    ...(tell && { tell }),
  };
}

/** A name of which identifiers and files can be made. */
export const underscored = (name: string): string => name.replace(/[^A-Za-z0-9_]+/g, "_");

const spanOf = (topic: Topic): Span | undefined => topic.origins[0]?.span;

/** The field that has one text of its own in each event. */
function tellOf(arrivals: readonly Arrival[], view: View, system: System): Tell | undefined {
  const [first] = arrivals;
  for (const field of first?.message.fields ?? []) {
    const values = new Map<string, string>();
    for (const { event, message } of arrivals) {
      const same = message.fields.find(({ name }) => name === field.name);
      const type = same && unalias(same.type, view);
      if (type?.kind === "literal" && typeof type.value === "string") values.set(event.name, type.value);
    }
    const key = jsonKey(field, system.json);
    if (values.size === arrivals.length && new Set(values.values()).size === values.size) return { key, values };
  }
  return undefined;
}

/** For one event alone: a field that is always there and has the event's own name for its only value, if there is one. */
function oneTell(arrivals: readonly Arrival[], view: View, system: System): Tell | undefined {
  const tell = arrivals[0]?.message.fields.find((field) => {
    const type = unalias(field.type, view);
    return (
      type.kind === "literal" &&
      field.presence === "required" &&
      arrivals.some(({ event }) => isNamed(event, type.value))
    );
  });
  if (!tell) return undefined;
  const type = unalias(tell.type, view);
  const value = type.kind === "literal" ? String(type.value) : "";
  return { key: jsonKey(tell, system.json), values: new Map(arrivals.map(({ event }) => [event.name, value])) };
}

const isNamed = ({ name, aliases }: Event, value: string | number | boolean): boolean =>
  value === name || (aliases ?? []).includes(String(value)) || name.endsWith(`.${value}`);

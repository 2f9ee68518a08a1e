import type { Event, Field, JsonProfile, Message, Name, Origin, Topic, TypeDecl, TypeRef, Union } from "../model.ts";
import { eventStem, snakeCase } from "../names.ts";
import { named, scalar } from "../type-ref.ts";
import { messageOf, type View } from "../view.ts";
import { type EdgeTypes, edgeField } from "./edge-types.ts";

/** A topic that is written to by way of the Kafka REST Proxy, in version 2 of its API with JSON embedded. */
export interface ProducedTopic {
  readonly topic: Topic;
  /** The type of the request's body. */
  readonly request: Name;
  readonly method: "POST";
  readonly path: string;
  readonly contentType: string;
  readonly accept: string;
}

/** The bodies that travel between producers and the Kafka REST Proxy. */
export interface Produced extends EdgeTypes {
  readonly topics: readonly ProducedTopic[];
  /** Events in their envelopes as messages, under names that lead to the events' own types. */
  readonly events: readonly Message[];
}

const mediaTypes = { contentType: "application/vnd.kafka.json.v2+json", accept: "application/vnd.kafka.v2+json" };

/** Derives them for all topics of a system that have events and a producer that uses the proxy. */
export function producedTopics(
  view: View,
  system: Name,
  profile: JsonProfile,
  give: (wanted: string) => Name,
): Produced {
  const users = new Set(
    view.model.decls.flatMap((decl) => (decl.kind === "component" && decl.transport === "rest-proxy" ? decl.name : [])),
  );
  const events = new Map<Name, Message>();
  const made = view.topics.flatMap((topic) => {
    const isMine = topic.system === undefined || topic.system === system;
    if (!isMine || !topic.producers?.some((name) => users.has(name))) return [];
    const sent = view.events(system).flatMap((event) => {
      const type = event.topic === topic.name ? sentType(event, view, events) : undefined;
      return type ? [type] : [];
    });
    return sent.length > 0 ? [requestFor(topic, system, sent, (name) => events.get(name), view, give)] : [];
  });
  const [first] = made;
  if (!first) return { types: [], documents: [], topics: [], events: [] };
  const answers = answerTypes(view, system, profile, first.request.origins, give);
  return {
    types: [...made.flatMap(({ types }) => types), ...answers.types],
    documents: [
      ...made.map(({ topic, request }) => ({ name: `rest.v2.${topic.name}.request`, type: request })),
      ...answers.documents,
    ],
    topics: made.map(({ topic, request }) => ({
      topic,
      request: request.name,
      method: "POST",
      path: `/topics/${encodeURIComponent(topic.name)}`,
      ...mediaTypes,
    })),
    events: [...events.values()],
  };
}

/** What is sent for an event. One in an envelope is no type of the model: it becomes one, which has the event's own name. */
function sentType(event: Event, view: View, events: Map<Name, Message>): TypeRef | undefined {
  if (!event.envelope) return event.payload;
  const message = view.eventMessage(event);
  if (!message) return undefined;
  const name = `${event.system}.${snakeCase(eventStem(event))}`;
  events.set(name, { ...message, name, origins: event.origins });
  return named(name);
}

function requestFor(
  topic: Topic,
  system: Name,
  sent: readonly TypeRef[],
  eventType: (name: Name) => Message | undefined,
  view: View,
  give: (wanted: string) => Name,
): { readonly topic: Topic; readonly request: Message; readonly types: readonly TypeDecl[] } {
  const { name, origins } = topic;
  const [only] = sent;
  const event: Union | undefined = sent.length > 1 ? eventUnion(topic, system, sent, eventType, view, give) : undefined;
  const record: Message = {
    kind: "message",
    name: give(`${name}_produce_record`),
    system,
    doc: `An event for the topic ${name}, as the Kafka REST Proxy takes it.`,
    fields: [
      edgeField("key", { kind: "json" }, "Records of one key go to one partition, where none is named.", [], {
        presence: "optional",
      }),
      edgeField("value", event ? named(event.name) : (only ?? { kind: "json" }), "The event.", []),
      edgeField("partition", scalar("int32"), "The partition to write to; the proxy chooses one otherwise.", [], {
        presence: "optional",
        nullable: true,
        limits: { minimum: 0 },
      }),
    ],
    origins,
  };
  const request: Message = {
    kind: "message",
    name: give(`${name}_produce_request`),
    system,
    doc: `Events for the topic ${name}, as the body of a request to the Kafka REST Proxy: POST /topics/${name} with the content type ${mediaTypes.contentType}.`,
    fields: [
      edgeField(
        "records",
        { kind: "list", item: named(record.name) },
        "What is written, in this order; each record is taken or refused on its own.",
        [],
        { limits: { minItems: 1 } },
      ),
    ],
    origins,
  };
  return { topic, request, types: [request, record, ...(event ? [event] : [])] };
}

/** Any event of a topic, told apart as the events themselves do it. */
function eventUnion(
  topic: Topic,
  system: Name,
  variants: readonly TypeRef[],
  eventType: (name: Name) => Message | undefined,
  view: View,
  give: (wanted: string) => Name,
): Union {
  const messages = variants.map((type) =>
    type.kind === "named" ? (eventType(type.name) ?? messageOf(type, view)) : undefined,
  );
  const tag = messages[0]?.fields.map(({ name }) => tagOf(name, messages, variants)).find((found) => found);
  return {
    kind: "union",
    name: give(`${topic.name}_event`),
    system,
    doc: `Any event of the topic ${topic.name}.`,
    variants,
    ...(tag && { tag }),
    origins: topic.origins,
  };
}

/** A field is a tag when it has a text of its own in every variant. */
function tagOf(
  field: string,
  messages: readonly (Message | undefined)[],
  variants: readonly TypeRef[],
): Union["tag"] | undefined {
  const values = messages.map((message) => {
    const type = message?.fields.find(({ name }) => name === field)?.type;
    return type?.kind === "literal" && typeof type.value === "string" ? type.value : undefined;
  });
  if (values.includes(undefined) || new Set(values).size < values.length) return undefined;
  const rows = values.map((value, at): [string, Name] => {
    const variant = variants[at];
    return [value ?? "", variant?.kind === "named" ? variant.name : ""];
  });
  return { field, values: Object.fromEntries(rows) };
}

/** What the proxy answers: the same for every topic. */
function answerTypes(
  view: View,
  system: Name,
  profile: JsonProfile,
  fallback: readonly Origin[],
  give: (wanted: string) => Name,
): EdgeTypes {
  const proxy = view.model.decls.find(
    (decl) => decl.kind === "component" && decl.system === system && decl.role === "proxy",
  );
  const origins = proxy?.origins ?? fallback;
  // The proxy writes a number, whatever this system does about 64 bits.
  const offset = scalar(profile.int64 === "number" ? "int64" : "float64");
  const maybe = (name: string, type: TypeRef, doc: string): Field =>
    edgeField(name, type, doc, [], { presence: "optional", nullable: true });
  const message = (name: string, doc: string, fields: readonly Field[]): Message => ({
    kind: "message",
    name: give(name),
    system,
    doc,
    fields,
    origins,
  });
  const written = message("ProduceOffset", "What became of one record.", [
    maybe("partition", scalar("int32"), "The partition it was written to."),
    maybe("offset", offset, "Its place in the partition."),
    maybe("error_code", scalar("int32"), "Set when it was not written: 1 for good, 2 when another try may succeed."),
    maybe("error", scalar("string"), "Why it was not written."),
  ]);
  const response = message(
    "ProduceResponse",
    "The answer of the Kafka REST Proxy to a request that it has carried out. Single records may have failed all the same: each offset tells.",
    [
      edgeField("offsets", { kind: "list", item: named(written.name) }, "One for each record, in their order.", []),
      maybe("key_schema_id", scalar("int32"), "The keys' schema in the registry; null where JSON is sent."),
      maybe("value_schema_id", scalar("int32"), "The values' schema in the registry; null where JSON is sent."),
    ],
  );
  const error = message(
    "ProduceError",
    "The answer of the Kafka REST Proxy to a request that it has not carried out; no record is written.",
    [
      edgeField("error_code", scalar("int32"), "The HTTP status, often with two more digits: 40401, 42205.", []),
      edgeField("message", scalar("string"), "Why, in words.", []),
    ],
  );
  return {
    types: [response, written, error],
    documents: [
      { name: "rest.v2.response", type: response },
      { name: "rest.v2.error", type: error },
    ],
  };
}

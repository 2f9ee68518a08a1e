import { diagnostic } from "../../model/index.ts";

export const tableCollision = diagnostic<{ table: string; event: string; other: string }>(
  "clickhouse/name-collision",
  "error",
  (a) => `The events ${a.other} and ${a.event} would both have the table ${a.table}.`,
  () => "Give one of them another name, with an overlay for example; the name it travels under stays as an alias.",
);
export const columnCollision = diagnostic<{ of: string; column: string; other: string }>(
  "clickhouse/column-collision",
  "error",
  (a) =>
    a.column === a.other
      ? `Two fields of ${a.of} would both be the column ${a.column}.`
      : `The columns ${a.other} and ${a.column} of ${a.of} would be stored under one name.`,
  () => "Give one of the fields another name.",
);
export const ingestCollision = diagnostic<{ of: string; column: string }>(
  "clickhouse/ingest-collision",
  "error",
  (a) => `The field ${a.column} of ${a.of} has the name of an ingest column.`,
  () => "Set `ingestPrefix` in the options of clickhouse: it is put before the names of the ingest columns.",
);
export const reservedColumn = diagnostic<{ of: string; column: string }>(
  "clickhouse/reserved-column",
  "error",
  (a) =>
    a.column === ""
      ? `A field of ${a.of} has no name, and a column needs one.`
      : `The field ${a.column} of ${a.of} has a name that ClickHouse keeps for itself.`,
  () => "Give the field another name.",
);
export const derivedLeftOut = diagnostic<{ of: string; column: string; from: string }>(
  "clickhouse/derived-column-left-out",
  "warning",
  (a) => `The column ${a.column} that follows from ${a.from} is left out of ${a.of}, which has a field of that name.`,
);
export const noTable = diagnostic<{ event: string }>(
  "clickhouse/no-table",
  "warning",
  (a) => `The event ${a.event} has no table, since its payload is no message.`,
  () => "Make its payload a message; a choice between messages is better told as several events.",
);
export const identityNotSortable = diagnostic<{ event: string; field: string; why: string }>(
  "clickhouse/identity-not-sortable",
  "error",
  (a) => `The field ${a.field} is part of the identity of ${a.event}, but ${a.why}, so rows cannot be sorted by it.`,
  (a) =>
    `State in an overlay that it is required, or set \`engine: MergeTree\` for ${a.event} in the options of clickhouse: then nothing is deduplicated.`,
);
export const unknownEvent = diagnostic<{ event: string; near: string | undefined }>(
  "clickhouse/unknown-event",
  "error",
  (a) => `The options of clickhouse name the event ${a.event}, which no source declares.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "`concordat list events` names them all."),
);
export const unknownOrder = diagnostic<{ event: string; column: string; near: string | undefined }>(
  "clickhouse/unknown-order-column",
  "error",
  (a) => `The options of clickhouse sort ${a.event} by ${a.column}, which is no column of its table.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : undefined),
);
export const orderNotSortable = diagnostic<{ event: string; column: string; why: string }>(
  "clickhouse/order-not-sortable",
  "error",
  (a) => `The options of clickhouse sort ${a.event} by ${a.column}, but ${a.why}, so rows cannot be sorted by it.`,
  () => "Sort by columns that are always there.",
);
export const orderWithoutIdentity = diagnostic<{ event: string; field: string }>(
  "clickhouse/order-without-identity",
  "error",
  (a) =>
    `The options of clickhouse sort ${a.event} without ${a.field}, so ReplacingMergeTree would take different events for one.`,
  (a) => `Add ${a.field} at the end of \`orderBy\`, or set \`engine: MergeTree\`.`,
);
export const keyNotPrefix = diagnostic<{ event: string; key: string; order: string }>(
  "clickhouse/key-not-prefix",
  "error",
  (a) => `The options of clickhouse index ${a.event} by ${a.key}, which its order by ${a.order} does not begin with.`,
  () => "The index is made of the first columns that rows are sorted by: change `primaryKey` or `orderBy`.",
);
export const unknownCodecColumn = diagnostic<{ event: string; column: string; near: string | undefined }>(
  "clickhouse/unknown-codec-column",
  "error",
  (a) => `The options of clickhouse give a codec to ${a.column} of ${a.event}, which is no column of its table.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : undefined),
);
export const noIdentity = diagnostic<{ event: string }>(
  "clickhouse/no-identity",
  "error",
  (a) =>
    `The options of clickhouse make ${a.event} a ReplacingMergeTree, but nothing says what makes two deliveries one event.`,
  () => "State its `identity` in an overlay: without one, deduplicating deletes data.",
);
export const identityUnstated = diagnostic<{ at: string; event: string; others: number; fields: string }>(
  "clickhouse/identity-unstated",
  "info",
  (a) =>
    a.others === 0
      ? `The event ${a.event} of ${a.at} has a field ${a.fields} and no identity, so its table keeps every delivery.`
      : `The event ${a.event} and ${a.others} more of ${a.at} have a field ${a.fields} and no identity, so their tables keep every delivery.`,
  () =>
    "Where the field names the event, and not a thing that it is about, set `identity` in an overlay: then two deliveries of an event become one row.",
);
export const topicNotTold = diagnostic<{ topic: string; events: string }>(
  "clickhouse/topic-not-told",
  "warning",
  (a) => `Nothing tells the events of the topic ${a.topic} apart (${a.events}), so it has no ingest.`,
  () => "Give them a field that has one text of its own in each, as the type of the event is in an envelope.",
);
export const unknownTopic = diagnostic<{ topic: string; near: string | undefined }>(
  "clickhouse/unknown-topic",
  "error",
  (a) => `The options of clickhouse name the topic ${a.topic}, which no source declares.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : undefined),
);
export const topicCollision = diagnostic<{ topic: string; other: string }>(
  "clickhouse/topic-collision",
  "error",
  (a) => `The topics ${a.other} and ${a.topic} would have the same tables for their ingest.`,
  (a) =>
    `Set \`ingest: { topics: { ${a.topic}: { ingest: false } } }\` in the options of clickhouse, or rename one of them.`,
);
export const packCollision = diagnostic<{ event: string; table: string }>(
  "clickhouse/pack-collision",
  "error",
  (a) => `The event ${a.event} has the table ${a.table}, which the ingest needs for itself.`,
  () => "Give the event another name, or set `ingest: false` in the options of clickhouse.",
);
export const encodingNotHeld = diagnostic<{ topic: string; encoding: string; why: string }>(
  "clickhouse/encoding-not-held",
  "warning",
  (a) => `The topic ${a.topic} has no ingest in ${a.encoding}: ${a.why}.`,
  (a) =>
    a.why.endsWith("has no number")
      ? "`concordat lock` gives numbers to what has none."
      : "Read the topic as JSON, whose checks look into everything.",
);

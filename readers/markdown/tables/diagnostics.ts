import { diagnostic } from "../../../model/index.ts";

/** All that the tables dialect of the Markdown reader can say. */
export const unknownType = diagnostic<{ field: string; type: string; near: string | undefined }>(
  "markdown/unknown-type",
  "error",
  (a) => `The type ${a.type} of ${a.field} is not a type of this dialect.`,
  (a) =>
    a.near
      ? `Did you mean ${a.near}?`
      : "Write one of string, uuid, number, bool, float, timestamp, int32, int64, object, json, T[] or map<string, T>.",
);

export const misspeltType = diagnostic<{ field: string; type: string; meant: string }>(
  "markdown/misspelt-type",
  "warning",
  (a) => `The type of ${a.field} is spelt ${a.type} and read as ${a.meant}.`,
  (a) => `Write ${a.meant}.`,
);

export const unnamedRow = diagnostic<{ table: string }>(
  "markdown/unnamed-row",
  "error",
  (a) => `A row in the table of ${a.table} has no name.`,
  () => "Name the field in the Name column, or remove the row.",
);

export const missingEventType = diagnostic<{ table: string }>(
  "markdown/missing-event-type",
  "error",
  (a) => `The table of ${a.table} does not say which event type it describes.`,
  () => "Add a row event_type whose Type cell holds the constant in quotes.",
);

export const eventTypeNotConstant = diagnostic<{ table: string; text: string }>(
  "markdown/event-type-not-constant",
  "error",
  (a) => `The event type of ${a.table} is ${a.text}, which is not one name.`,
  () => "Write it as segments with dots between them and no blanks: group.component.action.",
);

export const missingTopic = diagnostic<{ event: string }>(
  "markdown/missing-topic",
  "error",
  (a) => `The event ${a.event} has no topic.`,
  () => "Write a line such as `Topic: my_topic` between the heading and the table.",
);

export const topicName = diagnostic<{ of: string; topic: string }>(
  "markdown/topic-name",
  "error",
  (a) => `The topic ${a.topic} of ${a.of} is not a name that Kafka takes.`,
  () => "Use letters, digits, dots, underscores and hyphens, 249 characters at most.",
);

export const unreadTable = diagnostic<{ section: string; columns: string; near: string | undefined }>(
  "markdown/unread-table",
  "warning",
  (a) => `The table in ${a.section} with the columns ${a.columns} is not read.`,
  (a) =>
    a.near
      ? `Did you mean the column ${a.near}?`
      : "Tables of events have the columns Name and Type, tables of components the columns Component and Description.",
);

export const unreadColumn = diagnostic<{ section: string; column: string }>(
  "markdown/unread-column",
  "info",
  (a) => `The column ${a.column} in the table of ${a.section} is not read.`,
  () => "State such facts in an overlay beside the source.",
);

export const sampleSyntax = diagnostic<{ section: string; problem: string }>(
  "markdown/sample-syntax",
  "error",
  (a) => `The sample in ${a.section} is not a JSON object: ${a.problem}.`,
  () => "Write one object whose keys are the fields and whose values are their types.",
);

export const sampleValue = diagnostic<{ field: string; value: string }>(
  "markdown/sample-value",
  "error",
  (a) => `The value ${a.value} of ${a.field} does not say which type is meant.`,
  () =>
    'Write the name of a type as a string, a constant such as "1.0", {} for a free-form object, or a list of one type.',
);

export const unknownRow = diagnostic<{ section: string; row: string }>(
  "markdown/unknown-row",
  "error",
  (a) => `The row ${a.row} in ${a.section} is no component this dialect knows.`,
  () =>
    "Rows are Kafka REST Proxy, a variable (NODE_ID), a producer (Python Event Service), Events, or Kafka Topics with a list.",
);

export const noTopicsListed = diagnostic<{ section: string }>(
  "markdown/no-topics-listed",
  "error",
  (a) => `The row Kafka Topics in ${a.section} lists no topic.`,
  () => "Begin the description with the topics, commas between them and a colon after the last.",
);

export const variablesWithoutProducer = diagnostic<{ section: string; variables: string }>(
  "markdown/variables-without-producer",
  "warning",
  (a) => `${a.section} lists the variables ${a.variables}, but no producer that reads them.`,
  () => "Add a row such as Python Event Service.",
);

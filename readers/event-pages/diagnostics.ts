import { diagnostic } from "../../model/index.ts";

/** All that reading a page of events can say, whatever markup it is written in. */
export const unknownType = diagnostic<{ field: string; type: string; near: string | undefined }>(
  "pages/unknown-type",
  "error",
  (a) => `The type ${a.type} of ${a.field} is not a type of this dialect.`,
  (a) =>
    a.near
      ? `Did you mean ${a.near}?`
      : 'Write string, uuid, number, bool, float, int64, timestamp, object, json, T[], map<string, T>, "a" | "b", the heading of a type on this page, or teach the word with the option `types`.',
);

export const misspeltType = diagnostic<{ field: string; type: string; meant: string }>(
  "pages/misspelt-type",
  "warning",
  (a) => `The type of ${a.field} is spelt ${a.type} and read as ${a.meant}.`,
  (a) => `Write ${a.meant}.`,
);

export const unnamedRow = diagnostic<{ table: string }>(
  "pages/unnamed-row",
  "error",
  (a) => `A row in the table of ${a.table} has no name.`,
  () => "Name the field in the Name column, or remove the row.",
);

export const missingEventType = diagnostic<{ table: string }>(
  "pages/missing-event-type",
  "error",
  (a) => `The table of ${a.table} does not say which event type it describes.`,
  () =>
    "Add a row event_type whose Type cell holds the constant in quotes; a table that is a type needs a row that names its heading.",
);

export const eventTypeNotConstant = diagnostic<{ table: string; text: string }>(
  "pages/event-type-not-constant",
  "error",
  (a) => `The event type of ${a.table} is ${a.text}, which is not one name.`,
  () => "Write it as segments with dots between them and no blanks: group.component.action.",
);

export const missingTopic = diagnostic<{ event: string }>(
  "pages/missing-topic",
  "error",
  (a) => `The event ${a.event} has no topic.`,
  () => "Write a line such as `Topic: my_topic` between the heading and the table.",
);

export const topicName = diagnostic<{ of: string; topic: string }>(
  "pages/topic-name",
  "error",
  (a) => `The topic ${a.topic} of ${a.of} is not a name that Kafka takes.`,
  () => "Use letters, digits, dots, underscores and hyphens, 249 characters at most.",
);

export const unreadTable = diagnostic<{ section: string; columns: string; near: string | undefined }>(
  "pages/unread-table",
  "warning",
  (a) => `The table in ${a.section} with the columns ${a.columns} is not read.`,
  (a) =>
    a.near
      ? `Did you mean the column ${a.near}?`
      : "Tables of events have the columns Name and Type, tables of components the columns Component and Description.",
);

export const unreadColumn = diagnostic<{ section: string; column: string }>(
  "pages/unread-column",
  "info",
  (a) => `The column ${a.column} in the table of ${a.section} is not read.`,
  () => "Teach the word with the option `columns`, or state such facts in an overlay beside the source.",
);

export const sampleSyntax = diagnostic<{ section: string; problem: string }>(
  "pages/sample-syntax",
  "error",
  (a) => `The sample in ${a.section} is not a JSON object: ${a.problem}.`,
  () => "Write one object whose keys are the fields and whose values are their types.",
);

export const sampleValue = diagnostic<{ field: string; value: string }>(
  "pages/sample-value",
  "error",
  (a) => `The value ${a.value} of ${a.field} does not say which type is meant.`,
  () =>
    'Write the name of a type as a string, a constant such as "1.0", {} for a free-form object, or a list of one type.',
);

export const unknownRow = diagnostic<{ section: string; row: string }>(
  "pages/unknown-row",
  "error",
  (a) => `The row ${a.row} in ${a.section} is no component this dialect knows.`,
  () =>
    "Rows are Kafka REST Proxy, a variable (NODE_ID), a producer (Python Event Service), Events, or Kafka Topics with a list.",
);

export const noTopicsListed = diagnostic<{ section: string }>(
  "pages/no-topics-listed",
  "error",
  (a) => `The row Kafka Topics in ${a.section} lists no topic.`,
  () => "Begin the description with the topics, commas between them and a colon after the last.",
);

export const variablesWithoutProducer = diagnostic<{ section: string; variables: string }>(
  "pages/variables-without-producer",
  "warning",
  (a) => `${a.section} lists the variables ${a.variables}, but no producer that reads them.`,
  () => "Add a row such as Python Event Service.",
);

export const rowName = diagnostic<{ table: string; name: string }>(
  "pages/row-name",
  "error",
  (a) => `The name ${a.name} in the table of ${a.table} is not one word.`,
  () => "Write the name as it is on the wire; words about it belong into the description.",
);

export const unreadMark = diagnostic<{ column: string; field: string; text: string }>(
  "pages/unread-mark",
  "warning",
  (a) => `The column for ${a.column} says ${a.text} of ${a.field}, which is neither yes nor no.`,
  () => "Write yes or no; x, a check mark, true, M or required are yes as well, -, false, O or optional are no.",
);

export const unreadValue = diagnostic<{ column: string; field: string; text: string }>(
  "pages/unread-value",
  "warning",
  (a) => `The ${a.column} ${a.text} of ${a.field} is not a value of its type.`,
  () => "Write a value of the type as JSON, a text without quotes, or nothing.",
);

export const nullWithin = diagnostic<{ field: string }>(
  "pages/null-within",
  "warning",
  (a) => `What ${a.field} holds may be null, which is not kept.`,
  () => "The model knows null for a field, and not for the items of a list or the values of a map.",
);

export const linkTarget = diagnostic<{ text: string; target: string }>(
  "pages/link-target",
  "error",
  (a) => `${a.text} leads to ${a.target}, where no type is described.`,
  () => "Lead it to a heading with a table of fields under it, and no row event_type.",
);

export const topicWithoutTable = diagnostic<{ topic: string }>(
  "pages/topic-without-table",
  "warning",
  (a) => `The topic ${a.topic} stands above no table of fields.`,
  () => "Put it between the heading of an event and its table.",
);

export const unreadSample = diagnostic<{ section: string }>(
  "pages/unread-sample",
  "warning",
  (a) => `The sample in ${a.section} has types for values, and is not read.`,
  () => "Give it a heading such as Core Event Structure or Envelope, when it is what all events share.",
);

export const typeOption = diagnostic<{ word: string; expression: string }>(
  "pages/type-option",
  "error",
  (a) => `The option types says ${a.expression} for ${a.word}, which is no type expression.`,
  () => "Write one such as float64, timestamp(epoch-millis), list<string> or shop.Order.",
);

export const groupFromHeading = diagnostic<{ section: string; group: string }>(
  "pages/group-from-heading",
  "info",
  (a) => `The components of ${a.section} are the group ${a.group}, by their heading.`,
  () => "Title them X Specification or X Telemetry Specification, or name their group in the option `groups`.",
);

export const secondComponents = diagnostic<{ section: string; group: string }>(
  "pages/second-components",
  "info",
  (a) => `${a.section} has a second table of components; they are of the group ${a.group} as well.`,
  () => "Give them a heading of their own when they are not.",
);

export const noSample = diagnostic<{ section: string }>(
  "pages/no-sample",
  "info",
  (a) => `${a.section} is titled as what all events share, but holds no JSON sample.`,
  () => "Put the sample into a block of code; without one, events have no envelope.",
);

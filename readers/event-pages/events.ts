import type { Decl, Event, Message, Name, Span, Topic } from "../../model/index.ts";
import { literal, named, pascalCase } from "../../model/index.ts";
import type { RecognisedTable, Row } from "./columns.ts";
import { brief, type PageContext, stated } from "./context.ts";
import { eventTypeNotConstant, missingEventType, missingTopic, topicName } from "./diagnostics.ts";
import { readFields } from "./fields.ts";
import type { PageCell, PageParagraph, PageSection } from "./page.ts";
import { isPhrase, type PhrasesFor } from "./phrases.ts";
import { hasQuote, quoted } from "./quotes.ts";

/** The row whose value is the event's name; it may stand anywhere in the table. */
export const eventTypeField = "event_type";

/** A `Topic:` line, and where its name stands. */
export interface TopicLine {
  readonly name: string;
  readonly span: Span;
}

/** A table of fields with all that stands between it and its heading: prose, and the topic. */
export interface FieldsTable {
  readonly section: PageSection;
  readonly table: RecognisedTable;
  readonly doc: readonly string[];
  readonly topic: TopicLine | undefined;
}

/** How a table that is no event is called in messages. */
export const titleOf = ({ section, table }: FieldsTable): string => section.title || table.span.path;

/** The row that tells which event a table describes. */
export const eventTypeRow = (table: RecognisedTable): Row | undefined =>
  table.rows.find((row) => row.cell("name").text === eventTypeField);

/**
 * Turns a table of fields into an event, the message that is its payload, enums that its rows list, and its topic. An
 * event that another table has described already gives no message: the model reports the event, and that is enough.
 */
export function readEvent(
  found: FieldsTable,
  envelope: Name | undefined,
  seen: Set<Name>,
  phrasesFor: PhrasesFor,
  context: PageContext,
): readonly Decl[] {
  const { system, report } = context;
  const { section, table } = found;
  const title = titleOf(found);
  const where = eventTypeRow(table);
  const name = where && constantOf(where, title, phrasesFor, context);
  const of = name === undefined ? `${system}.${pascalCase(title)}` : `${system}.${pascalCase(name)}Body`;
  const { fields, enums } = readFields(table, {
    title,
    of,
    phrasesFor,
    context,
    constant: (field) => (field !== eventTypeField ? undefined : name === undefined ? "none" : literal(name)),
  });
  if (!where) report(missingEventType(section.title ? section.span : table.span, { table: title }));
  if (name === undefined || !where) return [];

  const topic = topicOf(name, found, context);
  const span = constantCell(where, phrasesFor).span;
  const body: Message = {
    kind: "message",
    name: of,
    system,
    fields,
    origins: stated(context, section.title ? section.span : span),
  };
  const group = name.includes(".") ? name.slice(0, name.indexOf(".")) : undefined;
  const doc = [section.title, ...found.doc].filter((part) => part !== "").join("\n\n");
  const event: Event = {
    kind: "event",
    name,
    system,
    ...(group && { group }),
    ...(topic && { topic: topic.name }),
    payload: named(`.${body.name}`),
    ...(envelope !== undefined && { envelope: { type: envelope, how: "merge" } as const }),
    ...(doc && { doc }),
    origins: stated(context, span),
  };
  const repeated = seen.has(name);
  seen.add(name);
  return [event, ...(repeated ? [] : [body, ...enums]), ...(topic ? [topic] : [])];
}

/** Reads a paragraph that is a `Topic:` line; marks around the name (bold, code) do not belong to it. */
export function readTopicLine({ text, written, span }: PageParagraph): TopicLine | undefined {
  const name = /^Topic\s*:\s*(.*)$/is.exec(text)?.[1];
  if (name === undefined) return undefined;
  const at = name === "" ? -1 : written.lastIndexOf(name);
  return { name, span: at < 0 ? span : { ...span, start: span.start + at, end: span.start + at + name.length } };
}

/** What Kafka takes as the name of a topic. */
export const isTopicName = (name: string): boolean => /^[\w.-]{1,249}$/.test(name);

function topicOf(event: Name, { section, topic, table }: FieldsTable, context: PageContext): Topic | undefined {
  const { system, report } = context;
  if (!topic || topic.name === "")
    report(missingTopic(topic?.span ?? (section.title ? section.span : table.span), { event }));
  else if (!isTopicName(topic.name)) report(topicName(topic.span, { of: event, topic: brief(topic.name) }));
  else return { kind: "topic", name: topic.name, system, transport: "kafka", origins: stated(context, topic.span) };
  return undefined;
}

function constantOf(row: Row, title: string, phrasesFor: PhrasesFor, { report }: PageContext): string | undefined {
  const cell = constantCell(row, phrasesFor);
  const value = quoted(cell.text) ?? cell.text;
  const whole = /^[^\s.]+(?:\.[^\s.]+)*$/.test(value) && !hasQuote(value) && !isPhrase(value, phrasesFor(cell));
  if (value === "") report(missingEventType(row.cell("name").span, { table: title }));
  else if (!whole) report(eventTypeNotConstant(cell.span, { table: title, text: brief(value) }));
  return whole ? value : undefined;
}

/** Documents write the constant where the type would stand, or beside a type in the description. */
function constantCell(row: Row, phrasesFor: PhrasesFor): PageCell {
  const type = row.cell("type");
  return type.text === "" || isPhrase(type.text, phrasesFor(type)) ? row.cell("description") : type;
}

import type { Paragraph } from "mdast";
import type { Event, Field, Message, Span, Topic } from "../../../model/index.ts";
import { named, pascalCase } from "../../../model/index.ts";
import type { Cell, MarkdownDocument, Section } from "../document.ts";
import { plainText, spanOf } from "../document.ts";
import type { Row } from "./columns.ts";
import { stated, type TablesContext } from "./context.ts";
import { eventTypeNotConstant, missingEventType, missingTopic, topicName, unnamedRow } from "./diagnostics.ts";
import { isTypeWord, quoted, readType } from "./type-words.ts";

/** The row whose value is the event's name; it may stand anywhere in the table. */
const eventTypeField = "event_type";

/** A `Topic:` line, and where its name stands. */
export interface TopicLine {
  readonly name: string;
  readonly span: Span;
}

/** What stands between a heading and a table: prose, and the topic. */
export interface EventContext {
  readonly section: Section;
  readonly doc: readonly string[];
  readonly topic: TopicLine | undefined;
  /** Where the table stands, for what is missing from it. */
  readonly table: Span;
  readonly envelope: string | undefined;
}

type EventRow = Row<"name" | "type" | "description">;

/** What one table of fields declares. */
export interface EventDecls {
  readonly event: Event;
  readonly body: Message;
  readonly topic?: Topic;
}

/** Turns one table of fields into an event, the message that is its payload, and its topic. */
export function readEvent(
  rows: readonly EventRow[],
  event: EventContext,
  context: TablesContext,
): EventDecls | undefined {
  const { system, report } = context;
  const title = event.section.title || event.table.path;
  const fields = rows.flatMap((row) => fieldOf(row, title, context) ?? []);
  const constant = fields.find((field) => field.name === eventTypeField)?.type;
  const name = constant?.kind === "literal" ? String(constant.value) : undefined;
  const where = rows.find((row) => row.cell("name").text === eventTypeField);
  if (!where) report(missingEventType(event.section.title ? event.section.span : event.table, { table: title }));
  if (name === undefined || !where) return undefined;

  const topic = topicOf(name, event, context);
  const span = constantCell(where).span;
  const body: Message = {
    kind: "message",
    name: `${system}.${pascalCase(name)}Body`,
    system,
    fields,
    origins: stated(event.section.title ? event.section.span : span),
  };
  const group = name.includes(".") ? name.slice(0, name.indexOf(".")) : undefined;
  const doc = [event.section.title, ...event.doc].filter((part) => part !== "").join("\n\n");
  const declared: Event = {
    kind: "event",
    name,
    system,
    ...(group && { group }),
    ...(topic && { topic: topic.name }),
    payload: named(`.${body.name}`),
    ...(event.envelope !== undefined && { envelope: { type: event.envelope, how: "merge" } as const }),
    ...(doc && { doc }),
    origins: stated(span),
  };
  return { event: declared, body, ...(topic && { topic }) };
}

/** Reads a paragraph that is a `Topic:` line; marks around the name (bold, code) do not belong to it. */
export function readTopicLine(document: MarkdownDocument, paragraph: Paragraph): TopicLine | undefined {
  const text = plainText(paragraph);
  const name = /^Topic\s*:\s*(.*)$/is.exec(text)?.[1];
  if (name === undefined) return undefined;
  const span = spanOf(document, paragraph);
  const at = name === "" ? -1 : document.text.slice(span.start, span.end).lastIndexOf(name);
  return { name, span: at < 0 ? span : { ...span, start: span.start + at, end: span.start + at + name.length } };
}

/** What Kafka takes as the name of a topic. */
export const isTopicName = (name: string): boolean => /^[\w.-]{1,249}$/.test(name);

function topicOf(
  event: string,
  { section, topic, table }: EventContext,
  { system, report }: TablesContext,
): Topic | undefined {
  if (!topic || topic.name === "")
    report(missingTopic(topic?.span ?? (section.title ? section.span : table), { event }));
  else if (!isTopicName(topic.name)) report(topicName(topic.span, { of: event, topic: topic.name }));
  else return { kind: "topic", name: topic.name, system, transport: "kafka", origins: stated(topic.span) };
  return undefined;
}

function fieldOf(row: EventRow, title: string, { report }: TablesContext): Field | undefined {
  const name = row.cell("name");
  if (name.text === "") {
    report(unnamedRow(row.span, { table: title }));
    return undefined;
  }
  const type = row.cell("type");
  const field = { name: name.text, presence: "unstated", origins: stated(name.span) } as const;
  if (name.text === eventTypeField) {
    const cell = constantCell(row);
    const value = quoted(cell.text) ?? cell.text;
    const whole = /^[^\s.]+(?:\.[^\s.]+)*$/.test(value) && !isTypeWord(value);
    if (value === "") report(missingEventType(name.span, { table: title }));
    else if (!whole) report(eventTypeNotConstant(cell.span, { table: title, text: value }));
    return whole ? { ...field, type: { kind: "literal", value } } : undefined;
  }
  const doc = row.cell("description").text;
  return {
    ...field,
    type: readType(type.text, `${name.text} in ${title}`, type.span, report),
    ...(doc && { doc }),
  };
}

/** Documents write the constant where the type would stand, or beside a type in the description. */
function constantCell(row: EventRow): Cell {
  const type = row.cell("type");
  return type.text === "" || isTypeWord(type.text) ? row.cell("description") : type;
}

import {
  type Decl,
  type Enum,
  type Event,
  type Message,
  type Name,
  namesIn,
  pascalCase,
  typesIn,
} from "../../model/index.ts";
import { componentTables, tellsMore } from "./markdown-components.ts";
import { fieldsTable, listedEnums } from "./markdown-fields.ts";
import { isListable, listSection } from "./markdown-list.ts";
import { payloadList } from "./markdown-payloads.ts";
import { code, paragraph, paragraphs } from "./markdown-text.ts";
import { titleOf, writeType } from "./markdown-types.ts";

/** A clean page, and what has no form in it. */
export interface MarkdownPage {
  readonly text: string;
  readonly left: readonly Decl[];
}

/**
 * Prints what a reader found as Markdown: the envelope as a sample, an event and its fields as a table under the event's
 * title, components as tables, and types as tables or, where names are looked for from a scope outwards, as lists.
 */
export function printMarkdown(decls: readonly Decl[], system: Name, title: string): MarkdownPage {
  const messages = new Map(decls.flatMap((decl) => (decl.kind === "message" ? [[decl.name, decl] as const] : [])));
  const printed = new Set<Decl>();
  const scoped = decls.some((decl) =>
    typesIn(decl).some((type) => type.kind === "named" && !type.name.startsWith(".")),
  );

  const envelope = decls.find((decl): decl is Message => decl.kind === "message" && isEnvelope(decl, decls, system));
  const top = envelope ? [...envelopeSection(envelope, system), ""] : [];
  if (envelope) printed.add(envelope);

  let group: string | undefined;
  const events = decls.flatMap((decl): readonly string[] => {
    if (decl.kind !== "event") return [];
    const body = bodyOf(decl, messages, system);
    if (!body) return [];
    for (const part of [decl, body, ...listedEnums(body, decls).values()]) printed.add(part);
    const heading =
      decl.group === group || decl.group === undefined ? [] : [`## EVENTS | ${decl.group.toUpperCase()}`, ""];
    group = decl.group;
    return [...heading, ...eventSection(decl, body, system, decls), ""];
  });

  const payloads = payloadList(
    decls.filter((decl) => !printed.has(decl)),
    system,
  );
  for (const decl of payloads.printed) printed.add(decl);
  const types = decls.flatMap((decl): readonly string[] => {
    if (printed.has(decl) || (decl.kind !== "message" && decl.kind !== "enum")) return [];
    if (decl.kind === "enum" ? !isListable(decl) : isMadeUp(decl)) return [];
    printed.add(decl);
    if (decl.kind === "enum" || scoped) return listSection(decl, system);
    for (const own of listedEnums(decl, decls).values()) printed.add(own);
    return [
      `## ${code(titleOf(decl.name, system))}`,
      "",
      ...paragraphs(decl.doc),
      ...fieldsTable(decl, system, decls),
      "",
    ];
  });

  const components = componentTables(decls);
  const topics = new Set(
    decls.flatMap((decl) => (decl.kind === "event" && printed.has(decl) ? (decl.topic ?? []) : [])),
  );
  const left = decls.filter(
    (decl) =>
      !printed.has(decl) &&
      decl.kind !== "component" &&
      !(decl.kind === "topic" && (tellsMore(decl) || topics.has(decl.name))),
  );
  const lines = [`# ${paragraph(title)}`, "", ...top, ...events, ...payloads.lines, ...types, ...components];
  return {
    text: `${lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trimEnd()}\n`,
    left,
  };
}

/** A message that the reader made of a list of members has no section of its own. */
const isMadeUp = (message: Message): boolean => message.origins[0]?.basis === "inferred";

const isEnvelope = (message: Message, decls: readonly Decl[], system: Name): boolean =>
  message.name === `${system}.Envelope` &&
  !decls.some(
    (decl) => decl.kind === "message" && decl.fields.some(({ type }) => namesIn(type).includes(`.${message.name}`)),
  );

function envelopeSection(envelope: Message, system: Name): readonly string[] {
  const heading = /\benvelope\b|\bevent structure\b/i.test(envelope.doc ?? "") ? (envelope.doc ?? "") : "Envelope";
  const entries = envelope.fields.map(({ name, type }) => `  ${JSON.stringify(name)}: ${sample(type)}`);
  return [`## ${paragraph(heading)}`, "", "```json", "{", entries.join(",\n"), "}", "```"];

  function sample(type: Message["fields"][number]["type"]): string {
    if (type.kind === "unstated") return "null";
    if (type.kind === "json" && type.only === "object") return "{}";
    if (type.kind === "list" && !type.unique)
      return type.item.kind === "json" && !type.item.only ? "[]" : `[${sample(type.item)}]`;
    if (type.kind === "literal" && (typeof type.value !== "string" || /^\d/.test(type.value)))
      return JSON.stringify(type.value);
    return JSON.stringify(writeType(type, { system, listed: new Map<Name, Enum>() }));
  }
}

/** The payload of an event that a table can show: its own message, with a row that says the event's name. */
function bodyOf(event: Event, messages: ReadonlyMap<Name, Message>, system: Name): Message | undefined {
  const name = `${system}.${pascalCase(event.name)}Body`;
  const body = messages.get(name);
  const [first] = namesIn(event.payload);
  if (!body || first?.replace(/^\./, "") !== name) return undefined;
  const constant = body.fields.find((field) => field.name === "event_type")?.type;
  return constant?.kind === "literal" && constant.value === event.name ? body : undefined;
}

function eventSection(event: Event, body: Message, system: Name, decls: readonly Decl[]): readonly string[] {
  const [title = event.name, ...rest] = (event.doc ?? event.name).split(/\n{2,}/);
  return [
    `### ${paragraph(title.replace(/\s*\n\s*/g, " "))}`,
    "",
    ...(event.topic === undefined ? [] : [`Topic: ${event.topic}`, ""]),
    ...rest.flatMap((text) => [paragraph(text), ""]),
    ...fieldsTable(body, system, decls),
  ];
}

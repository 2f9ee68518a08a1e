import type { Decl } from "../../../model/index.ts";
import type { MarkdownDocument, Section } from "../document.ts";
import { plainText, spanOf } from "../document.ts";
import { recogniseTable } from "./columns.ts";
import { readComponents } from "./components.ts";
import type { TablesContext } from "./context.ts";
import { envelopeName, envelopeSample, readEnvelope } from "./envelope.ts";
import { type EventDecls, readEvent, readTopicLine, type TopicLine } from "./events.ts";

export type { TablesContext } from "./context.ts";

/**
 * Reads the tables dialect: an event is a heading, a `Topic:` line and a table `Name | Type | Description` with a row
 * `event_type`; a table `Component | Description | Owner` lists producers and topics; a JSON sample is the envelope.
 */
export function readTables(
  document: MarkdownDocument,
  sections: readonly Section[],
  context: TablesContext,
): readonly Decl[] {
  const hasEnvelope = sections.some((section) => envelopeSample(section) !== undefined);
  const envelope = hasEnvelope ? envelopeName(context.system) : undefined;
  const seen = new Set<string>();
  return sections.flatMap((section) => {
    const sample = envelopeSample(section);
    const message = sample ? [readEnvelope(document, section, sample, context)] : [];
    return [...message, ...readSection(document, section, envelope, seen, context)];
  });
}

function readSection(
  document: MarkdownDocument,
  section: Section,
  envelope: string | undefined,
  seen: Set<string>,
  context: TablesContext,
): readonly Decl[] {
  const decls: Decl[] = [];
  let topic: TopicLine | undefined;
  let doc: string[] = [];
  for (const block of section.blocks) {
    if (block.type === "paragraph") {
      const line = readTopicLine(document, block);
      if (line) topic = line;
      else doc.push(plainText(block));
    } else if (block.type === "table") {
      const table = recogniseTable(document, section, block, context.report);
      if (table?.kind === "components") decls.push(...readComponents(table.rows, section, context));
      else if (table?.kind === "event") {
        const around = { section, doc, topic, table: spanOf(document, block), envelope };
        const read = readEvent(table.rows, around, context);
        if (read) decls.push(...declsOf(read, seen));
      }
      [topic, doc] = [undefined, []];
    }
  }
  return decls;
}

/** The model reports an event that is declared twice; its body declared twice would be the same finding again. */
function declsOf({ event, body, topic }: EventDecls, seen: Set<string>): readonly Decl[] {
  const repeated = seen.has(event.name);
  seen.add(event.name);
  return [event, ...(repeated ? [] : [body]), ...(topic ? [topic] : [])];
}

import type { Decl, Name } from "../../model/index.ts";
import { isTypeDecl, namesIn, typesIn } from "../../model/index.ts";
import { recogniseTable } from "./columns.ts";
import { readComponents } from "./components.ts";
import type { PageContext } from "./context.ts";
import { missingEventType, secondComponents, topicWithoutTable } from "./diagnostics.ts";
import { envelopeName, envelopeSample, readEnvelope, reportUnreadSamples } from "./envelope.ts";
import { type FieldsTable, readEvent, readTopicLine, type TopicLine, titleOf } from "./events.ts";
import type { Page, PageSection } from "./page.ts";
import { isPlain, phrasesOfPage, readPlainTable } from "./types.ts";

/**
 * Reads a page of events: an event is a heading, a `Topic:` line and a table of fields with a row `event_type`; a table of
 * fields that other rows name is a type; a table of components lists producers and topics; a JSON sample is the envelope.
 */
export function readPage({ path, sections }: Page, context: PageContext): readonly Decl[] {
  const parts = sections.map((section) => readSection(path, section, context));
  const tables = parts.flatMap((part) => part.tables);
  const phrasesFor = phrasesOfPage(sections, tables, context);
  const hasEnvelope = sections.some((section) => envelopeSample(section) !== undefined);
  const envelope = hasEnvelope ? envelopeName(context.system) : undefined;
  if (!hasEnvelope) reportUnreadSamples(sections, phrasesFor, context);

  const seen = new Set<Name>();
  const plain = new Map<FieldsTable, readonly Decl[]>();
  const decls = sections.flatMap((section, index) => {
    const sample = envelopeSample(section);
    const message = sample ? readEnvelope(section, sample, phrasesFor, context) : [];
    const events = (parts[index]?.tables ?? []).flatMap((found) => {
      if (!isPlain(found)) return readEvent(found, envelope, seen, phrasesFor, context);
      plain.set(found, readPlainTable(found, phrasesFor, context));
      return [];
    });
    return [...message, ...events, ...(parts[index]?.components ?? [])];
  });
  return [...decls, ...namedTables(plain, decls, context)];
}

/** Plain tables are types when a row names them, or when their heading is marked as the name of one. */
function namedTables(
  plain: ReadonlyMap<FieldsTable, readonly Decl[]>,
  decls: readonly Decl[],
  { report }: PageContext,
): readonly Decl[] {
  const names = new Set(
    [...decls, ...[...plain.values()].flat()]
      .filter(isTypeDecl)
      .flatMap((decl) => typesIn(decl).flatMap(namesIn))
      .map((name) => name.replace(/^\./, "")),
  );
  return [...plain].flatMap(([found, declared]) => {
    const { section } = found;
    if (section.titleIsType || declared.some((decl) => decl.kind === "message" && names.has(decl.name)))
      return declared;
    report(missingEventType(section.span, { table: titleOf(found) }));
    return [];
  });
}

/** The tables of a section with what stands above each of them. */
function readSection(path: string, section: PageSection, context: PageContext) {
  const tables: FieldsTable[] = [];
  const components: Decl[] = [];
  let topic: TopicLine | undefined;
  let doc: string[] = [];
  const drop = (): void => {
    if (topic) context.report(topicWithoutTable(topic.span, { topic: topic.name }));
    topic = undefined;
  };
  for (const block of section.blocks) {
    if (block.kind === "paragraph") {
      const line = readTopicLine(block);
      if (line) drop();
      if (line) topic = line;
      else doc.push(block.text);
    } else if (block.kind === "table") {
      const table = recogniseTable(path, section, block, context);
      if (table?.kind === "fields") tables.push({ section, table, doc, topic });
      else if (table) {
        const [first] = components;
        if (first && "group" in first && first.group)
          context.report(secondComponents(table.span, { section: section.title, group: first.group }));
        components.push(...readComponents(table.rows, section, context));
      }
      if (table?.kind !== "fields") drop();
      [topic, doc] = [undefined, []];
    }
  }
  drop();
  return { tables, components };
}

import type { Decl, Message, Name } from "../../model/index.ts";
import { jsonAny, named } from "../../model/index.ts";
import { brief, type PageContext, stated } from "./context.ts";
import { linkTarget } from "./diagnostics.ts";
import { eventTypeRow, type FieldsTable, titleOf } from "./events.ts";
import { readFields } from "./fields.ts";
import type { PageSection } from "./page.ts";
import { createPhrases, isPhrase, type Phrase, type PhrasesFor } from "./phrases.ts";

/** True for a table that may describe a type: it has no row `event_type`, and no topic. */
export const isPlain = ({ section, table, topic }: FieldsTable): boolean =>
  section.title !== "" && !topic && !eventTypeRow(table);

/** The name of the type that a section describes: its heading as it is, or its words joined. */
export function typeName(system: Name, title: string): Name {
  if (/^[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u.test(title)) return `${system}.${title}`;
  const words = title.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return `${system}.${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("") || "Type"}`;
}

/** Rows name the type of a section by its heading, or by a link to it. */
export function phrasesOfPage(
  sections: readonly PageSection[],
  tables: readonly FieldsTable[],
  context: PageContext,
): PhrasesFor {
  const { system, report } = context;
  const plain = new Set(tables.filter(isPlain).map(({ section }) => section));
  const nameable = sections.filter((section) => plain.has(section) || section.titleIsType === true);
  const phraseFor = (text: string, title: string): Phrase => ({
    text,
    type: named(`.${typeName(system, title)}`),
    exact: true,
  });
  const titles = nameable.map(({ title }) => phraseFor(title, title));
  const known = createPhrases([...context.types, ...titles]);
  const byAnchor = anchorsOf(sections);
  return (cell) => {
    const links = (cell.links ?? []).flatMap(({ text, target }): readonly Phrase[] => {
      const section = target.startsWith("#") ? byAnchor.get(target.slice(1).toLowerCase()) : undefined;
      if (section && nameable.includes(section)) return [phraseFor(text, section.title)];
      if (isPhrase(text, known)) return [];
      // A link to another page names a type that is to be found there, if that page is a source as well.
      if (!target.startsWith("#")) return [phraseFor(text, text)];
      report(linkTarget(cell.span, { text: brief(text), target: brief(target) }));
      return [{ text, type: jsonAny, exact: true }];
    });
    return links.length > 0 ? createPhrases([...links, ...context.types, ...titles]) : known;
  };
}

/** The message that a plain table describes, and the enums that its rows list. */
export function readPlainTable(
  found: FieldsTable,
  phrasesFor: PhrasesFor,
  context: PageContext,
): readonly [Message, ...Decl[]] {
  const { section, table, doc } = found;
  const of = typeName(context.system, section.title);
  const { fields, enums } = readFields(table, { title: titleOf(found), of, phrasesFor, context });
  const message: Message = {
    kind: "message",
    name: of,
    system: context.system,
    ...(doc.length > 0 && { doc: doc.join("\n\n") }),
    fields,
    origins: stated(context, section.span),
  };
  return [message, ...enums];
}

/** Headings by their anchors, as sites make them: a heading that occurs again gets a number. */
function anchorsOf(sections: readonly PageSection[]): ReadonlyMap<string, PageSection> {
  const byAnchor = new Map<string, PageSection>();
  const used = new Map<string, number>();
  for (const section of sections) {
    const plain = section.title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "");
    const anchor = plain.trim().replace(/\s/g, "-");
    const times = used.get(anchor) ?? 0;
    used.set(anchor, times + 1);
    const numbered = times === 0 ? anchor : `${anchor}-${times}`;
    if (!byAnchor.has(numbered)) byAnchor.set(numbered, section);
  }
  return byAnchor;
}

import type { RootContent } from "mdast";
import type { Decl, ReaderContext } from "../../../model/index.ts";
import type { MarkdownDocument, Section } from "../document.ts";
import { spanOf } from "../document.ts";
import { headingNotCode, listAsCode, payloadNotCode } from "./diagnostics.ts";
import { readKinds } from "./events.ts";
import { readPayloadList } from "./payload-list.ts";
import { readTypeSection } from "./type-section.ts";

/** A heading that is one name in backticks, unless a table or a sample makes it a section of another dialect. */
const isListSection = (section: Section): boolean =>
  section.titleIsCode && !section.blocks.some((block) => block.type === "table" || isSample(block));

/** Code within fences; indented code in such a section is a list that has lost its first bullet. */
const isSample = (block: RootContent): boolean => block.type === "code" && !looksLikeList(block);
const looksLikeList = (block: RootContent): boolean =>
  block.type === "code" && !block.lang && /^\s*(?:[-*+]|\d+[.)])\s/m.test(block.value);

/**
 * Reads sections in the form of lists: a payload section, whose numbered list names the kinds of events, and a section
 * per type. Declarations keep the names of their headings, `h2o.App`; what belongs into which scope is not in the
 * document, so a name that stands for two types is declared twice and an overlay tells them apart.
 */
export function readList(
  document: MarkdownDocument,
  sections: readonly Section[],
  { system, report }: Pick<ReaderContext<unknown>, "system" | "report">,
): readonly Decl[] {
  const own = sections.filter(isListSection);
  for (const section of own)
    for (const block of section.blocks) if (looksLikeList(block)) report(listAsCode(spanOf(document, block), section));
  if (!own.some(hasList)) return [];
  const names = new Set(own.filter((section) => !isPayloadList(section)).map((section) => section.title));
  for (const section of sections) if (looksLikeType(section)) report(headingNotCode(section.span, section));
  const payload = own.some(isPayloadList) ? undefined : sections.find(looksLikePayloadList);
  if (payload) report(payloadNotCode(payload.span, payload));
  return own.flatMap((section) =>
    isPayloadList(section)
      ? readKinds(readPayloadList(document, section, report), names, system, report)
      : [readTypeSection(document, section, system, report)],
  );
}

const hasList = (section: Section): boolean => section.blocks.some((block) => block.type === "list");
const isPayloadList = (section: Section): boolean =>
  section.blocks.some((block) => block.type === "list" && block.ordered === true);

/** Bullets that all begin with a name in backticks, under a heading that forgets them. */
function looksLikeType(section: Section): boolean {
  const items = section.blocks.flatMap((block) => (block.type === "list" && !block.ordered ? block.children : []));
  return (
    !section.titleIsCode &&
    items.length > 0 &&
    items.every(({ children: [first] }) => first?.type === "paragraph" && first.children[0]?.type === "inlineCode")
  );
}

/** A numbered list with bullets below its entries, under a heading that is not the name of a payload. */
const looksLikePayloadList = (section: Section): boolean =>
  section.blocks.some(
    (block) =>
      block.type === "list" &&
      block.ordered === true &&
      block.children.some((item) => item.children.some((child) => child.type === "list")),
  );

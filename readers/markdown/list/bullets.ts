import type { ListItem, PhrasingContent } from "mdast";
import type { Report, Span } from "../../../model/index.ts";
import type { MarkdownDocument, Section } from "../document.ts";
import { plainText, spanOf } from "../document.ts";
import { doubleBullet } from "./diagnostics.ts";

/** A list item: its words, what stands in further paragraphs, and the items below it. */
export interface Bullet {
  readonly words: readonly PhrasingContent[];
  readonly text: string;
  readonly notes: readonly string[];
  readonly children: readonly Bullet[];
  /** Of the words, or of the whole item when it has none. */
  readonly span: Span;
}

/** The items of all lists of one kind that stand directly in a section. */
export function bulletsOf(
  document: MarkdownDocument,
  section: Section,
  kind: "ordered" | "unordered",
  report: Report,
): readonly Bullet[] {
  return section.blocks.flatMap((block) =>
    block.type === "list" && (block.ordered ?? false) === (kind === "ordered")
      ? block.children.map((item) => readBullet(document, item, section.title, report))
      : [],
  );
}

function readBullet(document: MarkdownDocument, item: ListItem, of: string, report: Report): Bullet {
  const single = doubled(item);
  if (single) {
    const bullet = readBullet(document, single, of, report);
    const [first] = bullet.words;
    if (first) report(doubleBullet(spanOf(document, item), { of, text: plainText(first) }));
    return bullet;
  }
  const [first, ...rest] = item.children.filter((block) => block.type === "paragraph");
  const children = item.children.flatMap((block) =>
    block.type === "list" ? block.children.map((child) => readBullet(document, child, of, report)) : [],
  );
  return {
    words: first?.children ?? [],
    text: first ? plainText(first) : "",
    notes: rest.map((paragraph) => plainText(paragraph)),
    children,
    span: spanOf(document, first ?? item),
  };
}

/** `- - name` parses as a list in a list; people mean one bullet by it. */
function doubled(item: ListItem): ListItem | undefined {
  const [only, ...others] = item.children;
  return only?.type === "list" && others.length === 0 && only.children.length === 1 ? only.children[0] : undefined;
}

/** The words of a bullet before its first dash, and the nodes after it. */
export interface SplitBullet {
  readonly head: string;
  readonly tail: readonly PhrasingContent[];
}

/** Splits `Create - Contains …` at the first dash that has blanks around it. */
export function splitAtDash(words: readonly PhrasingContent[]): SplitBullet {
  for (const [index, node] of words.entries()) {
    const dash = node.type === "text" ? /\s[-–—]\s/.exec(node.value) : null;
    if (node.type !== "text" || !dash) continue;
    const before: PhrasingContent = { type: "text", value: node.value.slice(0, dash.index) };
    const after: PhrasingContent = { type: "text", value: node.value.slice(dash.index + dash[0].length).trimStart() };
    return {
      head: plainText([...words.slice(0, index), before]),
      tail: [...(after.value === "" ? [] : [after]), ...words.slice(index + 1)],
    };
  }
  return { head: plainText(words), tail: [] };
}

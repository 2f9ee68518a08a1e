import type { Heading, Nodes, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import type { Span } from "../../model/index.ts";

/** A Markdown file as a tree of sections; `root` is what stands before the first heading, all sections under it. */
export interface MarkdownDocument {
  readonly path: string;
  readonly text: string;
  readonly root: Section;
}

/** A heading with the blocks directly under it and the sections of deeper headings. */
export interface Section {
  /** The heading as plain text, empty for the root. */
  readonly title: string;
  /** Whether the heading is one piece of inline code and nothing else. */
  readonly titleIsCode: boolean;
  /** 1 to 6, 0 for the root. */
  readonly depth: number;
  /** The heading's words, without the marks that make it a heading. */
  readonly span: Span;
  readonly blocks: readonly RootContent[];
  readonly children: readonly Section[];
  readonly parent: Section | undefined;
}

/** Parses a Markdown text; nodes carry offsets into the whole text, their lines and columns are not to be used. */
export function parseDocument(path: string, text: string): MarkdownDocument {
  const root = newSection({
    title: "",
    titleIsCode: false,
    depth: 0,
    span: { path, start: 0, end: 0 },
    parent: undefined,
  });
  let current = root;
  for (const block of parseBlocks(text)) {
    if (block.type !== "heading") {
      current.blocks.push(block);
      continue;
    }
    let parent = current;
    while (parent.depth >= block.depth && parent.parent) parent = parent.parent;
    current = newSection({ ...headingTitle(path, block), depth: block.depth, parent });
    parent.children.push(current);
  }
  return { path, text, root };
}

const deepest = 100;

/** The start of the first line nested deeper than people write, where the parser's time would run away. */
export function deeplyNestedLine(text: string): number | undefined {
  for (const { 0: lead, index } of text.matchAll(/^[ \t>*+\-\d.)]{100,}/gm)) {
    const markers = lead.match(/>|[*+-](?=[ \t])|\d[.)](?=[ \t])/g)?.length ?? 0;
    const indent = lead.search(/[^ \t]|$/);
    if (markers + indent / 2 > deepest) return index;
  }
  return undefined;
}

/** All sections under one, in the order of the document, without the section itself. */
export function* sectionsUnder(section: Section): Generator<Section> {
  for (const child of section.children) {
    yield child;
    yield* sectionsUnder(child);
  }
}

/** Where a node stands in its file. */
export function spanOf(document: MarkdownDocument, node: Nodes): Span {
  return nodeSpan(document.path, node);
}

/** The words of one or more nodes without marks; a line break inside a paragraph reads as a blank. */
export function plainText(nodes: Nodes | readonly Nodes[]): string {
  const parts: string[] = [];
  const pending: Nodes[] = "length" in nodes ? [...nodes].reverse() : [nodes];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === "text" || node.type === "inlineCode" || node.type === "code") parts.push(node.value);
    else if (node.type === "break") parts.push(" ");
    else if (node.type === "image") parts.push(node.alt ?? "");
    else if ("children" in node) pending.push(...[...node.children].reverse());
  }
  const lines = parts.join("").split(/[\r\n]+/);
  return lines
    .map((line) => line.trim())
    .join(" ")
    .trim();
}

type GrowingSection = Omit<Section, "blocks" | "children" | "parent"> & {
  readonly blocks: RootContent[];
  readonly children: GrowingSection[];
  readonly parent: GrowingSection | undefined;
};

function newSection(heading: Omit<GrowingSection, "blocks" | "children">): GrowingSection {
  return { ...heading, blocks: [], children: [] };
}

function headingTitle(path: string, heading: Heading): Pick<Section, "title" | "titleIsCode" | "span"> {
  const first = heading.children.at(0);
  const last = heading.children.at(-1);
  const start = nodeSpan(path, first ?? heading).start;
  const end = nodeSpan(path, last ?? heading).end;
  return {
    title: plainText(heading),
    titleIsCode: heading.children.length === 1 && first?.type === "inlineCode",
    span: { path, start, end },
  };
}

function nodeSpan(path: string, node: Nodes): Span {
  return { path, start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

/**
 * Parses piece by piece, cut before the headings: the parser's time and memory grow faster than its input.
 * A `#` line inside fenced code or HTML is no heading, so a piece that ends in an open one is parsed again with as many
 * further pieces as it has already, which keeps the whole linear. A link finds a definition in its own piece only.
 */
function* parseBlocks(text: string): Generator<RootContent> {
  const cuts = [text.startsWith("\uFEFF") ? 1 : 0];
  for (const { index } of text.matchAll(/^#{1,6}(?=\s)/gm)) if (index > 0) cuts.push(index);
  cuts.push(text.length);
  for (let from = 0, size = 1; from + 1 < cuts.length; ) {
    const to = Math.min(from + size, cuts.length - 1);
    const start = cuts[from] ?? 0;
    const piece = text.slice(start, cuts[to]);
    const blocks = parsePiece(piece);
    if (to + 1 < cuts.length && endsOpen(piece, blocks.at(-1))) {
      size *= 2;
      continue;
    }
    for (const block of blocks) shift(block, start);
    yield* blocks;
    from = to;
    size = 1;
  }
}

function parsePiece(text: string): readonly RootContent[] {
  return fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }).children;
}

function endsOpen(piece: string, last: RootContent | undefined): boolean {
  if (last?.type === "html") return true;
  if (last?.type !== "code") return false;
  const lines = piece.slice(last.position?.start.offset, last.position?.end.offset).split(/\r\n|\r|\n/);
  const fence = /^(`{3,}|~{3,})/.exec(lines[0] ?? "")?.[0];
  const close = lines.length > 1 ? lines.at(-1)?.trim() : undefined;
  return fence !== undefined && !(close?.startsWith(fence) && /^(`+|~+)$/.test(close));
}

function shift(block: Nodes, by: number): void {
  const pending: Nodes[] = [block];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.position) {
      node.position.start.offset = (node.position.start.offset ?? 0) + by;
      node.position.end.offset = (node.position.end.offset ?? 0) + by;
    }
    if ("children" in node) pending.push(...node.children);
  }
}

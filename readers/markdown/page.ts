import type { Nodes, RootContent, Table, TableCell } from "mdast";
import type { Report, Span } from "../../model/index.ts";
import type { Page, PageBlock, PageCell, PageLink } from "../event-pages/page.ts";
import { brokenTable, unclosedCode } from "./diagnostics.ts";
import type { MarkdownDocument, Section } from "./document.ts";
import { plainText, spanOf } from "./document.ts";

/** A Markdown document as a page of text and tables. */
export function pageOf(document: MarkdownDocument, sections: readonly Section[], report: Report): Page {
  return {
    path: document.path,
    sections: sections.map(({ title, titleIsCode, span, blocks }) => ({
      title,
      titleIsType: titleIsCode,
      span,
      blocks: blocks.flatMap((block) => {
        const lost = rowOutsideTable(document, block);
        if (lost) report(brokenTable(lost, { section: title || document.path }));
        if (isUnclosed(document, block))
          report(unclosedCode(spanOf(document, block), { section: title || document.path }));
        return blockOf(document, block);
      }),
    })),
  };
}

/** The rows of a table, its header first. */
export const tableRows = (document: MarkdownDocument, table: Table): readonly (readonly PageCell[])[] =>
  table.children.map((row) => row.children.map((cell) => cellOf(document, cell)));

function blockOf(document: MarkdownDocument, block: RootContent): readonly PageBlock[] {
  const span = spanOf(document, block);
  const written = document.text.slice(span.start, span.end);
  if (block.type === "paragraph") return [{ kind: "paragraph", text: plainText(block), written, span }];
  if (block.type === "table") return [{ kind: "table", rows: tableRows(document, block), span }];
  if (block.type !== "code") return [];
  // An indented block loses its indentation, so that offsets into its text mean nothing: all of it is marked then.
  const from = written.indexOf(block.value);
  return [
    {
      kind: "code",
      language: block.lang ?? "",
      text: block.value,
      span,
      ...(from >= 0 && { textStart: span.start + from }),
    },
  ];
}

/** A line of bars in a paragraph: a table whose header or line of dashes is damaged, or a row after an empty line. */
function rowOutsideTable(document: MarkdownDocument, block: RootContent): Span | undefined {
  if (block.type !== "paragraph") return undefined;
  const { path, start, end } = spanOf(document, block);
  const row = /^[ \t>]*(\|.*\|)[ \t]*$/m.exec(document.text.slice(start, end));
  const from = row ? start + row.index + row[0].indexOf("|") : -1;
  return row?.[1] === undefined ? undefined : { path, start: from, end: from + row[1].length };
}

/** A fence that lacks its other end makes code of the rest of the file. */
function isUnclosed(document: MarkdownDocument, block: RootContent): boolean {
  if (block.type !== "code") return false;
  const { start, end } = spanOf(document, block);
  const lines = document.text.slice(start, end).split(/\r\n|\r|\n/);
  const fence = /^(`{3,}|~{3,})/.exec(lines[0] ?? "")?.[0];
  if (fence === undefined) return false;
  const close = lines.length > 1 ? (lines.at(-1) ?? "").trim() : "";
  return !(close.startsWith(fence) && /^(`+|~+)$/.test(close));
}

function cellOf(document: MarkdownDocument, cell: TableCell): PageCell {
  const links = linksIn(cell);
  const span = cellSpan(document, cell);
  const written = document.text.slice(span.start, span.end);
  // Underscores around a name make it emphasis: where nothing else stands in the cell, they are part of the name.
  const text = /^[“"]?[\w.]+[”"]?$/.test(written) ? written : cellText(cell);
  return { text, span, ...(links.length > 0 && { links }) };
}

/** The parser takes the brackets of `list<string>` for HTML, which plain text leaves out. */
function cellText(cell: TableCell): string {
  const tags = new Set(
    "a b br code del details div em font hr i img ins kbd li mark ol p pre s small span strong sub summary sup u ul".split(
      " ",
    ),
  );
  const shown = (node: Nodes): Nodes => {
    if (node.type === "html") {
      const tag = /^<\/?([a-z]+)/i.exec(node.value)?.[1]?.toLowerCase();
      return { type: "text", value: tag === "br" ? " " : tag === undefined || tags.has(tag) ? "" : node.value };
    }
    return "children" in node ? ({ ...node, children: node.children.map(shown) } as Nodes) : node;
  };
  return plainText(shown(cell));
}

function linksIn(cell: TableCell): readonly PageLink[] {
  const links: PageLink[] = [];
  const pending: Nodes[] = [cell];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === "link") links.push({ text: plainText(node), target: node.url });
    else if ("children" in node) pending.push(...node.children);
  }
  return links.filter((link) => link.text !== "");
}

/** The parser counts a cell's pipe and padding as the cell; findings should mark its words only. */
function cellSpan(document: MarkdownDocument, cell: Nodes): Span {
  const { path, start, end } = spanOf(document, cell);
  const cut = document.text.slice(start, end).replace(/^\|/, " ");
  const padded = cut.endsWith("|") && !cut.endsWith("\\|") ? cut.slice(0, -1) : cut;
  const from = start + cut.length - cut.trimStart().length;
  return { path, start: from, end: Math.max(from, start + padded.trimEnd().length) };
}

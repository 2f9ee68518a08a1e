import type { Span } from "../../model/index.ts";
import type { PageContext } from "../event-pages/context.ts";
import type { Page, PageBlock, PageCell, PageSection } from "../event-pages/page.ts";
import type { Phrases } from "../event-pages/phrases.ts";
import { isBullet, withoutBullet } from "./bullets.ts";
import { isChrome } from "./chrome.ts";
import { componentRows, looksLikeComponent, type Owners } from "./component-rows.ts";
import { blankLineInTable, pageChrome, repeatedHeader, rowsWithoutHeader } from "./diagnostics.ts";
import { fieldSplitter, fitsTable, looksLikeField, reportUnsplit } from "./field-rows.ts";
import { type Header, headerOf, nearHeader, tabbed } from "./header.ts";
import { canBeTitle, isTitle } from "./headings.ts";
import { joined, type Line, linesOf, spanOf } from "./lines.ts";
import { beginsSample, sampleLength } from "./sample-lines.ts";

/** What a page is read with beside its text. */
export interface WikiContext extends PageContext {
  readonly phrases: Phrases;
  readonly owners: Owners;
}

type GrowingSection = Omit<PageSection, "blocks"> & { readonly blocks: PageBlock[] };

/** A table whose lines are still being collected; its rows are split when all are there. */
interface OpenTable {
  readonly header: Header;
  readonly lines: Line[];
  readonly section: GrowingSection;
  readonly at: number;
}

const isTopic = ({ text }: Line): boolean => /^Topic\s*:/i.test(text);

/** Finds the sections of a pasted page, and the paragraphs, tables and samples in them. */
export function pageOf(path: string, text: string, context: WikiContext): Page {
  const { report } = context;
  const lines = linesOf(text);
  const sections: GrowingSection[] = [newSection("", { path, start: 0, end: 0 })];
  let section = sections[0] as GrowingSection;
  let last: OpenTable | undefined;
  const tables: OpenTable[] = [];
  let pending: Line[] = [];
  const headers = new Map(lines.map((line) => [line, line.text === "" ? undefined : headerOf(path, line, context)]));
  const beginsTable = (line: Line): boolean => headers.get(line) !== undefined;
  const endsSample = (line: Line): boolean => isTopic(line) || beginsTable(line) || isChrome(line.text);

  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    const header = headers.get(line);
    if (line.text === "") flush(at);
    else if (isChrome(line.text)) report(pageChrome(spanOf(path, line), { text: line.text }));
    else if (beginsSample(line)) {
      flush(at);
      const size = sampleLength(lines, at, endsSample);
      addSample(lines.slice(at, at + size));
      at += size - 1;
    } else if (isTopic(line)) {
      flush(at);
      paragraph([line]);
    } else if (header) {
      flush(at);
      at = table(header, at);
    } else pending.push(line);
  }
  flush(lines.length);
  for (const open of tables) open.section.blocks[open.at] = { kind: "table", ...rowsOf(path, open, context) };
  return { path, sections };

  /** Collects the rows below a header, and gives the index of the last of them. */
  function table(header: Header, from: number): number {
    const first = open(header);
    let at = from + 1;
    for (; at < lines.length; at++) {
      const line = lines[at] as Line;
      const again = headers.get(line);
      if (isChrome(line.text)) report(pageChrome(spanOf(path, line), { text: line.text }));
      else if (again?.line.text === header.line.text && again.kind !== "unknown")
        report(repeatedHeader(spanOf(path, line), { section: titleOf(section) }));
      else if (line.text === "" || isTopic(line) || beginsSample(line) || (again && again.kind !== "unknown")) break;
      else first.lines.push(line);
    }
    // A topic that slipped below the header still belongs to the table.
    const line = lines[at];
    if (line && first.lines.length === 0 && isTopic(line)) {
      section.blocks.splice(first.at, 1);
      tables.pop();
      paragraph([line]);
      return table(header, at);
    }
    return at - 1;
  }

  function open(header: Header): OpenTable {
    last = { header, lines: [], section, at: section.blocks.length };
    tables.push(last);
    section.blocks.push({ kind: "table", rows: [], span: spanOf(path, header.line) });
    return last;
  }

  /** Decides what the lines before an empty one are: titles, rows that slipped out of their table, or prose. */
  function flush(at: number): void {
    const block = pending;
    pending = [];
    const [first] = block;
    if (!first || rowsAfterBlank(block)) return;
    const lost = lostRow(block);
    if (lost) {
      const near = nearHeader(block[block.indexOf(lost) - 1], context);
      report(rowsWithoutHeader(spanOf(path, lost), { section: titleOf(section), near }));
    }
    const next = lines.slice(at, at + 4).find((line) => line.text !== "");
    const tableFollows = next !== undefined && (isTopic(next) || beginsTable(next));
    if (!lost && block.every(canBeTitle) && isTitle(first, tableFollows)) for (const line of block) title(line);
    else paragraph(block);
  }

  function title(line: Line): void {
    section = newSection(line.text, spanOf(path, line));
    sections.push(section);
    last = undefined;
  }

  function rowsAfterBlank(block: readonly Line[]): boolean {
    const [first] = block;
    if (!last || !first || last.header.kind === "unknown") return false;
    const isRow =
      last.lines.length === 0 ||
      (last.header.kind === "components"
        ? looksLikeComponent(first, context.owners)
        : fitsTable(path, first, last.header, context.phrases) ||
          (block.length === 1 && /^[a-z]\w*$/.test(first.text)));
    if (!isRow) return false;
    report(blankLineInTable(spanOf(path, first), { section: titleOf(section) }));
    last.lines.push(...block);
    return true;
  }

  function lostRow(block: readonly Line[]): Line | undefined {
    const fields = block.filter((line) => looksLikeField(line, context.phrases) !== undefined);
    const certain = fields.find((line) => looksLikeField(line, context.phrases) === "certain");
    return (
      certain ??
      (fields.length >= 2 || (fields.length === 1 && block.length === 1) ? fields[0] : undefined) ??
      block.find((line) => looksLikeComponent(line, context.owners))
    );
  }

  function paragraph(block: readonly Line[]): void {
    const groups = block.reduce<Line[][]>((all, line) => {
      if (all.length === 0 || isBullet(line.text)) all.push([line]);
      else all.at(-1)?.push(line);
      return all;
    }, []);
    for (const group of groups) {
      const { text: words, span } = joined(path, group);
      const written = text.slice(span.start, span.end);
      section.blocks.push({ kind: "paragraph", text: withoutBullet(words), written, span });
    }
  }

  function addSample(block: readonly Line[]): void {
    const { span } = joined(path, block);
    const sample = text.slice(span.start, span.end);
    section.blocks.push({ kind: "code", language: "json", text: sample, span, textStart: span.start });
  }
}

function rowsOf(path: string, { header, lines, section }: OpenTable, context: WikiContext) {
  const { cells, kind, parted, line } = header;
  const { start } = line;
  const end = lines.reduce((last, row) => Math.max(last, row.start + row.text.length), start + line.text.length);
  const title = titleOf(section) || path;
  const split = (): readonly (readonly PageCell[])[] => {
    if (parted === "tabs") return lines.map((row) => tabbed(path, row));
    if (kind === "components") return componentRows(path, header, lines, context.owners, context);
    reportUnsplit(title, header, context.report);
    return lines.map(fieldSplitter(path, header, context.phrases, context.report));
  };
  return { rows: [cells, ...split()], span: { path, start, end } };
}

const newSection = (title: string, span: Span): GrowingSection => ({ title, span, blocks: [] });
const titleOf = ({ title }: PageSection): string => title || "the page";

import type { Span } from "../../model/index.ts";

/** A document as sections with text and tables in them, whatever markup it is written in. */
export interface Page {
  readonly path: string;
  readonly sections: readonly PageSection[];
}

/** A heading and what stands directly under it. */
export interface PageSection {
  /** The heading as plain text, empty for what stands before the first one. */
  readonly title: string;
  /** True when the heading is marked as the name of a type. */
  readonly titleIsType?: boolean;
  readonly span: Span;
  readonly blocks: readonly PageBlock[];
}

/** A part of a section; lists, quotes and rules are of no account here. */
export type PageBlock = PageParagraph | PageTable | PageCode;

/** Prose, or a `Topic:` line. */
export interface PageParagraph {
  readonly kind: "paragraph";
  /** The words without marks. */
  readonly text: string;
  /** The text of the file at the span, marks included. */
  readonly written: string;
  readonly span: Span;
}

/** Rows of cells, the header first; a short row has fewer cells. */
export interface PageTable {
  readonly kind: "table";
  readonly rows: readonly (readonly PageCell[])[];
  readonly span: Span;
}

/** A piece of code or a sample. */
export interface PageCode {
  readonly kind: "code";
  readonly language: string;
  readonly text: string;
  readonly span: Span;
  /** Where the text begins in the file; absent when it does not stand there as it is. */
  readonly textStart?: number;
}

/** A cell's words, and where they stand. */
export interface PageCell {
  readonly text: string;
  readonly span: Span;
  readonly links?: readonly PageLink[];
}

/** Words of a cell that lead to another place. */
export interface PageLink {
  readonly text: string;
  readonly target: string;
}

/** A part of a cell's text, with its own place when the cell holds no marks. */
export function partOf(cell: PageCell, start: number, end: number): PageCell {
  const { path, start: from, end: to } = cell.span;
  const text = cell.text.slice(start, end);
  return { text, span: cell.text.length === to - from ? { path, start: from + start, end: from + end } : cell.span };
}

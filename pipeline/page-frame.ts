import type { Diagnostic, SourceFile, Span } from "../model/index.ts";
import { pageFrame } from "./diagnostics.ts";

/** What the page of a code host says around a file that was copied from it. */
export interface PageFrame {
  /** The lines above the file, and those below it. */
  readonly spans: readonly Span[];
  /** Where the file lies in its repository. */
  readonly path?: string;
  readonly date?: string;
  readonly lines?: number;
  readonly size?: string;
  readonly language?: string;
}

/** A text without the page it was copied from; every offset is what it was. */
export interface Unframed {
  readonly source: SourceFile;
  readonly frame?: PageFrame;
}

type Fact = Exclude<keyof PageFrame, "spans"> | "blank" | "control" | "footer";

const headerForms: readonly (readonly [Fact, RegExp])[] = [
  ["blank", /^$/],
  ["lines", /^(\d+) lines?(?: \(\d+ (?:sloc|loc)\))?(?: · (\d[\d.]* (?:Bytes|[KM]i?B)))?$/],
  ["size", /^(\d[\d.]* (?:Bytes|B|[KMG]i?B))$/],
  ["date", /^(\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?)$/],
  ["control", /^(?:Code|Raw|Blame|History|Permalink|Edit|Delete|Download|Copy|Escape|Unescape|Preview|Normal View)$/],
  ["path", /^((?:[\w.@+-]+ ?\/ ?)*[\w@+-][\w.@+-]*\.[A-Za-z]\w*)$/],
];
const languageForm = /^[A-Z][\w+#.-]*(?: [A-Z][\w+#.-]*)?$/;

const footerForms: readonly (readonly [Fact, RegExp])[] = [
  ["blank", /^$/],
  ["footer", /^(?:Powered by (?:Gitea|Forgejo)|© \d{4} GitHub, Inc\.)(?: .*)?$/],
  ["control", /^(?:Version: \S+ )?Page: \d+\w+ Template: \d+\w+$/],
  ["control", /^(?:Footer|Footer navigation|Terms|Privacy|Security|Status|Docs|Contact|API|Licenses|English)$/],
  ["control", /^(?:Manage cookies|Do not share my personal information)$/],
];

/**
 * Takes the page of a code host away from around a file: the path, date and counts above it, the imprint below it. A header
 * counts lines and tells a size, a footer names the host; short of that, the text is all the author's own. Blanks stand
 * where the page stood.
 */
export function withoutPageFrame(source: SourceFile): Unframed {
  const { path, text } = source;
  const header = readHeader(text);
  const footer = readFooter(text, header.end);
  const spans = [
    ...(header.end > 0 ? [{ path, start: 0, end: header.end }] : []),
    ...(footer < text.length ? [{ path, start: footer, end: text.length }] : []),
  ];
  if (spans.length === 0) return { source };
  const blank = (part: string): string => part.replace(/[^\r\n]/g, " ");
  const inside = text.slice(header.end, footer);
  return {
    source: { path, text: blank(text.slice(0, header.end)) + inside + blank(text.slice(footer)) },
    frame: { spans, ...header.facts },
  };
}

/** The finding that tells what was passed over, at its place in the text as it was found. */
export function pageFrameFinding(frame: PageFrame, text: string): Diagnostic {
  const [first, last] = [frame.spans[0], frame.spans[frame.spans.length - 1]];
  const inside = text.slice(first?.start === 0 ? first.end : 0, last && last.start > 0 ? last.start : text.length);
  const counted = inside === "" ? 0 : inside.replace(/\r?\n$/, "").split("\n").length;
  const span = first && { ...first, end: first.start + text.slice(first.start, first.end).trimEnd().length };
  return pageFrame(span, { ...frame, counted });
}

function readHeader(text: string): { readonly end: number; readonly facts: Omit<PageFrame, "spans"> } {
  const facts = new Map<string, string>();
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let end = 0;
  for (let line = lineAt(text, at); line && at < 2000; at = line.next, line = lineAt(text, at)) {
    const found = classify(line.text, headerForms) ?? languageAt(text, line, facts);
    if (!found || (found.fact !== "blank" && found.fact !== "control" && facts.has(found.fact))) break;
    if (found.value !== undefined) facts.set(found.fact, found.value);
    if (found.more !== undefined) facts.set("size", found.more);
    end = line.next;
  }
  if (!facts.has("lines") || !facts.has("size")) return { end: 0, facts: {} };
  const { lines, ...words } = Object.fromEntries(facts);
  return { end, facts: { ...words, lines: Number(lines) } };
}

interface Line {
  readonly text: string;
  /** Where the next one starts. */
  readonly next: number;
}

function lineAt(text: string, at: number): Line | undefined {
  if (at >= text.length) return undefined;
  const newline = text.indexOf("\n", at);
  const next = newline < 0 ? text.length : newline + 1;
  return { text: text.slice(at, next).trim(), next };
}

interface Found {
  readonly fact: Fact;
  readonly value?: string | undefined;
  readonly more?: string | undefined;
}

function classify(line: string, forms: typeof headerForms): Found | undefined {
  for (const [fact, form] of forms) {
    const match = form.exec(line);
    if (match) return { fact, value: match[1], more: match[2] };
  }
  return undefined;
}

/** The name of a language ends the header: it follows the size, and an empty line follows it. */
function languageAt(text: string, line: Line, facts: ReadonlyMap<string, string>): Found | undefined {
  const after = lineAt(text, line.next);
  if (!facts.has("size") || !languageForm.test(line.text) || (after && after.text !== "")) return undefined;
  return { fact: "language", value: line.text };
}

/** Where the footer starts; the end of the text when there is none. */
function readFooter(text: string, from: number): number {
  const starts: number[] = [];
  for (let at = from, line = lineAt(text, at); line; at = line.next, line = lineAt(text, at)) starts.push(at);
  let named = false;
  let start = text.length;
  for (let at = starts.pop(); at !== undefined; at = starts.pop()) {
    const found = classify(lineAt(text, at)?.text ?? "", footerForms);
    if (!found) break;
    named ||= found.fact === "footer";
    if (found.fact !== "blank") start = at;
  }
  return named ? start : text.length;
}

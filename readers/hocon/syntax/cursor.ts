import type { Span } from "../../../model/index.ts";
import type { HoconLimits, HoconOptions } from "./options.ts";
import type { Comment } from "./provenance.ts";
import { Token, type TokenKind, type Tokens } from "./token.ts";

/** Where the parser is in one text. */
export interface Cursor {
  readonly path: string;
  readonly text: string;
  readonly tokens: Tokens;
  readonly report: HoconOptions["report"];
  readonly limits: HoconLimits;
  /** Index of the token to be read next. */
  at: number;
  /** How deep objects, lists and path elements are nested. */
  depth: number;
  /** Indices of the tokens whose brackets are open. */
  readonly open: number[];
  /** The keys that lead here; `undefined` within a list. */
  keys: string[] | undefined;
  /** True when brackets do not match, so that nothing stands where its author sees it. */
  damaged: boolean;
  /** True when it has been said that the text ends too early. */
  endReported: boolean;
  /** The comment behind a comma that already belongs to the member before it, as a token. */
  attached: number;
}

/** The kind of the token to be read next. */
export const kindAt = (c: Cursor): TokenKind => c.tokens.kinds[c.at] ?? Token.end;
/** The offset where a token starts. */
export const startOf = (c: Cursor, token: number): number => c.tokens.starts[token] ?? c.text.length;
/** The offset where a token ends. */
export const endOf = (c: Cursor, token: number): number => c.tokens.ends[token] ?? c.text.length;
/** What a token stands for. */
export const textOf = (c: Cursor, token: number): string => c.tokens.texts[token] ?? "";
/** A stretch of the cursor's text. */
export const spanOf = (c: Cursor, start: number, end: number): Span => ({ path: c.path, start, end });
/** The span of one token. */
export const tokenSpan = (c: Cursor, token: number): Span => spanOf(c, startOf(c, token), endOf(c, token));
/** True for tokens that are text: quoted or not. */
export const isText = (kind: TokenKind): boolean => kind >= Token.unquoted && kind <= Token.block;

/** The comment that a comment token holds. */
export const commentAt = (c: Cursor, token: number): Comment => ({ text: textOf(c, token), span: tokenSpan(c, token) });

/** How a message names the token to be read next. */
export function describe(c: Cursor): string {
  const kind = kindAt(c);
  if (kind === Token.end) return "the end of the text";
  if (kind === Token.newline) return "the end of the line";
  return c.text.slice(startOf(c, c.at), endOf(c, c.at));
}

/** True for the tokens that open something: objects, lists and substitutions. */
export const opens = (kind: TokenKind): boolean =>
  kind === Token.openBrace || kind === Token.openBracket || isSubstitution(kind);
/** True for the two tokens that open a substitution. */
export const isSubstitution = (kind: TokenKind): boolean => kind === Token.substitution || kind === Token.optional;
/** True for the tokens that close something. */
export const closes = (kind: TokenKind): boolean => kind === Token.closeBrace || kind === Token.closeBracket;

/** Passes over line feeds and comments; the comments are kept. */
export function skipLines(c: Cursor, comments: Comment[]): void {
  for (;;) {
    const kind = kindAt(c);
    if (kind === Token.comment) comments.push(commentAt(c, c.at));
    else if (kind !== Token.newline) return;
    c.at++;
  }
}

/** After something unreadable: on to the comma, line end or bracket where the next thing can begin. */
export function recover(c: Cursor): void {
  for (let nested = 0; ; c.at++) {
    const kind = kindAt(c);
    if (kind === Token.end) return;
    if (nested === 0 && (kind === Token.newline || kind === Token.comma || closes(kind))) return;
    if (opens(kind)) nested++;
    else if (closes(kind)) nested--;
  }
}

/** Passes over everything up to the bracket that closes the one the cursor stands on. */
export function passOver(c: Cursor): void {
  let nested = 0;
  do {
    const kind = kindAt(c);
    if (kind === Token.end) return;
    if (opens(kind)) nested++;
    else if (closes(kind)) nested--;
    c.at++;
  } while (nested > 0);
}

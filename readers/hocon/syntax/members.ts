import { closesOuter, reportUnexpected } from "./brackets.ts";
import { type Cursor, closes, commentAt, describe, kindAt, recover, tokenSpan } from "./cursor.ts";
import { extraComma, missingSeparator } from "./diagnostics.ts";
import type { Comment } from "./provenance.ts";
import { Token, type TokenKind } from "./token.ts";

/**
 * Reads the members of an object or list up to the closing token: calls `member` where one begins, and sees to commas,
 * line ends and comments between them. `member` answers false for what it cannot read.
 */
export function parseMembers(c: Cursor, closer: TokenKind, member: (comments: Comment[]) => boolean): void {
  let comments: Comment[] = [];
  let separated: "start" | "no" | "line" | "comma" | "commas" = "start";
  let afterNewline = false;
  for (;;) {
    const kind = kindAt(c);
    if (kind === closer || kind === Token.end) return;
    if (closes(kind)) {
      if (closesOuter(c, kind)) return;
      reportUnexpected(c);
    } else if (kind === Token.newline) {
      // An empty line cuts comments off from what follows.
      if (afterNewline) comments = [];
      afterNewline = true;
      if (separated === "no") separated = "line";
      c.at++;
    } else if (kind === Token.comment) {
      if (c.at !== c.attached) comments.push(commentAt(c, c.at));
      afterNewline = false;
      c.at++;
    } else if (kind === Token.comma) {
      const follows: boolean = separated === "no" || separated === "line";
      if (!follows && separated !== "commas") c.report(extraComma(tokenSpan(c, c.at), {}));
      separated = follows ? "comma" : "commas";
      afterNewline = false;
      c.at++;
    } else {
      const follows = separated === "no";
      if (follows && kind !== Token.unreadable) c.report(missingSeparator(tokenSpan(c, c.at), { found: describe(c) }));
      if (follows || !member(comments)) recover(c);
      comments = [];
      separated = "no";
      afterNewline = false;
    }
  }
}

const none: readonly Comment[] = [];

/** The comments before a member, and the one behind it on its line, be it behind its comma. */
export function takeComments(c: Cursor, before: Comment[]): readonly Comment[] {
  const behind = kindAt(c) === Token.comma ? c.at + 1 : c.at;
  if (c.tokens.kinds[behind] === Token.comment) {
    before.push(commentAt(c, behind));
    c.attached = behind;
  }
  return before.length > 0 ? before : none;
}

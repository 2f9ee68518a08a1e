import { type Cursor, closes, describe, isSubstitution, kindAt, opens, spanOf, startOf, tokenSpan } from "./cursor.ts";
import { unclosedBrace, unexpectedClose } from "./diagnostics.ts";
import { Token, type TokenKind } from "./token.ts";

/** Says that the bracket opened at a token is not closed, where the cursor stands. At the end of a text it is said once. */
export function reportUnclosed(c: Cursor, opener: number): void {
  c.damaged = true;
  const atEnd = kindAt(c) === Token.end;
  if (atEnd && c.endReported) return;
  c.endReported ||= atEnd;
  const blamed = atEnd ? (findUnclosed(c) ?? opener) : opener;
  const noticed = atEnd
    ? { message: "The text ends here.", span: spanOf(c, c.text.length, c.text.length) }
    : { message: `Before this ${describe(c)} it should have been closed.`, span: tokenSpan(c, c.at) };
  const open = c.tokens.kinds[blamed] === Token.openBracket ? "[" : "{";
  c.report(unclosedBrace(tokenSpan(c, blamed), { open }, [noticed]));
}

/** Says that the closing bracket at the cursor has no opening one, and passes over it. */
export function reportUnexpected(c: Cursor): void {
  c.damaged = true;
  c.report(unexpectedClose(tokenSpan(c, c.at), { close: describe(c) }));
  c.at++;
}

/** True when something further out is open that a closing bracket of this kind would close. */
export function closesOuter(c: Cursor, kind: TokenKind): boolean {
  const opener = kind === Token.closeBrace ? Token.openBrace : Token.openBracket;
  return c.open.some((token) => c.tokens.kinds[token] === opener);
}

/**
 * The opening bracket that most likely lacks its closing one, as a token. Counting alone would blame the outermost, since
 * every bracket after the gap closes one level too deep; so the indentation decides: the first closing bracket that stands
 * left of the line whose bracket it closes has been taken for a missing one.
 */
function findUnclosed(c: Cursor): number | undefined {
  const open: number[] = [];
  const { kinds } = c.tokens;
  for (const [token, kind] of kinds.entries()) {
    if (opens(kind)) open.push(token);
    if (!closes(kind)) continue;
    const opener = open.pop();
    if (opener === undefined || isSubstitution(kinds[opener] ?? Token.end)) continue;
    const startsLine = kinds[token - 1] === Token.newline;
    if (startsLine && indentation(c, token) < indentation(c, opener)) return opener;
  }
  return open.findLast((token) => !isSubstitution(kinds[token] ?? Token.end));
}

/** The width of the white space that a token's line begins with. */
function indentation(c: Cursor, token: number): number {
  const line = c.text.lastIndexOf("\n", startOf(c, token) - 1) + 1;
  let at = line;
  while (c.text[at] === " " || c.text[at] === "\t") at++;
  return at - line;
}

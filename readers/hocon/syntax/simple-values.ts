import type { ScalarNode, ValueNode } from "./ast.ts";
import {
  type Cursor,
  describe,
  endOf,
  isSubstitution,
  isText,
  kindAt,
  spanOf,
  startOf,
  textOf,
  tokenSpan,
} from "./cursor.ts";
import { emptyPathElement, mixedConcatenation, unclosedSubstitution, unexpectedText } from "./diagnostics.ts";
import { readPath } from "./path-expression.ts";
import { Token } from "./token.ts";
import { isNumber } from "./tokenizer.ts";

/** Reads a run of text tokens: on one line they are one text, white space between them included. */
export function parseText(c: Cursor): ScalarNode {
  const first = c.at++;
  const start = startOf(c, first);
  let text = textOf(c, first);
  let plain = c.tokens.kinds[first] === Token.unquoted;
  if (!isText(kindAt(c))) return scalar(plain ? literalType(text) : "string", text, start, endOf(c, first));
  for (; isText(kindAt(c)); c.at++) {
    plain &&= kindAt(c) === Token.unquoted;
    if (plain) text = c.text.slice(start, endOf(c, c.at));
    else text += c.text.slice(endOf(c, c.at - 1), startOf(c, c.at)) + textOf(c, c.at);
  }
  return scalar("string", text, start, endOf(c, c.at - 1));
}

/** White space between two parts of a concatenation. */
export const blankNode = (c: Cursor, start: number, end: number): ScalarNode =>
  scalar("string", c.text.slice(start, end), start, end, true);

const scalar = (type: ScalarNode["type"], text: string, start: number, end: number, blank = false): ScalarNode => ({
  kind: "scalar",
  type,
  text,
  blank,
  start,
  end,
});

function literalType(text: string): ScalarNode["type"] {
  if (text === "true" || text === "false") return "boolean";
  if (text === "null") return "null";
  return isNumber(text) ? "number" : "string";
}

/** Reads `${path}`, `${?path}` or `${path[]}`. */
export function parseSubstitution(c: Cursor): ValueNode {
  const opener = c.at;
  const start = startOf(c, opener);
  const optional = kindAt(c) === Token.optional;
  c.at++;
  const first = c.at;
  while (isText(kindAt(c))) c.at++;
  const last = c.at;
  const list = kindAt(c) === Token.openBracket && c.tokens.kinds[c.at + 1] === Token.closeBracket;
  if (list) c.at += 2;
  if (kindAt(c) !== Token.closeBrace) {
    reportUnreadable(c, opener);
    leave(c);
    return { kind: "unknown", start, end: endOf(c, c.at - 1) };
  }
  c.at++;
  const end = endOf(c, c.at - 1);
  if (last === first) c.report(emptyPathElement(spanOf(c, start, end), { path: "" }));
  const path = last > first ? readPath(c, first, last) : undefined;
  if (!path) return { kind: "unknown", start, end };
  return { kind: "substitution", start, end, optional, list, path: path.map((element) => element.key) };
}

function reportUnreadable(c: Cursor, opener: number): void {
  const kind = kindAt(c);
  if (kind === Token.newline || kind === Token.end || kind === Token.comment)
    c.report(unclosedSubstitution(tokenSpan(c, opener), {}));
  else if (kind !== Token.unreadable)
    c.report(unexpectedText(tokenSpan(c, c.at), { found: describe(c), where: "in a substitution" }));
}

/** On to the closing brace of a substitution, or to the end of its line. */
function leave(c: Cursor): void {
  for (let nested = 1; ; c.at++) {
    const kind = kindAt(c);
    if (kind === Token.newline || kind === Token.end) return;
    if (isSubstitution(kind) || kind === Token.openBrace) nested++;
    if (kind !== Token.closeBrace || --nested > 0) continue;
    c.at++;
    return;
  }
}

/** Reports texts beside brackets: they never join, whatever the substitutions between them turn out to be. */
export function canJoin(c: Cursor, parts: readonly ValueNode[]): boolean {
  const text = parts.find((part) => part.kind === "scalar" && !part.blank);
  const bracket = parts.find((part) => part.kind === "object" || part.kind === "list");
  if (!text || !bracket) return true;
  const [left, right] = text.start < bracket.start ? [text, bracket] : [bracket, text];
  const finding = { left: partName(left), right: partName(right).toLowerCase() };
  c.report(mixedConcatenation(spanOf(c, right.start, right.end), finding));
  return false;
}

const partName = (part: ValueNode): string =>
  part.kind === "object" ? "An object" : part.kind === "list" ? "A list" : "A text";

import type { FieldNode, IncludeNode, ItemNode, ListNode, ObjectNode, ValueNode } from "./ast.ts";
import { reportUnclosed, reportUnexpected } from "./brackets.ts";
import {
  type Cursor,
  closes,
  describe,
  endOf,
  isSubstitution,
  isText,
  kindAt,
  passOver,
  recover,
  skipLines,
  spanOf,
  startOf,
  textOf,
  tokenSpan,
} from "./cursor.ts";
import * as say from "./diagnostics.ts";
import { parseInclude } from "./include-statement.ts";
import { parseMembers, takeComments } from "./members.ts";
import type { HoconLimits, HoconOptions } from "./options.ts";
import { type PathElement, readPath } from "./path-expression.ts";
import type { Comment } from "./provenance.ts";
import { blankNode, canJoin, parseSubstitution, parseText } from "./simple-values.ts";
import { Token, type TokenKind } from "./token.ts";
import { tokenize } from "./tokenizer.ts";

/** A text as a tree, its substitutions and includes unresolved. */
export interface Parsed {
  readonly root: ObjectNode | ListNode;
  readonly comments: readonly Comment[];
  /** True when brackets do not match, so that nothing stands where its author sees it. */
  readonly damaged: boolean;
}

/** Reads a whole text. What cannot be read is reported and left out, and reading goes on behind it. */
export function parse(
  path: string,
  text: string,
  limits: HoconLimits,
  options: Pick<HoconOptions, "report" | "strict">,
): Parsed {
  const c: Cursor = {
    path,
    text,
    tokens: tokenize(path, text, options),
    report: options.report,
    limits,
    at: 0,
    depth: 0,
    open: [],
    keys: [],
    damaged: false,
    endReported: false,
    attached: -1,
  };
  const comments: Comment[] = [];
  skipLines(c, comments);
  const kind = kindAt(c);
  let root: ValueNode | undefined;
  if (kind === Token.openBrace || kind === Token.openBracket) {
    root = parseBracketed(c);
    takeComments(c, comments);
    expectEnd(c);
  } else {
    c.at = 0;
    comments.length = 0;
    root = { kind: "object", start: 0, end: text.length, items: parseFields(c, Token.end) };
  }
  if (root.kind !== "object" && root.kind !== "list") root = { kind: "object", start: 0, end: text.length, items: [] };
  return { root, comments, damaged: c.damaged };
}

function expectEnd(c: Cursor): void {
  skipLines(c, []);
  const kind = kindAt(c);
  if (closes(kind)) reportUnexpected(c);
  else if (kind !== Token.end && kind !== Token.unreadable)
    c.report(
      say.unexpectedText(tokenSpan(c, c.at), { found: describe(c), where: "behind the bracket that ends the text" }),
    );
}

/** Reads an object or a list. Beyond the depth limit it is passed over. */
function parseBracketed(c: Cursor): ValueNode {
  const opener = c.at;
  const start = startOf(c, opener);
  if (c.depth >= c.limits.depth) {
    c.report(say.tooDeep(tokenSpan(c, opener), { limit: c.limits.depth }));
    passOver(c);
    return { kind: "unknown", start, end: endOf(c, c.at - 1) };
  }
  const isObject = kindAt(c) === Token.openBrace;
  const closer = isObject ? Token.closeBrace : Token.closeBracket;
  const keys = c.keys;
  if (!isObject) c.keys = undefined;
  c.at++;
  c.depth++;
  c.open.push(opener);
  const fields = isObject ? parseFields(c, closer) : [];
  const items = isObject ? [] : parseItems(c);
  c.open.pop();
  c.depth--;
  c.keys = keys;
  if (kindAt(c) === closer) c.at++;
  else reportUnclosed(c, opener);
  const end = endOf(c, c.at - 1);
  return isObject ? { kind: "object", start, end, items: fields } : { kind: "list", start, end, items };
}

function parseItems(c: Cursor): ItemNode[] {
  const items: ItemNode[] = [];
  parseMembers(c, Token.closeBracket, (comments) => {
    const value = parseValue(c);
    if (!value) {
      c.report(say.unexpectedText(tokenSpan(c, c.at), { found: describe(c), where: "in a list" }));
      return false;
    }
    items.push({ value, comments: takeComments(c, comments) });
    return true;
  });
  return items;
}

function parseFields(c: Cursor, closer: TokenKind): (FieldNode | IncludeNode)[] {
  const items: (FieldNode | IncludeNode)[] = [];
  parseMembers(c, closer, (comments) => {
    const isInclude = kindAt(c) === Token.unquoted && textOf(c, c.at) === "include";
    const item = isInclude ? parseInclude(c) : parseField(c, comments);
    if (item) items.push(item);
    return item !== undefined;
  });
  return items;
}

function parseField(c: Cursor, comments: Comment[]): FieldNode | undefined {
  const first = c.at;
  while (isText(kindAt(c))) c.at++;
  const last = c.at;
  if (last === first) return missingKey(c);
  const path = readPath(c, first, last);
  if (!path || isTooDeep(c, path)) return undefined;
  skipLines(c, comments);

  const separator = kindAt(c);
  const separated = separatesValue(separator);
  if (separator === Token.unreadable) return undefined;
  if (separated) {
    c.at++;
    const behind = c.at;
    skipLines(c, comments);
    if (c.at > behind && isField(c)) {
      // What stands on the next line is not the value but the next field.
      c.at = behind;
      return missingValue(c, first, last);
    }
  } else if (separator !== Token.openBrace) {
    c.at = last;
    return isSubstitution(kindAt(c)) ? missingKey(c) : missingValue(c, first, last);
  }

  const value = parseFieldValue(c, path);
  if (!value) return missingValue(c, first, last);
  return nest(path, value, separator === Token.append, takeComments(c, comments));
}

/** True when a field begins here: a key, and what separates it from its value. */
function isField(c: Cursor): boolean {
  let token = c.at;
  while (isText(c.tokens.kinds[token] ?? Token.end)) token++;
  const kind = c.tokens.kinds[token] ?? Token.end;
  return token > c.at && (separatesValue(kind) || kind === Token.openBrace);
}

const separatesValue = (kind: TokenKind): boolean =>
  kind === Token.colon || kind === Token.equals || kind === Token.append;

function missingKey(c: Cursor): undefined {
  const kind = kindAt(c);
  const found = describe(c);
  const span = tokenSpan(c, c.at);
  if (isSubstitution(kind)) c.report(say.unexpectedText(span, { found: "A substitution", where: "in a key" }));
  else if (kind === Token.openBrace || kind === Token.openBracket)
    c.report(say.unexpectedText(span, { found, where: "where a key is expected" }));
  else if (kind !== Token.unreadable) c.report(say.missingKey(span, { found }));
  return undefined;
}

function missingValue(c: Cursor, first: number, last: number): undefined {
  const span = spanOf(c, startOf(c, first), endOf(c, last - 1));
  if (kindAt(c) !== Token.unreadable) c.report(say.missingValue(span, { key: c.text.slice(span.start, span.end) }));
  return undefined;
}

function isTooDeep(c: Cursor, path: readonly PathElement[]): boolean {
  const { depth: limit } = c.limits;
  if (c.depth + path.length - 1 <= limit) return false;
  const [element] = path;
  c.report(say.tooDeep(spanOf(c, element?.start ?? 0, element?.end ?? 0), { limit }));
  return true;
}

function parseFieldValue(c: Cursor, path: readonly PathElement[]): ValueNode | undefined {
  c.depth += path.length - 1;
  for (const element of path) c.keys?.push(element.key);
  const value = parseValue(c);
  if (c.keys) c.keys.length -= path.length;
  c.depth -= path.length - 1;
  return value;
}

/** `a.b.c: value` is `a { b { c: value } }`. */
function nest(
  path: readonly PathElement[],
  value: ValueNode,
  append: boolean,
  comments: readonly Comment[],
): FieldNode {
  let field: FieldNode | undefined;
  for (let index = path.length - 1; index >= 0; index--) {
    const element = path[index] as PathElement;
    field = field
      ? fieldNode(element, { kind: "object", start: field.keyStart, end: value.end, items: [field] }, false, noComments)
      : fieldNode(element, value, append, comments);
  }
  return field as FieldNode;
}

const noComments: readonly Comment[] = [];

const fieldNode = (
  { key, start, end }: PathElement,
  value: ValueNode,
  append: boolean,
  comments: readonly Comment[],
): FieldNode => ({ kind: "field", key, keyStart: start, keyEnd: end, append, value, comments });

/** Reads the values that stand side by side; `undefined` where no value begins. */
function parseValue(c: Cursor): ValueNode | undefined {
  let first: ValueNode | undefined;
  let parts: ValueNode[] | undefined;
  let textEnd = -1; // the end of the part before, if white space behind it counts
  for (;;) {
    const kind = kindAt(c);
    const simple = isText(kind) || isSubstitution(kind);
    const start = startOf(c, c.at);
    let part: ValueNode;
    if (isText(kind)) part = parseText(c);
    else if (simple) part = parseSubstitution(c);
    else if (kind === Token.openBrace || kind === Token.openBracket) part = parseBracketed(c);
    else if (kind === Token.unreadable) return unreadable(c);
    else break;
    if (!first) first = part;
    else {
      parts ??= [first];
      if (simple && textEnd >= 0 && start > textEnd) parts.push(blankNode(c, textEnd, start));
      parts.push(part);
    }
    textEnd = simple ? endOf(c, c.at - 1) : -1;
  }
  if (!first || !parts) return first;
  const end = parts[parts.length - 1]?.end ?? first.end;
  return canJoin(c, parts)
    ? { kind: "concatenation", start: first.start, end, parts }
    : { kind: "unknown", start: first.start, end };
}

function unreadable(c: Cursor): ValueNode {
  const start = startOf(c, c.at);
  recover(c);
  return { kind: "unknown", start, end: Math.max(start, endOf(c, c.at - 1)) };
}

import type { Token } from "./tokens.ts";

/** Where in a statement one reads. Everything that cannot be read is thrown as an {@link Unreadable}, and told by the caller. */
export interface Cursor {
  readonly source: string;
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

/** What was expected, and where. */
export interface Unreadable {
  readonly unreadable: string;
  readonly start: number;
  readonly end: number;
}

const deepest = 200;

/** The word at the cursor, or one further on. */
export const peek = (cursor: Cursor, further = 0): Token | undefined => cursor.tokens[cursor.at + further];

/** Stops reading: a statement is read whole or not at all. */
export function stop(cursor: Cursor, expected: string): never {
  const token = peek(cursor) ?? cursor.tokens.at(-1);
  const fault: Unreadable = { unreadable: expected, start: token?.start ?? 0, end: token?.end ?? 0 };
  throw fault;
}

/** True for what {@link stop} throws. */
export const isUnreadable = (value: unknown): value is Unreadable =>
  typeof value === "object" && value !== null && "unreadable" in value;

/** True when the words at the cursor are these, in any case. */
export function looksAt(cursor: Cursor, ...words: readonly string[]): boolean {
  return words.every((word, index) => {
    const token = peek(cursor, index);
    return (token?.kind === "name" || token?.kind === "sign") && token.value.toUpperCase() === word;
  });
}

/** Passes over these words when they stand there. */
export function take(cursor: Cursor, ...words: readonly string[]): boolean {
  if (!looksAt(cursor, ...words)) return false;
  cursor.at += words.length;
  return true;
}

/** Passes over these words, which have to stand there. */
export function expect(cursor: Cursor, ...words: readonly string[]): void {
  if (!take(cursor, ...words)) stop(cursor, words.join(" "));
}

/** A name, quoted or not. */
export function readName(cursor: Cursor): string {
  const token = peek(cursor);
  if (token?.kind !== "name" && token?.kind !== "quoted") return stop(cursor, "a name");
  cursor.at++;
  return token.value;
}

/** A name that may have parts: `shop`.`orders`, or `n.a` of a nested column. */
export function readDotted(cursor: Cursor): readonly string[] {
  const parts = [readName(cursor)];
  while (take(cursor, ".")) parts.push(readName(cursor));
  return parts;
}

/** The content of a string. */
export function readString(cursor: Cursor): string {
  const token = peek(cursor);
  if (token?.kind !== "string") return stop(cursor, "a string");
  cursor.at++;
  return token.value;
}

/** Reads what may contain itself, to a depth that no honest text reaches. */
export function nested<T>(cursor: Cursor, read: () => T): T {
  if (++cursor.depth > deepest) stop(cursor, "fewer brackets in each other");
  const value = read();
  cursor.depth--;
  return value;
}

/** The words until a comma or closing bracket of this level, or until `isEnd`. */
export function until(cursor: Cursor, isEnd: () => boolean, commas = true): readonly Token[] {
  const from = cursor.at;
  let open = 0;
  for (let token = peek(cursor); token; token = peek(cursor)) {
    if (token.kind === "broken") stop(cursor, "the end of a string, a name or a comment");
    if (open === 0 && ((commas && isSign(token, ",")) || isSign(token, ")", "]", ";") || isEnd())) break;
    if (isSign(token, "(", "[", "{")) open++;
    if (isSign(token, ")", "]", "}")) open--;
    cursor.at++;
  }
  return cursor.tokens.slice(from, cursor.at);
}

const isSign = ({ kind, value }: Token, ...signs: readonly string[]): boolean =>
  kind === "sign" && signs.includes(value);

/** The words of a bracket that the cursor stands before, without the bracket. */
export function bracket(cursor: Cursor): readonly Token[] {
  expect(cursor, "(");
  const inside = until(cursor, () => false, false);
  expect(cursor, ")");
  return inside;
}

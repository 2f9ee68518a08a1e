import { type Cursor, endOf, spanOf, startOf, textOf } from "./cursor.ts";
import { emptyPathElement } from "./diagnostics.ts";
import { Token } from "./token.ts";

/** One key of a path, with its place. */
export interface PathElement {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the text tokens from `first` up to `last` (excluded) as a path: dots outside of quotes separate its elements, white
 * space within an element belongs to it. Reports a path with an empty element and returns `undefined`.
 */
export function readPath(c: Cursor, first: number, last: number): readonly PathElement[] | undefined {
  if (last - first === 1) {
    const key = textOf(c, first);
    if (c.tokens.kinds[first] !== Token.unquoted || !key.includes("."))
      return [{ key, start: startOf(c, first), end: endOf(c, first) }];
  }
  const elements: PathElement[] = [];
  let key = "";
  let quoted = false;
  let start = startOf(c, first);
  let end = start;
  let wellFormed = true;
  const finish = (): void => {
    if (key === "" && !quoted) wellFormed = false;
    elements.push({ key, start, end });
    key = "";
    quoted = false;
  };
  for (let token = first; token < last; token++) {
    const from = startOf(c, token);
    if (token > first) key += c.text.slice(endOf(c, token - 1), from);
    end = endOf(c, token);
    if (c.tokens.kinds[token] !== Token.unquoted) {
      key += textOf(c, token);
      quoted = true;
      continue;
    }
    const parts = textOf(c, token).split(".");
    let offset = from;
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        end = offset - 1;
        finish();
        start = offset;
      }
      key += part;
      offset += part.length + 1;
    }
    end = endOf(c, token);
  }
  finish();
  if (wellFormed) return elements;
  const [from, to] = [startOf(c, first), endOf(c, last - 1)];
  c.report(emptyPathElement(spanOf(c, from, to), { path: c.text.slice(from, to) }));
  return undefined;
}

/** Writes a path as it stands in a text, with quotes where they are needed. */
export const formatPath = (path: readonly string[]): string =>
  path.map((key) => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key))).join(".");

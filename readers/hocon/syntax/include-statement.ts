import type { IncludeNode } from "./ast.ts";
import { type Cursor, endOf, isText, kindAt, spanOf, startOf, textOf } from "./cursor.ts";
import { badInclude } from "./diagnostics.ts";
import { Token } from "./token.ts";

const pattern = /^(required\()?(?:(file|url|classpath)\()?$/;

/** Reads `include "name"`, `include file("name")` or `include required(…)`; the cursor stands on the word. */
export function parseInclude(c: Cursor): IncludeNode | undefined {
  const word = c.at++;
  while (kindAt(c) === Token.newline || kindAt(c) === Token.comment) c.at++;
  let opening = "";
  while (kindAt(c) === Token.unquoted) opening += textOf(c, c.at++);
  const match = pattern.exec(opening);
  const name = c.at;
  if (!match || !isText(kindAt(c))) return refuse(c, word);
  c.at++;
  let toClose = opening.split("(").length - 1;
  for (; toClose > 0 && kindAt(c) === Token.unquoted; c.at++) {
    if (!/^\)+$/.test(textOf(c, c.at))) break;
    toClose -= textOf(c, c.at).length;
  }
  if (toClose !== 0) return refuse(c, word);
  return {
    kind: "include",
    start: startOf(c, name),
    end: endOf(c, name),
    name: textOf(c, name),
    how: (match[2] as IncludeNode["how"] | undefined) ?? "plain",
    required: match[1] !== undefined,
    at: c.keys && [...c.keys],
  };
}

function refuse(c: Cursor, word: number): undefined {
  c.report(badInclude(spanOf(c, startOf(c, word), endOf(c, word)), {}));
  return undefined;
}

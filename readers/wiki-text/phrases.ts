import { jsonAny } from "../../model/index.ts";
import type { PageContext } from "../event-pages/context.ts";
import { createPhrases, type Phrases } from "../event-pages/phrases.ts";
import { headerOf } from "./header.ts";
import { canBeTitle } from "./headings.ts";
import { type Line, linesOf } from "./lines.ts";

/** The words that can end where a description begins: the known types, and the titles of tables on the same page. */
export function phrasesOfText(path: string, text: string, context: PageContext): Phrases {
  let above: Line | undefined;
  const titles = linesOf(text).flatMap((line) => {
    if (line.text === "") return [];
    const title = above && headerOf(path, line, context) ? above : undefined;
    above = canBeTitle(line) ? line : undefined;
    return title ? [{ text: title.text, type: jsonAny, exact: true }] : [];
  });
  return createPhrases([...context.types, ...titles]);
}

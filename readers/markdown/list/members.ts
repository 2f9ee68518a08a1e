import type { InlineCode, PhrasingContent } from "mdast";
import type { Span } from "../../../model/index.ts";
import type { MarkdownDocument } from "../document.ts";
import { plainText, spanOf } from "../document.ts";

/** A type or field that the payload list names as contained. */
export interface Member {
  readonly name: string;
  readonly span: Span;
}

/** What a text of the payload list says is contained. */
export interface Contents {
  readonly members: readonly Member[];
  /** The text, unless it says nothing beyond its members. */
  readonly doc: string | undefined;
  /** True when it begins with the word for containing. */
  readonly announced: boolean;
  /** Names in backticks that stand elsewhere in the text. */
  readonly others: readonly Member[];
}

const opening = /\b(?:contains|includes)(?:\s+details)?\s+$/i;
const between = /^(?:[\s,&]|and\b|details for\b)+$/;
const closing = /^\s*(?:details|data)?\s*\.?\s*$/;

/** Reads "Contains `App`, `AppInstance` & `App.Visibility` details": the unbroken row of names after the verb. */
export function readContents(document: MarkdownDocument, words: readonly PhrasingContent[]): Contents {
  const text = plainText(words);
  const isCode = (node: PhrasingContent | undefined): node is InlineCode => node?.type === "inlineCode";
  const first = words.findIndex((node, index) => {
    const before = words[index - 1];
    return isCode(node) && before?.type === "text" && opening.test(before.value);
  });
  let end = first;
  if (first >= 0) {
    while (isCode(words[end + 2]) && between.test(plainGap(words[end + 1]))) end += 2;
  }
  const member = (node: InlineCode): Member => ({ name: node.value.trim(), span: spanOf(document, node) });
  const members =
    first < 0
      ? []
      : words
          .slice(first, end + 1)
          .filter(isCode)
          .map(member);
  const others = words.filter((node, index) => isCode(node) && (first < 0 || index < first || index > end));
  const nothingElse =
    first === 1 &&
    /^(?:contains|includes)\s+(?:details\s+)?$/i.test(plainGap(words[0])) &&
    closing.test(plainText(words.slice(end + 1)));
  return {
    members,
    doc: nothingElse || text === "" ? undefined : text,
    announced: /^(?:contains|includes)\b/i.test(text),
    others: others.filter(isCode).map(member),
  };
}

const plainGap = (node: PhrasingContent | undefined): string => (node?.type === "text" ? node.value : "?");

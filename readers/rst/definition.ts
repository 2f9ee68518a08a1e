import { prose } from "../protobuf-common/comments.ts";
import { isBlank, type Line } from "./lines.ts";

/** A paragraph as it is written, line by line, without the indentation that all of a definition has. */
export interface Paragraph {
  readonly lines: readonly Line[];
  readonly text: string;
}

/** How the generator's sentence on a one-of group begins. */
export const groupSentence = /(?:Only|Precisely) one of :ref:/;

/**
 * Splits the lines below a name at empty lines, and before the sentence on a group; `head` is what of the first line belongs
 * to the text.
 */
export function paragraphsOf(definition: readonly Line[], head: (line: Line) => string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let open: { lines: Line[]; texts: string[] } | undefined;
  const close = (): void => {
    if (open) paragraphs.push({ lines: open.lines, text: open.texts.join("\n") });
    open = undefined;
  };
  const first = definition.findIndex((line) => !isBlank(line));
  for (const [index, line] of definition.entries()) {
    const text = index === first ? head(line) : line.text.replace(/^(?: {1,2}|\t)/, "");
    if (text.trim() === "") {
      close();
      continue;
    }
    if (text.search(groupSentence) === 0) close();
    open ??= { lines: [], texts: [] };
    open.lines.push(line);
    open.texts.push(text);
  }
  close();
  return paragraphs;
}

/** Paragraphs as the documentation of what they stand below. */
export function docOf(paragraphs: readonly Pick<Paragraph, "text">[]): { readonly doc?: string } {
  const doc = prose(paragraphs.map(({ text }) => text).join("\n\n"));
  return doc === "" ? {} : { doc };
}

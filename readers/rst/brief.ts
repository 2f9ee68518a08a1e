import { nearest } from "../../model/index.ts";

/** A text as a message can hold it. */
export const brief = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Names as a message can hold them. */
export const briefly = (names: readonly string[]): string =>
  [...names.slice(0, 8), ...(names.length > 8 ? ["…"] : [])].join(", ");

/** Finds what a word was probably meant to be. */
export type Suggest = (word: string, known: Iterable<string>) => string | undefined;

/** Comparing every word with every other takes long, so a document gets this many suggestions, out of so many words. */
export function suggestions(most = 100, words = 500): Suggest {
  let left = most;
  return (word, known) => (left-- > 0 && word.length < 200 ? nearest(word, [...known].slice(0, words)) : undefined);
}

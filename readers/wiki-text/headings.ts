import { isBullet } from "./bullets.ts";
import type { Line } from "./lines.ts";

/** True for a line that can be a title: short, without the mark that ends a sentence, not indented and no bullet. */
export function canBeTitle({ text, indent }: Line): boolean {
  return (
    text !== "" &&
    indent < 2 &&
    text.length <= 100 &&
    text.split(/\s+/).length <= 12 &&
    !/[.!?,;:]$/.test(text) &&
    !isBullet(text)
  );
}

/** Titles begin with a capital or a number; where a table follows at once, any line that can be a title is one. */
export const isTitle = (line: Line, tableFollows: boolean): boolean =>
  canBeTitle(line) && (tableFollows || /^["'“”‘’„«([]?[\p{Lu}\p{N}.]/u.test(line.text));

import type { SourceFile } from "../../model/index.ts";
import { columnWords } from "../event-pages/column-words.ts";
import { kindOfColumns } from "../event-pages/columns.ts";

/** A page pasted as text has headers of tables that are nothing but words, and none of the marks of Markdown. */
export function recognises({ text }: SourceFile): number {
  if (/^#{1,6}\s/m.test(text) || /^\|?\s*:?-{3,}:?\s*\|/m.test(text)) return 0;
  const header = text.split(/\r\n|\r|\n/, 20_000).some((line) =>
    kindOfColumns(
      new Set(
        line
          .trim()
          .split(/\s+/, 12)
          .map((word) => columnWords.get(word.toLowerCase())),
      ),
    ),
  );
  if (header) return 0.9;
  return /^Topic\s*:\s*\S+\s*$/im.test(text) ? 0.5 : 0;
}

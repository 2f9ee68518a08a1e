import type { SourceFile } from "../../model/index.ts";

/** Marks that mean something in Markdown and, together, in nothing else; each counts once. */
const marks: readonly (readonly [pattern: RegExp, weight: number])[] = [
  [/^ {0,3}#{1,6} +\S/m, 0.3],
  [/^ {0,3}\S[^\n]*\|[^\n]*\n {0,3}\|?[ \t]*:?-+:?[ \t]*\|/m, 0.5],
  [/^ {0,3}#{1,6} +`[^`\n]+` *$/m, 0.4],
  [/^ {0,3}(?:```|~~~)/m, 0.2],
  [/^[ \t]*[-*+] +`[^`\n]+`/m, 0.3],
  [/\[[^\]\n]+\]\([^)\n]+\)/, 0.1],
];

/** How much of a text looks like Markdown. Files of other forms have `#` for comments: they come with braces. */
export function recognises({ text }: SourceFile): number {
  const start = text.slice(0, 100_000);
  const score = marks.reduce((sum, [pattern, weight]) => sum + (pattern.test(start) ? weight : 0), 0);
  const lines = start.split("\n").filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
  const braces = lines.filter((line) => /[{[][ \t]*$|^\s*[\]}]/.test(line)).length;
  return braces * 5 > lines.length ? 0 : Math.min(1, score);
}

import type { Line } from "./lines.ts";

/** True for a line that begins a JSON object, or that is a member of one whose beginning is lost. */
export const beginsSample = ({ text }: Line): boolean => /^\{\s*(?:$|["}])/.test(text) || /^"[^"]*"\s*:/.test(text);

/** The number of lines of the JSON object that begins at a line: up to its closing brace, or as long as it looks like JSON. */
export function sampleLength(lines: readonly Line[], from: number, ends: (line: Line) => boolean): number {
  let depth = 0;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    if (!line) break;
    const next = lines.slice(at, at + 3).find(({ text }) => text !== "");
    if (at > from && (ends(line) || (line.text === "" && !/^["{}[\],]/.test(next?.text ?? "")))) return at - from;
    const bare = line.text.replace(/"(?:[^"\\]|\\.)*"/g, "");
    for (const bracket of bare.match(/[{}[\]]/g) ?? []) depth += /[{[]/.test(bracket) ? 1 : -1;
    if (depth <= 0 && /[}\]]/.test(bare) && !/,$/.test(bare)) return at - from + 1;
  }
  return lines.length - from;
}

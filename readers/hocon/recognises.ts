import type { SourceFile } from "../../model/index.ts";

/** A line of HOCON: a key and what begins its value, an include, a bracket, or an element of a list. */
const line =
  /^\s*(?:include\b.*|(?:"[^"]*"|\$\{[^}]*\}|[\w.$-])+\s*(?:\+?=|:|\{)(?:.*[^;])?|[[\]{}][[\]{},\s]*|"[^"]*",?|\$\{[^}]*\},?.*)$/;

/** How much of a text is HOCON, comments aside. */
export function recognises({ text }: SourceFile): number {
  const lines = text
    .slice(0, 100_000)
    .split(/\r?\n/)
    .map((part) => part.slice(0, 500).trimEnd())
    .filter((part) => part.trim() !== "" && !/^\s*(?:#|\/\/)/.test(part));
  const share = lines.filter((part) => line.test(part)).length / Math.max(1, lines.length);
  // Prose and tables have lines of all these forms as well, but never mostly.
  return share > 0.7 ? share : 0;
}

import type { ColumnName } from "./column-words.ts";

const yes = new Set(["yes", "y", "true", "t", "x", "✓", "✔", "✔️", "☑", "✅", "*", "always"]);
const no = new Set(["no", "n", "false", "f", "-", "–", "—", "✗", "✘", "❌", "☐", "never"]);

/** Words that answer the question of one column, and its opposite. */
const answers: Partial<Record<ColumnName, readonly [yes: ReadonlySet<string>, no: ReadonlySet<string>]>> = {
  required: [new Set(["m", "r", "required", "mandatory", "req"]), new Set(["o", "opt", "optional", "not required"])],
  optional: [new Set(["o", "opt", "optional"]), new Set(["m", "r", "required", "mandatory", "req", "not optional"])],
  nullable: [new Set(["null", "nullable"]), new Set(["not null", "non-null", "not nullable"])],
};

/** The columns that answer a question with yes or no. */
export type MarkColumn = "required" | "optional" | "nullable";

/** Reads the yes or no of a cell; `undefined` when it is neither. */
export function readMark(text: string, column: MarkColumn): boolean | undefined {
  const word = text.trim().toLowerCase();
  const [more, less] = answers[column] ?? [];
  if (yes.has(word) || more?.has(word)) return true;
  return no.has(word) || less?.has(word) ? false : undefined;
}

/** True when an empty cell of a column says no: where the filled ones hold a mark and no words, presence is the answer. */
export function emptyMeansNo(texts: readonly string[]): boolean {
  const filled = texts.filter((text) => text !== "");
  return filled.length > 0 && filled.every((text) => /^(?:[xX*]|[✓✔☑✅]\uFE0F?)$/u.test(text));
}

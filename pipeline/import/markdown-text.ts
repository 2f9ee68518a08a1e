/** A text as Markdown that reads as exactly this text. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\`*[\]<]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/&(?=#?\w+;)/g, "\\&");
}

/** A paragraph of prose: what would begin a heading, a list or a quote at the start of a line is a plain word. */
export const paragraph = (text: string): string =>
  escapeText(text)
    .split(/\r?\n/)
    .map((line) => line.replace(/^(\s*)([#>+=~|-])/, "$1\\$2").replace(/^(\s*\d+)(?=[.)])/, "$1\\"))
    .join("\n");

/** The paragraphs of a documentation, each with an empty line after it. */
export const paragraphs = (doc: string | undefined): readonly string[] =>
  (doc ?? "")
    .split(/\n{2,}/)
    .filter((text) => text !== "")
    .flatMap((text) => [paragraph(text), ""]);

/** A piece of inline code. */
export function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

/** A text as a cell can hold it: on one line. Bars are escaped when the table is laid out. */
export const cell = (text: string | undefined): string => escapeText((text ?? "").replace(/\s*\n\s*/g, " ").trim());

/** A table whose columns are as wide as their longest cell. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map((row) => row.map((text) => text.replaceAll("|", "\\|")));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], pad = " "): string =>
    `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width, pad)).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [line(head), line([], "-"), ...body.map((row) => line(row))];
}

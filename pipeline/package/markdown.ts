/**
 * Text of a document as text of a Markdown page: on one line, and nothing in it is markup, not at the start of a line
 * either. Addresses do not become links.
 */
export const escaped = (text: string): string =>
  oneLine(text)
    .replace(/[\\`*_{}[\]#|<>&~$@]|:(?=\/\/)/g, "\\$&")
    .replace(/\bwww(?=\.)/gi, "$&\\")
    .replace(/^([-+=]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));

/** A name as code. One with characters that end code or a cell is written as text instead. */
export const code = (name: string): string => {
  const text = oneLine(name);
  return text === "" || /[`|\\]/.test(text) ? escaped(text) : `\`${text}\``;
};

/** A link to a file of the package, from the page at its top. */
export const link = (text: string, path: string): string =>
  `[${text}](${path
    .split("/")
    .map((step) => encodeURIComponent(step).replace(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29")))
    .join("/")})`;

/** A table; columns of numbers end in a colon. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const names = head.map((name) => name.replace(/:$/, ""));
  return [line(names), line(head.map((name) => (name.endsWith(":") ? "---:" : "---"))), ...rows.map(line)];
}

/** A fence around text, longer than any within it. */
export function fenced(language: string, text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}

/** The first sentence of a description, cut where it is long. A paragraph is a sentence, with a full stop or without. */
export function firstSentence(doc: string | undefined, most = 140): string {
  const text = oneLine(doc?.trim().split(/\n\s*\n/, 1)[0] ?? "");
  const sentence = /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
  const signs = [...sentence];
  if (signs.length <= most) return sentence;
  const cut = signs.slice(0, most).join("");
  return `${cut.includes(" ") ? cut.slice(0, cut.lastIndexOf(" ")) : cut}…`;
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();

/** Characters that change how a line looks without being seen: controls, direction marks, zero-width spaces. */
const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A string literal of JavaScript. What cannot be seen is written as an escape. */
export const quote = (text: string): string =>
  JSON.stringify(text)
    .replace(/[\u0085\u2028\u2029]/g, unicodeEscape)
    .replace(invisible, unicodeEscape);

const unicodeEscape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A property's name as a type or object literal writes it: quoted only when it must be. */
export const propertyKey = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));

/** Text as it may stand in a comment: it cannot end it, start a tag in it, or hide anything. */
export const commentText = (text: string): string =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replace(invisible, "")
    .replaceAll("*/", "*\\/")
    .replace(/(^|[\s{])@/g, "$1\\@");

/** Text on one line of a comment. */
export const commentLine = (text: string): string => commentText(text).replace(/\s*\n\s*/g, " ");

/** A code span of TSDoc; the fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(runs.reduce((longest, run) => Math.max(longest, run.length), 0) + 1);
  return runs.length === 0 ? fence + text + fence : `${fence} ${text} ${fence}`;
}

/** Breaks lines at spaces so that each fits, keeping the breaks and the indentation that are there; `hang` indents the rest. */
export function wrap(text: string, width: number, hang = ""): readonly string[] {
  return text.split("\n").flatMap((line) => {
    let indent = /^ */.exec(line)?.[0] ?? "";
    const wrapped: string[] = [];
    let current = "";
    for (const word of line.trim().split(/ +/)) {
      if (current !== "" && indent.length + current.length + 1 + word.length > width) {
        wrapped.push(indent + current);
        indent = indent === "" ? hang : indent;
        current = word;
      } else current = current === "" ? word : `${current} ${word}`;
    }
    return [...wrapped, current === "" ? "" : indent + current];
  });
}

/** A sentence out of words: a capital first, a full stop last. */
export const sentence = (words: string): string =>
  words === "" ? "" : `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;

/** A word of SQL, with its place. */
export interface Token {
  /** `name` is bare, `quoted` stood in backticks or double quotes. */
  readonly kind: "name" | "quoted" | "string" | "number" | "sign" | "broken";
  /** The name, the content of the string, or the text itself. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const blank = /(?:\s|--[^\n]*|#[! ][^\n]*|\/\*[\s\S]*?\*\/)+/y;
const name = /[\p{L}_][\p{L}\p{N}_]*/uy;
const number = /0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y;
const sign = /<=>|->|::|<=|>=|!=|<>|==|\|\||[^\s]/uy;
const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "0": "\0",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
};

/** The words of a text; blanks and comments are between them. What has no end is one `broken` word. */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const gap = match(blank);
    if (gap !== undefined) {
      at += gap.length;
      continue;
    }
    const char = text[at] ?? "";
    // A comment without an end has none further on either.
    if (char === "/" && text[at + 1] === "*") {
      found.push({ kind: "broken", value: "", start: at, end: text.length });
      return found;
    }
    const token = char === "'" || char === "`" || char === '"' ? quoted(text, at) : plainToken(match, at);
    found.push(token);
    at = token.end;
  }
  return found;
}

function plainToken(match: (pattern: RegExp) => string | undefined, start: number): Token {
  for (const [kind, pattern] of [
    ["name", name],
    ["number", number],
    ["sign", sign],
  ] as const) {
    const value = match(pattern);
    if (value !== undefined) return { kind, value, start, end: start + value.length };
  }
  return { kind: "broken", value: "", start, end: start + 1 };
}

function quoted(text: string, start: number): Token {
  const quote = text[start];
  const kind = quote === "'" ? "string" : "quoted";
  let value = "";
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "\\") {
      const [read, length] = escaped(text, at + 1);
      value += read;
      at += length;
    } else if (char !== quote) value += char;
    else if (text[at + 1] === quote) {
      value += char;
      at++;
    } else return { kind, value, start, end: at + 1 };
  }
  return { kind: "broken", value, start, end: text.length };
}

/** What follows a backslash, and how long that is. Before other characters the backslash stays. */
function escaped(text: string, at: number): readonly [value: string, length: number] {
  const char = text[at] ?? "";
  const hex = char === "x" ? /^[0-9a-fA-F]{2}/.exec(text.slice(at + 1, at + 3))?.[0] : undefined;
  if (hex !== undefined) return [String.fromCharCode(Number.parseInt(hex, 16)), 3];
  const known = Object.hasOwn(escapes, char) ? escapes[char] : undefined;
  if (known !== undefined) return [known, 1];
  return ["\\'\"`/=".includes(char) && char !== "" ? char : `\\${char}`, 1];
}

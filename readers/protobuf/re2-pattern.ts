// A class, an escape, a dot, the head of a group, or any other character.
const token = /\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|\\[\s\S]|\.|\(\?(?:P?<|[\s\S])?|[\s\S]/g;
const whitespace = "\\t\\n\\f\\r ";

/**
 * A regular expression of RE2 as one of ECMAScript in Unicode mode that matches the same; `undefined` where there is none.
 * The two differ in what a dot and `\s` match, in how groups are named, and in which characters may be escaped.
 */
export function fromRe2(pattern: string): string | undefined {
  const parts = pattern.match(token) ?? [];
  const translated: string[] = [];
  for (const part of parts) {
    const whole = part.length > 1 && part.startsWith("[") ? classOf(part) : outside(part);
    if (whole === undefined) return undefined;
    translated.push(whole);
  }
  const text = translated.join("");
  try {
    new RegExp(text, "u");
    return text;
  } catch {
    return undefined;
  }
}

function outside(part: string): string | undefined {
  if (part === ".") return "[^\\n]";
  if (part === "(?P<") return "(?<";
  // Flags inside of a pattern are too young in ECMAScript to be understood everywhere.
  if (part.startsWith("(?")) return part === "(?:" || part === "(?<" ? part : undefined;
  if (part === "\\s") return `[${whitespace}]`;
  if (part === "\\S") return `[^${whitespace}]`;
  return part.startsWith("\\") ? kept(part, "bB") : part;
}

function classOf(part: string): string | undefined {
  // POSIX names, and a bracket that is a member because it comes first.
  if (/\[:|^\[\^?\]/.test(part) || part.includes("\\S")) return undefined;
  let known = true;
  const text = part.replace(/\\[\s\S]/g, (escaped) => {
    if (escaped === "\\s") return whitespace;
    const same = kept(escaped, "-");
    known &&= same !== undefined;
    return same ?? "";
  });
  return known ? text : undefined;
}

/** Signs may be escaped at will in RE2, letters mean something: those that mean the same in both are kept. */
function kept(escaped: string, also: string): string | undefined {
  const character = escaped.charAt(1);
  if (/[\^$\\.*+?()[\]{}|/]/.test(character) || also.includes(character)) return escaped;
  if (/[A-Za-z0-9]/.test(character)) return /[dDwWtnrfv]/.test(character) ? escaped : undefined;
  return character.codePointAt(0) !== undefined && /[!-~ ]/.test(character) ? character : undefined;
}

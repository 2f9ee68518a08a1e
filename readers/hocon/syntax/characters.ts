/** What a character can be part of; one bit each. */
export const Class = { unquoted: 1, number: 2, blank: 4 } as const;

/** Code units that have a meaning to the tokenizer. */
export const Code = {
  tab: 9,
  newline: 10,
  quote: 34,
  hash: 35,
  dollar: 36,
  plus: 43,
  comma: 44,
  minus: 45,
  slash: 47,
  zero: 48,
  nine: 57,
  colon: 58,
  equals: 61,
  question: 63,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  letterU: 117,
  openBrace: 123,
  closeBrace: 125,
} as const;

const reserved = '$"{}[]:=,+#`^?!@*&\\';

/** The classes of the ASCII characters. */
const ascii: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  const blank = isBlankCode(code);
  const unquoted = !blank && code !== Code.newline && !reserved.includes(character);
  const number = /[0-9eE+.-]/.test(character);
  return (unquoted ? Class.unquoted : 0) | (number ? Class.number : 0) | (blank ? Class.blank : 0);
});

/** The classes of a code unit, as bits of {@link Class}; 0 past the end of a text. */
export function classesOf(code: number): number {
  if (code < 128) return ascii[code] ?? 0;
  if (Number.isNaN(code)) return 0;
  return isBlankCode(code) ? Class.blank : Class.unquoted;
}

/** White space as HOCON means it: all of Unicode's, no-break spaces and the byte order mark; a line feed is a token of its own. */
function isBlankCode(code: number): boolean {
  if (code < 128)
    return code === 0x20 || code === 0x09 || (code >= 0x0b && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** The kinds of token; numbers, since a file has thousands of them. */
export const Token = {
  end: 0,
  newline: 1,
  comma: 2,
  colon: 3,
  equals: 4,
  append: 5,
  openBrace: 6,
  closeBrace: 7,
  openBracket: 8,
  closeBracket: 9,
  /** `${` */
  substitution: 10,
  /** `${?` */
  optional: 11,
  unquoted: 12,
  quoted: 13,
  /** `"""` */
  block: 14,
  comment: 15,
  /** Something no token begins with; it has been reported. */
  unreadable: 16,
} as const;

/** One of {@link Token}. */
export type TokenKind = (typeof Token)[keyof typeof Token];

/** The tokens of a text, in columns; white space is what lies between them. The last one is `Token.end`. */
export interface Tokens {
  readonly kinds: readonly TokenKind[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The text a token stands for: decoded, without quotes or comment marks. Empty for punctuation. */
  readonly texts: readonly string[];
}

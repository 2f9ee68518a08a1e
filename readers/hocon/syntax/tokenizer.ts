import type { Span } from "../../../model/index.ts";
import { Class, Code, classesOf } from "./characters.ts";
import { controlCharacter, reservedCharacter, unclosedString, unknownEscape } from "./diagnostics.ts";
import type { HoconOptions } from "./options.ts";
import { Token, type TokenKind, type Tokens } from "./token.ts";

/** What a number token looks like; anything else that begins like one is unquoted text. */
const numberPattern = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** True when an unquoted text that stands alone is a number. */
export function isNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  return (isDigit(first) || first === Code.minus) && numberPattern.test(text);
}

const isDigit = (code: number): boolean => code >= Code.zero && code <= Code.nine;

/** Cuts a text into tokens. What no token begins with is reported, once per line, and becomes `Token.unreadable`. */
export function tokenize(path: string, text: string, options: Pick<HoconOptions, "report" | "strict">): Tokens {
  const kinds: TokenKind[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const texts: string[] = [];
  const { report } = options;
  const length = text.length;
  let reportedUpTo = -1; // the end of the line whose reserved character has been reported
  let at = 0;

  while (at < length) {
    const code = text.charCodeAt(at);
    switch (code) {
      case Code.newline:
        punctuation(Token.newline);
        break;
      case Code.comma:
        punctuation(Token.comma);
        break;
      case Code.colon:
        punctuation(Token.colon);
        break;
      case Code.equals:
        punctuation(Token.equals);
        break;
      case Code.openBrace:
        punctuation(Token.openBrace);
        break;
      case Code.closeBrace:
        punctuation(Token.closeBrace);
        break;
      case Code.openBracket:
        punctuation(Token.openBracket);
        break;
      case Code.closeBracket:
        punctuation(Token.closeBracket);
        break;
      case Code.quote:
        if (text.startsWith('"""', at)) block();
        else quoted();
        break;
      case Code.hash:
        comment(1);
        break;
      case Code.slash:
        if (text.charCodeAt(at + 1) === Code.slash) comment(2);
        else unquoted(at);
        break;
      case Code.plus:
        if (text.charCodeAt(at + 1) === Code.equals) punctuation(Token.append, 2);
        else unreadable(at, at);
        break;
      case Code.dollar:
        if (text.charCodeAt(at + 1) !== Code.openBrace) unreadable(at, at);
        else if (text.charCodeAt(at + 2) === Code.question) punctuation(Token.optional, 3);
        else punctuation(Token.substitution, 2);
        break;
      default: {
        const classes = classesOf(code);
        if (classes & Class.blank) at++;
        else if (!(classes & Class.unquoted)) unreadable(at, at);
        else if (isDigit(code) || code === Code.minus) numberOrText();
        else unquoted(at);
      }
    }
  }
  push(Token.end, length, length, "");
  return { kinds, starts, ends, texts };

  function push(kind: TokenKind, start: number, end: number, content: string): void {
    kinds.push(kind);
    starts.push(start);
    ends.push(end);
    texts.push(content);
    at = end;
  }

  function punctuation(kind: TokenKind, width = 1): void {
    push(kind, at, at + width, "");
  }

  function span(start: number, end: number): Span {
    return { path, start, end };
  }

  /** A token from `start` up to and including the reserved character at `problem`. */
  function unreadable(start: number, problem: number): void {
    if (problem > reportedUpTo) {
      const character = String.fromCodePoint(text.codePointAt(problem) ?? 0);
      report(reservedCharacter(span(problem, problem + 1), { character }));
      const lineEnd = text.indexOf("\n", problem);
      reportedUpTo = lineEnd < 0 ? length : lineEnd;
    }
    push(Token.unreadable, start, problem + 1, "");
  }

  function unquoted(from: number): void {
    const start = at;
    let end = from;
    while (classesOf(text.charCodeAt(end)) & Class.unquoted) {
      if (text.charCodeAt(end) === Code.slash && text.charCodeAt(end + 1) === Code.slash) break;
      end++;
    }
    push(Token.unquoted, start, end, text.slice(start, end));
  }

  /** A number may hold a plus sign, which is reserved everywhere else. */
  function numberOrText(): void {
    let end = at;
    let plus = -1;
    for (let code = text.charCodeAt(end); classesOf(code) & Class.number; code = text.charCodeAt(++end))
      if (code === Code.plus && plus < 0) plus = end;
    if (plus < 0) unquoted(end);
    else if (numberPattern.test(text.slice(at, end))) push(Token.unquoted, at, end, text.slice(at, end));
    else unreadable(at, plus);
  }

  function comment(mark: number): void {
    const lineEnd = text.indexOf("\n", at);
    const end = lineEnd < 0 ? length : lineEnd;
    const last = text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    push(Token.comment, at, end, text.slice(at + mark, last));
  }

  /** Ends at the last quote of the first run of three or more. */
  function block(): void {
    const start = at;
    let end = text.indexOf('"""', start + 3);
    if (end < 0) {
      report(unclosedString(span(start, start + 3), { quote: '"""' }));
      push(Token.block, start, length, text.slice(start + 3));
      return;
    }
    end += 3;
    while (text.charCodeAt(end) === Code.quote) end++;
    push(Token.block, start, end, text.slice(start + 3, end - 3));
  }

  function quoted(): void {
    const start = at;
    let end = start + 1;
    let plain = true;
    for (; end < length; end++) {
      const code = text.charCodeAt(end);
      if (code === Code.quote) {
        const content = text.slice(start + 1, end);
        push(Token.quoted, start, end + 1, plain ? content : decode(start + 1, end));
        return;
      }
      if (code === Code.newline) break;
      if (code === Code.backslash) {
        plain = false;
        if (text.charCodeAt(end + 1) !== Code.newline) end++;
      } else if (code < 32) {
        report(controlCharacter(span(end, end + 1), { code }));
      }
    }
    report(unclosedString(span(start, start + 1), { quote: '"' }));
    // What closes the brackets of the line most likely was not meant to be text.
    const stop = start + text.slice(start, end).replace(/[\s,}\]]+$/, "").length;
    push(Token.quoted, start, stop, decode(start + 1, stop));
  }

  function decode(start: number, end: number): string {
    return text
      .slice(start, end)
      .replace(
        /\\(?:u([0-9a-fA-F]{4})|[\s\S])|\\$/g,
        (sequence: string, unicode: string | undefined, offset: number) => {
          if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
          const simple = simpleEscapes.get(sequence);
          if (simple !== undefined) return simple;
          const finding = unknownEscape(span(start + offset, start + offset + sequence.length), { escape: sequence });
          report(options.strict ? { ...finding, severity: "error" } : finding);
          return sequence;
        },
      );
  }
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\\"', '"'],
  ["\\\\", "\\"],
  ["\\/", "/"],
  ["\\b", "\b"],
  ["\\f", "\f"],
  ["\\n", "\n"],
  ["\\r", "\r"],
  ["\\t", "\t"],
]);

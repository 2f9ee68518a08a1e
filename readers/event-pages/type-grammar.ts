import { jsonAny, type MapKey, parseTypeExpression, type TypeRef } from "../../model/index.ts";
import type { Phrase, Phrases } from "./phrases.ts";
import { quotedAt } from "./quotes.ts";

/** A type as it is written, before it is decided what words that are no types mean. */
export type TypeNode =
  | { readonly kind: "phrase"; readonly phrase: Phrase; readonly written: string }
  | { readonly kind: "type"; readonly type: TypeRef }
  /** A text of at most so many characters. */
  | { readonly kind: "text"; readonly maxLength: number }
  | { readonly kind: "null" }
  | { readonly kind: "literal"; readonly value: string | number }
  /** A word that stands for no type. */
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "list"; readonly item: TypeNode; readonly unique: boolean }
  | { readonly kind: "map"; readonly key: MapKey; readonly value: TypeNode }
  | { readonly kind: "either"; readonly parts: readonly TypeNode[] }
  | { readonly kind: "values"; readonly values: readonly string[] };

/** A type, and the offset after it. */
export interface ParsedType {
  readonly node: TypeNode;
  readonly end: number;
}

const deepest = 16;
const mapKeys = new Set<string>(["string", "bool", "int32", "int64", "uint32", "uint64"] satisfies MapKey[]);

/**
 * Reads the longest type that begins at the start of a text:
 *
 *     either  = part { ("|" | "or") part }
 *     part    = "[]" part | "nullable" part | base { "[]" | "?" }
 *     base    = quoted | number | "null" | many ["of" part | "<" either ">" | "[" either "]"]
 *             | "map" "<" key "," either ">" | "map" "[" key "]" part | "optional" "<" either ">"
 *             | "enum" [":" | "("] value { "," value } | "varchar" "(" digits ")" | phrase ["(" phrase ")"] | word
 *
 * A word is taken for what it is: whoever asks decides whether words between bars are values, or no types.
 */
export function parseType(text: string, phrases: Phrases): ParsedType | undefined {
  let at = 0;

  function take(pattern: RegExp): RegExpExecArray | undefined {
    const blanks = /\s*/y;
    blanks.lastIndex = at;
    const start = at + (blanks.exec(text)?.[0].length ?? 0);
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (!match) return undefined;
    at = start + match[0].length;
    return match;
  }

  function either(depth: number): TypeNode | undefined {
    const first = part(depth);
    if (!first) return undefined;
    const parts = [first];
    for (;;) {
      const before = at;
      const bar = take(/\|{1,2}/y);
      if (!bar && !take(/or\b/iy)) break;
      const next = part(depth);
      // Prose goes on with "or" as well: only a type makes it a choice.
      if (!next || (!bar && next.kind === "word")) {
        at = before;
        break;
      }
      parts.push(next);
    }
    return parts.length === 1 ? first : { kind: "either", parts };
  }

  function part(depth: number): TypeNode | undefined {
    if (depth > deepest) return undefined;
    if (take(/\[\s*\]/y)) return list(part(depth + 1), false);
    if (take(/nullable\b(?!\s*[<[])/iy)) return orNull(part(depth + 1));
    let node = base(depth);
    while (node) {
      if (take(/\[\s*\]/y)) node = list(node, false);
      else if (take(/\?/y)) node = orNull(node);
      else break;
    }
    return node;
  }

  function base(depth: number): TypeNode | undefined {
    const value = quote();
    if (value !== undefined) return { kind: "literal", value };
    const number = take(/-?\d{1,15}(?:\.\d{1,15})?(?![\p{L}\p{N}_.-])/uy);
    if (number) return { kind: "literal", value: Number(number[0]) };
    if (take(/(?:null|nil)(?![\p{L}\p{N}_-])/iuy)) return { kind: "null" };
    const many = take(/(?:array|list|set|sequence|collection)s?(?![\p{L}\p{N}_-])/iuy);
    if (many) return items(/^set/i.test(many[0]), depth);
    if (take(/(?:map|dict|dictionary|record)(?=\s*[<[]|\s+of\s+\S+\s+to\b)/iy)) return entries(depth);
    if (take(/(?:optional|nullable|maybe)(?=\s*[<[])/iy)) return orNull(enclosed(depth));
    if (take(/(?:enum|one of)(?![\p{L}\p{N}_-])/iuy)) return values();
    const limited = take(/(?:n?varchar2?|n?char|string|text)\s*\(\s*(\d{1,9})\s*\)/iy);
    if (limited) return { kind: "text", maxLength: Number(limited[1]) };
    return phrase() ?? word();
  }

  function quote(): string | undefined {
    const before = at;
    take(/(?=\S)/y);
    const found = quotedAt(text, at);
    at = found?.end ?? before;
    return found?.value;
  }

  function items(unique: boolean, depth: number): TypeNode | undefined {
    if (take(/of\b/iy)) return list(plural(part(depth + 1)), unique);
    if (/[<[]/.test(text.slice(at).trimStart().charAt(0)) && !/^\s*\[\s*\]/.test(text.slice(at)))
      return list(enclosed(depth), unique);
    return list({ kind: "type", type: jsonAny }, unique);
  }

  /** `<X>` or `[X]`. */
  function enclosed(depth: number): TypeNode | undefined {
    const close = take(/</y) ? />/y : take(/\[/y) ? /\]/y : undefined;
    const inner = close && either(depth + 1);
    return inner && close && take(close) ? inner : undefined;
  }

  /** `<K, X>`, `[K, X]`, `[K]X` or `of K to X`. */
  function entries(depth: number): TypeNode | undefined {
    if (take(/of\b/iy)) {
      const key = mapKey();
      return key && take(/to\b/iy) ? map(key, part(depth + 1)) : undefined;
    }
    const close = take(/</y) ? />/y : take(/\[/y) ? /\]/y : undefined;
    const key = close && mapKey();
    if (!key || !close) return undefined;
    if (close.source === "\\]" && take(/\]/y)) return map(key, part(depth + 1));
    const value = take(/,/y) && either(depth + 1);
    return value && take(close) ? map(key, value) : undefined;
  }

  function mapKey(): MapKey | undefined {
    const key = phrase();
    if (key?.kind !== "phrase") return undefined;
    const { type } = key.phrase;
    return type.kind === "scalar" && mapKeys.has(type.scalar) ? (type.scalar as MapKey) : undefined;
  }

  /** The values after the word `enum`, with or without brackets around them. */
  function values(): TypeNode | undefined {
    take(/:/y);
    const open = take(/[([{]/y)?.[0];
    const found: string[] = [];
    do {
      const value = quote() ?? take(/[^\s,|()[\]{}]+/y)?.[0];
      if (value === undefined) return undefined;
      found.push(value);
    } while (take(/[,|]/y));
    const close = open === "(" ? /\)/y : open === "[" ? /\]/y : /\}/y;
    return open === undefined || take(close) ? { kind: "values", values: found } : undefined;
  }

  function phrase(): TypeNode | undefined {
    take(/(?=\S)/y);
    const found = phrases.at(text, at);
    if (!found) return undefined;
    const written = text.slice(at, at + found.text.length);
    at += found.text.length;
    const node: TypeNode = { kind: "phrase", phrase: found, written };
    // `string (uuid)`, as in tables made from OpenAPI: what stands in brackets says it more exactly.
    const before = at;
    const inner = take(/\(/y) && phrase();
    if (inner?.kind === "phrase" && take(/\)/y)) {
      const both = parseTypeExpression(`${written}(${inner.written})`);
      return both ? { kind: "type", type: both } : inner;
    }
    at = before;
    return node;
  }

  function word(): TypeNode | undefined {
    const found = take(/[^\s<>[\](){}|,?"“”]+/y);
    return found && { kind: "word", text: found[0] };
  }

  /** `array of strings`. */
  function plural(node: TypeNode | undefined): TypeNode | undefined {
    if (node?.kind !== "word" || !node.text.endsWith("s")) return node;
    const one = node.text.slice(0, -1);
    const found = phrases.at(one, 0);
    return found?.text.length === one.length ? { kind: "phrase", phrase: found, written: one } : node;
  }

  const node = either(0);
  return node && { node, end: at };
}

const list = (item: TypeNode | undefined, unique: boolean): TypeNode | undefined =>
  item && { kind: "list", item, unique };
const map = (key: MapKey, value: TypeNode | undefined): TypeNode | undefined => value && { kind: "map", key, value };
const orNull = (node: TypeNode | undefined): TypeNode | undefined =>
  node && { kind: "either", parts: [node, { kind: "null" }] };

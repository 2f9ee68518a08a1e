import type { Report, Span, TypeRef } from "../../../model/index.ts";
import {
  jsonAny,
  jsonObject,
  list,
  literal,
  map,
  nearest,
  scalar,
  timestamp,
  unstated,
  uuid,
} from "../../../model/index.ts";
import { brief } from "./context.ts";
import { misspeltType, unknownType } from "./diagnostics.ts";

/** The words a Type cell may hold. `number` keeps its unstated width, which is decided once for all sources. */
const vocabulary: ReadonlyMap<string, TypeRef> = new Map([
  ["string", scalar("string")],
  ["uuid", uuid],
  ["number", scalar("number")],
  ["bool", scalar("bool")],
  ["boolean", scalar("bool")],
  ["float", scalar("float64")],
  ["double", scalar("float64")],
  ["int", scalar("int64")],
  ["integer", scalar("int64")],
  ["int32", scalar("int32")],
  ["int64", scalar("int64")],
  ["timestamp", timestamp("rfc3339")],
  ["datetime", timestamp("rfc3339")],
  ["date-time", timestamp("rfc3339")],
  ["iso 8601 datetime", timestamp("rfc3339")],
  ["object", jsonObject],
  ["json", jsonAny],
]);

/** Slips that documents are known to hold, and what they mean. */
const misspellings: ReadonlyMap<string, string> = new Map([["timestump", "timestamp"]]);

const deepest = 16;

/** Reads a Type cell: a word, a constant in quotes, a list or a map. An empty cell leaves the type unstated. */
export function readType(text: string, field: string, span: Span, report: Report): TypeRef {
  const constant = quoted(text);
  if (constant !== undefined) return literal(constant);
  return text === "" ? unstated : typeOf(text, 0);

  function typeOf(part: string, depth: number): TypeRef {
    const word = part.trim();
    const item = /^(.+)\[\]$/s.exec(word)?.[1] ?? /^(?:list|array)\s*<(.+)>$/is.exec(word)?.[1];
    if (item !== undefined && depth < deepest) return list(typeOf(item, depth + 1));
    const value = /^map\s*<\s*string\s*,(.+)>$/is.exec(word)?.[1];
    if (value !== undefined && depth < deepest) return map(typeOf(value, depth + 1));
    return named(word);
  }

  function named(word: string): TypeRef {
    const known = vocabulary.get(word.toLowerCase());
    if (known) return known;
    const meant = misspellings.get(word.toLowerCase());
    if (meant === undefined) {
      report(unknownType(span, { field, type: brief(word), near: nearest(word, vocabulary.keys()) }));
      return jsonAny; // the finding above is enough: an unstated type would be reported again
    }
    report(misspeltType(span, { field, type: word, meant }));
    return vocabulary.get(meant) ?? unstated;
  }
}

/** True when a cell holds the name of a type that this dialect knows. */
export const isTypeWord = (text: string): boolean => vocabulary.has(text.toLowerCase());

/** The text between quotes, straight or typographic; `undefined` when there are none. */
export const quoted = (text: string): string | undefined => /^["'“”„«‘’](.*)["'“”«»‘’]$/su.exec(text)?.[1];

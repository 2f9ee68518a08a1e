import { duration, jsonAny, jsonObject, nearest, scalar, type TypeRef, timestamp, uuid } from "../../model/index.ts";
import type { PageCell } from "./page.ts";

/** Words that stand for a type. */
export interface Phrase {
  readonly text: string;
  readonly type: TypeRef;
  /** True when capitals matter, as in names. */
  readonly exact?: boolean;
  /** What was meant, for spellings that are known slips. */
  readonly meant?: string;
}

/** Finds the phrases of a vocabulary in a text. */
export interface Phrases {
  /** The longest phrase that begins at an offset and ends with a word. */
  readonly at: (text: string, offset: number) => Phrase | undefined;
  /** The phrase that a word was probably meant to be. */
  readonly near: (word: string) => string | undefined;
}

/** The phrases that one cell can use: its links stand for types as well. */
export type PhrasesFor = (cell: PageCell) => Phrases;

const text = scalar("string");
const int64 = scalar("int64");
const int32 = scalar("int32");
const float64 = scalar("float64");
const when = timestamp("rfc3339");
const millis = timestamp("epoch-millis");
const seconds = timestamp("epoch-seconds");

/**
 * Spellings of types that teams use. `number` keeps its unstated width, which is decided once for all sources. A decimal
 * is not among them: as a float64 it loses digits, as a string it is another value, so the configuration has to say.
 */
const vocabulary: ReadonlyMap<string, TypeRef> = new Map([
  ["string", text],
  ["str", text],
  ["text", text],
  ["varchar", text],
  ["char", text],
  ["uuid", uuid],
  ["guid", uuid],
  ["uri", scalar("string", { name: "uri" })],
  ["url", scalar("string", { name: "uri" })],
  ["ip", scalar("string", { name: "ip" })],
  ["ip address", scalar("string", { name: "ip" })],
  ["number", scalar("number")],
  ["bool", scalar("bool")],
  ["boolean", scalar("bool")],
  ["float", float64],
  ["double", float64],
  ["float64", float64],
  ["float32", scalar("float32")],
  ["int", int64],
  ["integer", int64],
  ["bigint", int64],
  ["long", int64],
  ["int64", int64],
  ["int32", int32],
  ["int16", int32],
  ["short", int32],
  ["smallint", int32],
  ["uint32", scalar("uint32")],
  ["uint64", scalar("uint64")],
  ["bytes", scalar("bytes")],
  ["timestamp", when],
  ["datetime", when],
  ["date-time", when],
  ["iso 8601", when],
  ["iso 8601 datetime", when],
  ["iso 8601 date-time", when],
  ["iso 8601 timestamp", when],
  ["iso 8601 string", when],
  ["iso8601", when],
  ["rfc 3339", when],
  ["rfc3339", when],
  ["epoch ms", millis],
  ["epoch millis", millis],
  ["epoch milliseconds", millis],
  ["unix ms", millis],
  ["unix millis", millis],
  ["timestamp (ms)", millis],
  ["timestamp in ms", millis],
  ["epoch s", seconds],
  ["epoch seconds", seconds],
  ["unix time", seconds],
  ["unix timestamp", seconds],
  ["unix seconds", seconds],
  ["iso 8601 duration", duration("iso8601")],
  ["duration", duration("protobuf")],
  ["object", jsonObject],
  ["json object", jsonObject],
  ["map", jsonObject],
  ["dict", jsonObject],
  ["json", jsonAny],
  ["any", jsonAny],
]);

/** Slips that documents are known to hold, and what they mean. */
const slips: ReadonlyMap<string, string> = new Map([["timestump", "timestamp"]]);

/** The known spellings, and before them what the configuration and the page itself add. */
export function createPhrases(added: readonly Phrase[]): Phrases {
  const known = [...vocabulary].map(([text, type]): Phrase => ({ text, type }));
  const slipped = [...slips].flatMap(([text, meant]): readonly Phrase[] => {
    const type = vocabulary.get(meant);
    return type ? [{ text, type, meant }] : [];
  });
  const byFirstWord = new Map<string, Phrase[]>();
  for (const phrase of [...added, ...known, ...slipped]) {
    const first = wordAt(phrase.text, 0).toLowerCase();
    const others = byFirstWord.get(first);
    if (first === "") continue;
    if (others) others.push(phrase);
    else byFirstWord.set(first, [phrase]);
  }
  // Sorting keeps the order of equals: what is added holds against what is known.
  for (const phrases of byFirstWord.values()) phrases.sort((a, b) => b.text.length - a.text.length);
  return {
    at: (text, offset) =>
      byFirstWord.get(wordAt(text, offset).toLowerCase())?.find((phrase) => standsAt(phrase, text, offset)),
    near: (word) => nearest(word, [...added.map((phrase) => phrase.text), ...vocabulary.keys()]),
  };
}

/** True when a text is a word for a type, and nothing else. */
export const isPhrase = (text: string, phrases: Phrases): boolean => phrases.at(text, 0)?.text.length === text.length;

function wordAt(text: string, offset: number): string {
  const word = /[\p{L}\p{N}_$]+/uy;
  word.lastIndex = offset;
  return word.exec(text)?.[0] ?? "";
}

function standsAt(phrase: Phrase, text: string, offset: number): boolean {
  const end = offset + phrase.text.length;
  const written = text.slice(offset, end);
  const same = phrase.exact ? written === phrase.text : written.toLowerCase() === phrase.text.toLowerCase();
  return same && (/[^\p{L}\p{N}_$]$/u.test(phrase.text) || wordAt(text, end) === "");
}

import type { Report, Span } from "../../model/index.ts";
import * as say from "./diagnostics.ts";
import type { Line } from "./lines.ts";

/** What the sample shows as the value of a field. */
export type Shown = "list" | "object" | "value";

/** A key of the sample. */
export interface SampleKey {
  readonly shown: Shown;
  readonly span: Span;
}

interface Token {
  readonly text: string;
  readonly span: Span;
}

const longest = 1_000_000;

/** Reads the JSON sample of a message: its keys in their order. What is no JSON is reported, and read as far as it goes. */
export function readSample(lines: readonly Line[], of: string, report: Report): ReadonlyMap<string, SampleKey> {
  const written = lines.filter(({ text }) => /\S/.test(text));
  const text = written.map((line) => line.text).join("\n");
  if (!isObject(text)) report(say.sampleNotJson(written[0]?.span(), { of }));
  const keys = new Map<string, SampleKey>();
  const tokens = tokensOf(written);
  let depth = 0;
  for (const [index, { text, span }] of tokens.entries()) {
    if (/^[{[]/.test(text)) depth++;
    else if (/^[}\]]/.test(text)) depth--;
    if (depth !== 1 || !text.startsWith('"') || tokens[index + 1]?.text !== ":") continue;
    const key = keyOf(text);
    if (keys.has(key)) report(say.repeatedSampleKey(span, { of, key }));
    else keys.set(key, { shown: shownAs(tokens[index + 2]?.text), span });
  }
  return keys;
}

function isObject(text: string): boolean {
  if (text.length > longest) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** No token of JSON goes over the end of a line. */
function tokensOf(lines: readonly Line[]): readonly Token[] {
  return lines.flatMap((line) =>
    [...line.text.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\]:,]|[^\s"{}[\]:,]+/g)].map(({ 0: text, index }) => ({
      text,
      span: line.span(index, index + text.length),
    })),
  );
}

function keyOf(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token.slice(1).replace(/"$/, "");
  }
}

const shownAs = (token: string | undefined): Shown =>
  token === "[" ? "list" : token === "{" || token === '"{...}"' ? "object" : "value";

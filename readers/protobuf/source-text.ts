import type { SourceFile, Span } from "../../model/index.ts";
import { createPositions, type Positions } from "./positions.ts";

/** A Protobuf text with what is needed to find places in it, whether it compiles or not. */
export interface ProtoText {
  readonly path: string;
  readonly text: string;
  /** The text with comments and string literals blanked out, every offset unchanged. */
  readonly code: string;
  readonly positions: Positions;
}

/** Prepares a text. */
export function protoText(source: SourceFile): ProtoText {
  return { ...source, code: blanked(source.text), positions: createPositions(source.text) };
}

const commentOrString = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[^\n]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])*'?/g;

const blanked = (text: string): string => text.replace(commentOrString, (match) => match.replace(/[^\n]/g, " "));

const token = /\.?[A-Za-z_][\w.]*|\d[\w.]*|"(?:\\[^\n]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])*'?|\S/y;
const importStatement = /import\s+(?:(?:public|weak|option)\s+)?(?="|')/y;

/** The token at an offset; nothing but the place itself where a line or the text ends. */
export function tokenSpan({ path, text }: ProtoText, start: number): Span {
  token.lastIndex = start;
  return { path, start, end: start + (token.exec(text)?.[0].length ?? 0) };
}

/** The quoted path of the import statement at an offset. */
export function importSpan(source: ProtoText, start: number): Span {
  importStatement.lastIndex = start;
  return tokenSpan(source, start + (importStatement.exec(source.text)?.[0].length ?? 0));
}

/** The name of the field whose number stands at an offset. */
export const nameBefore = ({ code }: ProtoText, offset: number): string | undefined =>
  /([A-Za-z_]\w*)\s*=\s*$/.exec(code.slice(Math.max(0, offset - 500), offset))?.[1];

/** The name of the field whose type stands at an offset. */
export const nameAfter = ({ code }: ProtoText, offset: number): string | undefined =>
  /^[\w.]+[\s>]+([A-Za-z_]\w*)\s*=/.exec(code.slice(offset, offset + 500))?.[1];

/** Every place where a map has values of a type of this name, in the order of the text. */
export function mapValueSpans({ path, code }: ProtoText, name: string): readonly Span[] {
  return [...code.matchAll(/\bmap\s*<\s*\w+\s*,\s*(\.?[A-Za-z_][\w.]*)\s*>/g)].flatMap((match) => {
    const value = match[1] ?? "";
    const start = match.index + match[0].lastIndexOf(value);
    return value === name ? [{ path, start, end: start + value.length }] : [];
  });
}

/** Where else a name is declared in the block around an offset, and first. */
export function declaredBeside({ path, code }: ProtoText, name: string, offset: number): Span | undefined {
  const block = enclosingBlock(code, offset);
  for (const match of code.matchAll(/([A-Za-z_]\w*)\s*[={(]/g))
    if (match[1] === name && match.index !== offset && enclosingBlock(code, match.index) === block)
      return { path, start: match.index, end: match.index + name.length };
  return undefined;
}

/** The names of the messages and enums that a text declares, without their scopes. */
export const declaredTypes = ({ code }: ProtoText): readonly string[] =>
  [...code.matchAll(/\b(?:message|enum)\s+([A-Za-z_]\w*)/g)].map((match) => match[1] ?? "");

/** The paths a text imports. */
export const importedPaths = ({ text }: ProtoText): readonly string[] =>
  [...text.matchAll(/^\s*import\s+(?:(?:public|weak|option)\s+)?["']([^"'\n]+)["']/gm)].map((match) => match[1] ?? "");

/** The offset of the brace that opens the block around an offset, -1 outside all; a oneof is no block of its own. */
function enclosingBlock(code: string, offset: number): number {
  let depth = 0;
  for (let at = offset - 1; at >= 0; at--) {
    const character = code[at];
    if (character === "}") depth++;
    else if (character === "{" && depth > 0) depth--;
    else if (character === "{" && !/\boneof\s+\w+\s*$/.test(code.slice(Math.max(0, at - 200), at))) return at;
  }
  return -1;
}

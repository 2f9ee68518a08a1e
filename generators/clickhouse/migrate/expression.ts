import { identifier, text } from "../sql.ts";
import type { Token } from "./tokens.ts";

/** An expression as somebody wrote it, and in the one form that tells whether two mean the same. */
export interface Expression {
  readonly sql: string;
  readonly canon: string;
  /** The bare and quoted names in it, which columns are among. */
  readonly names: readonly string[];
}

/** An expression of these words. `renamed` tells under which name the form has a column. */
export function expressionOf(words: readonly Token[], source: string): Expression {
  return {
    sql: words.map((word, index) => gap(words[index - 1], word) + source.slice(word.start, word.end)).join(""),
    canon: canonOf(words),
    names: words.filter(({ kind }) => kind === "name" || kind === "quoted").map(({ value }) => value),
  };
}

/** Comments between two words are left out. */
const gap = (before: Token | undefined, word: Token): string => (before && before.end < word.start ? " " : "");

/** An expression whose columns have other names. */
export function renameIn(words: readonly Token[], names: ReadonlyMap<string, string>): readonly Token[] {
  return words.map((word) => {
    const other = word.kind === "name" || word.kind === "quoted" ? names.get(word.value) : undefined;
    return other === undefined ? word : { ...word, kind: "quoted", value: other };
  });
}

/** Longer expressions are no conditions on rows. */
const mostWords = 20_000;

/**
 * The same text for `a AND (b = 1)`, `` `a` and b = 1 ``: ClickHouse prints what it has read with brackets and names of its
 * own. What this reader does not know is compared word by word.
 */
export function canonOf(words: readonly Token[]): string {
  if (words.length > mostWords) return words.map(word).join(" ");
  const reader = { words, at: 0, depth: 0 };
  const read = expression(reader, 0);
  return read !== undefined && reader.at === words.length ? read : words.map(word).join(" ");
}

interface Reader {
  readonly words: readonly Token[];
  at: number;
  depth: number;
}

function word({ kind, value }: Token): string {
  if (kind === "string") return text(value);
  if (kind === "quoted") return identifier(value);
  return kind === "name" ? identifier(value) : value;
}

/** How tightly an operator binds, and the function that it is. */
const binary: Readonly<Record<string, readonly [strength: number, name: string]>> = {
  "->": [1, "lambda"],
  OR: [2, "or"],
  AND: [3, "and"],
  "=": [5, "equals"],
  "==": [5, "equals"],
  "!=": [5, "notEquals"],
  "<>": [5, "notEquals"],
  "<": [5, "less"],
  ">": [5, "greater"],
  "<=": [5, "lessOrEquals"],
  ">=": [5, "greaterOrEquals"],
  IN: [5, "in"],
  LIKE: [5, "like"],
  ILIKE: [5, "ilike"],
  "||": [6, "concat"],
  "+": [7, "plus"],
  "-": [7, "minus"],
  "*": [8, "multiply"],
  "/": [8, "divide"],
  "%": [8, "modulo"],
  "::": [10, "CAST"],
};

const now = (reader: Reader): Token | undefined => reader.words[reader.at];
const isWord = (token: Token | undefined, ...values: readonly string[]): boolean =>
  (token?.kind === "name" || token?.kind === "sign") && values.includes(token.value.toUpperCase());

function operatorAt(reader: Reader): readonly [length: number, strength: number, name: string] | undefined {
  const token = now(reader);
  if (!token || (token.kind !== "name" && token.kind !== "sign")) return undefined;
  const next = reader.words[reader.at + 1];
  if (isWord(token, "NOT") && isWord(next, "IN", "LIKE", "ILIKE"))
    return [2, 5, `not${(next?.value ?? "")[0]?.toUpperCase()}${next?.value.slice(1).toLowerCase()}`];
  const upper = token.value.toUpperCase();
  const known = Object.hasOwn(binary, upper) ? binary[upper] : undefined;
  return known && [1, ...known];
}

function expression(reader: Reader, strength: number): string | undefined {
  if (++reader.depth > 100) return undefined;
  let left = prefix(reader);
  while (left !== undefined) {
    if (isWord(now(reader), "IS")) {
      const isNot = isWord(reader.words[reader.at + 1], "NOT");
      if (!isWord(reader.words[reader.at + (isNot ? 2 : 1)], "NULL") || strength > 5) break;
      reader.at += isNot ? 3 : 2;
      left = `${isNot ? "isNotNull" : "isNull"}(${left})`;
      continue;
    }
    const operator = operatorAt(reader);
    if (!operator || operator[1] <= strength) break;
    const [length, own, name] = operator;
    reader.at += length;
    // Only a lambda binds to the right: `a -> b -> c`.
    const right = expression(reader, name === "lambda" ? own - 1 : own);
    // `a AND b AND c` is one conjunction, however it is bracketed.
    left =
      right === undefined
        ? undefined
        : call(name, name === "and" || name === "or" ? flat(name, [left, right]) : [left, right]);
  }
  reader.depth--;
  return left;
}

const flat = (name: string, sides: readonly string[]): readonly string[] =>
  sides.map((side) => (side.startsWith(`${name}(`) ? side.slice(name.length + 1, -1) : side));
const call = (name: string, values: readonly string[]): string => `${name}(${values.join(",")})`;

function prefix(reader: Reader): string | undefined {
  const token = now(reader);
  if (!token) return undefined;
  reader.at++;
  if (isWord(token, "NOT") && !isWord(now(reader), "(", ")")) return wrap("not", expression(reader, 4));
  if (isWord(token, "NOT")) return wrap("not", expression(reader, 4));
  if (isWord(token, "-")) {
    const value = expression(reader, 9);
    return value === undefined ? undefined : /^[\d.]/.test(value) ? `-${value}` : `negate(${value})`;
  }
  if (isWord(token, "INTERVAL")) {
    const value = expression(reader, 9);
    const unit = now(reader);
    if (value === undefined || unit?.kind !== "name") return undefined;
    reader.at++;
    const name = unit.value.toLowerCase().replace(/s$/, "");
    return `toInterval${name[0]?.toUpperCase()}${name.slice(1)}(${value})`;
  }
  let value: string | undefined;
  if (isWord(token, "(")) {
    const values = list(reader, ")");
    value = values && (values.length === 1 ? values[0] : call("tuple", values));
  } else if (isWord(token, "[")) {
    const values = list(reader, "]");
    value = values && call("array", values);
  } else if (token.kind === "name" && isWord(now(reader), "(")) {
    reader.at++;
    const values = list(reader, ")");
    value = values && call(token.value === "tuple" || token.value === "array" ? token.value : token.value, values);
  } else if (token.kind === "name" && /^(?:true|false|null)$/i.test(token.value)) value = token.value.toLowerCase();
  else if (token.kind === "sign" || token.kind === "broken") return undefined;
  else value = word(token);
  return suffixes(reader, value);
}

const wrap = (name: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${name}(${value})`;

/** What stands behind a value: parts of it, and the second bracket of `quantile(0.9)(x)`. */
function suffixes(reader: Reader, start: string | undefined): string | undefined {
  let value = start;
  while (value !== undefined) {
    const token = now(reader);
    if (isWord(token, "[")) {
      reader.at++;
      const values = list(reader, "]");
      value = values && call("arrayElement", [value, ...values]);
    } else if (isWord(token, "(")) {
      reader.at++;
      const values = list(reader, ")");
      value = values && call(value, values);
    } else if (isWord(token, ".")) {
      const part = reader.words[reader.at + 1];
      if (!part || part.kind === "sign" || part.kind === "broken") return undefined;
      reader.at += 2;
      value = `${value}.${word(part)}`;
    } else break;
  }
  return value;
}

/** Values between commas until the bracket closes; `CAST(x AS T)` is the call that it stands for. */
function list(reader: Reader, close: string): readonly string[] | undefined {
  const values: string[] = [];
  if (isWord(now(reader), close)) {
    reader.at++;
    return values;
  }
  for (;;) {
    const value = expression(reader, 0);
    if (value === undefined) return undefined;
    values.push(value);
    const token = now(reader);
    reader.at++;
    if (isWord(token, close)) return values;
    if (!isWord(token, ",")) return undefined;
  }
}

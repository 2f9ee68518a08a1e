/** A key and its value in a JSON sample, with the offsets at which both stand in it. */
export interface SampleEntry {
  readonly key: string;
  readonly keyAt: readonly [number, number];
  /** The value as JSON text. */
  readonly value: string;
  readonly valueAt: readonly [number, number];
}

/** What was read of a sample; `problem` says where reading ended early, and why. */
export interface Sample {
  readonly entries: readonly SampleEntry[];
  readonly problem?: { readonly message: string; readonly at: readonly [number, number] };
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the top level of a JSON object. Documents hold samples that are not quite JSON, so that a position and the
 * entries before the fault are worth more than the engine's yes or no; duplicate keys stay visible, too.
 */
export function readSample(text: string): Sample {
  const tokens = [...text.matchAll(/"(?:[^"\\\r\n]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+|"/g)].map(
    (match): Token => ({ text: match[0], start: match.index, end: match.index + match[0].length }),
  );
  const entries: SampleEntry[] = [];
  let at = 0;
  const fail = (message: string): Sample => {
    const token = tokens[at] ?? tokens.at(-1);
    return { entries, problem: { message, at: token ? [token.start, token.end] : [0, 0] } };
  };
  if (tokens[at]?.text !== "{") return fail("it does not begin with an opening brace");
  at++;
  while (tokens[at]?.text !== "}") {
    const key = tokens[at];
    const name = key && stringOf(key.text);
    if (!key || name === undefined) return fail("a key in double quotes is missing");
    at++;
    if (tokens[at]?.text !== ":") return fail(`a colon is missing after ${key.text}`);
    const from = ++at;
    at = endOfValue(tokens, from);
    const [first, last] = [tokens[from], tokens[at - 1]];
    if (!first || !last || at === from) return fail(`the value of ${key.text} is missing`);
    const valueAt = [first.start, last.end] as const;
    entries.push({ key: name, keyAt: [key.start, key.end], value: text.slice(...valueAt), valueAt });
    if (tokens[at]?.text === ",") at++;
    else if (at >= tokens.length) return fail("it does not end with a closing brace");
    else if (tokens[at]?.text !== "}") return fail(`a comma is missing after ${key.text}`);
  }
  at++;
  return at < tokens.length ? fail("something follows its closing brace") : { entries };
}

/** The index after a value: one token, or a bracket with all up to the one that closes it. */
function endOfValue(tokens: readonly Token[], from: number): number {
  if (/^[,:}\]]$/.test(tokens[from]?.text ?? ",")) return from;
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const text = tokens[at]?.text;
    if (text === "{" || text === "[") depth++;
    else if (text === "}" || text === "]") depth--;
    if (depth === 0) return at + 1;
  }
  return tokens.length;
}

function stringOf(text: string): string | undefined {
  if (!/^".*"$/s.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

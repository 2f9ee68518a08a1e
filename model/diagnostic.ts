/** A stretch of one source text, in UTF-16 offsets: `start` included, `end` excluded. Lines are computed when printing. */
export interface Span {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** A line and column, both counted from 1; columns in UTF-16 units. */
export interface Location {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Finds the line and column of a span's start. */
export type Locate = (span: Span) => Location;

/** How bad a finding is. An `error` keeps every file from being written. */
export type Severity = "error" | "warning" | "info";

/** Something a source, a contract or the configuration says that its author should know. */
export interface Diagnostic {
  /** `room/kebab-name`, stable across releases. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: the subject by name, then the fact. */
  readonly message: string;
  /** The name of what it is about, when it has one: an event, a type, a field by the name of its type or event. */
  readonly at?: string;
  readonly span?: Span;
  /** Other places that belong to the finding, the first definition of a duplicate for example. */
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
  /** The way out. */
  readonly hint?: string;
}

/** Receives findings in the order in which they are made. */
export type Report = (finding: Diagnostic) => void;

/** What a catalogue of findings says of one kind: its fixed parts, and the sentences made from its arguments. */
export interface DiagnosticKind<Args> {
  readonly code: string;
  readonly severity: Severity;
  /** What it means, what causes it and how it is mended, where the message and the hint do not say it all. */
  readonly explain?: string;
  /** The message and the hint with the names of the arguments in place of the arguments. */
  readonly template: () => Pick<Diagnostic, "message" | "hint">;
  /** Makes the finding itself. */
  (span: Span | undefined, args: Args, related?: Diagnostic["related"]): Diagnostic;
}

/**
 * Declares one kind of finding; every room lists all of its kinds in one `diagnostics.ts`, every rule in its file. An
 * argument called `at` is the name that the finding is about.
 *
 * @example
 * export const unknownType = diagnostic("markdown/unknown-type", "error",
 *   (a: { name: string }) => `The type ${a.name} is not known.`, (a) => "Use one of string, uuid, number.");
 */
export function diagnostic<Args = Record<never, never>>(
  code: string,
  severity: Severity,
  message: (args: Args) => string,
  hint?: (args: Args) => string | undefined,
  explain?: string,
): DiagnosticKind<Args> {
  const make = (span: Span | undefined, args: Args, related?: Diagnostic["related"]): Diagnostic => {
    const way = hint?.(args);
    const { at } = (args ?? {}) as { readonly at?: unknown };
    return {
      code,
      severity,
      message: message(args),
      ...(typeof at === "string" && { at }),
      ...(span && { span }),
      ...(related?.length && { related }),
      ...(way && { hint: way }),
    };
  };
  const template = () => {
    const args = placeholder("") as Args;
    const way = hint?.(args);
    return { message: message(args), ...(way && { hint: way }) };
  };
  return Object.assign(make, { code, severity, template, ...(explain !== undefined && { explain }) });
}

/** Stands for arguments of any shape: as a text it is its name, and whatever is made of it stays itself. */
function placeholder(name: string): unknown {
  const self: unknown = new Proxy(() => self, {
    get: (_, key) =>
      key === Symbol.toPrimitive
        ? () => `<${name}>`
        : key === Symbol.iterator
          ? () => [self].values()
          : name === "" && typeof key === "string"
            ? placeholder(key)
            : self,
    apply: () => self,
  });
  return self;
}

/** The nearest of `known` to `word` by edit distance, if it is near enough to be a slip of the pen. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change));
    }
    previous = row;
  }
  return previous[b.length] ?? limit;
}

import type { Report, SourceFile, Span } from "../../../model/index.ts";

/** How a HOCON text is read. */
export interface HoconOptions {
  readonly report: Report;
  /** Another text, its path relative to the file that includes it, at `by`; without it every include is missing. */
  readonly include?: (path: string, from: string, by: Span, how: "plain" | "file") => SourceFile | undefined;
  /** Escapes that JSON does not know are errors, not warnings. */
  readonly strict?: boolean;
  /** What a substitution finds that leads to nothing in the text: an environment, for one. */
  readonly fallback?: (path: string) => string | undefined;
  readonly limits?: Partial<HoconLimits>;
}

/** How much a text may ask for. Whatever goes beyond is a finding, never a crash. */
export interface HoconLimits {
  /** Objects, lists and path elements inside one another. */
  readonly depth: number;
  /** Substitutions that wait for one another. */
  readonly chain: number;
  /** Units of work while resolving substitutions. */
  readonly steps: number;
  /** Values, and characters of joined strings, in the result. */
  readonly size: number;
  /** Files included, the same one counted again each time. */
  readonly includes: number;
}

/** Far beyond what people write, and far below what hurts. */
export const defaultLimits: HoconLimits = {
  depth: 300,
  chain: 20_000,
  steps: 1_000_000,
  size: 1_000_000,
  includes: 500,
};

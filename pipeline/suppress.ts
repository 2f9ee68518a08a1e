import type { Diagnostic, Report, Span } from "../model/index.ts";
import { unusedSuppression } from "./diagnostics.ts";
import { pattern } from "./pattern.ts";

/** A finding that its project knows and does not want to hear of at a place: its code, the place, and the reason. */
export interface Suppression {
  readonly code: string;
  /** The name that the finding is about, or the path of the file it stands in, with `*` for any part. */
  readonly at: string;
  readonly why: string;
  readonly span: Span;
}

/** Suppressions at work: they know which of them have been of use. */
export interface Suppressor {
  /** True for what is not to be told. An error is always told. */
  readonly hides: (finding: Diagnostic) => boolean;
  /** A warning per suppression that has hidden nothing; asked at the end of a run that could find everything. */
  readonly reportUnused: (report: Report) => void;
}

/** Puts suppressions to work. */
export function suppressor(suppressions: readonly Suppression[]): Suppressor {
  const entries = suppressions.map((suppression) => ({ suppression, matches: pattern(suppression.at), used: false }));
  return {
    hides: ({ code, at, span, severity }) => {
      if (severity === "error") return false;
      const matching = entries.filter(
        ({ suppression, matches }) =>
          suppression.code === code && [at, span?.path].some((place) => place !== undefined && matches(place)),
      );
      for (const entry of matching) entry.used = true;
      return matching.length > 0;
    },
    reportUnused: (report) => {
      for (const { suppression, used } of entries)
        if (!used) report(unusedSuppression(suppression.span, { code: suppression.code, place: suppression.at }));
    },
  };
}

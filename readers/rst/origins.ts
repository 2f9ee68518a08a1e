import type { Origin, Span } from "../../model/index.ts";

/** The origin of what the document says. */
export const stated = (span: Span): Origin => ({ span, reader: "rst", basis: "stated" });

/** The origin of one fact that the document does not say, with the reason for it. */
export const inferred = (span: Span, why: string, fact: string): Origin => ({
  span,
  reader: "rst",
  basis: "inferred",
  why,
  facts: [fact],
});

import type { Diagnostic, Span } from "../../model/index.ts";
import type { SourceStore } from "../source-store.ts";

/** Findings as JSON: offsets as they are in the model, and lines and columns counted from 1. */
export function findingsJson(findings: readonly Diagnostic[], store: SourceStore | undefined, suppressed = 0): string {
  const place = (span: Span) => ({
    ...span,
    ...(store?.text(span.path) !== undefined && { from: point(span.start, span), to: point(span.end, span) }),
  });
  const point = (offset: number, span: Span) => {
    const at = store?.locate({ ...span, start: offset });
    return at && { line: at.line, column: at.column };
  };
  const rows = findings.map(({ span, related, ...finding }) => ({
    ...finding,
    ...(span && { span: place(span) }),
    ...(related && { related: related.map((other) => ({ message: other.message, span: place(other.span) })) }),
  }));
  return `${JSON.stringify({ schemaVersion: 1, findings: rows, suppressed }, null, 2)}\n`;
}

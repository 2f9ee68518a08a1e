import type { Span } from "../../../model/index.ts";
import type { Entry } from "../../compat/report.ts";
import type { Printed, Surroundings } from "../printed.ts";

/** Findings as JSON: offsets as they are in the model, and lines and columns counted from 1. Described by `findings.schema.json`. */
export function findingsAsJson(
  { findings, suppressed, comparison, release }: Printed,
  { store }: Pick<Surroundings, "store">,
): string {
  const place = (span: Span) => ({
    path: span.path,
    start: span.start,
    end: span.end,
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
  const changed = ({ span, ...entry }: Entry) => ({ ...entry, ...(span && { span: place(span) }) });
  const compared = comparison && { ...comparison, entries: comparison.entries.map(changed) };
  const all = {
    schemaVersion: 1,
    findings: rows,
    suppressed,
    ...(compared && { comparison: compared }),
    ...(release && { release }),
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

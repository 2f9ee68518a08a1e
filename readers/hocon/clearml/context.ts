import type { Decl, Diagnostic, Name, Origin, Report, Span, TypeRef } from "../../../model/index.ts";
import type { HoconField } from "../syntax/index.ts";

/** What the parts of one service share while it is read. */
export interface Service {
  readonly system: Name;
  readonly report: Report;
  /** The types under `_definitions`. */
  readonly definitions: ReadonlyMap<string, HoconField>;
  /** What has been declared so far. */
  readonly decls: Decl[];
  /**
   * The types made of texts so far, by text and content. A version that takes over another's request by substitution
   * meets the same text again; what has not changed is the type it was, and not a second one.
   */
  readonly known: Map<string, TypeRef>;
}

/** A report that says the same of the same place once: versions that build on one another read each text many times. */
export function reportOnce(report: Report): Report {
  const said = new Set<string>();
  return (finding: Diagnostic) => {
    const { code, message, span } = finding;
    const key = `${code} ${span?.path}:${span?.start}:${span?.end} ${span ? "" : message}`;
    if (!said.has(key)) report(finding);
    said.add(key);
  };
}

/** The origin of what the text says at a place. */
export const statedAt = (span: Span): Origin => ({ span, reader: "hocon", basis: "stated" });

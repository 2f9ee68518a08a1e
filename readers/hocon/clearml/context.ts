import type { Decl, Diagnostic, Name, Origin, Report, Span, TypeRef } from "../../../model/index.ts";
import type { HoconField, HoconObject } from "../syntax/index.ts";

/** What the parts of one service share while it is read. */
export interface Service {
  readonly system: Name;
  /** What the names of its endpoints and types begin with: the system, or the system and the service. */
  readonly scope: Name;
  readonly report: Report;
  readonly reading: Reading;
  /** The types under `_definitions`. */
  readonly definitions: ReadonlyMap<string, HoconField>;
  /** What has been declared so far. */
  readonly decls: Decl[];
  /** The names of the types among them. */
  readonly names: Set<Name>;
  /**
   * The types made of texts so far, by text and content. A version that takes over another's request by substitution
   * meets the same text again; what has not changed is the type it was, and not a second one.
   */
  readonly known: Map<string, TypeRef>;
}

/**
 * What of a text has been read. Nothing is left out in silence: in the end, whatever nobody asked for is told, as a key that
 * is not known, or as one that the model has no place for.
 */
export interface Reading {
  /** The places of the keys that have been asked for. A text that substitutions bring to many places is read where it is. */
  readonly taken: Set<string>;
  readonly objects: { readonly object: HoconObject; readonly known: readonly string[]; readonly at: string }[];
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

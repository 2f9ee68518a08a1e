import type { Name, Origin, Report, Span } from "../../../model/index.ts";

/** What the tables dialect is given: whose document it is, where findings go, and what the configuration says. */
export interface TablesContext {
  readonly system: Name;
  readonly report: Report;
  /** Which group the components under a heading belong to, where that is not the heading in snake case. */
  readonly groups: ReadonlyMap<string, string>;
}

/** The origin of a fact that stands in the document as it is. */
export const stated = (span: Span): readonly Origin[] => [{ span, reader: "markdown", basis: "stated" }];

/** The origin of a conclusion, with its ground. */
export const inferred = (span: Span, why: string): readonly Origin[] => [
  { span, reader: "markdown", basis: "inferred", why },
];

/** A text as a message can hold it: long ones are cut. */
export const brief = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

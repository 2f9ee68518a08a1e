import { type Name, type Origin, parseTypeExpression, type Report, type Span } from "../../model/index.ts";
import type { ColumnName } from "./column-words.ts";
import { typeOption } from "./diagnostics.ts";
import type { PageOptions } from "./options.ts";
import type { Phrase } from "./phrases.ts";

/** What reading a page needs beside the page: whose document it is, where findings go, what the configuration says. */
export interface PageContext {
  readonly system: Name;
  /** The reader that supplies the page: all origins name it. */
  readonly reader: string;
  readonly report: Report;
  /** Which group the components under a heading belong to, where that is not the heading in snake case. */
  readonly groups: ReadonlyMap<string, string>;
  /** Header words beyond the known ones, in lower case. */
  readonly columns: ReadonlyMap<string, ColumnName>;
  /** Spellings of types beyond the known ones. */
  readonly types: readonly Phrase[];
}

/** Makes the context of one page of what a reader was given. */
export function pageContext(
  path: string,
  { system, reader, report, options }: Pick<PageContext, "system" | "reader" | "report"> & { options?: PageOptions },
): PageContext {
  const columns = Object.entries(options?.columns ?? {}).map(([word, column]) => [word.toLowerCase(), column] as const);
  const types = Object.entries(options?.types ?? {}).flatMap(([text, expression]): readonly Phrase[] => {
    const type = parseTypeExpression(expression);
    if (type) return [{ text, type }];
    report(typeOption({ path, start: 0, end: 0 }, { word: text, expression }));
    return [];
  });
  const groups = new Map(Object.entries(options?.groups ?? {}));
  return { system, reader, report, groups, columns: new Map(columns), types };
}

/** The origin of a fact that stands in the document as it is. */
export const stated = ({ reader }: PageContext, span: Span): readonly Origin[] => [{ span, reader, basis: "stated" }];

/** The origin of a conclusion, with its ground. */
export const inferred = ({ reader }: PageContext, span: Span, why: string): readonly Origin[] => [
  { span, reader, basis: "inferred", why },
];

/** A text as a message can hold it: long ones are cut. */
export const brief = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

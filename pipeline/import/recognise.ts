import { compareText, type Reader, type Report, type SourceFile } from "../../model/index.ts";
import * as say from "./diagnostics.ts";

/** Less than this is no more than a resemblance. */
const least = 0.3;
/** Two forms that are this near to each other cannot be told apart. */
const nearBy = 0.1;

/** The reader that a text is most surely written for; `undefined` after a finding when none stands out. */
export function recognise(
  source: SourceFile,
  readers: Readonly<Record<string, Reader>>,
  report: Report,
): string | undefined {
  const scores = Object.entries(readers)
    .map(([name, reader]) => ({ name, score: reader.recognises?.(source) ?? 0 }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || compareText(a.name, b.name));
  const [best, next] = scores;
  const span = { path: source.path, start: 0, end: 0 };
  if (!best) report(say.unrecognised(span, { path: source.path, readers: Object.keys(readers) }));
  else if (next && best.score - next.score < nearBy)
    report(say.severalForms(span, { path: source.path, first: best.name, second: next.name }));
  else return best.name;
  return undefined;
}

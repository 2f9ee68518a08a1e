import type { Severity } from "../../../model/index.ts";
import { audienceWords, comparisonWords, fixesOf, groupsOf } from "../compat-findings.ts";
import { count } from "../findings-text.ts";
import { printable } from "../printable.ts";
import { type Printed, type PrintedFinding, placeOf, type Surroundings } from "../printed.ts";

/**
 * Findings as commands of GitHub Actions, which shows them beside the lines they are about. A change is one of them, with
 * all of its targets: only the first few of a step are shown.
 */
export function findingsAsGithub(printed: Printed, surroundings: Surroundings): string {
  const { findings, suppressed, comparison } = printed;
  const changes: readonly PrintedFinding[] = (comparison?.entries ?? []).map((entry) => ({
    code: `compat/${entry.fact}`,
    severity: entry.severity,
    ...(entry.span && { span: entry.span }),
    message: [
      entry.message,
      ...groupsOf(entry).flatMap(({ first, directions }) => [
        `${first.verdict}: ${first.target} (${directions.join(", ")}): ${first.why}`,
        ...(first.waiver ? [`waived until ${first.waiver.expires}: ${first.waiver.reason}`] : []),
      ]),
      ...[...fixesOf(groupsOf(entry))].map(([fix, targets]) => `${targets.join(", ")}: ${fix}`),
      ...[audienceWords(entry)].flatMap((words) => (words === undefined ? [] : [`Reaches ${words}.`])),
    ].join("\n"),
  }));
  const all = [...findings, ...changes];
  return [
    ...all.map((finding) => command(finding, surroundings)),
    // None of these lines begins with what the runner obeys.
    ...(comparison ? [printable(comparisonWords(comparison))] : []),
    ...(all.length + suppressed > 0 ? [count(all, suppressed).trimEnd()] : []),
    "",
  ].join("\n");
}

function command(finding: PrintedFinding, surroundings: Surroundings): string {
  const { severity, code, span, hint, message, related = [] } = finding;
  const at = span && placeOf(span, surroundings);
  const properties = [
    ...(at ? [["file", at.path]] : []),
    ...(at?.from
      ? [
          ["line", at.from.line],
          ["col", at.from.column],
        ]
      : []),
    ...(at?.to ? [["endLine", at.to.line]] : []),
    // The end of another line would be taken for one of the first.
    ...(at?.to && at.to.line === at.from?.line ? [["endColumn", at.to.column]] : []),
    ["title", code],
  ].map(([key, value]) => `${key}=${property(String(value))}`);
  const others = related.map((other) => {
    const { path, from } = placeOf(other.span, surroundings);
    return `${path}${from ? `:${from.line}:${from.column}` : ""}: ${other.message}`;
  });
  const text = [message, ...others, ...(hint === undefined ? [] : [hint])].join("\n");
  return `::${levels[severity]} ${properties.join(",")}::${data(text)}`;
}

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** The text of a command: what would end its line is encoded, so that no document can give commands of its own. */
const data = (text: string): string =>
  text
    .split(/\r\n|[\r\n]/)
    .map(printable)
    .join("\n")
    .replaceAll("%", "%25")
    .replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

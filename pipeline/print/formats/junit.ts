import { allFindings } from "../compat-findings.ts";
import { type Printed, type PrintedFinding, placeOf, type Surroundings } from "../printed.ts";

/**
 * Findings as a JUnit report: a suite for each file, a case for each finding. Errors are failures, what is waived is skipped,
 * and whatever fails nothing is a case that passes and prints.
 */
export function findingsAsJunit(printed: Printed, surroundings: Surroundings): string {
  const suites = new Map<string, PrintedFinding[]>();
  for (const finding of allFindings(printed)) {
    const name = finding.span ? placeOf(finding.span, surroundings).path : "concordat";
    suites.set(name, [...(suites.get(name) ?? []), finding]);
  }
  const all = [...suites.values()].flat();
  // Viewers take a report without cases for one that went missing.
  const none =
    '  <testsuite name="concordat" tests="1" failures="0" skipped="0">\n    <testcase name="No findings." classname="concordat"/>\n  </testsuite>';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="concordat" ${all.length === 0 ? 'tests="1" failures="0" skipped="0"' : counts(all)}>`,
    ...(all.length === 0 ? [none] : []),
    ...[...suites].flatMap(([name, findings]) => [
      `  <testsuite name="${xml(name)}" ${counts(findings)}>`,
      ...findings.map((finding) => testCase(finding, surroundings)),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

const isFailure = ({ severity, waived }: PrintedFinding): boolean => severity === "error" && !waived;

function counts(findings: readonly PrintedFinding[]): string {
  const failures = findings.filter(isFailure).length;
  const skipped = findings.filter(({ waived }) => waived).length;
  return `tests="${findings.length}" failures="${failures}" skipped="${skipped}"`;
}

function testCase(finding: PrintedFinding, surroundings: Surroundings): string {
  const { code, severity, message, hint, span, waived } = finding;
  const place = span && placeOf(span, surroundings);
  const at = place ? ` file="${xml(place.path)}"${place.from ? ` line="${place.from.line}"` : ""}` : "";
  const where = place ? `${place.path}${place.from ? `:${place.from.line}:${place.from.column}` : ""}\n` : "";
  const text = xml(`${where}${severity} ${code}: ${message}${hint === undefined ? "" : `\n${hint}`}`);
  const body = waived
    ? `<skipped message="${xml(`waived until ${waived.expires} by ${waived.owner}: ${waived.reason}`)}"/>`
    : isFailure(finding)
      ? `<failure message="${xml(message)}" type="${xml(code)}">${text}</failure>`
      : `<system-out>${text}</system-out>`;
  return `    <testcase name="${xml(message)}" classname="${xml(code)}"${at}>${body}</testcase>`;
}

/** A text in XML 1.0, whose attributes keep their line ends and which has no place at all for most control characters. */
const xml = (text: string): string =>
  text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\u202a-\u202e\u2066-\u2069]/g, "\ufffd")
    .replace(/[&<>"'\t\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);

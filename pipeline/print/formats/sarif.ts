import { compareText, type Severity } from "../../../model/index.ts";
import { allFindings } from "../compat-findings.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { printable } from "../printable.ts";
import { type Place, type Printed, type PrintedFinding, placeOf, type Surroundings } from "../printed.ts";
import { type RuleText, ruleTexts } from "../rule-texts.ts";

/** Findings as SARIF 2.1.0, which code scanning reads. */
export function findingsAsSarif(printed: Printed, surroundings: Surroundings): string {
  const findings = allFindings(printed);
  const texts = ruleTexts();
  const codes = [...new Set(findings.map(({ code }) => code))].sort(compareText);
  const fingerprint = fingerprintOf(surroundings);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "concordat",
            ...(surroundings.version !== undefined && { semanticVersion: surroundings.version }),
            rules: codes.map((code) => rule(code, texts.get(code))),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ...result(finding, surroundings),
          ruleIndex: codes.indexOf(finding.code),
          partialFingerprints: { "concordat/v1": fingerprint(finding) },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(id: string, text: RuleText | undefined) {
  return {
    id,
    ...(text && { shortDescription: { text: text.title }, defaultConfiguration: { level: levels[text.severity] } }),
    ...(text?.help !== undefined && { help: { text: text.help } }),
  };
}

function result(finding: PrintedFinding, surroundings: Surroundings) {
  const { code, severity, message, hint, span, related = [], waived } = finding;
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: printable(hint === undefined ? message : `${message} ${hint}`) },
    ...(span && { locations: [location(placeOf(span, surroundings))] }),
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({
        id,
        ...location(placeOf(other.span, surroundings)),
        message: { text: printable(other.message) },
      })),
    }),
    ...(waived && {
      suppressions: [
        {
          kind: "external",
          status: "accepted",
          justification: printable(`${waived.reason} (${waived.owner}, until ${waived.expires})`),
        },
      ],
    }),
  };
}

const location = ({ path, from, to }: Place) => ({
  physicalLocation: {
    artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" },
    ...(from && {
      region: {
        startLine: from.line,
        startColumn: from.column,
        ...(to && { endLine: to.line, endColumn: to.column }),
      },
    }),
  },
});

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

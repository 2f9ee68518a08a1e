import type { Severity } from "../../../model/index.ts";
import { configName } from "../../config.ts";
import { allFindings } from "../compat-findings.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { printable } from "../printable.ts";
import { type Printed, placeOf, type Surroundings } from "../printed.ts";

/** Findings as a code quality report of GitLab, which shows them in a merge request. */
export function findingsAsGitlab(printed: Printed, surroundings: Surroundings): string {
  const fingerprint = fingerprintOf(surroundings);
  const rows = allFindings(printed).map((finding) => {
    const { code, severity, message, hint, span, waived } = finding;
    // A finding must have a place; what is about all of a project is told where that is configured.
    const place = placeOf(span ?? { path: configName, start: 0, end: 0 }, surroundings);
    const text = hint === undefined ? message : `${message} ${hint}`;
    return {
      description: printable(waived ? `Waived until ${waived.expires}: ${text}` : text),
      check_name: code,
      fingerprint: fingerprint(finding),
      severity: levels[severity],
      location: { path: place.path, lines: { begin: place.from?.line ?? 1 } },
    };
  });
  return `${JSON.stringify(rows, null, 2)}\n`;
}

const levels: Readonly<Record<Severity, string>> = { error: "critical", warning: "minor", info: "info" };

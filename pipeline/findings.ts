import { compareText, type Diagnostic, type Report, type Severity } from "../model/index.ts";
import { type Suppression, suppressor } from "./suppress.ts";

/** Gathers the findings of a run. */
export interface Findings {
  readonly report: Report;
  readonly failed: () => boolean;
  /** Other severities, by code; `off` drops a finding. Errors that keep the model from being right cannot be lowered. */
  readonly setSeverities: (severities: Readonly<Record<string, Severity | "off">>) => void;
  /** Findings that are counted and not told. */
  readonly suppress: (suppressions: readonly Suppression[]) => void;
  /** Reports suppressions that have hidden nothing, once everything there is to find has been found. */
  readonly reportUnused: () => void;
  readonly sorted: () => readonly Diagnostic[];
  readonly suppressed: () => number;
  readonly exitCode: (configName: string) => 0 | 1 | 2;
}

/** An empty collection. A finding made twice (a file that two others include) counts once. */
export function collect(): Findings {
  const all = new Map<string, Diagnostic>();
  const hidden = new Set<string>();
  let severities: Readonly<Record<string, Severity | "off">> = {};
  let suppression = suppressor([]);
  const report: Report = (finding) => {
    const wanted = Object.hasOwn(severities, finding.code) ? severities[finding.code] : undefined;
    const severity = wanted === undefined || finding.severity === "error" ? finding.severity : wanted;
    if (severity === "off") return;
    const { path = "", start = 0, end = 0 } = finding.span ?? {};
    const key = JSON.stringify([path, start, end, finding.code, finding.message]);
    if (suppression.hides({ ...finding, severity })) hidden.add(key);
    else all.set(key, { ...finding, severity });
  };
  return {
    report,
    setSeverities: (values) => {
      severities = values;
    },
    suppress: (suppressions) => {
      suppression = suppressor(suppressions);
    },
    reportUnused: () => suppression.reportUnused(report),
    failed: () => [...all.values()].some(({ severity }) => severity === "error"),
    sorted: () => [...all.values()].sort(byPlace),
    suppressed: () => hidden.size,
    exitCode: (configName) => {
      const errors = [...all.values()].filter(({ severity }) => severity === "error");
      if (errors.length === 0) return 0;
      // The version that a release needs stands in the configuration, and is a matter of the contract all the same.
      const isAboutTheRun = ({ code, span }: Diagnostic): boolean =>
        /^(config|source|disk|baseline)\//.test(code) || (span?.path === configName && code !== "semver/too-small");
      return errors.some(isAboutTheRun) ? 2 : 1;
    },
  };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.span?.path ?? "", b.span?.path ?? "") ||
    (a.span?.start ?? 0) - (b.span?.start ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

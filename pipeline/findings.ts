import { compareText, type Diagnostic, type Report, type Severity } from "../model/index.ts";

/** Gathers the findings of a run. */
export interface Findings {
  readonly report: Report;
  readonly failed: () => boolean;
  /** Other severities, by code; `off` drops a finding. Errors that keep the model from being right cannot be lowered. */
  readonly setSeverities: (severities: Readonly<Record<string, Severity | "off">>) => void;
  readonly sorted: () => readonly Diagnostic[];
  readonly exitCode: (configName: string) => 0 | 1 | 2;
}

/** An empty collection. A finding made twice (a file that two others include) counts once. */
export function collect(): Findings {
  const all = new Map<string, Diagnostic>();
  let severities: Readonly<Record<string, Severity | "off">> = {};
  return {
    report: (finding) => {
      const wanted = Object.hasOwn(severities, finding.code) ? severities[finding.code] : undefined;
      const severity = wanted === undefined || finding.severity === "error" ? finding.severity : wanted;
      if (severity === "off") return;
      const { path = "", start = 0, end = 0 } = finding.span ?? {};
      all.set(JSON.stringify([path, start, end, finding.code, finding.message]), { ...finding, severity });
    },
    setSeverities: (values) => {
      severities = values;
    },
    failed: () => [...all.values()].some(({ severity }) => severity === "error"),
    sorted: () => [...all.values()].sort(byPlace),
    exitCode: (configName) => {
      const errors = [...all.values()].filter(({ severity }) => severity === "error");
      if (errors.length === 0) return 0;
      return errors.some(({ code, span }) => /^(config|source|disk)\//.test(code) || span?.path === configName) ? 2 : 1;
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

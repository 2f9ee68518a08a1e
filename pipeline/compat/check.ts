import { compareText } from "../../model/index.ts";
import { generate, type RunOptions, type RunResult } from "../run.ts";
import { type BreakingOptions, type BreakingResult, judgeSession } from "./breaking.ts";
import { compareResult } from "./sides.ts";

/** The gate for CI: everything the sources say, generated files that are out of date, and, where a baseline is configured, whom the changes break. */
export async function check(
  options: RunOptions & Pick<BreakingOptions, "env" | "today"> & { readonly onStage?: (stage: string) => void },
): Promise<BreakingResult> {
  const result = await generate({ ...options, mode: "check" });
  const isConfigured = result.project?.config.breaking?.against !== undefined;
  // Files that are out of date say nothing about the model; a source that is not in order does.
  const isSound = !result.findings.some(({ severity, code }) => severity === "error" && !code.startsWith("drift/"));
  if (!isConfigured || !isSound) return result;
  options.onStage?.("breaking");
  const session = await compareResult({ ...result, exitCode: 0 }, options);
  const judged = judgeSession(session, options);
  return {
    ...result,
    ...(judged.comparison && { comparison: judged.comparison }),
    findings: [...result.findings, ...judged.findings].sort(
      (a, b) =>
        compareText(a.span?.path ?? "", b.span?.path ?? "") ||
        (a.span?.start ?? 0) - (b.span?.start ?? 0) ||
        compareText(a.code, b.code),
    ),
    suppressed: (result.suppressed ?? 0) + (judged.suppressed ?? 0),
    exitCode: Math.max(judged.exitCode, result.exitCode) as RunResult["exitCode"],
  };
}

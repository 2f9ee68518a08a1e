import { Option } from "commander";
import { coloured, findingsJson, findingsText, plain, type RunResult } from "../pipeline/index.ts";

/** How findings are printed. */
export type Format = "text" | "json";

/** `--format` of every command that prints findings. */
export const formatOption = (): Option =>
  new Option("--format <format>", "how to print").choices(["text", "json"]).default("text");

/** `--only a,b` or `--only a --only b`. */
export const listOption = (flags: string, what: string): Option =>
  new Option(flags, what).argParser((value: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    ...value.split(",").filter((part) => part !== ""),
  ]);

/** Colours, where somebody looks. */
export const paint = () => (process.stdout.isTTY && !process.env.NO_COLOR ? coloured : plain);

/** Prints the findings of a run to standard output and sets the exit status. */
export function printFindings(result: RunResult, format: Format): void {
  const { findings, store, exitCode, suppressed = 0 } = result;
  process.exitCode = exitCode;
  if (format === "json") return void process.stdout.write(findingsJson(findings, store, suppressed));
  const workingFolder = process.cwd();
  const folder = result.folder ?? workingFolder;
  process.stdout.write(findingsText(findings, { store, folder, workingFolder, suppressed, paint: paint() }));
}

/** Names the stage on the last line of a terminal; nothing of it in a pipe or in CI. */
export function progress(): { readonly onStage: (stage: string) => void; readonly end: () => void } {
  const shown = process.stderr.isTTY && !process.env.CI;
  const write = (text: string): void => void (shown && process.stderr.write(`\r\u001b[K${text}`));
  return { onStage: (stage) => write(`${stage} …`), end: () => write("") };
}

import { InvalidArgumentError, Option } from "commander";
import manifest from "../package.json" with { type: "json" };
import {
  type ComparisonReport,
  coloured,
  type FindingFormat,
  findingFormats,
  isDay,
  plain,
  printFindingsAs,
  type Release,
  type RunResult,
  repositoryOf,
  type Surroundings,
} from "../pipeline/index.ts";

/** How what is not a finding is printed. */
export type Format = "text" | "json";

/** `--format` of commands that list and explain. */
export const formatOption = (): Option =>
  new Option("--format <format>", "how to print").choices(["text", "json"]).default("text");

/** `--format` of every command whose outcome is findings. */
export const findingFormatOption = (): Option =>
  new Option("--format <format>", "how to print findings").choices(findingFormats).default("text");

/** `--only a,b` or `--only a --only b`. */
export const listOption = (flags: string, what: string): Option =>
  new Option(flags, what).argParser((value: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    ...value.split(",").filter((part) => part !== ""),
  ]);

/** `--today`, so that a run says the same on every day. */
export const todayOption = (): Option =>
  new Option("--today <date>", "the day it is, YYYY-MM-DD: waivers end").argParser((value: string) => {
    if (!isDay(value)) throw new InvalidArgumentError("Write it as YYYY-MM-DD.");
    return value;
  });

/** Colours, where somebody looks. */
export const paint = () => (process.stdout.isTTY && !process.env.NO_COLOR ? coloured : plain);

/** Prints the findings of a run to standard output and sets the exit status. */
export function printFindings(
  result: RunResult & { readonly comparison?: ComparisonReport; readonly release?: Release },
  format: FindingFormat,
): void {
  const { findings, exitCode, suppressed = 0, comparison, release } = result;
  process.exitCode = exitCode;
  const printed = { findings, suppressed, ...(comparison && { comparison }), ...(release && { release }) };
  process.stdout.write(printFindingsAs(format, printed, surroundingsOf(result)));
}

/** Where a result is printed: its folder, the one the command was started in, and the repository. */
export function surroundingsOf(result: Pick<RunResult, "store" | "folder">): Surroundings {
  const workingFolder = process.cwd();
  const folder = result.folder ?? workingFolder;
  const root = repositoryOf(folder);
  return { store: result.store, folder, workingFolder, root, version: manifest.version, paint: paint() };
}

/** Names the stage on the last line of a terminal; nothing of it in a pipe or in CI. */
export function progress(): { readonly onStage: (stage: string) => void; readonly end: () => void } {
  const shown = process.stderr.isTTY && !process.env.CI;
  const write = (text: string): void => void (shown && process.stderr.write(`\r\u001b[K${text}`));
  return { onStage: (stage) => write(`${stage} …`), end: () => write("") };
}

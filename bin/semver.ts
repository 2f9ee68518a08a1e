import { Command } from "commander";
import { type FindingFormat, type SemverResult, semver } from "../pipeline/index.ts";
import { type Against, against, withBaseline } from "./against.ts";
import { findingFormatOption, printFindings } from "./output.ts";

interface Options extends Against {
  readonly check?: boolean;
  readonly from?: string;
  readonly format: FindingFormat;
}

export const semverCommand = withBaseline(
  new Command("semver").description(
    "say which release the types package needs after a baseline: patch, minor or major",
  ),
)
  .option("--check", "fail when the version in the configuration is too small")
  .option("--from <version>", "the version of the baseline, where it names none")
  .addOption(findingFormatOption())
  .addHelpText("after", "\nExample:\n  concordat semver --against npm:concordat-events@latest --check")
  .action(async ({ check, from, format, ...options }: Options) => {
    const result = await semver({
      ...against(options),
      ...(check && { check }),
      ...(from !== undefined && { from }),
    });
    const { release } = result;
    if (format === "text" && release) process.stdout.write(summary(release));
    printFindings(result, format);
  });

function summary({ bump, because, from, needed, version, baseline }: NonNullable<SemverResult["release"]>): string {
  const shown = because.slice(0, 20);
  const more = because.length - shown.length;
  const versions =
    needed === undefined ? "" : `: ${from} -> ${needed}${version === undefined ? "" : `, and it has ${version}`}`;
  return [
    ...shown.map(({ message }) => `  ${message}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    bump === "none"
      ? `Nothing changed since ${baseline}${versions}.`
      : `A ${bump} release after ${baseline}${versions}.`,
    "",
  ].join("\n");
}

import { Command } from "commander";
import { type FindingFormat, type LockResult, lock } from "../pipeline/index.ts";
import { findingFormatOption, listOption, printFindings } from "./output.ts";

interface Options {
  readonly system?: readonly string[];
  readonly message?: readonly string[];
  readonly all?: boolean;
  readonly check?: boolean;
  readonly format: FindingFormat;
}

export const lockCommand = new Command("lock")
  .description("bring the number locks up to date: append what is new, reserve what is gone, renumber nothing")
  .addOption(listOption("--system <systems>", "only these systems"))
  .addOption(
    listOption(
      "--message <names>",
      "also lock these messages, enums and topics (by the name of their message) from now on",
    ),
  )
  .option("--all", "lock every message, enum and topic from now on")
  .option("--check", "write nothing; fail when a lock is out of date")
  .addOption(findingFormatOption())
  .addHelpText("after", "\nExample:\n  concordat lock --system telemetry --message telemetry.Envelope")
  .action(async ({ format, ...options }: Options) => {
    const result = await lock({ folder: process.cwd(), ...options });
    printFindings(result, format);
    if (format === "text") process.stdout.write(summary(result));
  });

function summary({ locks, exitCode }: LockResult): string {
  if (exitCode !== 0) return "Nothing was written.\n";
  return locks
    .map(({ path, changes }) => {
      const lines = changes.map(({ what, at, number }) => `  ${signs[what]} ${at} = ${number}\n`);
      return `${path}: ${changes.length === 0 ? "up to date" : `${changes.length} changed`}.\n${lines.join("")}`;
    })
    .join("");
}

const signs = { appended: "+", reserved: "-", renamed: "~" } as const;

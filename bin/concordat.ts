#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import manifest from "../package.json" with { type: "json" };
import { breakingCommand } from "./breaking.ts";
import { checkCommand } from "./check.ts";
import { changelogCommand, diffCommand } from "./diff.ts";
import { explainCommand } from "./explain.ts";
import { generateCommand } from "./generate.ts";
import { importCommand } from "./import.ts";
import { listCommand } from "./list.ts";
import { lockCommand } from "./lock.ts";
import { migrateCommand } from "./migrate.ts";
import { modelCommand } from "./model.ts";
import { semverCommand } from "./semver.ts";

const program = new Command("concordat")
  .description(
    "Reads event contracts as teams write them; generates types, schemas, tables and validators that all mean the same.",
  )
  .version(manifest.version)
  .showSuggestionAfterError()
  .showHelpAfterError("Run `concordat --help` for all commands.")
  .exitOverride()
  .addCommand(generateCommand)
  .addCommand(checkCommand)
  .addCommand(breakingCommand)
  .addCommand(diffCommand)
  .addCommand(changelogCommand)
  .addCommand(semverCommand)
  .addCommand(migrateCommand)
  .addCommand(modelCommand)
  .addCommand(listCommand)
  .addCommand(explainCommand)
  .addCommand(lockCommand)
  .addCommand(importCommand);

for (const command of program.commands) command.exitOverride().showSuggestionAfterError();

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  // Help and version end well; a wrong command line ends with 2, and anything else is a bug of ours.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}

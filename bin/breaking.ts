import { Command } from "commander";
import { breaking, type FindingFormat } from "../pipeline/index.ts";
import { type Judging, judging, withBaseline, withVerdicts } from "./against.ts";
import { findingFormatOption, printFindings } from "./output.ts";

export const breakingCommand = withVerdicts(
  withBaseline(new Command("breaking").description("say whom the changes since a baseline break, on every target")),
)
  .addOption(findingFormatOption())
  .addHelpText(
    "after",
    "\nExample:\n  concordat breaking --against git:origin/main --mode full\n  concordat breaking --against npm:concordat-events@^1 --transitive --format markdown",
  )
  .action(async ({ format, ...options }: Judging & { readonly format: FindingFormat }) =>
    printFindings(await breaking(judging(options)), format),
  );

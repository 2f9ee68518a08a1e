import { Command } from "commander";
import { check, type FindingFormat } from "../pipeline/index.ts";
import { judging } from "./against.ts";
import { findingFormatOption, listOption, printFindings, progress, todayOption } from "./output.ts";

interface Options {
  readonly system?: readonly string[];
  readonly today?: string;
  readonly format: FindingFormat;
}

export const checkCommand = new Command("check")
  .description(
    "the gate for CI: findings, generated files that are out of date, and whom changes break where a baseline is configured",
  )
  .addOption(listOption("--system <systems>", "only these systems"))
  .addOption(todayOption())
  .addOption(findingFormatOption())
  .addHelpText("after", "\nExample:\n  concordat check --format json > findings.json")
  .action(async ({ system, format, today }: Options) => {
    const { onStage, end } = progress();
    const result = await check({ ...judging({ ...(today && { today }) }), onStage, ...(system && { system }) });
    end();
    printFindings(result, format);
  });

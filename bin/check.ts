import { Command } from "commander";
import { generate } from "../pipeline/index.ts";
import { type Format, formatOption, listOption, printFindings, progress } from "./output.ts";

export const checkCommand = new Command("check")
  .description("the gate for CI: read everything, report findings and generated files that are out of date")
  .addOption(listOption("--system <systems>", "only these systems"))
  .addOption(formatOption())
  .addHelpText("after", "\nExample:\n  concordat check --format json > findings.json")
  .action(async ({ system, format }: { readonly system?: readonly string[]; readonly format: Format }) => {
    const { onStage, end } = progress();
    const result = await generate({ folder: process.cwd(), mode: "check", onStage, ...(system && { system }) });
    end();
    printFindings(result, format);
  });

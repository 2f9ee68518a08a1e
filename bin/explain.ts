import { relative, resolve } from "node:path";
import { Argument, Command } from "commander";
import { explain, explanationText } from "../pipeline/index.ts";
import { type Format, formatOption, paint, printFindings } from "./output.ts";

export const explainCommand = new Command("explain")
  .description("say what a rule or finding means, or where every fact of an event, type or field comes from")
  .addArgument(new Argument("<name>", "a rule, the code of a finding, or the name of an event, type, field or topic"))
  .addOption(formatOption())
  .addHelpText(
    "after",
    "\nExample:\n  concordat explain checks/event-naming\n  concordat explain xumi.weights.load.start.storage_size",
  )
  .action(async (name: string, { format }: { readonly format: Format }) => {
    const { explanations, folder, result } = await explain(name, process.cwd());
    if (result) return printFindings(result, format);
    if (format === "json") return void process.stdout.write(`${JSON.stringify(explanations, null, 2)}\n`);
    const here = (path: string): string => relative(process.cwd(), resolve(folder, path)) || path;
    const place = (source: { path: string; line: number; column: number }) =>
      `${here(source.path)}:${source.line}:${source.column}`;
    process.stdout.write(explanationText(explanations, { place, paint: paint() }));
  });

import { Argument, Command } from "commander";
import { modelLists, pluginLists, read, table } from "../pipeline/index.ts";
import { type Format, formatOption, listOption, printFindings } from "./output.ts";

export const listCommand = new Command("list")
  .description("list what there is")
  .addArgument(
    new Argument("<what>", "what to list").choices([...Object.keys(pluginLists), ...Object.keys(modelLists)]),
  )
  .addOption(listOption("--system <systems>", "only these systems"))
  .addOption(formatOption())
  .addHelpText("after", "\nExample:\n  concordat list events --system telemetry")
  .action(async (what: string, options: { readonly system?: readonly string[]; readonly format: Format }) => {
    const { system, format } = options;
    const print = (rows: ReturnType<NonNullable<(typeof pluginLists)[string]>>): void =>
      void process.stdout.write(format === "json" ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
    const plugins = pluginLists[what];
    if (plugins) return print(plugins());
    const result = await read({ folder: process.cwd(), ...(system && { system }) });
    if (!result.project || result.exitCode !== 0) return printFindings(result, format);
    print(modelLists[what]?.(result.project.view) ?? []);
  });

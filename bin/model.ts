import { Command, Option } from "commander";
import { modelTree, printModel, read, storageOf } from "../pipeline/index.ts";
import { listOption, printFindings } from "./output.ts";

interface Options {
  readonly format: "tree" | "json";
  readonly system?: readonly string[];
}

export const modelCommand = new Command("model")
  .description("print the model: everything the sources say, in one shape")
  .addOption(new Option("--format <format>", "how to print").choices(["tree", "json"]).default("tree"))
  .addOption(listOption("--system <systems>", "only these systems (tree)"))
  .addHelpText("after", "\nExample:\n  concordat model --system flyte")
  .action(async ({ format, system }: Options) => {
    const result = await read({ folder: process.cwd(), ...(system && { system }) });
    const { project } = result;
    // A model with errors in it would be taken for the truth: the findings are printed in its place.
    if (!project || result.exitCode !== 0) return printFindings(result, format === "json" ? "json" : "text");
    process.stdout.write(
      format === "json" ? printModel(project.model, storageOf(project.config)) : modelTree(project.view),
    );
  });

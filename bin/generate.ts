import { Command } from "commander";
import { type FindingFormat, generate, type RunResult } from "../pipeline/index.ts";
import { findingFormatOption, listOption, printFindings, progress } from "./output.ts";

interface Options {
  readonly only?: readonly string[];
  readonly system?: readonly string[];
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly stats?: boolean;
  readonly format: FindingFormat;
}

export const generateCommand = new Command("generate")
  .description("read all sources and write the files of every target")
  .addOption(listOption("--only <generators>", "only these targets"))
  .addOption(listOption("--system <systems>", "only these systems"))
  .option("--check", "write nothing; fail on files that are missing, changed or orphaned")
  .option("--dry-run", "write nothing; say what would be written")
  .option("--stats", "tell the time of each stage")
  .addOption(findingFormatOption())
  .addHelpText("after", "\nExample:\n  concordat generate --only typescript,json-schema --system h2o")
  .action(async (options: Options) => {
    const { onStage, end } = progress();
    const mode = options.check ? "check" : options.dryRun ? "dry-run" : "write";
    const result = await generate({
      folder: process.cwd(),
      mode,
      onStage,
      now: () => performance.now(),
      ...(options.only && { only: options.only }),
      ...(options.system && { system: options.system }),
    });
    end();
    printFindings(result, options.format);
    if (options.format === "text") process.stdout.write(summary(result, mode));
    if (options.stats) process.stdout.write(stages(result));
  });

function summary({ plan, made, exitCode }: RunResult, mode: "write" | "check" | "dry-run"): string {
  if (!plan || !made) return exitCode === 0 ? "" : "Nothing was written.\n";
  const rows = [...made].map(
    ([target, files]) => `  ${target.padEnd(14)} ${files.length} file${files.length === 1 ? "" : "s"}`,
  );
  const changes = [
    ...plan.write.map(({ path, isNew }) => `  ${isNew ? "+" : "~"} ${path}`),
    ...plan.remove.map((path) => `  - ${path}`),
  ];
  const verb = mode === "write" && exitCode === 0 ? "written" : "to write";
  const total = `${plan.write.length} ${verb}, ${plan.remove.length} to remove, ${plan.unchanged} unchanged.`;
  const lines = [
    ...rows,
    ...(mode === "dry-run" ? changes : []),
    mode === "write" ? total.replace("to remove", "removed") : total,
  ];
  return `${lines.join("\n")}\n`;
}

function stages({ stats }: RunResult): string {
  return stats
    .map(({ stage, milliseconds }) => `  ${stage.padEnd(14)} ${milliseconds.toFixed(0).padStart(6)} ms\n`)
    .join("");
}

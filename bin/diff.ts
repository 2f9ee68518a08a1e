import { Command } from "commander";
import { changelog, diff, differencesJson, differencesText } from "../pipeline/index.ts";
import { type Against, against, withBaseline } from "./against.ts";
import { type Format, formatOption, printFindings, surroundingsOf } from "./output.ts";

export const diffCommand = withBaseline(
  new Command("diff").description("list every fact that differs from a baseline, without any verdict"),
)
  .addOption(formatOption())
  .addHelpText("after", "\nExample:\n  concordat diff --against git:v1.2.0")
  .action(async ({ format, ...options }: Against & { readonly format: Format }) => {
    const result = await diff(against(options));
    if (!result.differences) return printFindings(result, format);
    const print = format === "json" ? differencesJson : differencesText;
    process.stdout.write(print(result.differences, surroundingsOf(result)));
  });

export const changelogCommand = withBaseline(
  new Command("changelog").description("write what changed since a baseline as Markdown, event by event"),
)
  .addHelpText("after", "\nExample:\n  concordat changelog --against git:v1.2.0 >> CHANGELOG.md")
  .action(async (options: Against) => {
    const result = await diff(against(options));
    if (!result.differences) return printFindings(result, "text");
    process.stdout.write(changelog(result.differences));
  });

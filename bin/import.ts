import { Command, Option } from "commander";
import { type FindingFormat, type ImportForm, type ImportResult, importDocument } from "../pipeline/index.ts";
import { findingFormatOption, printFindings } from "./output.ts";

interface Options {
  readonly reader?: string;
  readonly system?: string;
  readonly out?: string;
  readonly to?: ImportForm;
  readonly dryRun?: boolean;
  readonly format: FindingFormat;
}

export const importCommand = new Command("import")
  .description("write a clean source from a document as found, and an overlay for what it leaves open")
  .argument("<file>", "the document")
  .option("--reader <reader>", "the reader; by default the one that recognises the text")
  .option("--system <system>", "the system it belongs to")
  .option("--out <folder>", "where to write; by default beside the document")
  .addOption(new Option("--to <form>", "the form to write").choices(["markdown", "protobuf"]))
  .option("--dry-run", "write nothing; print what would be written")
  .addOption(findingFormatOption())
  .addHelpText("after", "\nExample:\n  concordat import wiki/events.txt --system shop --out docs")
  .action(async (file: string, { format, ...options }: Options) => {
    const result = await importDocument({ folder: process.cwd(), file, ...options });
    printFindings(result, format);
    if (format === "text") process.stdout.write(summary(result, options.dryRun ?? false));
  });

function summary({ files, reader, exitCode }: ImportResult, dryRun: boolean): string {
  if (exitCode !== 0 || files.length === 0) return "Nothing was written.\n";
  if (dryRun) return files.map(({ path, content }) => `--- ${path}\n${content}`).join("");
  return `Read by ${reader}. Written: ${files.map(({ path }) => path).join(", ")}.\n`;
}

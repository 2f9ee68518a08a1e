import { Argument, Command, Option } from "commander";
import { type MigrateOptions, migrate, migrationJson, migrationSql } from "../pipeline/index.ts";
import { type Against, against, withBaseline } from "./against.ts";
import { listOption, printFindings } from "./output.ts";

interface Options extends Against {
  readonly table?: readonly string[];
  readonly allow?: readonly string[];
  readonly format: "sql" | "json";
}

const repeated = (flags: string, what: string): Option =>
  new Option(flags, what).argParser((value: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    value,
  ]);

export const migrateCommand = withBaseline(
  new Command("migrate").description("plan the statements that lead from the tables of a baseline to those of today"),
)
  .addArgument(new Argument("<target>", "what keeps data: clickhouse"))
  .addOption(
    repeated(
      "--table <file>",
      "compare with what runs: the answer of SHOW CREATE TABLE … FORMAT TSVRaw; may be repeated",
    ),
  )
  .addOption(
    listOption("--allow <losses>", "what may be lost, by the names that a plan gives: drop-column:<table>.<column>"),
  )
  .addOption(new Option("--format <format>", "how to print the plan").choices(["sql", "json"]).default("sql"))
  .addHelpText(
    "after",
    "\nExample:\n  concordat migrate clickhouse --against git:v1.2.0 > migration.sql\n  concordat migrate clickhouse --table show-create.sql --format json",
  )
  .action(async (target: string, { format, table, allow, ...options }: Options) => {
    const asked: MigrateOptions = {
      ...against(options),
      target,
      ...(table && { tables: table }),
      ...(allow && { allow }),
    };
    const result = await migrate(asked);
    const { migration, from } = result;
    if (!migration || from === undefined) return printFindings(result, format === "json" ? "json" : "text");
    const print = format === "json" ? migrationJson : migrationSql;
    process.stdout.write(print({ ...migration, target, from }));
  });

import { type Command, Option } from "commander";
import { type AgainstOptions, type BreakingOptions, compatibilityTargets, failOnChoices } from "../pipeline/index.ts";
import { listOption, todayOption } from "./output.ts";

/** What commands that compare are told on the command line. */
export interface Against {
  readonly against?: readonly string[];
  readonly transitive?: boolean;
}

/** What commands that judge are told beside. */
export interface Judging extends Against {
  readonly mode?: NonNullable<BreakingOptions["mode"]>;
  readonly target?: readonly string[];
  readonly failOn?: NonNullable<BreakingOptions["failOn"]>;
  readonly today?: string;
}

/** Adds `--against` and `--transitive`. */
export const withBaseline = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "--against <baseline>",
        "what to compare with: git:<ref>, git:merge-base, dir:<folder>, file:<model.json>, npm:<package>@<range>; may be repeated",
      ).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]),
    )
    .option("--transitive", "also compare with every version before it");

/** Adds what says which changes count. */
export const withVerdicts = (command: Command): Command =>
  command
    .addOption(
      new Option("--mode <mode>", "old data read by the new side, new data by the old, or both").choices([
        "backward",
        "forward",
        "full",
      ]),
    )
    .addOption(listOption("--target <targets>", `only these targets: ${compatibilityTargets.join(", ")}`))
    .addOption(new Option("--fail-on <verdict>", "the least verdict that is an error").choices(failOnChoices))
    .addOption(todayOption());

/** Options of a command as the pipeline takes them. */
export const against = ({ against: baselines, transitive }: Against): AgainstOptions => ({
  folder: process.cwd(),
  env: process.env,
  ...(baselines && { against: baselines }),
  ...(transitive && { transitive }),
});

/** Likewise, with the day that it is where somebody runs the command. */
export const judging = ({ mode, target, failOn, today: day, ...rest }: Judging): BreakingOptions => ({
  ...against(rest),
  today: day ?? dayOf(new Date()),
  ...(mode && { mode }),
  ...(target && { targets: target }),
  ...(failOn && { failOn }),
});

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

import type { Migration, MigrationStep, StepPlace } from "../../model/index.ts";
import { printable } from "./printable.ts";

/** A migration and what it begins with. */
export interface PrintedMigration extends Migration {
  readonly target: string;
  readonly from: string;
}

/** A migration as statements that can be executed from top to bottom, with the reasons as comments. */
export function migrationSql({ target, from, steps, withheld }: PrintedMigration): string {
  if (steps.length === 0 && withheld.length === 0)
    return `-- ${target} is what ${line(from)} describes: nothing is to be done.\n`;
  const numbered = steps.map((step, index) => ({ step, number: index + 1 }));
  const at = (place: StepPlace) => numbered.filter(({ step }) => step.place === place);
  const [first, last] = [at("before-producers"), at("after-consumers")];
  const preflights = first.flatMap(({ step }) => {
    const early = step.earlyPreflight ?? step.preflight;
    return early === undefined ? [] : [`${early};`];
  });
  return `${[
    comment(
      `Migration of ${target} from ${from} to what the contracts describe now.`,
      "Stop at the first statement that fails: what was done before it can stay.",
    ),
    ...(preflights.length > 0
      ? [heading("Before anything else: each of these fails when something would be lost"), ...preflights]
      : []),
    ...(first.length > 0 ? [heading("Before producers send what is new"), ...first.map(printStep)] : []),
    ...(last.length > 0 ? [heading("After consumers have stopped to read what is old"), ...last.map(printStep)] : []),
    ...(withheld.length > 0
      ? [
          heading("Not done, since data would be lost"),
          comment(...withheld.map(({ allow, at: place, why }) => `${place}: ${why} Ask for it with --allow ${allow}`)),
        ]
      : []),
  ].join("\n\n")}\n`;
}

const heading = (title: string): string => `-- ${"=".repeat(8)} ${title} ${"=".repeat(8)}`;

const classes: Readonly<Record<MigrationStep["class"], string>> = {
  metadata: "metadata only",
  rewrite: "rows are written again",
  preflight: "rows are written again, after a look at them",
  impossible: "impossible in place: this is the way around",
};

function printStep({ step, number }: { readonly step: MigrationStep; readonly number: number }): string {
  const { what, at, statements, preflight, back, backNote, everyShard } = step;
  const way = [
    ...(back.length > 0
      ? [
          "The way back:",
          ...back
            .map((one) => `${one};`)
            .join("\n")
            .split(/\r\n|[\n\r\u2028\u2029]/)
            .map((one) => `  ${one}`),
        ]
      : []),
    ...(backNote === undefined ? [] : [back.length > 0 ? backNote : `The way back: ${backNote}`]),
  ];
  return [
    comment(
      `${number}. ${what}`,
      `${at}: ${classes[step.class]}.`,
      ...(everyShard ? ["Execute it on one replica of each shard."] : []),
    ),
    ...[...(preflight === undefined ? [] : [preflight]), ...statements].map((one) => `${one};`),
    ...(way.length > 0 ? [comment(...way)] : []),
  ].join("\n");
}

/** Nothing in a comment ends it: what is named may have any character in its name. */
const comment = (...lines: readonly string[]): string => lines.map((one) => `-- ${line(one)}`.trimEnd()).join("\n");
const line = (text: string): string => printable(text.replace(/[\r\n\u2028\u2029]+/g, " "));

/** A migration as data. */
export function migrationJson({ target, from, steps, withheld }: PrintedMigration): string {
  const rows = steps.map((step, index) => ({ number: index + 1, ...step }));
  return `${JSON.stringify({ schemaVersion: 1, findings: [], target, from, steps: rows, withheld }, null, 2)}\n`;
}

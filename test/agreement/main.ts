import { fork } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { read } from "../../pipeline/index.ts";
import { enoughForFields, overstatements } from "./honesty.ts";
import { readLedger } from "./ledger.ts";
import { reportText } from "./report.ts";
import { joined, type Result, resultOf } from "./result.ts";
import { type AgreementOptions, runAgreement } from "./run.ts";

const usage =
  "Usage: npm run agreement -- [--runs N] [--seed N] [--system S]... [--event E]... [--target T]... [--generated DIR] [--processes N]";

const many = { type: "string", multiple: true } as const;
const flags = {
  runs: { type: "string", default: "200" },
  seed: { type: "string", default: "1" },
  system: many,
  event: many,
  target: many,
  generated: { type: "string" },
  processes: { type: "string", default: "2" },
  part: { type: "string" },
} as const;

/** The long run: its events are shared out among processes, since a process can have one ClickHouse. */
export async function main(root: string, script: string): Promise<number> {
  const start = performance.now();
  const { values } = parseArgs({ options: flags });
  const [runs, seed, processes] = [values.runs, values.seed, values.processes].map(Number);
  if (![runs, seed, processes].every((number) => Number.isSafeInteger(number)) || !runs || !processes) {
    console.error(usage);
    return 2;
  }
  const options: AgreementOptions = {
    folder: root,
    generated: resolve(values.generated ?? join(root, "generated")),
    runs,
    seed: seed ?? 1,
    systems: values.system,
    events: values.event,
    targets: values.target,
  };
  if (values.part !== undefined) {
    const onEvent = process.stderr.isTTY ? ({ name }: { name: string }) => console.error(name) : undefined;
    const result = await part({
      ...options,
      ...(onEvent && { onEvent }),
      share: { part: Number(values.part), of: processes },
    });
    await new Promise<void>((done) => process.send?.(result, () => done()));
    process.disconnect?.();
    return 0;
  }
  const parts = Array.from({ length: processes }, (_, i) => inChild(script, [...process.argv.slice(2), `--part=${i}`]));
  const result = joined(await Promise.all(parts));
  const seen = {
    reachable: new Set(result.reachable),
    targets: new Set(result.targets),
    lost: new Set(result.lost),
    took: new Set(result.took),
  };
  const by = runs >= enoughForFields ? "field" : "reason";
  const overstated = overstatements(readLedger(options.generated), seen, by);
  console.log(reportText(result, overstated, (performance.now() - start) / 1000));
  return result.disagreements.length + overstated.length > 0 || result.events === 0 ? 1 : 0;
}

async function part(options: AgreementOptions): Promise<Result> {
  const { project } = await read({ folder: options.folder });
  if (!project) throw new Error("The project does not load: run `concordat check`.");
  return resultOf(project, await runAgreement(project, options));
}

function inChild(script: string, args: readonly string[]): Promise<Result> {
  return new Promise((done, failed) => {
    const child = fork(script, args, { serialization: "advanced" });
    let result: Result | undefined;
    child.on("message", (message) => {
      result = message as Result;
    });
    child.on("error", failed);
    child.on("close", (code) => (result ? done(result) : failed(new Error(`A part of the run ended with ${code}.`))));
  });
}

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Event } from "../../../pipeline/index.ts";
import type { Sample, WireValue } from "../../../verify/index.ts";
import { type MakeJudge, refused, taken, type Verdict } from "../judge.ts";
import { at, type Difference, isRecord } from "../meaning.ts";
import { literal } from "../wire.ts";

const compiler = join(import.meta.dirname, "../../../node_modules/typescript/bin/tsc");

/** What becomes of an integer in the language itself: it needs no compiler, and so sees every sample. */
export const numbers: MakeJudge = () => ({
  name: "js numbers",
  targets: ["typescript"],
  sees: "values",
  judge: (_event, samples) =>
    samples.map(({ value }) => {
      const differences = [...rounded(value, "")];
      return differences.length === 0 ? taken : changed(differences);
    }),
});

interface Task {
  readonly event: Event;
  readonly samples: readonly Sample[];
  readonly done: (verdicts: readonly Verdict[]) => void;
  readonly failed: (error: Error) => void;
}

/**
 * The type checker: each sample is a literal of its event's type, a statement and a line of its own, so that the line of an
 * error tells which was refused. A number is written with all its digits; where the value it has in JavaScript is another
 * one, the type took the sample and changed it.
 */
export const typescript: MakeJudge = ({ generated }) => {
  const folder = mkdtempSync(join(tmpdir(), "concordat-agreement-"));
  let tasks: Task[] = [];
  let runs = 0;
  return {
    name: "tsc",
    targets: ["typescript"],
    limit: 200,
    judge: (event, samples) =>
      new Promise((done, failed) => {
        tasks.push({ event, samples, done, failed });
      }),
    flush: async () => {
      const batch = tasks;
      tasks = [];
      if (batch.length === 0) return;
      const place = join(folder, String(runs++));
      try {
        const errors = await compile(place, generated, batch);
        for (const [i, { samples, done }] of batch.entries())
          done(samples.map(({ value }, line) => verdictOf(value, errors.get(`${i}:${line}`))));
      } catch (error) {
        for (const { failed } of batch) failed(error as Error);
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};

function verdictOf(value: WireValue, error: string | undefined): Verdict {
  if (error !== undefined) return refused(error);
  const differences = [...rounded(value, "")];
  return differences.length === 0 ? taken : changed(differences);
}

const changed = (differences: readonly Difference[]): Verdict => ({
  kind: "changed",
  got: differences.map(({ got }) => got).join(", "),
  differences,
});

/** Integers that no JavaScript number holds. */
function* rounded(value: WireValue, pointer: string): Iterable<Difference> {
  if (typeof value === "bigint") {
    if (BigInt(Number(value)) !== value) yield { pointer, wanted: `${value}`, got: `${BigInt(Number(value))}` };
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* rounded(item, at(pointer, i));
  } else if (isRecord(value)) {
    for (const [key, part] of Object.entries(value)) yield* rounded(part, at(pointer, key));
  }
}

/** Compiles a file per task; the errors by task and line. */
async function compile(
  folder: string,
  generated: string,
  tasks: readonly Task[],
): Promise<ReadonlyMap<string, string>> {
  mkdirSync(folder, { recursive: true });
  for (const [i, { event, samples }] of tasks.entries()) {
    const index = JSON.stringify(join(generated, event.system, "index.js"));
    const lines = samples.map(({ value }, n) => `export const s${n}: E = ${literal(value)};`);
    writeFileSync(
      join(folder, `${i}.ts`),
      [`import type { EventMap } from ${index}; type E = EventMap[${JSON.stringify(event.name)}];`, ...lines].join(
        "\n",
      ),
    );
  }
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    types: [],
    noEmit: true,
  };
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: tasks.map((_, i) => `${i}.ts`) }),
  );
  const errors = new Map<string, string>();
  for (const line of (await run(folder)).split("\n")) {
    const found = /^(\d+)\.ts\((\d+),\d+\): error (TS\d+: .*)$/.exec(line);
    if (found) {
      const key = `${found[1]}:${Number(found[2]) - 2}`;
      if (!errors.has(key)) errors.set(key, found[3] ?? "");
    } else if (/^\S.*error TS/.test(line)) throw new Error(`tsc: ${line}`);
  }
  return errors;
}

function run(folder: string): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [compiler, "-p", folder, "--pretty", "false"], { cwd: folder });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.on("error", failed);
    // 0 without and 2 with errors; anything else is no answer.
    child.on("close", (code) =>
      code === 0 || code === 1 || code === 2
        ? done(Buffer.concat(parts).toString("utf8"))
        : failed(new Error(`tsc ended with ${code}.`)),
    );
  });
}

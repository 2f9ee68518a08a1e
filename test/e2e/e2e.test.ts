import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

/**
 * Events of every kind over a broker into their tables, with a crash of the reader in the middle: the same runs as
 * `npm run e2e`, shuffled and with all topics at once. What they print tells all.
 */
const run = (...args: readonly string[]): Promise<string> =>
  new Promise((done) => {
    const script = join(import.meta.dirname, "run.mjs");
    const all = [script, "--shuffle", "--all-topics", ...args];
    execFile(process.execPath, all, { maxBuffer: 2 ** 28 }, (_error, stdout, stderr) =>
      done(stderr === "" ? stdout : `${stdout}\n${stderr}`),
    );
  });

// The end of the output is the verdict, what stands before it the reasons. Half of the time goes by in waiting for groups to form.
test.concurrent("events as JSON are where they belong, once", { timeout: 600_000 }, async () => {
  expect(await run("--events", "10000", "--encoding", "json")).toMatch(
    /77,000 sent, 70,000 landed, 3,500 dead, 3,500 duplicate, 0 lost, 0 faults/,
  );
});

test.concurrent("events as Protobuf and Avro are, side by side", { timeout: 600_000 }, async () => {
  expect(await run("--events", "10000", "--encoding", "protobuf,avro")).toMatch(
    /154,000 sent, 140,000 landed, 7,000 dead, 7,000 duplicate, 0 lost, 0 faults/,
  );
});

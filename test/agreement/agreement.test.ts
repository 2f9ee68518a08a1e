import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

/**
 * Every target takes, refuses and gives back what the others do, as far as the ledger does not say otherwise beforehand.
 * The same run as `npm run agreement`, with fewer samples; what it prints tells all.
 */
test("all targets agree on every event", { timeout: 600_000 }, async () => {
  const script = join(import.meta.dirname, "run.mjs");
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, [script, "--runs", "200"], { maxBuffer: 2 ** 28 }, (_error, stdout, stderr) =>
      done(stderr === "" ? stdout : `${stdout}\n${stderr}`),
    );
  });
  // The end of it is the verdict, what stands before it the reasons.
  expect(output).toMatch(/^[1-9][0-9]* events, 0 disagreements, 0 rows of the ledger that overstate/m);
});

import type { Reporter, TestModule } from "vitest/node";

/** Ends the output of a run with one line that machines read: `N passed, N failed`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) counts[test.result().state as keyof typeof counts]++;
      // A file that does not load has no tests, and is a failure all the same.
      if (module.state() === "failed" && tests.every((test) => test.result().state !== "failed")) counts.failed++;
    }
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
    process.on("exit", () => process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`));
  }
}

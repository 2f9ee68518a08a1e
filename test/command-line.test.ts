import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, smallProject } from "./support/project.ts";

/** The shipped bundle, as people run it; `npm test` builds it first. */
const bundle = join(import.meta.dirname, "..", "dist", "concordat.js");

function concordat(folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

const broken = {
  ...smallProject,
  "docs/events.md": smallProject["docs/events.md"].replace("| total | number", "| total | mony"),
};

describe("concordat", () => {
  test("ends with 0 when all is well, 1 for what a source says, 2 for the command line and the configuration", () => {
    expect(concordat(folderWith(smallProject), "generate").status).toBe(0);
    expect(concordat(folderWith(broken), "check").status).toBe(1);
    expect(concordat(folderWith({}), "generate").status).toBe(2);
    expect(concordat(folderWith(smallProject), "generate", "--onyl", "x").status).toBe(2);
    expect(concordat(folderWith(smallProject), "genrate").status).toBe(2);
    expect(concordat(folderWith(smallProject), "list", "evnts").status).toBe(2);
  });

  test("names the nearest command and flag", () => {
    const folder = folderWith({});
    expect(concordat(folder, "genrate").stderr).toContain("Did you mean generate?");
    expect(concordat(folder, "generate", "--onyl", "x").stderr).toContain("Did you mean --only?");
  });

  test.each(["generate", "check", "model", "list", "breaking", "diff", "changelog", "semver"])(
    "%s --help has an example",
    (command) => {
      const { status, stdout } = concordat(folderWith({}), command, "--help");
      expect(status).toBe(0);
      expect(stdout).toContain(`Example:\n  concordat ${command}`);
    },
  );

  test("prints findings to standard output, with the line and a mark, and nothing else to a pipe", () => {
    const { stdout, stderr } = concordat(folderWith(broken), "generate");
    expect(stderr).toBe("");
    expect(stdout).toContain("docs/events.md:19:11 - error pages/unknown-type");
    expect(stdout).toContain("19 | | total | mony | What it costs |\n   |           ~~~~");
    expect(stdout).toContain("Nothing was written.");
    expect(stdout).not.toMatch(/\u001b/);
  });

  test("prints paths relative to where it was started", () => {
    const folder = folderWith(broken);
    expect(concordat(join(folder, "docs"), "check").stdout).toContain("events.md:19:11 - error");
  });

  test("prints findings as JSON with offsets, lines and columns", () => {
    const { stdout } = concordat(folderWith(broken), "check", "--format", "json");
    const { schemaVersion, findings } = JSON.parse(stdout);
    expect(schemaVersion).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: "pages/unknown-type",
        severity: "error",
        span: expect.objectContaining({
          path: "docs/events.md",
          from: { line: 19, column: 11 },
          to: { line: 19, column: 15 },
        }),
      }),
    );
  });

  test("lists what there is, as text and as JSON", () => {
    const folder = folderWith(smallProject);
    expect(concordat(folder, "list", "events").stdout).toBe(
      "name                 system  group   topic\norders.order.placed  shop    orders  orders\n",
    );
    expect(JSON.parse(concordat(folder, "list", "topics", "--format", "json").stdout)).toEqual([
      { name: "orders", system: "shop", transport: "kafka", events: 1 },
    ]);
    expect(concordat(folder, "list", "generators").stdout).toContain("typescript");
    expect(concordat(folder, "list", "systems").stdout).toContain("shop");
  });

  test("tells the time of each stage when asked", () => {
    expect(concordat(folderWith(smallProject), "generate", "--stats").stdout).toMatch(/read\s+\d+ ms/);
  });

  test("dumps the model that it also publishes", () => {
    const folder = folderWith(smallProject);
    concordat(folder, "generate");
    expect(concordat(folder, "model", "--format", "json").stdout).toBe(
      readFileSync(join(folder, "generated/model.json"), "utf8"),
    );
    expect(concordat(folder, "model").stdout).toContain("event orders.order.placed");
  });
});

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, smallProject } from "./support/project.ts";

/** The shipped bundle, as people run it; `npm test` builds it first. */
const bundle = join(import.meta.dirname, "..", "dist", "concordat.js");

function concordat(folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

const lockPath = "contracts/numbers/shop.yaml";

describe("concordat lock", () => {
  test("begins a lock, has nothing to do after that, and tells CI when it is out of date", () => {
    const folder = folderWith(smallProject);
    const first = concordat(folder, "lock", "--message", "Envelope");
    expect(first.stdout).toContain(
      `${lockPath}: 3 changed.\n  + shop.Envelope.event_id = 1\n  + shop.Envelope.event_type = 2\n  + shop.Envelope.timestamp = 3\n`,
    );
    expect(first.status).toBe(0);
    expect(concordat(folder, "lock").stdout).toContain(`${lockPath}: up to date.\n`);
    expect(concordat(folder, "lock", "--check").status).toBe(0);
    expect(concordat(folder, "lock", "--check", "--all").status).toBe(1);
    expect(readFileSync(join(folder, lockPath), "utf8")).not.toContain("all: true");
  });

  test("ends with 2 for a name that nothing has", () => {
    const { status, stdout } = concordat(folderWith(smallProject), "lock", "--message", "Envelop");
    expect(status).toBe(2);
    expect(stdout).toContain("Nothing was written.");
  });
});

describe("concordat import", () => {
  test("says what it has written, and refuses to overwrite it", () => {
    const folder = folderWith({ "wiki/page.md": smallProject["docs/events.md"] });
    const { status, stdout } = concordat(folder, "import", "wiki/page.md", "--system", "shop", "--out", "docs");
    expect(stdout).toContain("Read by markdown. Written: docs/page.md, docs/page.overlay.yaml.\n");
    expect(status).toBe(0);
    const again = concordat(folder, "import", "wiki/page.md", "--system", "shop", "--out", "docs");
    expect(again.stdout).toContain("docs/page.md exists already");
    expect(again.status).toBe(2);
  });

  test("prints in a dry run what it would write", () => {
    const folder = folderWith({ "page.md": smallProject["docs/events.md"] });
    const { stdout } = concordat(folder, "import", "page.md", "--out", "docs", "--dry-run");
    expect(stdout).toContain("--- docs/page.md\n# page\n");
    expect(existsSync(join(folder, "docs"))).toBe(false);
  });

  test.each(["lock", "import"])("%s --help has an example", (command) => {
    expect(concordat(folderWith({}), command, "--help").stdout).toContain(`Example:\n  concordat ${command}`);
  });
});

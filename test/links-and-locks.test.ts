import { lstatSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lock, read } from "../pipeline/index.ts";
import { folderWith, smallProject, textOf } from "./support/project.ts";

const path = "contracts/numbers/shop.yaml";

test("a lock file that was emptied is no lock that never was", async () => {
  const folder = folderWith({ ...smallProject, [path]: "# nothing left\n" });
  const result = await read({ folder });
  expect(result.exitCode).toBe(1);
  expect(textOf(folder, result)).toContain("lock/empty: The number lock contracts/numbers/shop.yaml holds nothing.");
});

test("a lock file behind a link stays what it is", async () => {
  const folder = folderWith({ ...smallProject, "contracts/numbers/real.yaml": "all: true\n" });
  symlinkSync("real.yaml", join(folder, path));
  const result = await lock({ folder });
  expect(result.exitCode).toBe(2);
  expect(lstatSync(join(folder, path)).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, "contracts/numbers/real.yaml"), "utf8")).toBe("all: true\n");
});

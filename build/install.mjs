import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

// Installs what the lock file names, unless it is installed already: npm leaves a copy of the lock file where it installed.
const root = new URL("..", import.meta.url);
const packagesOf = (path) => {
  try {
    const { packages } = JSON.parse(readFileSync(new URL(path, root), "utf8"));
    return Object.entries(packages).filter(([place]) => place !== "");
  } catch {
    return undefined;
  }
};

const wanted = packagesOf("package-lock.json") ?? [];
const installed = new Map(packagesOf("node_modules/.package-lock.json") ?? []);
// Optional packages are for other platforms; everything else must be there in the version that is locked.
const complete = wanted.every(
  ([place, { version, optional }]) => optional || installed.get(place)?.version === version,
);
if (!complete) {
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  process.exitCode = status ?? 1;
}

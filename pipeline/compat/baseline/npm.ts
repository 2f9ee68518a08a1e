import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Report } from "../../../model/index.ts";
import { noModelInPackage, noPackage } from "../diagnostics.ts";
import { loadFile, modelFrom } from "./file.ts";
import type { Loaded } from "./loaded.ts";
import { compareVersions, isInRange, versionOf } from "./range.ts";
import { filesInTarball } from "./tarball.ts";

interface Wanted {
  readonly label: string;
  readonly name: string;
  readonly range: string;
}

const modelName = "model.json";

/** The model inside a package: of the one that is installed when it fits, and otherwise of what its registry has. */
export function loadPackage(wanted: Wanted, folder: string, report: Report): Loaded | undefined {
  const { label, name, range } = wanted;
  const home = installed(folder, name);
  const version = home === undefined ? undefined : versionIn(readFileSync(join(home, "package.json")));
  if (home !== undefined && version !== undefined && isInRange(version, range)) {
    if (!existsSync(join(home, modelName)))
      return void report(noModelInPackage(undefined, { baseline: label, version }));
    const loaded = loadFile(label, join(home, modelName), report);
    return loaded && { ...loaded, version };
  }
  return fetched(wanted, folder, report);
}

/** Every published version that fits, latest first, as baselines of their own. */
export function versionsOf(
  { label, name, range }: Wanted,
  folder: string,
  report: Report,
): readonly Wanted[] | undefined {
  const answer = npm(["view", "--json", "--", name, "versions"], folder);
  try {
    if (answer.why !== undefined) throw new Error(answer.why);
    const versions = [JSON.parse(answer.text) as string | readonly string[]].flat();
    const fitting = versions.filter((version) => isInRange(version, range)).sort((a, b) => order(b, a));
    if (fitting.length === 0) throw new Error("no version fits");
    return fitting.map((version) => ({ label: `npm:${name}@${version}`, name, range: version }));
  } catch (error) {
    return void report(noPackage(undefined, { baseline: label, why: (error as Error).message }));
  }
}

function order(a: string, b: string): number {
  const [x, y] = [versionOf(a), versionOf(b)];
  return x && y ? compareVersions(x, y) : 0;
}

function installed(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const home = join(folder, "node_modules", name);
    if (existsSync(join(home, "package.json"))) return home;
    if (dirname(folder) === folder) return undefined;
  }
}

function fetched({ label, name, range }: Wanted, folder: string, report: Report): Loaded | undefined {
  const place = mkdtempSync(join(tmpdir(), "concordat-npm-"));
  const fail = (why: string): undefined => void report(noPackage(undefined, { baseline: label, why }));
  try {
    const spec = `${name}@${range}`;
    const answer = npm(["pack", "--silent", "--ignore-scripts", "--pack-destination", place, "--", spec], folder);
    if (answer.why !== undefined) return fail(answer.why);
    // Of a range that several versions fit, all are packed: the latest is the one that is meant.
    const packed = readdirSync(place)
      .filter((file) => file.endsWith(".tgz"))
      .map((file) => filesInTarball(readFileSync(join(place, file)), ["package.json", modelName]))
      .map((files) => ({ files, version: versionIn(files.get("package.json")) ?? "0.0.0" }))
      .sort((a, b) => order(b.version, a.version));
    const [latest] = packed;
    if (!latest) return fail("`npm pack` wrote nothing");
    const model = latest.files.get(modelName);
    if (!model) return void report(noModelInPackage(undefined, { baseline: label, version: latest.version }));
    const loaded = modelFrom(label, model, report);
    return loaded && { ...loaded, version: latest.version };
  } catch (error) {
    return fail((error as Error).message);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function npm(args: readonly string[], cwd: string): { readonly text: string; readonly why?: string } {
  const { status, stdout, stderr, error } = spawnSync("npm", args, {
    cwd,
    encoding: "utf8",
    timeout: 120_000,
    maxBuffer: 64_000_000,
    windowsHide: true,
  });
  if (error) return { text: "", why: `npm does not start or end (${(error as NodeJS.ErrnoException).code})` };
  if (status === 0) return { text: stdout };
  const lines = stderr.split("\n").filter((line) => /^npm (?:error|ERR!) (?!A complete log|code )/.test(line));
  return {
    text: "",
    why: lines[0]?.replace(/^npm (?:error|ERR!) /, "").replace(/\.$/, "") ?? "npm ends with an error",
  };
}

function versionIn(manifest: Uint8Array | undefined): string | undefined {
  try {
    const { version } = JSON.parse(new TextDecoder().decode(manifest)) as { readonly version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

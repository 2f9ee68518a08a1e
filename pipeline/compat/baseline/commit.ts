import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join, posix } from "node:path";
import type { Report } from "../../../model/index.ts";
import { type Config, configName, loadConfig } from "../../config.ts";
import { collect } from "../../findings.ts";
import { lockPath } from "../../locks/apply.ts";
import { folderOf } from "../../source-store.ts";
import { noProject, notReadable } from "../diagnostics.ts";
import { broken, loadProject } from "./folder.ts";
import type { Git } from "./git.ts";
import type { Loaded } from "./loaded.ts";

/** What documents include from others, beside files of their own ending. */
const includable = [".proto", ".conf", ".hocon", ".json", ".properties"];

/**
 * Reads the project as a commit has it. The files it is made of are laid out in a folder of their own, since the Protobuf
 * compiler reads from disk; nothing of the repository is touched.
 */
export async function loadCommit(label: string, commit: string, git: Git, report: Report): Promise<Loaded | undefined> {
  const configPath = `${git.prefix}${configName}`;
  const config = git.contents(commit, [configPath]);
  if (config.size === 0) return void report(noProject(undefined, { baseline: label, path: configPath }));
  const folder = mkdtempSync(join(tmpdir(), "concordat-baseline-"));
  try {
    layOut(folder, config);
    const project = join(folder, git.prefix);
    const findings = collect();
    const known = loadConfig(join(project, configName), findings.report).config;
    if (!known) return void report(broken(label, findings));
    layOut(folder, git.contents(commit, pathsOf(known, commit, git)));
    return await loadProject(label, project, report);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return void report(notReadable(undefined, { baseline: label, why: message }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function layOut(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Everything that reading a project can ask for: what the configuration names, and what its documents may include. */
function pathsOf(config: Config, commit: string, git: Git): readonly string[] {
  const inRepository = (path: string): string => posix.normalize(posix.join(git.prefix, path)).replace(/\/$/, "");
  const sources = config.systems.flatMap((system) => system.sources);
  const named = [
    ...sources.flatMap(({ files, overlay }) => [...files, ...(overlay ? [overlay] : [])]).map(({ path }) => path),
    ...config.systems.map(lockPath),
  ].map(inRepository);
  const roots = sources.flatMap(({ root, files }) =>
    root === undefined ? files.map(({ path }) => folderOf(path)) : [root],
  );
  const endings = new Set([...includable, ...sources.flatMap(({ files }) => files.map(({ path }) => extname(path)))]);
  const around = git.list(commit, [...new Set(roots.map(inRepository))]).filter((path) => endings.has(extname(path)));
  return [...named, ...around];
}

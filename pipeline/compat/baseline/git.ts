import { spawnSync } from "node:child_process";

/** A repository, asked without touching its working tree or its index. */
export interface Git {
  /** What a command answers; `undefined`, when it ends with an error. */
  readonly ask: (...args: readonly string[]) => string | undefined;
  /** The commit that a name stands for. */
  readonly commit: (ref: string) => string | undefined;
  /** The files at or below some paths of a commit that are small enough to be sources. */
  readonly list: (commit: string, paths: readonly string[]) => readonly string[];
  /** The contents of files of a commit, links inside of it followed; what is not there is left out. */
  readonly contents: (commit: string, paths: readonly string[]) => ReadonlyMap<string, Uint8Array>;
  readonly isShallow: () => boolean;
  /** The folder's place in the repository: empty, or with a slash at the end. */
  readonly prefix: string;
}

const largest = 8_000_000;
const environment = { GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", GIT_LITERAL_PATHSPECS: "1", LC_ALL: "C" };

/** The repository that a folder lies in, or why there is none. */
export function openGit(folder: string): Git | { readonly why: string } {
  const run = (args: readonly string[], input?: string) =>
    spawnSync("git", ["-C", folder, ...args], {
      env: { ...outside(process.env), ...environment },
      maxBuffer: 512_000_000,
      timeout: 120_000,
      windowsHide: true,
      ...(input !== undefined && { input }),
    });
  const start = run(["rev-parse", "--show-prefix"]);
  if (start.error) return { why: `it does not start (${(start.error as NodeJS.ErrnoException).code ?? start.error})` };
  if (start.status !== 0) return { why: firstLine(start.stderr) };
  const bytes = (args: readonly string[], input?: string): Buffer | undefined => {
    const { status, stdout, error } = run(args, input);
    return status === 0 && !error ? stdout : undefined;
  };
  const ask = (...args: readonly string[]) => bytes(args)?.toString("utf8").replace(/\n$/, "");
  return {
    ask,
    commit: (ref) => ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`),
    list: (commit, paths) => {
      const inside = paths.filter((path) => path !== ".." && !path.startsWith("../"));
      if (inside.length === 0) return [];
      // No path at all is the whole tree.
      const some = inside.includes(".") ? [] : inside;
      const rows = bytes(["ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", ...some])?.toString("utf8") ?? "";
      return rows.split("\0").flatMap((row) => {
        const [, type, size, path] = /^\d+ (\w+) \w+ +(\d+|-)\t(.+)$/s.exec(row) ?? [];
        return type === "blob" && path !== undefined && Number(size) <= largest ? [path] : [];
      });
    },
    contents: (commit, paths) => {
      const asked = [...new Set(paths)].filter(
        (path) => path !== ".." && !path.startsWith("../") && !path.includes("\n"),
      );
      const input = asked.map((path) => `${commit}:${path}\n`).join("");
      const answer = asked.length === 0 ? undefined : bytes(["cat-file", "--batch", "--follow-symlinks"], input);
      return answer ? objects(answer, asked) : new Map();
    },
    isShallow: () => ask("rev-parse", "--is-shallow-repository") === "true",
    prefix: start.stdout.toString("utf8").replace(/\n$/, ""),
  };
}

/** Inside a hook git names its own repository, by paths that hold in another folder. */
const outside = ({
  GIT_DIR: _,
  GIT_WORK_TREE: __,
  GIT_INDEX_FILE: ___,
  ...rest
}: NodeJS.ProcessEnv): NodeJS.ProcessEnv => rest;

/** The answer of `cat-file --batch`: a line about each object in turn, and its content where it has one. */
function objects(answer: Buffer, asked: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  let at = 0;
  for (const path of asked) {
    const end = answer.indexOf(10, at);
    if (end < 0) break;
    const line = answer.toString("utf8", at, end);
    at = end + 1;
    if (/ (?:missing|ambiguous)$/.test(line)) continue;
    const [, what, size = "0"] = /^(?:[0-9a-f]+ (\w+)|\w+) (\d+)$/.exec(line) ?? [];
    if (what === "blob") found.set(path, new Uint8Array(answer.subarray(at, at + Number(size))));
    at += Number(size) + 1;
  }
  return found;
}

const firstLine = (text: Buffer): string =>
  (text.toString("utf8").split("\n")[0] ?? "").replace(/^fatal: /, "").replace(/\.$/, "") || "it ends with an error";

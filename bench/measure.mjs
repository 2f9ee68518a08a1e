import { spawnSync } from "node:child_process";

// A module loaded before the measured program: at exit it tells what the process used, on a pipe of its own.
const probe = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));
`)}`;

/** Runs node once; CPU and wall time in milliseconds, peak resident memory in MB. Programs it starts itself are not counted. */
export function runOnce(args, cwd) {
  const begin = performance.now();
  const child = spawnSync(process.execPath, ["--import", probe, ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const wall = performance.now() - begin;
  if (child.status !== 0) throw new Error(`node ${args.join(" ")} ended with ${child.status}: ${child.stderr}`);
  const usage = JSON.parse(String(child.output[3]));
  return { wall, cpu: (usage.userCPUTime + usage.systemCPUTime) / 1000, memory: usage.maxRSS / 1024 };
}

export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/** Alternates the programs, so that a slow minute slows them all, and takes the median of each figure. */
export function compare(programs, rounds) {
  const runs = new Map(programs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const { name, args, cwd } of programs) runs.get(name).push(runOnce(args, cwd));
  return programs.map(({ name }) => {
    const of = (figure) => median(runs.get(name).map((run) => run[figure]));
    return { name, cpu: of("cpu"), wall: of("wall"), memory: of("memory") };
  });
}

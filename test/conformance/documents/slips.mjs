import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** How long the reading of one text may take, on a machine that is busy with other things. */
const budget = 20_000;

/** Reads slips of each document, a worker for each: one that hangs is ended and counted, and the next slip is tried. */
export async function slipsOf(tasks, count, onDone) {
  const waiting = [...tasks];
  const next = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) onDone(task, await slipsOfOne(task, count));
  };
  await Promise.all(Array.from({ length: Math.min(tasks.length, Math.max(1, availableParallelism())) }, next));
}

async function slipsOfOne(task, count) {
  const result = { read: 0, crashed: [], hung: [], silent: [], slowest: 0 };
  for (let from = 0; from < count; ) from = await stretch({ ...task, from, count }, result);
  return result;
}

/** Works on slips until all are read, or one hangs; answers with the slip to go on with. */
function stretch(work, result) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("slips-worker.mjs", import.meta.url), { workerData: work });
    let current;
    let timer;
    const end = (from) => {
      clearTimeout(timer);
      worker.terminate().then(() => resolve(from), reject);
    };
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!current) return reject(new Error(`${work.name} itself is not read in ${budget / 1000} s.`));
        result.hung.push(current.what);
        end(current.index + 1);
      }, budget);
    };
    watch();
    worker.on("error", reject);
    worker.on("message", (message) => {
      if (message.done) return end(work.count);
      if (message.begin) {
        current = message.begin;
        return watch();
      }
      const { crash, silent, milliseconds } = message;
      result.read++;
      result.slowest = Math.max(result.slowest, milliseconds);
      if (crash) result.crashed.push(`${current.what}: ${crash}`);
      if (silent.length > 0) result.silent.push(`${current.what}: ${silent.slice(0, 3).join("; ")} (${silent.length})`);
    });
  });
}

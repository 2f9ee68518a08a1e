import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** The broker, in a process of its own. */
export interface Broker {
  /** `host:port`. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** ClickHouse in a process of its own, on a folder that outlives it. */
export interface Consumer {
  readonly query: (query: string, format?: string) => Promise<string>;
  /** The rows of a query. */
  readonly rows: <Row>(query: string) => Promise<readonly Row[]>;
  /** Ends it as a crash would: nothing is closed, nothing is flushed, no group is left. */
  readonly kill: () => Promise<void>;
  /** Starts it on what it left on disk. */
  readonly start: () => Promise<void>;
}

/** Starts the broker of a folder's `broker.mjs`, with a folder of its own. */
export async function startBroker(folder: string, data: string): Promise<Broker> {
  const child = fork(join(folder, "broker.mjs"), [data], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [{ address }] = (await answerOf(child)) as [{ readonly address: string }];
  return {
    address,
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

interface Answer {
  readonly id?: number;
  readonly text?: string;
  readonly error?: string;
}

/** A consumer that keeps its data in a folder, with a configuration file of ClickHouse. */
export async function startConsumer(folder: string, data: string, config: string): Promise<Consumer> {
  let child: ChildProcess | undefined;
  let next = 0;
  const waiting = new Map<number, (answer: Answer) => void>();

  async function start(): Promise<void> {
    const started = fork(join(folder, "consumer.mjs"), [data, config], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    await answerOf(started);
    started.on("message", (answer: Answer) => waiting.get(answer.id ?? -1)?.(answer));
    child = started;
  }

  function query(text: string, format = "TSV"): Promise<string> {
    return new Promise((done, failed) => {
      const id = next++;
      waiting.set(id, ({ text: result = "", error }) => {
        waiting.delete(id);
        if (error === undefined) done(result);
        else failed(new Error(`${error}\n${text.slice(0, 500)}`));
      });
      child?.send({ id, query: text, format });
    });
  }

  await start();
  return {
    start,
    query,
    rows: async (text) =>
      (await query(text, "JSONEachRow"))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    kill: async () => {
      const killed = child;
      child = undefined;
      killed?.kill("SIGKILL");
      if (killed) await once(killed, "exit");
      waiting.clear();
    },
  };
}

async function answerOf(child: ChildProcess): Promise<readonly unknown[]> {
  const ended = once(child, "exit").then(([code, signal]) => {
    throw new Error(`${child.spawnargs[1]} ended with ${code ?? signal} before it was ready.`);
  });
  return Promise.race([once(child, "message"), ended]);
}

import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A registry of Avro schemas, as far as its readers ask of one. */
export interface Registry {
  readonly address: string;
  /** The number of a schema. */
  readonly register: (schema: string) => number;
  readonly close: () => Promise<void>;
}

/** Starts the registry of a folder's `registry.mjs`, in a process that is never too busy to answer. */
export async function startRegistry(folder: string): Promise<Registry> {
  const child = fork(join(folder, "registry.mjs"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [{ address }] = (await once(child, "message")) as [{ readonly address: string }];
  let count = 0;
  return {
    address,
    register: (schema) => {
      child.send(schema);
      return ++count;
    },
    close: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

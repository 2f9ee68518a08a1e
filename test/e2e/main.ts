import { join } from "node:path";
import { parseArgs } from "node:util";
import { read } from "../../pipeline/index.ts";
import type { Encoding } from "./pack.ts";
import { reportText } from "./report.ts";
import { runEndToEnd } from "./run.ts";

const usage =
  "Usage: npm run e2e -- [--events N] [--encoding json,protobuf,avro] [--shuffle] [--all-topics] [--seed N]\n\nEvents are counted per topic and encoding, by the hundred; 10,000 unless told.";

const flags = {
  events: { type: "string", default: "10000" },
  encoding: { type: "string", default: "json,protobuf,avro" },
  shuffle: { type: "boolean", default: false },
  "all-topics": { type: "boolean", default: false },
  seed: { type: "string", default: "1" },
} as const;

const encodings: readonly Encoding[] = ["json", "protobuf", "avro"];
const isEncoding = (name: string): name is Encoding => encodings.some((encoding) => encoding === name);

/** Runs the way from producers to tables, and ends with 1 when a message is lost, bent or counted twice. */
export async function main(root: string): Promise<number> {
  const { values } = parseArgs({ options: flags });
  const [events, seed] = [values.events, values.seed].map(Number);
  const names = values.encoding.split(",");
  if (
    !events ||
    !Number.isSafeInteger(events) ||
    events % 100 !== 0 ||
    !Number.isSafeInteger(seed) ||
    !names.every(isEncoding)
  ) {
    console.error(usage);
    return 2;
  }
  const { project } = await read({ folder: root });
  if (!project) throw new Error("The project does not load: run `concordat check`.");
  const result = await runEndToEnd({
    project,
    system: "telemetry",
    encodings: [...new Set(names)],
    events,
    shuffle: values.shuffle,
    allTopics: values["all-topics"],
    seed: seed ?? 1,
    scripts: join(root, "test/e2e"),
    ...(process.stderr.isTTY && { onStage: (name, seconds) => console.error(`${name}: ${seconds.toFixed(1)} s`) }),
  });
  console.log(reportText(result));
  const isWhole = result.faultCount === 0 && result.topics.length > 0 && result.topics.every(({ lost }) => lost === 0);
  return isWhole ? 0 : 1;
}

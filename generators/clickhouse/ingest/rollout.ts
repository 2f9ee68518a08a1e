import type { Deployment } from "../deployment.ts";
import type { Options } from "../options.ts";
import { oneLine } from "../sql.ts";
import type { Arrival, Channel } from "./channel.ts";
import { eventViewName, namesOf } from "./channel-file.ts";
import { pairName } from "./pairs.ts";

/** What of a system there is to roll out. */
export interface Rollout {
  readonly title: string;
  readonly header: string;
  readonly arrivals: readonly Arrival[];
  readonly channels: readonly Channel[];
  readonly usage?: { readonly base: string; readonly views: readonly string[] };
  readonly pairs: readonly Arrival[];
  readonly options: Options;
}

/** The plan: what is executed in which order, how one sees that it works, and the way back from each step. */
export function printRollout(
  { title, header, arrivals, channels, usage, pairs, options }: Rollout,
  deployment: Deployment,
): string {
  const topics = channels.filter(({ topic }) => topic !== undefined);
  const intakes = channels.filter(({ topic }) => topic === undefined);
  const built = [...(usage ? ["`ingest/usage.sql`"] : []), ...(pairs.length > 0 ? ["`ingest/pairs.sql`"] : [])];
  const steps = [
    ...(options.cluster ? [clusterStep(options.cluster)] : []),
    tablesStep(arrivals),
    ...(built.length > 0
      ? [
          section("What is built on the tables", [
            `Execute ${built.join(" and ")} before the first event comes: a view that adds up sees what is inserted after it was made.`,
          ]),
        ]
      : []),
    ...(topics.length > 0 ? [topicsStep(topics, options)] : []),
    ...(intakes.length > 0 ? [intakeStep(intakes, deployment)] : []),
    section("The producers", [
      "Let them send, one after the other. A message that is no event of its topic is kept as a dead letter, whole:",
      sql(
        channels.map(
          (channel) =>
            `SELECT class, count(), any(error) FROM ${namesOf(channel, deployment).dead}${channel.topic === undefined ? "" : " FINAL"} GROUP BY class`,
        ),
      ),
      "Nothing else is left out, but a message without any bytes: ClickHouse passes over tombstones.",
      ...(usage
        ? [
            "What a user has used since a moment, each event counted once, is answered by the hour:",
            sql([
              `SELECT * FROM ${deployment.named(`${usage.base}_since`)}(user = '…', since = '2026-01-01 00:00:00')`,
            ]),
          ]
        : []),
    ]),
  ];
  const back = wayBack(topics, intakes, usage, pairs, deployment);
  const numbered = steps.map((step, index) => step.replace("## ", `## ${index + 1}. `));
  return `${[
    `<!-- ${oneLine(header).replaceAll("--", "- -")} -->`,
    `# Rolling out ${title}`,
    "Every file can be executed again at any time: what is there already stays as it is. Stop before the step that fails; nothing of what was done before has to be undone.",
    ...numbered,
    ...back,
  ].join("\n\n")}\n`;
}

const section = (title: string, paragraphs: readonly string[]): string => [`## ${title}`, ...paragraphs].join("\n\n");
const sql = (statements: readonly string[]): string =>
  ["```sql", ...statements.map((one) => `${one};`), "```"].join("\n");

const clusterStep = ({ name, replicated }: NonNullable<Options["cluster"]>): string =>
  section("The servers", [
    `Each server knows the cluster \`${name}\` and has the macros \`shard\` and \`replica\`${replicated === false ? "" : ", and ClickHouse Keeper is there for the replicas"}. Set \`distributed_foreground_insert\` to 1 in the profile of all of them: then the place in a topic moves on only when the rows have reached their shard.`,
    "Tables that end in `_local` have the rows of one server; those without read and write all of them. Rows with the same identity go to the same shard, so that what is delivered twice, to whichever server, meets there.",
  ]);

const tablesStep = (arrivals: readonly Arrival[]): string =>
  section("The tables", [
    "Execute these files in any order.",
    arrivals.map(({ table }) => `- \`${table.name}.sql\``).join("\n"),
  ]);

function topicsStep(topics: readonly Channel[], { kafka = {} }: Options): string {
  const rows = topics.map(
    ({ file, topic, arrivals }) =>
      `| \`ingest/${file}\` | ${topic} | ${arrivals.map(({ event }) => event.name).join(", ")} |`,
  );
  return section("The topics", [
    `Execute a file for each topic; its last statement begins to read, from the oldest message that Kafka has. The brokers are ${(kafka.brokers ?? ["kafka:9092"]).map((broker) => `\`${broker}\``).join(", ")}; passwords and certificates belong into the configuration of the server.`,
    ["| file | topic | events |", "| --- | --- | --- |", ...rows].join("\n"),
    "Whether a consumer is at work, and what stopped it last:",
    sql(["SELECT table, num_messages_read, last_poll_time, exceptions.text FROM system.kafka_consumers"]),
  ]);
}

const intakeStep = (intakes: readonly Channel[], deployment: Deployment): string =>
  section("The intakes", [
    "Events that no Kafka topic carries are inserted as text, and checked in the same way. Execute the file of each:",
    intakes
      .map((channel) => `- \`ingest/${channel.file}\`, then insert into ${namesOf(channel, deployment).queue} (raw)`)
      .join("\n"),
  ]);

function wayBack(
  topics: readonly Channel[],
  intakes: readonly Channel[],
  usage: Rollout["usage"],
  pairs: readonly Arrival[],
  deployment: Deployment,
): readonly string[] {
  const { onCluster, named } = deployment;
  const view = (name: string): string => `DROP VIEW IF EXISTS ${name}${onCluster} SYNC`;
  const table = (name: string): string => `DROP TABLE IF EXISTS ${name}${onCluster} SYNC`;
  const channel = (one: Channel): string => {
    const names = namesOf(one, deployment);
    return sql([
      view(names.check),
      table(names.queue),
      ...one.arrivals.map((arrival) => view(eventViewName(arrival, one, deployment))),
      view(names.deadView),
      table(names.checked),
    ]);
  };
  const built = [
    ...(usage ? [...usage.views, `${usage.base}_by_hour`, `${usage.base}_since`].map((name) => view(named(name))) : []),
    ...pairs.map((pair) => view(named(pairName(pair)))),
  ];
  return [
    "## The way back",
    "From last to first. No event is lost by it: Kafka keeps the messages and the place of the consumer group, so that executing the file of a topic again goes on where reading ended. Tables with rows in them are not touched: dropping those is for you to decide.",
    ...topics.flatMap((one) => [`### \`ingest/${one.file}\``, channel(one)]),
    ...intakes.flatMap((one) => [`### \`ingest/${one.file}\``, channel(one)]),
    ...(built.length > 0 ? ["### What is built on the tables", sql(built)] : []),
  ];
}

import { generators, type OutputFile, type Project } from "../../pipeline/index.ts";

/** How events are written on their topic. */
export type Encoding = "json" | "protobuf" | "avro";

/** The generated way in of one topic and encoding. */
export interface Channel {
  /** What Kafka calls its topic. */
  readonly topic: string;
  /** What the model calls it. */
  readonly name: string;
  readonly encoding: Encoding;
  readonly group: string;
  readonly dead: string;
  readonly sql: string;
}

/** The statements of a system's tables, and of the way in of each of its topics. */
export interface Pack {
  /** Tables of events, usage and pairs. */
  readonly tables: readonly string[];
  readonly channels: readonly Channel[];
}

/** What the pack is to be in. */
export interface Surroundings {
  readonly broker: string;
  readonly registry?: string | undefined;
  /** The folder of Protobuf files, as it stands before their names. */
  readonly schemas?: string | undefined;
  readonly settings: Readonly<Record<string, string | number>>;
  readonly measures: readonly string[];
}

/**
 * The pack as the project's own configuration has it, with another broker and smaller blocks: what takes seconds by itself is
 * to happen often enough to be killed in the middle.
 */
export async function packOf(
  project: Project,
  system: string,
  encodings: readonly Encoding[],
  { broker, registry, schemas, settings, measures }: Surroundings,
): Promise<Pack> {
  const clickhouse = generators.clickhouse;
  const own = project.config.generators.find(({ name }) => name === "clickhouse")?.options as OwnOptions;
  if (!clickhouse) throw new Error("There is no generator of ClickHouse tables.");
  const options = {
    ...own,
    kafka: {
      ...own.kafka,
      brokers: [broker],
      settings: { ...own.kafka?.settings, ...settings },
      ...(registry && { registry }),
    },
    usage: { ...own.usage, measures },
    ingest: { ...own.ingest, encodings, ...(schemas && { schemas }) },
  };
  const made = await clickhouse.generate(project.view, { options: options as never, report: () => {} });
  const files = made.files.filter(({ path }) => path.startsWith(`${system}/clickhouse/`) && path.endsWith(".sql"));
  const isIngest = ({ path }: OutputFile): boolean => path.includes("/ingest/");
  const isChannel = ({ content }: OutputFile): boolean => content.includes("ENGINE = Kafka");
  const shared = files.filter((file) => !isChannel(file));
  return {
    tables: [...shared.filter((file) => !isIngest(file)), ...shared.filter(isIngest)].map(({ content }) => content),
    channels: files.filter(isChannel).map(({ content, path }) => {
      const found = (pattern: RegExp): string => {
        const text = pattern.exec(content)?.[1];
        if (text === undefined) throw new Error(`${path} has no ${pattern.source}.`);
        return text;
      };
      const topic = found(/kafka_topic_list = '([^']+)'/);
      const encoding = encodings.find((one) => path.endsWith(`.${one}.sql`)) ?? "json";
      // Where there are several encodings each has a topic of its own.
      const name = project.view.topics.find((one) => [one.name, `${one.name}.${encoding}`].includes(topic))?.name;
      return {
        topic,
        name: name ?? topic,
        encoding,
        group: found(/kafka_group_name = '([^']+)'/),
        dead: found(/TO `[^`]+`\.`([^`]+_dead)`/),
        sql: content,
      };
    }),
  };
}

interface OwnOptions {
  readonly kafka?: { readonly settings?: object };
  readonly usage?: object;
  readonly ingest?: object;
}

/** The statements of a file. */
export const statementsOf = (sql: string): readonly string[] =>
  sql.split(/;\n/).filter((part) => part.replace(/^--.*$/gm, "").trim() !== "");

import type { OptionsSchema } from "../../model/index.ts";
import type { TimeScale } from "./column-type.ts";

/** How the tables are laid out. */
export interface Options {
  /** The database all tables are in; `events` when nothing is said. */
  readonly database?: string;
  /** The span of time that one partition holds; a month when nothing is said. */
  readonly partition?: Partition;
  /** Days after which rows are deleted; never, when nothing is said. */
  readonly ttlDays?: number;
  /** Whether columns are given codecs; true when nothing is said. */
  readonly codecs?: boolean;
  /** Whether tables refuse rows by what the contract says of their values; true when nothing is said. */
  readonly constraints?: boolean;
  /** The order of the columns; as their fields are declared, when nothing is said. */
  readonly columnOrder?: ColumnOrder;
  /** Digits of the fraction of a second; when nothing is said, 9 where the source is Protobuf and 3 elsewhere. */
  readonly timestampScale?: TimeScale;
  /** Free-form objects as the `JSON` type, or as text in a `String`, which keeps every byte. */
  readonly freeForm?: "json" | "string";
  /** Whether an absent message is NULL, which needs ClickHouse 26.6, or a tuple of defaults. */
  readonly nullableTuples?: boolean;
  /** Names of text fields of which few values exist. */
  readonly lowCardinality?: readonly string[];
  /** Put before the names of the ingest columns, for events that have fields of those names. */
  readonly ingestPrefix?: string;
  /** How events come from Kafka into their tables; `false` when they come in another way. */
  readonly ingest?: false | IngestOptions;
  /** The Kafka that topics are read from. */
  readonly kafka?: KafkaOptions;
  /** Several machines; one, when nothing is said. */
  readonly cluster?: ClusterOptions;
  /** What is counted per user and hour; `false` for nothing. */
  readonly usage?: false | UsageOptions;
  /** What is different for one event, by its name. */
  readonly events?: Readonly<Record<string, EventOptions>>;
}

/** How the table of one event differs. */
export interface EventOptions {
  readonly engine?: "MergeTree" | "ReplacingMergeTree";
  /** Columns the rows are sorted by, instead of the ones that follow from the event. */
  readonly orderBy?: readonly string[];
  /** The columns of the index, a prefix of the order. */
  readonly primaryKey?: readonly string[];
  readonly partition?: Partition;
  /** Codecs of columns, instead of the ones that follow from their types. */
  readonly codecs?: Readonly<Record<string, string>>;
  /** 0 keeps the rows of this table for ever. */
  readonly ttlDays?: number;
}

/** How events come into their tables. */
export interface IngestOptions {
  /** How messages are encoded; as JSON, when nothing is said. Where there are several, each has a topic of its own. */
  readonly encodings?: readonly Encoding[];
  /** Days after which dead letters are deleted; never, when nothing is said. */
  readonly deadLetterDays?: number;
  /** The folder in which the servers have the Protobuf files, as it stands before their names. */
  readonly schemas?: string;
  /** What is different for one topic, by its name. */
  readonly topics?: Readonly<Record<string, TopicOptions>>;
  /** Whether events that no Kafka topic carries are checked as well, on their way through a table that takes their text. */
  readonly intake?: boolean;
}

/** How the messages of a topic are encoded. */
export type Encoding = "json" | "protobuf" | "avro";

/** How the ingest of one topic differs. */
export interface TopicOptions {
  /** False for a topic whose events do not belong into ClickHouse. */
  readonly ingest?: boolean;
  readonly encodings?: readonly Encoding[];
  /** What it is called in Kafka, when that is another name. */
  readonly name?: string;
}

/** Several machines that have the tables together. */
export interface ClusterOptions {
  /** Its name in the configuration of the servers, or a macro such as `{cluster}`. */
  readonly name: string;
  /** Whether each shard has replicas, which needs ClickHouse Keeper; true when nothing is said. */
  readonly replicated?: boolean;
}

/** What is counted per user and hour. */
export interface UsageOptions {
  /** The field that names the user, in every event that has it; `user_id` when nothing is said. */
  readonly user?: string;
  /** Fields whose values are added up, in every event that has them as numbers. */
  readonly measures?: readonly string[];
}

/** The Kafka that topics are read from. */
export interface KafkaOptions {
  readonly brokers?: readonly string[];
  /** What the names of consumer groups begin with. */
  readonly group?: string;
  /** The schema registry that AvroConfluent asks. */
  readonly registry?: string;
  /** How many consumers each topic has on a machine; more than its partitions are of no use. */
  readonly consumers?: number;
  /** Further settings of the engine: `kafka_flush_interval_ms`, for example. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** `declared`: as their source has them. `key-first`: what rows are sorted by stands first. `name`: by name. */
export type ColumnOrder = "declared" | "key-first" | "name";

/** A span of time, or no partitions at all. */
export type Partition = "day" | "month" | "year" | "none";

const partition = { enum: ["day", "month", "year", "none"] } as const;
const encodings = {
  type: "array",
  items: { enum: ["json", "protobuf", "avro"] },
  uniqueItems: true,
  minItems: 1,
  description: "How messages are encoded: as JSON, or as the topic's message or record.",
} as const;
const names = { type: "array", items: { type: "string", minLength: 1 }, uniqueItems: true } as const;

/** The options as the configuration may state them. */
export const optionsSchema: OptionsSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    database: { type: "string", minLength: 1, default: "events", description: "The database all tables are in." },
    partition: { ...partition, default: "month", description: "The span of time that one partition holds." },
    ttlDays: { type: "integer", minimum: 1, description: "Days after which rows are deleted; by default never." },
    codecs: { type: "boolean", default: true, description: "Whether columns are given compression codecs." },
    constraints: {
      type: "boolean",
      default: true,
      description: "Whether tables refuse rows by limits, closed enums, single values and one-ofs of the contract.",
    },
    columnOrder: {
      enum: ["declared", "key-first", "name"],
      default: "declared",
      description: "The order of the columns; columns of ingest are last in any.",
    },
    timestampScale: {
      enum: [3, 6, 9],
      description: "Digits of the fraction of a second. By default 9 for Protobuf timestamps and 3 for others.",
    },
    freeForm: {
      enum: ["json", "string"],
      default: "json",
      description: "Free-form objects as the JSON type, or as text, which keeps every byte.",
    },
    nullableTuples: {
      type: "boolean",
      default: true,
      description: "Whether an absent message is NULL (ClickHouse 26.6 and newer) or a tuple of defaults.",
    },
    lowCardinality: { ...names, description: "Names of text fields of which few values exist." },
    ingestPrefix: { type: "string", description: "Put before the names of the ingest columns." },
    ingest: {
      description: "How events come from Kafka into their tables; `false` when they come in another way.",
      anyOf: [
        { const: false },
        {
          type: "object",
          additionalProperties: false,
          properties: {
            encodings: { ...encodings, default: ["json"] },
            deadLetterDays: { type: "integer", minimum: 1, description: "Days after which dead letters are deleted." },
            schemas: { type: "string", description: "What stands before the names of Protobuf files on the servers." },
            topics: {
              type: "object",
              description: "What is different for one topic, by its name.",
              additionalProperties: {
                type: "object",
                additionalProperties: false,
                properties: {
                  ingest: { type: "boolean", description: "False for a topic that does not belong into ClickHouse." },
                  encodings,
                  name: { type: "string", minLength: 1, description: "What it is called in Kafka." },
                },
              },
            },
            intake: {
              type: "boolean",
              default: false,
              description: "Whether events that no Kafka topic carries have a table that takes and checks their text.",
            },
          },
        },
      ],
    },
    kafka: {
      type: "object",
      additionalProperties: false,
      description: "The Kafka that topics are read from.",
      properties: {
        brokers: { ...names, minItems: 1, description: "Addresses, `host:port`." },
        group: { type: "string", minLength: 1, description: "What the names of consumer groups begin with." },
        registry: { type: "string", minLength: 1, description: "The schema registry, for Avro." },
        consumers: { type: "integer", minimum: 1, maximum: 64, description: "Consumers of a topic on each machine." },
        settings: {
          type: "object",
          description: "Further settings of the Kafka engine, `kafka_flush_interval_ms` for example.",
          propertyNames: { pattern: "^kafka_[a-z_]+$" },
          additionalProperties: { type: ["string", "number"] },
        },
      },
    },
    cluster: {
      type: "object",
      additionalProperties: false,
      description: "Several machines that have the tables together.",
      required: ["name"],
      properties: {
        name: { type: "string", minLength: 1, description: "Its name in the servers, or a macro such as {cluster}." },
        replicated: { type: "boolean", default: true, description: "Whether each shard has replicas." },
      },
    },
    usage: {
      description: "What is counted per user and hour; `false` for nothing.",
      anyOf: [
        { const: false },
        {
          type: "object",
          additionalProperties: false,
          properties: {
            user: { type: "string", minLength: 1, default: "user_id", description: "The field that names the user." },
            measures: { ...names, description: "Fields whose values are added up, in every event that has them." },
          },
        },
      ],
    },
    events: {
      type: "object",
      description: "What is different for one event, by its name.",
      additionalProperties: {
        type: "object",
        additionalProperties: false,
        properties: {
          engine: { enum: ["MergeTree", "ReplacingMergeTree"] },
          orderBy: { ...names, minItems: 1, description: "Columns the rows are sorted by." },
          primaryKey: { ...names, minItems: 1, description: "Columns of the index; a prefix of the order." },
          partition,
          codecs: {
            type: "object",
            description: "Codecs of columns: `ZSTD(3)`, `Delta, LZ4`.",
            additionalProperties: {
              type: "string",
              pattern: "^[A-Za-z0-9]+(\\([0-9, ]*\\))?(, *[A-Za-z0-9]+(\\([0-9, ]*\\))?)*$",
            },
          },
          ttlDays: { type: "integer", minimum: 0, description: "0 keeps the rows of this table for ever." },
        },
      },
    },
  },
};

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
  /** What is different for one event, by its name. */
  readonly events?: Readonly<Record<string, EventOptions>>;
}

/** How the table of one event differs. */
export interface EventOptions {
  readonly engine?: "MergeTree" | "ReplacingMergeTree";
  /** Columns the rows are sorted by, instead of the ones that follow from the event. */
  readonly orderBy?: readonly string[];
  readonly partition?: Partition;
  /** 0 keeps the rows of this table for ever. */
  readonly ttlDays?: number;
}

/** A span of time, or no partitions at all. */
export type Partition = "day" | "month" | "year" | "none";

const partition = { enum: ["day", "month", "year", "none"] } as const;
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
    events: {
      type: "object",
      description: "What is different for one event, by its name.",
      additionalProperties: {
        type: "object",
        additionalProperties: false,
        properties: {
          engine: { enum: ["MergeTree", "ReplacingMergeTree"] },
          orderBy: { ...names, minItems: 1, description: "Columns the rows are sorted by." },
          partition,
          ttlDays: { type: "integer", minimum: 0, description: "0 keeps the rows of this table for ever." },
        },
      },
    },
  },
};

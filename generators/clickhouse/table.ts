import type { Event, Field } from "../../model/index.ts";
import type { ColumnType } from "./column-type.ts";

/** A table as data: what is printed, and what views over the same event are made from. */
export interface Table {
  readonly database: string;
  readonly name: string;
  readonly event: Event;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly engine: Engine;
  /** The columns that make two deliveries one event; empty when nothing does. */
  readonly identity: readonly string[];
  /** The column that tells when the event happened, if one of them does. */
  readonly time?: string;
  /** An expression. */
  readonly partitionBy?: string;
  /** Names of columns; a prefix of `orderBy`. */
  readonly primaryKey?: readonly string[];
  readonly orderBy: readonly string[];
  readonly ttl?: { readonly column: string; readonly days: number };
  readonly settings: readonly string[];
  readonly comment: string;
}

/** A condition that every row has to meet; an insert with one that does not is refused as a whole. */
export interface Constraint {
  readonly name: string;
  /** An expression that is never NULL. */
  readonly check: string;
}

/** `version` names the column whose largest value wins among rows with the same key. */
export type Engine = { readonly name: "MergeTree" } | { readonly name: "ReplacingMergeTree"; readonly version: string };

/** A column of a {@link Table}. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** `field`: a member of the event. `derived`: computed from one. `ingest`: how the event came here. */
  readonly role: "field" | "derived" | "ingest";
  readonly field?: Field;
  readonly value?: { readonly how: "DEFAULT" | "MATERIALIZED"; readonly expression: string };
  readonly codec?: string;
  readonly comment: string;
}

/** The names of the columns that say how an event came to its table. */
export interface IngestNames {
  readonly ingestedAt: string;
  readonly topic: string;
  readonly partition: string;
  readonly offset: string;
}

/** The names of the ingest columns under a prefix. */
export const ingestNames = (prefix = ""): IngestNames => ({
  ingestedAt: `${prefix}ingested_at`,
  topic: `${prefix}kafka_topic`,
  partition: `${prefix}kafka_partition`,
  offset: `${prefix}kafka_offset`,
});

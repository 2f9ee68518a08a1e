import type { Options } from "./options.ts";
import { identifier, text } from "./sql.ts";

/** On how many machines the tables are, and what that means for their statements. */
export interface Deployment {
  readonly database: string;
  /** What one reads from and writes to. */
  readonly named: (name: string) => string;
  /** Where the rows of a table are on one machine: what a view has to follow to see them come. */
  readonly stored: (name: string) => string;
  /** Empty on one machine. */
  readonly onCluster: string;
  readonly cluster?: NonNullable<Options["cluster"]>;
}

/** A table as the deployment sees it. */
export interface StoredTable {
  readonly name: string;
  /** Columns and constraints, a line each. */
  readonly columns: string;
  readonly engine: "MergeTree" | "ReplacingMergeTree" | "AggregatingMergeTree";
  /** The column whose largest value wins. */
  readonly version?: string;
  /** What stands between engine and comment: keys, partitions, lifetime, settings. */
  readonly layout: readonly string[];
  /** An expression that is the same for rows that have to meet; without it they go anywhere. */
  readonly shardBy?: string;
  readonly comment: string;
}

/** Where the options want the tables. */
export function deploymentOf({ database = "events", cluster }: Options): Deployment {
  const named = (name: string): string => `${identifier(database)}.${identifier(name)}`;
  if (!cluster) return { database, named, stored: named, onCluster: "" };
  return {
    database,
    named,
    stored: (name) => named(localName(name)),
    onCluster: ` ON CLUSTER ${text(cluster.name)}`,
    cluster,
  };
}

const localName = (name: string): string => `${name}_local`;

/**
 * The statements that make a table. On a cluster it is two: the rows of one machine, kept by its replicas as well, and the
 * table of that name that spreads rows over the machines and reads them all.
 */
export function createTable(table: StoredTable, deployment: Deployment): readonly string[] {
  const { database, named, stored, onCluster, cluster } = deployment;
  const create = [
    `CREATE TABLE IF NOT EXISTS ${stored(table.name)}${onCluster}`,
    "(",
    table.columns,
    ")",
    `ENGINE = ${engineOf(table, cluster)}`,
    ...table.layout,
    `COMMENT ${text(table.comment)}`,
  ].join("\n");
  if (!cluster) return [create];
  const to = [text(cluster.name), text(database), text(localName(table.name)), table.shardBy ?? "rand()"];
  const spread = [
    `CREATE TABLE IF NOT EXISTS ${named(table.name)}${onCluster} AS ${stored(table.name)}`,
    `ENGINE = Distributed(${to.join(", ")})`,
  ].join("\n");
  return [create, spread];
}

function engineOf({ engine, version }: StoredTable, cluster: Deployment["cluster"]): string {
  const place = cluster && cluster.replicated !== false;
  const own = place ? [text("/clickhouse/tables/{shard}/{database}/{table}"), text("{replica}")] : [];
  const all = [...own, ...(version === undefined ? [] : [version])];
  return `${place ? "Replicated" : ""}${engine}${all.length > 0 ? `(${all.join(", ")})` : ""}`;
}

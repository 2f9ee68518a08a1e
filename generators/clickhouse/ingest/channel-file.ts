import { assertNever } from "../../../model/index.ts";
import type { Context } from "../context.ts";
import { createTable, type Deployment } from "../deployment.ts";
import { identifier, oneLine, text } from "../sql.ts";
import type { IngestNames, Table } from "../table.ts";
import type { Arrival, Channel } from "./channel.ts";
import { checkQuery } from "./check-view.ts";
import { columnValue } from "./read.ts";
import { placeOf, type Scope } from "./wire.ts";

/**
 * All that brings the messages of one channel into their tables, in the order in which it can be executed at any time: what
 * is written to comes before what writes, and nothing is read before the last statement.
 */
export function printChannel(
  channel: Channel,
  header: string,
  ingest: IngestNames,
  context: Context,
  deployment: Deployment,
): string {
  const names = namesOf(channel, deployment);
  const statements = [
    ...(channel.encoding === "avro" ? ["SET enable_nullable_tuple_type = 1"] : []),
    createDead(channel, context, deployment),
    createChecked(names, deployment),
    ...channel.arrivals.map((arrival) => createEventView(arrival, channel, ingest, context, deployment)),
    createDeadView(names, deployment),
    createQueue(channel, names, context, deployment),
    [
      `CREATE MATERIALIZED VIEW IF NOT EXISTS ${names.check}${deployment.onCluster} TO ${names.checked} AS`,
      checkQuery(channel, names.queue, context),
    ].join("\n"),
  ];
  return [`-- ${oneLine(header)}`, ...statements.flat().map((statement) => `${statement};`), ""]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

/** The tables and views of a channel, qualified. */
export interface Names {
  readonly queue: string;
  readonly checked: string;
  readonly check: string;
  readonly dead: string;
  readonly deadView: string;
}

/** The tables and views of a channel. */
export function namesOf({ name }: Channel, { named }: Deployment): Names {
  return {
    queue: named(`${name}_queue`),
    checked: named(`${name}_checked`),
    check: named(`${name}_check`),
    dead: named(`${name}_dead`),
    deadView: named(`${name}_dead_view`),
  };
}

/** The view that fills one event's table. */
export const eventViewName = ({ table }: Arrival, { encoding }: Channel, { named }: Deployment): string =>
  named(`${table.name}_${encoding}_view`);

function createDead({ name, topic, title }: Channel, { options }: Context, deployment: Deployment): readonly string[] {
  const columns = [
    "`received_at` DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC') COMMENT 'When it came here'",
    "`class` LowCardinality(String) COMMENT 'unparsable, unknown-event, unknown-version, missing-field or wrong-value'",
    "`error` String COMMENT 'What is wrong, in words' CODEC(ZSTD(1))",
    "`fields` Array(String) COMMENT 'The keys that it is about' CODEC(ZSTD(1))",
    "`event` String COMMENT 'The event that the message says it is' CODEC(ZSTD(1))",
    "`kafka_topic` LowCardinality(String) COMMENT 'The topic that delivered the message'",
    "`kafka_partition` UInt64 COMMENT 'The partition of that topic'",
    "`kafka_offset` UInt64 COMMENT 'The offset in that partition' CODEC(Delta, ZSTD(1))",
    "`kafka_time` DateTime64(3, 'UTC') COMMENT 'When Kafka got it'",
    "`kafka_key` String COMMENT 'The key of the message' CODEC(ZSTD(1))",
    "`kafka_headers` Array(Tuple(name String, value String)) COMMENT 'The headers of the message' CODEC(ZSTD(1))",
    "`raw` String COMMENT 'The message itself, as it came' CODEC(ZSTD(3))",
  ];
  const place = "`kafka_topic`, `kafka_partition`, `kafka_offset`";
  const days = options.ingest === false ? undefined : options.ingest?.deadLetterDays;
  // A message that is read again after a crash has the same place in its partition: it is one dead letter.
  const replaces = topic !== undefined;
  return createTable(
    {
      name: `${name}_dead`,
      columns: columns.map((column) => `    ${column}`).join(",\n"),
      engine: replaces ? "ReplacingMergeTree" : "MergeTree",
      ...(replaces && { version: "`received_at`" }),
      layout: [
        `ORDER BY (${replaces ? place : "`received_at`, `class`"})`,
        ...(days === undefined ? [] : [`TTL \`received_at\` + INTERVAL ${days} DAY DELETE`]),
      ],
      ...(replaces && { shardBy: `cityHash64(${place})` }),
      comment: `What came from ${title} and is no event of it`,
    },
    deployment,
  );
}

const createChecked = ({ checked }: Names, { onCluster }: Deployment): string =>
  [
    `CREATE TABLE IF NOT EXISTS ${checked}${onCluster}`,
    "(",
    [
      "`raw` String",
      "`body` Map(String, String)",
      "`event` LowCardinality(String)",
      "`told` String",
      "`class` LowCardinality(String)",
      "`error` String",
      "`fields` Array(String)",
      "`kafka_topic` LowCardinality(String)",
      "`kafka_partition` UInt64",
      "`kafka_offset` UInt64",
      "`kafka_time` DateTime64(3, 'UTC')",
      "`kafka_key` String",
      "`kafka_headers` Array(Tuple(name String, value String))",
    ]
      .map((column) => `    ${column}`)
      .join(",\n"),
    ")",
    "ENGINE = Null",
    "COMMENT 'Judged messages on their way; nothing stays here'",
  ].join("\n");

function createEventView(
  arrival: Arrival,
  channel: Channel,
  ingest: IngestNames,
  context: Context,
  deployment: Deployment,
): string {
  const { table, event } = arrival;
  const scope: Scope = { context, around: [], depth: 0 };
  const names = namesOf(channel, deployment);
  const columns = table.columns.flatMap((column) => {
    if (column.role !== "field" || !column.field) return [];
    const place = placeOf(`c.body[${text(column.name)}]`);
    return [`    ${columnValue(column, column.field.type, place, scope)} AS ${identifier(column.name)}`];
  });
  const delivered = [
    `    c.kafka_topic AS ${identifier(ingest.topic)}`,
    `    toUInt32(c.kafka_partition) AS ${identifier(ingest.partition)}`,
    `    c.kafka_offset AS ${identifier(ingest.offset)}`,
  ];
  const settings = settingsOf(table);
  return [
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${eventViewName(arrival, channel, deployment)}${deployment.onCluster}`,
    `TO ${deployment.named(table.name)} AS`,
    "SELECT",
    [...columns, ...delivered].join(",\n"),
    `FROM ${names.checked} AS c`,
    `WHERE c.class = '' AND c.event = ${text(event.name)}`,
    ...(settings.length > 0 ? [`SETTINGS ${settings.join(", ")}`] : []),
  ].join("\n");
}

/** Text inside free-form objects stays the text it is, whatever it looks like. */
function settingsOf({ columns, settings }: Table): readonly string[] {
  const hasJson = columns.some(({ type }) => JSON.stringify(type).includes('"kind":"json"'));
  return [
    ...(hasJson ? ["input_format_try_infer_dates = 0", "input_format_try_infer_datetimes = 0"] : []),
    ...settings.filter((setting) => setting.startsWith("enable_nullable_tuple_type")),
  ];
}

function formatOf(
  { encoding, record }: Channel,
  registry = "http://schema-registry:8081",
): readonly (readonly [string, string | number])[] {
  switch (encoding) {
    case "json":
      return [["kafka_format", "RawBLOB"]];
    case "protobuf":
      return [
        ["kafka_format", "ProtobufSingle"],
        ["kafka_schema", record?.schema ?? ""],
        ["input_format_protobuf_oneof_presence", 1],
      ];
    case "avro":
      return [
        ["kafka_format", "AvroConfluent"],
        ["format_avro_schema_registry_url", registry],
      ];
    default:
      return assertNever(encoding);
  }
}

const createDeadView = ({ deadView, dead, checked }: Names, { onCluster }: Deployment): string =>
  [
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${deadView}${onCluster} TO ${dead} AS`,
    "SELECT",
    "    c.class AS class,",
    "    c.error AS error,",
    "    c.fields AS fields,",
    "    c.told AS event,",
    "    c.kafka_topic AS kafka_topic,",
    "    c.kafka_partition AS kafka_partition,",
    "    c.kafka_offset AS kafka_offset,",
    "    c.kafka_time AS kafka_time,",
    "    c.kafka_key AS kafka_key,",
    "    c.kafka_headers AS kafka_headers,",
    "    c.raw AS raw",
    `FROM ${checked} AS c`,
    "WHERE c.class != ''",
  ].join("\n");

function createQueue(channel: Channel, names: Names, { options }: Context, { onCluster }: Deployment): string {
  const create = `CREATE TABLE IF NOT EXISTS ${names.queue}${onCluster}`;
  if (channel.topic === undefined)
    return [
      create,
      "(",
      // The columns that a queue of Kafka has by itself.
      [
        "`raw` String",
        "`_topic` LowCardinality(String)",
        "`_partition` UInt64",
        "`_offset` UInt64",
        "`_timestamp_ms` Nullable(DateTime64(3, 'UTC'))",
        "`_key` String",
        "`_headers.name` Array(String)",
        "`_headers.value` Array(String)",
        "`_error` String",
        "`_raw_message` String",
      ]
        .map((column) => `    ${column}`)
        .join(",\n"),
      ")",
      "ENGINE = Null",
      `COMMENT ${text(`Takes the JSON text of ${channel.arrivals[0]?.event.name ?? "an event"} in raw`)}`,
    ].join("\n");
  const { brokers = ["kafka:9092"], group, consumers = 1, settings = {}, registry } = options.kafka ?? {};
  const prefix = group ?? `clickhouse_${options.database ?? "events"}`;
  const all: readonly (readonly [string, string | number])[] = [
    ["kafka_broker_list", brokers.join(",")],
    ["kafka_topic_list", channel.topic],
    ["kafka_group_name", `${prefix}_${channel.name}`],
    ...formatOf(channel, registry),
    ["kafka_num_consumers", consumers],
    ["kafka_handle_error_mode", "stream"],
    ...Object.entries(settings),
  ];
  return [
    create,
    "(",
    (channel.record?.columns ?? ["`raw` String"]).map((column) => `    ${column}`).join(",\n"),
    ")",
    "ENGINE = Kafka",
    "SETTINGS",
    all.map(([name, value]) => `    ${name} = ${typeof value === "number" ? value : text(value)}`).join(",\n"),
  ].join("\n");
}

// A Kafka broker in a process of its own: librdkafka, which ClickHouse carries, has a cluster for tests in it, and ClickHouse
// starts one for its Kafka tables when it is told to. It speaks the protocol and keeps groups and their offsets; it keeps
// nothing on disk, has no settings of topics, and forgets what a partition holds beyond 5 MB.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Session } from "chdb";

const [folder] = process.argv.slice(2);
mkdirSync(folder);
const config = join(folder, "config.xml");
writeFileSync(
  config,
  `<clickhouse><kafka>
  <test_mock_num_brokers>1</test_mock_num_brokers>
  <statistics_interval_ms>200</statistics_interval_ms>
  <topic_metadata_refresh_interval_ms>500</topic_metadata_refresh_interval_ms>
</kafka></clickhouse>`,
);
const session = new Session(join(folder, "data"), { connectionArgs: [`--config-file=${config}`] });
// The cluster lives as long as the consumer of this table.
session.query("CREATE DATABASE broker");
session.query(
  "CREATE TABLE broker.holder (x String) ENGINE = Kafka SETTINGS kafka_broker_list = '127.0.0.1:1', kafka_topic_list = '__holder', kafka_group_name = '__holder', kafka_format = 'RawBLOB'",
);
session.query("CREATE TABLE broker.nothing (x String) ENGINE = Null");
session.query("CREATE MATERIALIZED VIEW broker.view TO broker.nothing AS SELECT x FROM broker.holder");

const address =
  "SELECT arrayElement(extractAll(ifNull(rdkafka_stat, ''), '\"nodename\":\"([0-9.:]+)\"'), 1) FROM system.kafka_consumers";
const look = setInterval(() => {
  const found = session.query(address, "TSV").trim();
  if (found === "") return;
  clearInterval(look);
  process.send?.({ address: found });
}, 50);

// What is on disk is the parent's to remove.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

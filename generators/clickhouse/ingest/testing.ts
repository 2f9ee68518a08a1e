import type { Session } from "chdb";
import type { OutputFile } from "../../../model/index.ts";

/** The columns that a Kafka table has by itself. */
const ownColumns = `
    _topic LowCardinality(String), _partition UInt64, _offset UInt64, _timestamp_ms Nullable(DateTime64(3, 'UTC')),
    _key String, \`_headers.name\` Array(String), \`_headers.value\` Array(String), _error String, _raw_message String`;

/** A table that takes inserts in the place of one that reads from Kafka. */
export const standIn = (statement: string): string =>
  statement.replace(/\n\)\nENGINE = Kafka\n[\s\S]*/, () => `,${ownColumns}\n)\nENGINE = Null`);

/** The statements of a file. */
export const statements = (sql: string): readonly string[] => sql.split(/;\n/).filter((part) => part.trim() !== "");

/** Executes generated files as they are, but for the Kafka tables: in their places are tables that take inserts. */
export function execute(session: Session, files: readonly OutputFile[]): void {
  const isIngest = ({ path }: OutputFile): boolean => path.includes("/ingest/");
  const ordered = [...files.filter((file) => !isIngest(file)), ...files.filter(isIngest)];
  for (const { path, content } of ordered)
    for (const statement of path.endsWith(".sql") ? statements(content) : []) session.query(standIn(statement));
}

/** A message as Kafka delivers it. */
export interface Message {
  readonly raw: string;
  readonly offset?: number;
  readonly partition?: number;
  readonly error?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Puts messages into a queue, in one block. */
export function deliver(session: Session, queue: string, topic: string, messages: readonly Message[]): void {
  const rows = messages.map(({ raw, offset = 0, partition = 0, error = "", headers = {} }) =>
    JSON.stringify({
      raw: error === "" ? raw : "",
      _topic: topic,
      _partition: partition,
      _offset: offset,
      _timestamp_ms: "2026-01-02 03:04:05.678",
      _key: "k",
      "_headers.name": Object.keys(headers),
      "_headers.value": Object.values(headers),
      _error: error,
      _raw_message: error === "" ? "" : raw,
    }),
  );
  session.query(`INSERT INTO ${queue} FORMAT JSONEachRow ${rows.join("\n")}`);
}

/** The rows of a query. */
export function rows(session: Session, query: string): readonly unknown[] {
  const settings = "date_time_output_format = 'iso', output_format_json_quote_64bit_integers = 1";
  return session
    .query(`${query} SETTINGS ${settings}`, "JSONEachRow")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
}

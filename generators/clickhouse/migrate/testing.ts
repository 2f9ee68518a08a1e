import { Session } from "chdb";
import { readCreates } from "./read-create.ts";
import type { TableShape } from "./shape.ts";

/** The one table of a text. */
export function tableOf(content: string): TableShape {
  const found = readCreates({ path: "t.sql", content }, (finding) => {
    throw new Error(`${finding.message} ${JSON.stringify(finding.span)} in ${content}`);
  });
  const table = found.find((shape) => shape.kind === "table");
  if (!table) throw new Error(`No table in ${content}`);
  return table;
}

/** A database of its own for each test file. */
export function database() {
  const session = new Session();
  session.query("CREATE DATABASE d");
  return {
    session,
    run: (sql: string): string => session.query(sql, "TSVRaw").trimEnd(),
    json: (sql: string): readonly unknown[] =>
      session
        .query(sql, "JSONEachRow")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as unknown),
    close: () => session.close(),
  };
}

/** A table as ClickHouse prints it, with its settings by name: an ALTER puts new ones behind the others. */
export const normal = (create: string): string =>
  create.replace(/^SETTINGS (.*)$/m, (_, settings: string) => `SETTINGS ${settings.split(", ").sort().join(", ")}`);

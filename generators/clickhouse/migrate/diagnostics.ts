import { diagnostic } from "../../../model/index.ts";

export const unreadableCreate = diagnostic<{ expected: string }>(
  "clickhouse/unreadable-create",
  "error",
  (a) => `This statement cannot be read: here should be ${a.expected}.`,
  () => "Give it as `SHOW CREATE TABLE … FORMAT TSVRaw` prints it.",
);
export const noCreate = diagnostic<{ path: string }>(
  "clickhouse/no-create",
  "error",
  (a) => `In ${a.path} is no CREATE TABLE statement.`,
  () => "Give it what `SHOW CREATE TABLE … FORMAT TSVRaw` prints; several tables with a semicolon between them.",
);
export const tableWithoutEvent = diagnostic<{ table: string; near: string | undefined }>(
  "clickhouse/table-without-event",
  "error",
  (a) => `The table ${a.table} is no table of these contracts.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "`concordat generate --only clickhouse` makes all of them."),
);
export const allowedNothing = diagnostic<{ allow: string; known: readonly string[] }>(
  "clickhouse/allowed-nothing",
  "error",
  (a) => `Nothing in this migration asks to be allowed as ${a.allow}.`,
  (a) =>
    a.known.length > 0
      ? `It asks for: ${a.known.join(", ")}.`
      : "Nothing in it has to be allowed: leave the option out.",
);

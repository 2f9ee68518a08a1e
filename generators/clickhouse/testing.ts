import {
  createView,
  type Decl,
  type Diagnostic,
  type Enum,
  type Event,
  type Field,
  type JsonProfile,
  type Message,
  type Name,
  type Origin,
  type System,
  type TypeRef,
} from "../../model/index.ts";
import clickhouse from "./index.ts";
import type { Options } from "./options.ts";

/** Small models for the tests of this folder. */
const at = (start: number): Origin => ({
  span: { path: "shop.proto", start, end: start + 1 },
  reader: "test",
  basis: "stated",
});

export const profile: JsonProfile = {
  fieldNames: "declared",
  int64: "string",
  enums: "name",
  timestamp: "rfc3339",
  duration: "seconds-string",
};

export const system = (json: Partial<JsonProfile> = {}): System => ({
  kind: "system",
  name: "shop",
  json: { ...profile, ...json },
  origins: [at(0)],
});

export const field = (name: string, type: TypeRef, more: Partial<Field> = {}): Field => ({
  name,
  type,
  presence: "required",
  origins: [at(1)],
  ...more,
});

export const optional = (name: string, type: TypeRef, more: Partial<Field> = {}): Field =>
  field(name, type, { presence: "optional", ...more });

export const message = (name: Name, fields: readonly Field[], more: Partial<Message> = {}): Message => ({
  kind: "message",
  name,
  system: "shop",
  fields,
  origins: [at(2)],
  ...more,
});

export const event = (name: Name, payload: Name, more: Partial<Event> = {}): Event => ({
  kind: "event",
  name,
  system: "shop",
  payload: { kind: "named", name: payload },
  origins: [at(3)],
  ...more,
});

export const enumOf = (name: Name, values: Readonly<Record<string, number | undefined>>, open = false): Enum => ({
  kind: "enum",
  name,
  system: "shop",
  open,
  values: Object.entries(values).map(([symbol, number]) => ({
    name: symbol,
    ...(number !== undefined && { number }),
    origins: [at(4)],
  })),
  origins: [at(4)],
});

/** Runs the generator on declarations; a system is added when there is none. */
export function generated(decls: readonly Decl[], options: Options = {}) {
  const all = decls.some(({ kind }) => kind === "system") ? decls : [system(), ...decls];
  const view = createView({ irVersion: 1, decls: all }, ({ path }) => ({ path, line: 1, column: 1 }));
  const findings: Diagnostic[] = [];
  const { files, projections } = clickhouse.generate(view, { options, report: (finding) => findings.push(finding) });
  return {
    files,
    sql: files[0]?.content ?? "",
    findings,
    ledger: Object.fromEntries(projections.map(({ at, fidelity, why }) => [at, why ? [fidelity, why] : fidelity])),
  };
}

/** The table of one event `shop.placed` with these fields. */
export const tableOf = (fields: readonly Field[], others: readonly Decl[] = [], options: Options = {}) =>
  generated([...others, message("shop.Placed", fields), event("shop.placed", "shop.Placed")], options);

/** The definition of one column, without its comment and codec. */
export function columnIn(sql: string, name: string): string | undefined {
  const line = sql.split("\n").find((row) => row.startsWith(`    \`${name}\` `));
  return line
    ?.slice(name.length + 7)
    .replace(/ COMMENT '.*$/, "")
    .trim();
}

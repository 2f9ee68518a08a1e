import { type MigrationSides, nearest, type Report } from "../../../model/index.ts";
import { noCreate, tableWithoutEvent } from "./diagnostics.ts";
import { formerNames } from "./names.ts";
import { readCreates } from "./read-create.ts";
import type { QualifiedName, Shape, TableShape, ViewShape } from "./shape.ts";
import { createTable, definition, keepsRows } from "./statements.ts";

/** What there was and what there shall be, by name. */
export interface Sides {
  readonly old: ReadonlyMap<string, Shape>;
  readonly now: ReadonlyMap<string, Shape>;
  /** The new key of each table that has another name. */
  readonly renamed: ReadonlyMap<string, string>;
  /** The new names of the columns of a table, by their former ones. */
  readonly columns: (table: QualifiedName) => ReadonlyMap<string, string>;
}

/** A name as a key; cases are told apart, as ClickHouse does. */
export const keyOf = ({ database = "", name }: QualifiedName): string => JSON.stringify([database, name]);

/** Reads both sides; what is wrong with them is told. */
export function readSides({ before, after, view, running }: MigrationSides, report: Report): Sides {
  const isSql = ({ path }: { path: string }): boolean => running || path.endsWith(".sql");
  const shapes = (files: MigrationSides["before"]): readonly Shape[] =>
    files.filter(isSql).flatMap((file) => readCreates(file, report));
  const now = after.filter(({ path }) => path.endsWith(".sql")).flatMap((file) => readCreates(file, report));
  const former = formerNames(view);
  const columns = ({ name }: QualifiedName) =>
    former.columns.get(name.replace(/_local$/, "")) ?? new Map<string, string>();
  const old = running ? before.flatMap((file) => runningTables(file, now, former.tables, report)) : shapes(before);
  const sides = { old: byKey(old), now: byKey(running ? onlyAbout(now, old, former.tables) : now) };
  return { ...sides, columns, renamed: renamedTables(sides.old, sides.now, former.tables) };
}

const byKey = (shapes: readonly Shape[]): ReadonlyMap<string, Shape> =>
  new Map(
    shapes.map((shape) => [shape.kind === "database" ? `database ${shape.name.name}` : keyOf(shape.name), shape]),
  );

/** Tables as a server describes them: they may be in another database than the contracts say. */
function runningTables(
  file: MigrationSides["before"][number],
  now: readonly Shape[],
  former: ReadonlyMap<string, string>,
  report: Report,
): readonly TableShape[] {
  let isBroken = false;
  const found = readCreates(file, (finding) => {
    isBroken = true;
    report(finding);
  }).filter((shape): shape is TableShape => shape.kind === "table" && keepsRows(shape));
  if (found.length === 0 && !isBroken) report(noCreate(undefined, { path: file.path }));
  const known = now.flatMap((shape) => (shape.kind === "table" && keepsRows(shape) ? [shape] : []));
  return found.flatMap((table) => {
    const name = former.get(table.name.name) ?? table.name.name;
    const own = known.find((shape) => shape.name.name === name || shape.name.name === table.name.name);
    if (own) return [{ ...table, name: { ...own.name, name: table.name.name }, onCluster: own.onCluster }];
    const span = { path: file.path, start: 0, end: 0 };
    report(
      tableWithoutEvent(span, {
        table: table.name.name,
        near: nearest(
          table.name.name,
          known.map((one) => one.name.name),
        ),
      }),
    );
    return [];
  });
}

/** Of all tables only those that are told of. Which views are in the way of them is decided later. */
function onlyAbout(
  now: readonly Shape[],
  old: readonly Shape[],
  former: ReadonlyMap<string, string>,
): readonly Shape[] {
  const names = new Set(old.flatMap(({ name: { name } }) => [name, former.get(name) ?? name]));
  return now.filter(({ kind, name }) => kind === "view" || (kind === "table" && names.has(name.name)));
}

function renamedTables(
  old: ReadonlyMap<string, Shape>,
  now: ReadonlyMap<string, Shape>,
  former: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  for (const [key, { kind, name }] of old) {
    const [, base = name.name, local = ""] = /^(.*?)(_local)?$/s.exec(name.name) ?? [];
    const to = former.get(base);
    const next = to === undefined ? undefined : keyOf({ ...name, name: to + local });
    if (kind === "table" && next !== undefined && now.has(next) && !now.has(key) && !old.has(next))
      renamed.set(key, next);
  }
  return renamed;
}

/** Whether a table that keeps nothing has to be made again: it or the table whose columns it has is another. */
export function isRemade(old: TableShape, now: TableShape, { old: before, now: after }: Sides): boolean {
  const columns = (table: TableShape, all: ReadonlyMap<string, Shape>): string => {
    const as = table.as && all.get(keyOf(table.as));
    return (as?.kind === "table" ? as.columns : table.columns).map(definition).join(",");
  };
  const bare = (table: TableShape): string => createTable({ ...table, columns: [] });
  return (
    bare(old) !== bare(now) ||
    columns(old, before) !== columns(now, after) ||
    keyOf(old.as ?? old.name) !== keyOf(now.as ?? now.name)
  );
}

/** Whether two views are the same query into the same table. */
export const isSameView = (a: ViewShape, b: ViewShape): boolean =>
  a.query === b.query && a.materialized === b.materialized && keyOf(a.to ?? a.name) === keyOf(b.to ?? b.name);

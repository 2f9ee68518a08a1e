import { identifier } from "../sql.ts";
import { canonOf, type Expression, renameIn } from "./expression.ts";
import type { TableShape } from "./shape.ts";
import type { ColumnChange, TableChange } from "./table-change.ts";

/** Why a table has to be written anew: what no ALTER does. */
export function roadReasons({ old, target, columns, renamed }: TableChange): readonly string[] {
  const reasons: string[] = [];
  if (engineOf(old) !== engineOf(target))
    reasons.push(`its engine is ${target.engine.name} and was ${old.engine.name}`);
  if (old.partitionBy?.canon !== target.partitionBy?.canon) reasons.push("its partitions are others");
  if (!same(primaryOf(old), primaryOf(target))) reasons.push("its primary key is another");
  else if (!same(old.orderBy, target.orderBy) && !isAppended(old, target, columns))
    reasons.push("its rows are sorted by something else");
  if (old.sampleBy?.canon !== target.sampleBy?.canon) reasons.push("its samples are taken by something else");
  const keys = keyNames(old);
  const inside = new Set(keyParts(old).flatMap((part) => (isColumn(part) ? [] : part.names)));
  const read = readNames(old);
  for (const { now, was, change } of columns) {
    if (!was) continue;
    const moved = renamed.has(was.name);
    const isKey = keys.has(was.name);
    if (isKey && moved) reasons.push(`its key has the column ${was.name}, which is called ${now.name} now`);
    else if (inside.has(was.name) && change.how !== "same")
      reasons.push(`an expression of its key has the column ${was.name}, whose type is another`);
    else if (isKey && change.how !== "same" && change.how !== "metadata" && !isDictionary(was, now))
      reasons.push(`its key has the column ${was.name}, whose type is another`);
    else if ((change.how === "copy" || change.how === "apart") && read.has(was.name))
      reasons.push(`other parts of it read the column ${was.name}, whose type is another`);
    const [before, after] = [was.value?.how, now.value?.how];
    if (before !== after && [before, after].some((how) => how === "ALIAS" || how === "EPHEMERAL"))
      reasons.push(
        `the column ${now.name} ${after === "ALIAS" || after === "EPHEMERAL" ? "is not stored any more" : "was not stored"}`,
      );
  }
  return [...new Set(reasons)];
}

/** Text stays text, whether its words are kept in a dictionary or not. */
const isDictionary = (was: { type: ColumnChange["now"]["type"] }, { type }: ColumnChange["now"]): boolean =>
  JSON.stringify(was.type.kind === "low" ? was.type.of : was.type) ===
  JSON.stringify(type.kind === "low" ? type.of : type);

function engineOf({ engine }: TableShape): string {
  // A replica's place is written out when a table is created, and stays what it was.
  const args =
    engine.name.startsWith("Replicated") && engine.args[0]?.sql.startsWith("'") ? engine.args.slice(2) : engine.args;
  return `${engine.name}(${args.map(({ canon }) => canon).join(",")})`;
}

const primaryOf = ({ primaryKey, orderBy }: TableShape): readonly Expression[] => primaryKey ?? orderBy;
const same = (a: readonly Expression[], b: readonly Expression[]): boolean =>
  a.length === b.length && a.every(({ canon }, index) => canon === b[index]?.canon);

/** Rows stay sorted when what they are sorted by goes on with columns that are new. */
export function isAppended(old: TableShape, target: TableShape, columns: readonly ColumnChange[]): boolean {
  const more = target.orderBy.slice(old.orderBy.length);
  return (
    same(old.orderBy, target.orderBy.slice(0, old.orderBy.length)) &&
    more.every((part) => {
      const column = columns.find(({ now }) => now.name === part.names[0]);
      return isColumn(part) && column !== undefined && !column.was && !column.now.value;
    })
  );
}

/** Whether an expression is a column and nothing else. */
const isColumn = ({ canon, names: [name = ""] }: Expression): boolean => canon === identifier(name);

/** The columns that decide where a row is: keys, partitions, and what the engine reads. */
export const keyNames = (table: TableShape): ReadonlySet<string> =>
  new Set([...keyParts(table), ...table.engine.args].flatMap(({ names }) => names));

const keyParts = ({ orderBy, primaryKey = [], partitionBy, sampleBy }: TableShape): readonly Expression[] => [
  ...orderBy,
  ...primaryKey,
  ...[partitionBy, sampleBy].filter((part) => part !== undefined),
];

/** The columns that other parts of the table read. */
const readNames = (table: TableShape): ReadonlySet<string> =>
  new Set([
    ...table.columns.flatMap(({ value }) => value?.expression.names ?? []),
    ...table.constraints.flatMap(({ expression }) => expression.names),
    ...table.parts.flatMap(({ rest }) => rest.names),
    ...(table.ttl?.names ?? []),
  ]);

/** The constraints that stay as they are: the first ones, as ClickHouse adds others behind them. */
export function keptConstraints(old: TableShape, target: TableShape, renamed: ReadonlyMap<string, string>): number {
  let last = -1;
  let kept = 0;
  for (const wanted of target.constraints) {
    const index = old.constraints.findIndex(
      ({ name, how, words }) =>
        name === wanted.name && how === wanted.how && canonOf(renameIn(words, renamed)) === wanted.expression.canon,
    );
    if (index <= last) break;
    last = index;
    kept++;
  }
  return kept;
}

import type { Part } from "./facts.ts";
import type { Members } from "./kinds.ts";

/** A member as all sources together tell it: at most one part a source, but where a source says it several times over. */
export type Row = Part[];

/** Puts members that are one into one row, in the order of the first source and then of the others. */
export function rowsOf(sources: readonly (readonly Part[])[], { known }: Members): readonly Row[] {
  const rows: Row[] = [];
  for (const source of sources) {
    const taken = new Set<Row>();
    const earlier = [...rows];
    let open = source;
    for (const { by, all } of known) {
      if (earlier.length === 0 || open.length === 0) break;
      const index = indexBy(earlier, by);
      open = open.filter((part) => {
        const key = by(part.item).find((candidate) => index.has(candidate));
        const row = key === undefined ? undefined : index.get(key);
        if (!row || (taken.has(row) && !all)) return true;
        taken.add(row);
        row.push(part);
        return false;
      });
    }
    for (const part of open) rows.push([part]);
  }
  return rows;
}

/** The surest row of a key is the first that has it. */
function indexBy(rows: readonly Row[], by: (item: object) => readonly string[]): ReadonlyMap<string, Row> {
  const index = new Map<string, Row>();
  for (const row of rows)
    for (const { item } of row) for (const key of by(item)) if (!index.has(key)) index.set(key, row);
  return index;
}

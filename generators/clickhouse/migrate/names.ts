import { jsonKey, type View } from "../../../model/index.ts";
import { tableName } from "../names.ts";

/** Former names, as far as the contracts state them: the aliases of events and of their fields. */
export interface FormerNames {
  /** The new name of a table, by each of its former names. */
  readonly tables: ReadonlyMap<string, string>;
  /** The new names of columns by their former ones, by the new name of their table. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Reads former names off a model. */
export function formerNames(view: View): FormerNames {
  const tables = new Map<string, string>();
  const columns = new Map<string, ReadonlyMap<string, string>>();
  for (const system of view.systems)
    for (const event of view.events(system.name)) {
      const name = tableName(event);
      for (const alias of event.aliases ?? []) {
        const former = tableName({ ...event, name: alias });
        if (former !== name) tables.set(former, name);
      }
      const own = new Map<string, string>();
      for (const field of view.eventMessage(event)?.fields ?? [])
        for (const alias of field.aliases ?? []) {
          const [before, now] = [jsonKey({ name: alias }, system.json), jsonKey(field, system.json)];
          if (before === now) continue;
          own.set(before, now);
          // What is derived from a column follows its name.
          for (const suffix of ["time", "seconds"]) own.set(`${before}_${suffix}`, `${now}_${suffix}`);
        }
      columns.set(name, own);
    }
  return { tables, columns };
}

import { compareText, type Event, type Name } from "../../model/index.ts";
import type { Change } from "./change.ts";
import type { Sides } from "./sides.ts";

/** Those a change reaches. */
export interface Audience {
  /** Events and bodies of endpoints. */
  readonly carriers: readonly Name[];
  readonly topics: readonly Name[];
  /** The teams that answer for the events, their topics and their systems. */
  readonly owners: readonly string[];
}

/** Whom a change reaches: the events that carry its place, the topics that carry those, and the teams behind them. */
export function whom({ reach }: Pick<Change, "reach">, sides: Sides): Audience {
  const decls = [...sides.old.view.model.decls, ...sides.new.view.model.decls];
  const carriers = new Set(reach);
  const events = decls.filter((decl): decl is Event => decl.kind === "event" && carriers.has(decl.name));
  const topics = new Set(events.flatMap(({ topic }) => topic ?? []));
  const operations = new Set(reach.map((name) => name.replace(/\.v[^v]*\.(?:request|response)$/, "")));
  const answering = decls.filter(
    ({ kind, name }) =>
      (kind === "event" && carriers.has(name)) ||
      (kind === "topic" && topics.has(name)) ||
      (kind === "operation" && operations.has(name)),
  );
  const systems = new Set(answering.flatMap((decl) => ("system" in decl ? (decl.system ?? []) : [])));
  const all = [...answering, ...decls.filter(({ kind, name }) => kind === "system" && systems.has(name))];
  return {
    carriers: [...reach],
    topics: [...topics].sort(compareText),
    owners: [...new Set(all.flatMap(({ owners }) => owners ?? []))].sort(compareText),
  };
}

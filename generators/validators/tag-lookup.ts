import { jsonKey, type Name, type System, type View } from "../../model/index.ts";

/** The field by whose value events can be told apart. */
export interface TagLookup {
  /** Its key in JSON. */
  readonly key: string;
  /** Each value with the name of the event it stands for. */
  readonly events: readonly (readonly [value: string | number | boolean, event: Name])[];
}

/** The first field that has a literal of its own in every event: of those in an envelope where there are any, else of all. */
export function tagLookup(view: View, system: System): TagLookup | undefined {
  const events = view.events(system.name);
  const enveloped = events.filter(({ envelope }) => envelope);
  const group = (enveloped.length > 0 ? enveloped : events).map((event) => ({
    event,
    message: view.eventMessage(event),
  }));
  if (group.length < 2) return undefined;
  for (const { name } of group[0]?.message?.fields ?? []) {
    const found = group.flatMap(({ event, message }) => {
      const type = message?.fields.find((field) => field.name === name)?.type;
      return type?.kind === "literal" ? [[type.value, event.name] as const] : [];
    });
    if (found.length === group.length && new Set(found.map(([value]) => value)).size === group.length)
      return { key: jsonKey({ name }, system.json), events: found };
  }
  return undefined;
}

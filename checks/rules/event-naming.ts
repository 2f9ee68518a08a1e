import { compareText, diagnostic, type Event, type Name, nearest, type Rule, type View } from "../../model/index.ts";

export const capitals = diagnostic<{ at: string }>(
  "checks/event-naming",
  "warning",
  (a) => `The event name ${a.at} has capital letters.`,
  (a) => `Write ${a.at.toLowerCase()}.`,
);
export const segmentCount = diagnostic<{ at: string; count: number }>(
  "checks/event-naming",
  "warning",
  (a) => `The event name ${a.at} has ${a.count} ${a.count === 1 ? "part" : "parts"}, not three or four.`,
  () => "Name the group, the component and the action, with dots between them; a note may follow.",
);
export const unknownGroup = diagnostic<{ at: string; group: string; near: string | undefined; known: string }>(
  "checks/event-naming",
  "warning",
  (a) => `The event name ${a.at} begins with ${a.group}, which is no group of its system.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : `The groups are ${a.known}.`),
);
export const emptyPart = diagnostic<{ at: string }>(
  "checks/event-naming",
  "warning",
  (a) => `The event name ${a.at} has a part that is no word.`,
  () => "Begin every part with a letter, and write letters, digits and underscores.",
);
export const twoWords = diagnostic<{ at: string; other: string }>(
  "checks/event-naming",
  "info",
  (a) => `The event ${a.at} is also called ${a.other}.`,
  (a) => `Producers send ${a.at}; agree on one word for one step.`,
);

/** The naming rules apply where a system documents the groups of components that its events come from. */
const rule: Rule = {
  id: "event-naming",
  purpose: "Event names are lower case, begin with a group of their system, and have three or four parts.",
  severity: "warning",
  source: "The five naming rules in the specification of the telemetry service.",
  explain:
    "An event is named by the system it comes from, the component, the action and, if need be, a note, all in lower case " +
    "with dots between them. Consumers subscribe and filter by the first parts, so a name out of order is missed in " +
    "silence. The rule reads the systems from the groups of the documented components; systems without any are not " +
    "checked. A name that is in use stays: give it an alias in an overlay, or suppress the finding with the reason.",
  check(view, report) {
    for (const system of view.systems) {
      const groups = groupsOf(view, system.name);
      if (groups.size === 0) continue;
      for (const event of view.events(system.name)) {
        const span = event.origins[0]?.span;
        const segments = event.name.split(".");
        const [group = ""] = segments;
        if (/\p{Lu}/u.test(event.name)) report(capitals(span, { at: event.name }));
        if (segments.length < 3 || segments.length > 4)
          report(segmentCount(span, { at: event.name, count: segments.length }));
        if (segments.some((segment) => !/^\p{L}[\p{L}\d_]*$/u.test(segment)))
          report(emptyPart(span, { at: event.name }));
        if (!groups.has(group.toLowerCase())) {
          const known = [...groups].sort(compareText).join(", ");
          report(unknownGroup(span, { at: event.name, group, near: nearest(group, groups), known }));
        }
        for (const other of variantsOf(event)) report(twoWords(span, { at: event.name, other }));
      }
    }
  },
};

export default rule;

function groupsOf(view: View, system: Name): ReadonlySet<string> {
  return new Set(
    view.model.decls.flatMap((decl) => (decl.kind === "component" && decl.system === system ? [decl.group] : [])),
  );
}

/** Aliases that differ in the last word alone; other aliases are names on other channels. */
function variantsOf(event: Event): readonly string[] {
  const stem = event.name.slice(0, event.name.lastIndexOf(".") + 1);
  return (event.aliases ?? []).filter((alias) => alias.startsWith(stem) && !alias.slice(stem.length).includes("."));
}

import { compareText, diagnostic, type Event, type Name, nearest, type Rule, type View } from "../../model/index.ts";

const capitals = diagnostic<{ event: string }>(
  "checks/event-naming",
  "warning",
  (a) => `The event name ${a.event} has capital letters.`,
  (a) => `Write ${a.event.toLowerCase()}.`,
);
const segmentCount = diagnostic<{ event: string; count: number }>(
  "checks/event-naming",
  "warning",
  (a) => `The event name ${a.event} has ${a.count} ${a.count === 1 ? "part" : "parts"}, not three or four.`,
  () => "Name the group, the component and the action, with dots between them; a note may follow.",
);
const unknownGroup = diagnostic<{ event: string; group: string; near: string | undefined; known: string }>(
  "checks/event-naming",
  "warning",
  (a) => `The event name ${a.event} begins with ${a.group}, which is no group of its system.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : `The groups are ${a.known}.`),
);
const twoWords = diagnostic<{ event: string; other: string }>(
  "checks/event-naming",
  "info",
  (a) => `The event ${a.event} is also called ${a.other}.`,
  (a) => `Producers send ${a.event}; agree on one word for one step.`,
);

/** The naming rules apply where a system documents the groups of components that its events come from. */
const rule: Rule = {
  id: "event-naming",
  purpose: "Event names are lower case, begin with a group of their system, and have three or four parts.",
  severity: "warning",
  check(view, report) {
    for (const system of view.systems) {
      const groups = groupsOf(view, system.name);
      if (groups.size === 0) continue;
      for (const event of view.events(system.name)) {
        const span = event.origins[0]?.span;
        const segments = event.name.split(".");
        const [group = ""] = segments;
        if (/\p{Lu}/u.test(event.name)) report(capitals(span, { event: event.name }));
        if (segments.length < 3 || segments.length > 4)
          report(segmentCount(span, { event: event.name, count: segments.length }));
        if (!groups.has(group.toLowerCase())) {
          const known = [...groups].sort(compareText).join(", ");
          report(unknownGroup(span, { event: event.name, group, near: nearest(group, groups), known }));
        }
        for (const other of variantsOf(event)) report(twoWords(span, { event: event.name, other }));
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

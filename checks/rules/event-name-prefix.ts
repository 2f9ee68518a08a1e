import { diagnostic, type Rule } from "../../model/index.ts";

export const prefix = diagnostic<{ at: string; longer: string }>(
  "checks/event-name-prefix",
  "warning",
  (a) => `The event name ${a.at} is also the beginning of ${a.longer}.`,
  () => "Give the shorter one a last part of its own, or never turn the dots of event names into nesting.",
);

/** A name cannot be a leaf and a branch of one tree. */
const rule: Rule = {
  id: "event-name-prefix",
  purpose: "No event name is the dotted beginning of another.",
  severity: "warning",
  source: "Namespaces, folders and nested keys made from dotted names.",
  explain:
    "Where dots become nesting (objects, packages, metric trees, subscriptions to everything below a name), the shorter " +
    "event is at once a leaf and a branch: the one overwrites the other, or a subscription to it receives both. Nothing " +
    "that Concordat generates nests event names; what others build from them may.",
  check(view, report) {
    for (const system of view.systems) {
      const events = new Map(view.events(system.name).map((event) => [event.name, event]));
      for (const event of events.values()) {
        for (let end = event.name.lastIndexOf("."); end > 0; end = event.name.lastIndexOf(".", end - 1)) {
          const shorter = events.get(event.name.slice(0, end));
          if (!shorter) continue;
          const span = event.origins[0]?.span;
          const related = span && [{ message: `${event.name} is declared here.`, span }];
          report(prefix(shorter.origins[0]?.span, { at: shorter.name, longer: event.name }, related));
        }
      }
    }
  },
};

export default rule;

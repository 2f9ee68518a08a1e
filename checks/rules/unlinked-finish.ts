import { diagnostic, type Event, type Rule } from "../../model/index.ts";

export const unlinked = diagnostic<{ at: string; start: string }>(
  "checks/unlinked-finish",
  "info",
  (a) => `${a.at} ends what ${a.start} begins, and no field says which one.`,
  () =>
    "State it in an overlay, `set: { follows: { event: …, by: …, key: … } }`; if there is no such field, ask for one.",
);

const ends = /^(.*[._])(?:completed?|finish(?:ed)?|end(?:ed)?|stop(?:ped)?|fail(?:ed)?)$/;
const starts = ["start", "started", "begin", "begun"];

/** A finish without a key to its start can be counted, and not be measured. */
const rule: Rule = {
  id: "unlinked-finish",
  purpose: "An event that ends something names the event that began it.",
  severity: "info",
  source: "Pairs of events such as `.start` and `.complete`; durations are computed from them.",
  explain:
    "The pair is found by name: `x.complete` belongs to `x.start`, or to an event that is called `x`. With `follows`, " +
    "consumers and tables know which field of the finish holds which field of the start, and a check over live events " +
    "can tell a finish whose start never came.",
  check(view, report) {
    for (const system of view.systems) {
      const events = new Map(view.events(system.name).map((event) => [event.name, event]));
      for (const event of events.values()) {
        if (event.follows) continue;
        const start = startOf(event, events);
        if (start === undefined) continue;
        const span = start.origins[0]?.span;
        const related = span && [{ message: `${start.name} is declared here.`, span }];
        report(unlinked(event.origins[0]?.span, { at: event.name, start: start.name }, related));
      }
    }
  },
};

export default rule;

function startOf({ name }: Event, events: ReadonlyMap<string, Event>): Event | undefined {
  const stem = ends.exec(name)?.[1];
  if (stem === undefined) return undefined;
  const candidates = [stem.slice(0, -1), ...starts.map((word) => stem + word)];
  return candidates.map((candidate) => events.get(candidate)).find((event) => event !== undefined);
}

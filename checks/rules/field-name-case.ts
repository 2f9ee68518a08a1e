import { compareText, diagnostic, type Event, type Rule, type Span, type View } from "../../model/index.ts";

export const caseAlone = diagnostic<{ at: string | undefined; where: string; names: readonly string[] }>(
  "checks/field-name-case",
  "warning",
  (a) => `The field names ${a.names.slice(0, -1).join(", ")} and ${a.names.at(-1)} of ${a.where} differ in case alone.`,
  () => "Targets that ignore case, and people, take them for one: agree on one spelling.",
);

interface Spelling {
  readonly name: string;
  readonly at: string;
  readonly span: Span | undefined;
  /** How many events write it so: the rare spelling is the one to look at. */
  count: number;
}

/** Events that share a topic share its tables and its readers, so their field names are compared together. */
const rule: Rule = {
  id: "field-name-case",
  purpose: "No two field names of one topic or event differ in case alone.",
  severity: "warning",
  source: "SQL dialects and column stores that ignore case; practice.",
  explain:
    "Events of one topic are read by one consumer and stored side by side. Two spellings of one key become two columns, " +
    "each half empty, or one column that loses every other value. Agree on one spelling; while producers still send both, " +
    "read both and write one.",
  check(view, report) {
    for (const system of view.systems) {
      for (const [where, events] of channels(view.events(system.name))) {
        for (const spellings of spellingsOf(events, view).values()) {
          if (spellings.length < 2) continue;
          const [rare, ...rest] = [...spellings].sort((a, b) => a.count - b.count || compareText(a.name, b.name));
          const related = rest.flatMap(({ name, span }) => (span ? [{ message: `It is ${name} here.`, span }] : []));
          const names = spellings.map(({ name }) => name).sort(compareText);
          report(caseAlone(rare?.span, { at: rare?.at, where, names }, related));
        }
      }
    }
  },
};

export default rule;

function channels(events: readonly Event[]): ReadonlyMap<string, readonly Event[]> {
  const byName = new Map<string, Event[]>();
  for (const event of events) {
    const where = event.topic === undefined ? `the event ${event.name}` : `the topic ${event.topic}`;
    const others = byName.get(where);
    if (others) others.push(event);
    else byName.set(where, [event]);
  }
  return byName;
}

function spellingsOf(events: readonly Event[], view: View): ReadonlyMap<string, readonly Spelling[]> {
  const byLowerCase = new Map<string, Spelling[]>();
  for (const event of events) {
    for (const field of view.eventMessage(event)?.fields ?? []) {
      const spellings = byLowerCase.get(field.name.toLowerCase()) ?? [];
      byLowerCase.set(field.name.toLowerCase(), spellings);
      const same = spellings.find(({ name }) => name === field.name);
      if (same) same.count++;
      else
        spellings.push({ name: field.name, at: `${event.name}.${field.name}`, span: field.origins[0]?.span, count: 1 });
    }
  }
  return byLowerCase;
}

import { diagnostic, type Rule } from "../../model/index.ts";

export const unlisted = diagnostic<{ at: string; events: number }>(
  "checks/topic-mismatch",
  "warning",
  ({ at, events }) =>
    `The topic ${at} carries ${events === 1 ? "an event" : `${events} events`}, but no component writes to it.`,
  () => "List it with the topics of its group, or correct the topic of the events.",
);
export const unused = diagnostic<{ at: string }>(
  "checks/topic-mismatch",
  "info",
  (a) => `The topic ${a.at} has producers, but no event is described for it.`,
  () => "Describe its events, or remove it from the list of topics.",
);

/** Looks only at systems that say which components write to which topic: elsewhere silence is no contradiction. */
const rule: Rule = {
  id: "topic-mismatch",
  purpose: "Topics that producers write to and topics that events are described for are the same.",
  severity: "warning",
  source: "Events and components that are described in documents of their own.",
  explain:
    "One document says which topic an event is sent to, another which topics a component writes to. A topic that only one " +
    "of them knows is a gap or a slip: consumers wait for events that nobody sends, or miss those that nobody listed. " +
    "Systems that name no producers are not checked.",
  check(view, report) {
    for (const system of view.systems) {
      const topics = view.topics.filter((topic) => topic.system === system.name && topic.transport === "kafka");
      if (!topics.some((topic) => topic.producers?.length)) continue;
      const events = view.events(system.name);
      for (const topic of topics) {
        const count = events.filter((event) => event.topic === topic.name).length;
        const span = topic.origins[0]?.span;
        if (count > 0 && !topic.producers?.length) report(unlisted(span, { at: topic.name, events: count }));
        else if (count === 0) report(unused(span, { at: topic.name }));
      }
    }
  },
};

export default rule;

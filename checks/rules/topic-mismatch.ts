import { diagnostic, type Rule } from "../../model/index.ts";

const unlisted = diagnostic<{ topic: string; events: number }>(
  "checks/topic-mismatch",
  "warning",
  ({ topic, events }) =>
    `The topic ${topic} carries ${events === 1 ? "an event" : `${events} events`}, but no component writes to it.`,
  () => "List it with the topics of its group, or correct the topic of the events.",
);
const unused = diagnostic<{ topic: string }>(
  "checks/topic-mismatch",
  "info",
  (a) => `The topic ${a.topic} has producers, but no event is described for it.`,
  () => "Describe its events, or remove it from the list of topics.",
);

/** Looks only at systems that say which components write to which topic: elsewhere silence is no contradiction. */
const rule: Rule = {
  id: "topic-mismatch",
  purpose: "Topics that producers write to and topics that events are described for are the same.",
  severity: "warning",
  check(view, report) {
    for (const system of view.systems) {
      const topics = view.topics.filter((topic) => topic.system === system.name && topic.transport === "kafka");
      if (!topics.some((topic) => topic.producers?.length)) continue;
      const events = view.events(system.name);
      for (const topic of topics) {
        const count = events.filter((event) => event.topic === topic.name).length;
        const span = topic.origins[0]?.span;
        if (count > 0 && !topic.producers?.length) report(unlisted(span, { topic: topic.name, events: count }));
        else if (count === 0) report(unused(span, { topic: topic.name }));
      }
    }
  },
};

export default rule;

import type { Component, Topic } from "../../model/index.ts";
import type { Tell } from "./collect.ts";
import { compareReserved } from "./reserved.ts";
import { compareWords } from "./words.ts";

/** The changes of a topic: how it is carried, who writes to it, and the numbers that its message has. */
export function compareTopics(before: Topic, after: Topic, tell: Tell): void {
  const { name } = after;
  const place = { at: name, of: name, old: before, new: after };
  const facts = {
    transport: [before.transport, after.transport],
    producers: [before.producers, after.producers].map((names) => names && [...names].sort().join(", ")),
    system: [before.system, after.system],
  } as const;
  for (const what of ["transport", "producers", "system"] as const) {
    const [was = "not stated", now = "not stated"] = facts[what];
    if (was !== now) tell("topic.changed", { ...place, was, now }, { what });
  }
  const numbers = new Map(after.numbers?.map((entry) => [entry.name, entry.number]));
  for (const { name: member, number } of before.numbers ?? []) {
    const now = numbers.get(member);
    if (now !== undefined && now !== number)
      tell("topic.renumbered", { ...place, at: `${name}.${member}`, was: String(number), now: String(now) }, {});
  }
  compareReserved({ name, before, after }, tell);
  compareWords(before, after, place, tell);
}

/** The changes of a program that sends events or passes them on. */
export function compareComponents(before: Component, after: Component, tell: Tell): void {
  const place = { at: after.name, of: after.name, old: before, new: after };
  const facts = (component: Component) => ({
    role: component.role,
    group: component.group,
    language: component.language ?? "not stated",
    transport: component.transport ?? "not stated",
    env: component.env.map(({ name }) => name).join(", "),
    feeds: JSON.stringify(component.feeds ?? {}),
  });
  const [old, next] = [facts(before), facts(after)];
  for (const what of ["role", "group", "language", "transport", "env", "feeds"] as const)
    if (old[what] !== next[what]) tell("component.changed", { ...place, was: old[what], now: next[what] }, { what });
  compareWords(before, after, place, tell);
}

import {
  buildModel,
  createView,
  type Decl,
  type Model,
  type Name,
  type Report,
  type Topic,
  type TopicMessage,
  topicMessages,
} from "../../model/index.ts";
import type { Config } from "../config.ts";
import { mergeReserved, reportStale, reportUnlocked } from "./apply.ts";
import type { LockEntry, NumberLock } from "./file.ts";

/**
 * Gives topics the numbers that their locks hold for the members of their messages. What these are is known only of a whole
 * model: an event names its envelope, and another document may describe the topic.
 */
export function applyTopicLocks(model: Model, locks: ReadonlyMap<Name, NumberLock>, report: Report): Model {
  const changed = new Map<Name, Topic>();
  for (const [system, lock] of locks) {
    if (lock.topics.size === 0) continue;
    const messages = messagesOf(model, system);
    for (const [name, entry] of lock.topics) {
      const message = messages.get(name);
      checkTopic(name, entry, message, report);
      if (message) changed.set(name, withNumbers(message, entry));
    }
  }
  if (changed.size === 0) return model;
  return {
    ...model,
    decls: model.decls.map((decl) => (decl.kind === "topic" ? (changed.get(decl.name) ?? decl) : decl)),
  };
}

/** The messages of the topics of a system, by topic, from declarations that are no model yet. */
export function topicsOf(decls: readonly Decl[], config: Config, system: Name): ReadonlyMap<Name, TopicMessage> {
  const defaults = new Map(config.systems.map(({ name, defaults: own }) => [name, own]));
  return messagesOf(
    buildModel(decls, defaults, () => undefined),
    system,
  );
}

function messagesOf(model: Model, system: Name): ReadonlyMap<Name, TopicMessage> {
  const view = createView(model, ({ path }) => ({ path, line: 1, column: 1 }));
  return new Map(topicMessages(view, system).map((message) => [message.topic.name, message]));
}

/** Reports where a topic and its entry in the lock differ. */
export function checkTopic(topic: Name, entry: LockEntry, message: TopicMessage | undefined, report: Report): void {
  reportStale(topic, entry, message ? [message] : [], report);
  for (const field of message?.fields ?? [])
    if (!entry.numbers.has(field.name)) reportUnlocked(field, `${topic}.${field.name}`, entry, report);
}

function withNumbers({ topic, fields }: TopicMessage, entry: LockEntry): Topic {
  const numbers = fields.flatMap(({ name }) => {
    const own = entry.numbers.get(name);
    return own ? [{ name, number: own.number }] : [];
  });
  const reserved = mergeReserved(undefined, entry.reserved);
  return {
    ...topic,
    numbers,
    ...(reserved && { reserved }),
    origins: [...topic.origins, { span: entry.span, reader: "lock", basis: "overlay", facts: ["numbers", "reserved"] }],
  };
}

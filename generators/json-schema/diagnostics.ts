import { diagnostic } from "../../model/index.ts";

/** All that the JSON Schema generator can say. */
export const nameCollision = diagnostic<{ name: string; other: string; as: string }>(
  "json-schema/name-collision",
  "error",
  (a) => `${a.name} and ${a.other} would both be ${a.as} in the schemas.`,
  () => "Rename one of the two, or give it another scope with an overlay.",
);

export const unreadablePattern = diagnostic<{ at: string; pattern: string }>(
  "json-schema/unreadable-pattern",
  "error",
  (a) => `The pattern ${a.pattern} of ${a.at} is no regular expression of ECMAScript in Unicode mode.`,
  () => "Escape what is meant literally, and nothing else.",
);

export const noMessage = diagnostic<{ event: string }>(
  "json-schema/no-message",
  "warning",
  (a) => `The payload of ${a.event} is no message, so it cannot be merged with its envelope and has no schema.`,
  () => "Make the payload a message, or wrap it instead of merging it.",
);

import { diagnostic } from "./diagnostic.ts";

export const duplicateDeclaration = diagnostic<{ kind: string; name: string }>(
  "model/duplicate-declaration",
  "error",
  (a) => `The ${a.kind} ${a.name} is declared twice.`,
  () => "Give one of them another name or, when both are meant, put them into scopes with an overlay.",
);
export const duplicateField = diagnostic<{ name: string; of: string }>(
  "model/duplicate-field",
  "error",
  (a) => `The field ${a.name} stands twice in ${a.of}.`,
  () => "Keep one of the two.",
);
export const duplicateNumber = diagnostic<{ name: string; other: string; of: string; number: number }>(
  "model/duplicate-number",
  "error",
  (a) => `${a.name} and ${a.other} of ${a.of} both have the number ${a.number}.`,
  () => "Give each its own number; a number that was once in use stays reserved.",
);
export const unresolvedReference = diagnostic<{ name: string; by: string; near: string | undefined }>(
  "model/unresolved-reference",
  "error",
  (a) => `${a.by} refers to the type ${a.name}, which no source declares.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "Declare the type, or state in an overlay what stands for it."),
);
export const unstatedType = diagnostic<{ at: string }>(
  "model/unstated-type",
  "error",
  (a) => `The type of ${a.at} is not stated.`,
  (a) => `State it in the document, or in an overlay: \`- at: ${a.at}\` with \`set: { type: … }\` and \`why: …\`.`,
);
export const unknownTopic = diagnostic<{ event: string; topic: string; near: string | undefined }>(
  "model/unknown-topic",
  "error",
  (a) => `The event ${a.event} is sent to the topic ${a.topic}, which no source declares.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "Declare the topic in its document."),
);
export const unknownEvent = diagnostic<{ event: string; by: string; near: string | undefined }>(
  "model/unknown-event",
  "error",
  (a) => `${a.by} names the event ${a.event}, which no source declares.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : undefined),
);
export const unknownField = diagnostic<{ event: string; field: string; near: string | undefined }>(
  "model/unknown-field",
  "error",
  (a) => `The event ${a.event} has no field ${a.field}.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : undefined),
);
export const aliasCycle = diagnostic<{ name: string }>(
  "model/alias-cycle",
  "error",
  (a) => `${a.name} stands for itself.`,
  () => "Let one of the names in the circle stand for a type.",
);
export const sameJsonKey = diagnostic<{ name: string; other: string; of: string; key: string }>(
  "model/same-json-key",
  "error",
  (a) => `${a.name} and ${a.other} of ${a.of} are both called ${a.key} in JSON.`,
  () => "Rename one of them, or keep declared names in the JSON profile.",
);
export const bodyWithoutFields = diagnostic<{ event: string }>(
  "model/body-without-fields",
  "error",
  (a) => `The body of ${a.event} is to be merged into an envelope, but it is not a message.`,
  () => "Make it a message, or send the event without the envelope.",
);

import { diagnostic } from "../../../model/index.ts";

const didYouMean = (near: string | undefined, otherwise: string): string =>
  near === undefined ? otherwise : `Did you mean ${near}?`;

export const unknownKey = diagnostic<{ key: string; at: string; near: string | undefined }>(
  "hocon/unknown-key",
  "warning",
  (a) => `The key ${a.key} of ${a.at} is not known here and is left out.`,
  (a) => didYouMean(a.near, "Remove it, or ask for it to be read."),
);
export const notHeld = diagnostic<{ what: string; at: string }>(
  "hocon/not-held",
  "info",
  (a) => `${a.what} of ${a.at} is understood, but the model has no place for it.`,
  () => "No target will know of it. If its readers should, say it in the description as well.",
);
export const textForBoolean = diagnostic<{ what: string; text: string; word: string | undefined }>(
  "hocon/text-for-boolean",
  "warning",
  (a) => `${a.what} is the text ${a.text}, and is read as ${a.word}.`,
  (a) => `Write ${a.word}: HOCON knows it in lower case only.`,
);
export const unexpectedValue = diagnostic<{ what: string; expected: string; found: string }>(
  "hocon/unexpected-value",
  "error",
  (a) => `${a.what} is ${a.found}, where ${a.expected} is expected.`,
);
export const unknownType = diagnostic<{ type: string; at: string; near: string | undefined }>(
  "hocon/unknown-type",
  "error",
  (a) => `The type ${a.type} of ${a.at} is not known.`,
  (a) => didYouMean(a.near, "Use one of object, array, string, integer, number, boolean."),
);
export const unresolvedReference = diagnostic<{ ref: string; at: string; near: string | undefined }>(
  "hocon/unresolved-reference",
  "error",
  (a) => `${a.at} refers to ${a.ref}, which is not defined.`,
  (a) => didYouMean(a.near, "Define it in `_definitions`, or include the file that does."),
);
export const ignoredBesideReference = diagnostic<{ key: string; at: string }>(
  "hocon/beside-reference",
  "warning",
  (a) => `The key ${a.key} beside the $ref of ${a.at} has no effect.`,
  () => "Remove it, or put it into the definition.",
);
export const keptBesideReference = diagnostic<{ key: string; at: string }>(
  "hocon/kept-beside-reference",
  "info",
  (a) => `The ${a.key} beside the $ref of ${a.at} is kept, though JSON Schema up to draft 7 passes it over.`,
  () => "Write `allOf` with the $ref in it where other tools read the file, too.",
);
export const unknownRequired = diagnostic<{ name: string; of: string; near: string | undefined }>(
  "hocon/unknown-required",
  "warning",
  (a) => `${a.of} requires ${a.name}, which is none of its properties.`,
  (a) => didYouMean(a.near, "Describe it under `properties`, or take it off the list."),
);
export const unknownOperation = diagnostic<{ operation: string; by: string; near: string | undefined }>(
  "hocon/unknown-operation",
  "error",
  (a) => `${a.by} refers to the endpoint ${a.operation}, which is not described here.`,
  (a) => didYouMean(a.near, "Describe the endpoint, or correct its name."),
);
export const unknownVersion = diagnostic<{ operation: string; version: string; by: string; near: string | undefined }>(
  "hocon/unknown-version",
  "error",
  (a) => `${a.by} refers to version ${a.version} of ${a.operation}, which has no such version.`,
  (a) => didYouMean(a.near, "Use one of the versions that are described."),
);
export const noVersion = diagnostic<{ at: string }>(
  "hocon/no-version",
  "warning",
  (a) => `The endpoint ${a.at} has no version.`,
  () => 'Describe it under a version such as "2.1", or remove it.',
);
export const noService = diagnostic<{ path: string }>(
  "hocon/no-service",
  "warning",
  (a) => `${a.path} describes no endpoint and no definition.`,
  () => 'A service has endpoints with versions such as "2.1", and types under `_definitions`.',
);
export const rootIsList = diagnostic<{ path: string }>(
  "hocon/root-is-list",
  "error",
  (a) => `${a.path} holds a list, where a service is an object.`,
  () => "Write the endpoints as fields of the file itself.",
);
export const overwritten = diagnostic<{ key: string; at: string }>(
  "hocon/overwritten",
  "warning",
  (a) => `The key ${a.key} of ${a.at} is written more than once, and only the last one counts.`,
  () => "Remove the others.",
);
export const doesNotApply = diagnostic<{ key: string; at: string; type: string }>(
  "hocon/does-not-apply",
  "warning",
  (a) => `The key ${a.key} of ${a.at} has no effect, since its type is ${a.type}.`,
  () => "Correct the type, or remove the key.",
);
export const noItems = diagnostic<{ at: string }>(
  "hocon/no-items",
  "warning",
  (a) => `Nothing is said of the items of ${a.at}; they may be anything.`,
  () => "Describe them under `items`.",
);
export const typedOthers = diagnostic<{ at: string }>(
  "hocon/typed-others",
  "warning",
  (a) => `The type of further properties of ${a.at} is left out: it has named properties as well.`,
  () => "Put the open part into a property of its own.",
);

import { diagnostic } from "../../../model/index.ts";

const didYouMean = (near: string | undefined, otherwise: string): string =>
  near === undefined ? otherwise : `Did you mean ${near}?`;

export const unknownKey = diagnostic<{ key: string; of: string; near: string | undefined }>(
  "hocon/unknown-key",
  "warning",
  (a) => `The key ${a.key} of ${a.of} is not known here and is left out.`,
  (a) => didYouMean(a.near, "Remove it, or ask for it to be read."),
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
export const typedOthers = diagnostic<{ at: string }>(
  "hocon/typed-others",
  "warning",
  (a) => `The type of further properties of ${a.at} is left out: it has named properties as well.`,
  () => "Put the open part into a property of its own.",
);

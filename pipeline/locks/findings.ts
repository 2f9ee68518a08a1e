import { type Diagnostic, diagnostic, type Span } from "../../model/index.ts";

/** All that number locks and `concordat lock` can say. */
export const missingEntry = diagnostic<{ at: string }>(
  "lock/missing-entry",
  "error",
  (a) => `${a.at} has no number in the lock.`,
  () => "Run `concordat lock`: it appends the next free number.",
);
export const missingDeclaration = diagnostic<{ at: string; kind: string; path: string }>(
  "lock/missing-declaration",
  "error",
  (a) => `The ${a.kind} ${a.at} has no entry in ${a.path}.`,
  () => "Run `concordat lock`: it gives its members their numbers.",
);
export const numberDiffers = diagnostic<{ at: string; stated: number; locked: number }>(
  "lock/number-differs",
  "error",
  (a) => `${a.at} has the number ${a.stated} in its source, and ${a.locked} in the lock.`,
  () => "Correct the source: whoever holds data written with the locked number would misread it.",
);
export const numberTaken = diagnostic<{ at: string; number: number; other: string }>(
  "lock/number-taken",
  "error",
  (a) => `${a.at} has the number ${a.number}, which the lock gives to ${a.other}.`,
  () => "Give it another number in the source, or let `concordat lock` find one.",
);
export const reservedNumber = diagnostic<{ at: string; number: number }>(
  "lock/reserved-number",
  "error",
  (a) => `${a.at} has the number ${a.number}, which is reserved.`,
  () => "Take another number: whoever still holds old data would misread this one.",
);
export const reservedName = diagnostic<{ at: string }>(
  "lock/reserved-name",
  "error",
  (a) => `The name of ${a.at} is reserved, and in use again.`,
  () => "Take another name; when it is the same member come back, move its reservation back among the numbers by hand.",
);
export const staleEntry = diagnostic<{ at: string }>(
  "lock/stale-entry",
  "error",
  (a) => `The lock has a number for ${a.at}, which no source declares.`,
  () => "Run `concordat lock`: it moves the entry to `reserved`, so that the number is never used again.",
);
export const staleDeclaration = diagnostic<{ at: string; kind: string }>(
  "lock/stale-declaration",
  "error",
  (a) => `The lock has numbers for the ${a.kind} ${a.at}, which no source declares.`,
  () => "Run `concordat lock`: it moves them to `reserved`, for the day when the name comes back.",
);
export const wrongKind = diagnostic<{ at: string; kind: string; is: string }>(
  "lock/wrong-kind",
  "error",
  (a) => `${a.at} stands among the ${a.kind}s of the lock, and is ${/^[aeiou]/.test(a.is) ? "an" : "a"} ${a.is}.`,
  () => "Move the entry; members of another kind have numbers of another kind.",
);
export const sharedNumber = diagnostic<{ at: string; other: string; number: number }>(
  "lock/shared-number",
  "error",
  (a) => `${a.at} and ${a.other} both have the number ${a.number} in the lock.`,
  () => "Look up in the history which of them had it first; the other gets a number of its own.",
);
export const numberRange = diagnostic<{ at: string; number: number; kind: string }>(
  "lock/number-range",
  "error",
  (a) => `The number ${a.number} of ${a.at} is not one that it can have.`,
  (a) =>
    a.kind === "enum"
      ? "Values of an enum have 32-bit numbers."
      : "Fields are numbered from 1 to 536870911; 19000 to 19999 belong to Protobuf itself.",
);
export const noNumberLeft = diagnostic<{ at: string }>(
  "lock/no-number-left",
  "error",
  (a) => `There is no number left for ${a.at}.`,
  () => "Reserve less, or begin a new message.",
);
export const unknownType = diagnostic<{ name: string; near: string | undefined }>(
  "config/unknown-type",
  "error",
  (a) => `--message ${a.name}: no source declares a message or an enum of this name, and no topic has it.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "`concordat list types` shows the names there are."),
);
export const nothingLocked = diagnostic<{ system: string; path: string }>(
  "lock/nothing-locked",
  "info",
  (a) => `${a.system} has no number lock.`,
  (a) => `\`concordat lock --system ${a.system} --message <name>\`, or \`--all\`, begins one in ${a.path}.`,
);

/** Points to another place that a finding is about. */
export const here = (message: string, { span }: { readonly span: Span }): Diagnostic["related"] => [{ message, span }];
/** Points to a reservation. */
export const reservedHere = (reservation: { readonly span: Span }): Diagnostic["related"] =>
  here("It is reserved here.", reservation);
/** Points to an entry of the lock. */
export const lockedHere = (entry: { readonly span: Span }): Diagnostic["related"] => here("It is locked here.", entry);
export const emptyLock = diagnostic<{ path: string }>(
  "lock/empty",
  "error",
  (a) => `The number lock ${a.path} holds nothing.`,
  () => "Restore it: numbers that were given once must not be given again. Remove the file to begin anew.",
);

import { diagnostic } from "../../../model/index.ts";

// The text.

export const reservedCharacter = diagnostic<{ character: string }>(
  "hocon/reserved-character",
  "error",
  (a) => `The character ${a.character} stands outside of quotes, where HOCON reserves it.`,
  () => "Put the text into double quotes.",
);
export const unclosedString = diagnostic<{ quote: string }>(
  "hocon/unclosed-string",
  "error",
  (a) => `The text that ${a.quote} opens here is not closed${a.quote === '"' ? " on its line" : ""}.`,
  (a) => (a.quote === '"' ? 'Close it with ", or use """ for text of several lines.' : `Close it with ${a.quote}.`),
);
export const controlCharacter = diagnostic<{ code: number }>(
  "hocon/control-character",
  "error",
  (a) => `A control character (${hex(a.code)}) stands in a quoted text.`,
  (a) => `Write it as \\${hex(a.code).replace("U+", "u")}, or use """.`,
);
export const unknownEscape = diagnostic<{ escape: string }>(
  "hocon/unknown-escape",
  "warning",
  (a) => `The escape ${a.escape} has no meaning; its characters are kept as they are.`,
  () => "Write two backslashes where one is meant.",
);

// Its structure.

export const unclosedBrace = diagnostic<{ open: string }>(
  "hocon/unclosed-brace",
  "error",
  (a) => `The ${a.open} opened here is not closed.`,
  (a) => `Add the ${a.open === "{" ? "}" : "]"} that ends it.`,
);
export const unexpectedClose = diagnostic<{ close: string }>(
  "hocon/unexpected-close",
  "error",
  (a) => `The ${a.close} here closes nothing.`,
  () => "Remove it, or add what it should close.",
);
export const unexpectedText = diagnostic<{ found: string; where: string }>(
  "hocon/unexpected-text",
  "error",
  (a) => `${shorten(a.found)} cannot stand ${a.where}.`,
  () => "If it is part of a text, put the text into double quotes.",
);
export const missingKey = diagnostic<{ found: string }>(
  "hocon/missing-key",
  "error",
  (a) => `There is no key before ${shorten(a.found)}.`,
  () => "Write the name of the field first.",
);
export const missingValue = diagnostic<{ key: string }>(
  "hocon/missing-value",
  "error",
  (a) => `The field ${shorten(a.key)} has no value.`,
  () => "Write `key: value`, or `key { … }` for an object.",
);
export const missingSeparator = diagnostic<{ found: string }>(
  "hocon/missing-separator",
  "error",
  (a) => `${shorten(a.found)} follows on the same line without a comma.`,
  () => "Put a comma or a new line before it.",
);
export const extraComma = diagnostic(
  "hocon/extra-comma",
  "error",
  () => "There is nothing before this comma.",
  () => "Remove it; an empty text is written as two double quotes.",
);
export const emptyPathElement = diagnostic<{ path: string }>(
  "hocon/empty-path-element",
  "error",
  (a) => (a.path === "" ? "The path is empty." : `The path ${shorten(a.path)} has an empty element.`),
  () => 'Remove the surplus dot, or write the empty element as "".',
);
export const unclosedSubstitution = diagnostic(
  "hocon/unclosed-substitution",
  "error",
  () => "The substitution opened here is not closed on its line.",
  () => `Write \${path}, or \${?path} where it may be missing.`,
);
export const mixedConcatenation = diagnostic<{ left: string; right: string }>(
  "hocon/mixed-concatenation",
  "error",
  (a) => `${a.left} and ${a.right} stand side by side and cannot become one value.`,
  () => "Texts join with texts, lists with lists and objects with objects; put a comma or a new line between others.",
);
export const tooDeep = diagnostic<{ limit: number }>(
  "hocon/too-deep",
  "error",
  (a) => `Objects and lists are nested more than ${a.limit} deep here.`,
  () => "Flatten the text, or raise the limit `depth`.",
);

// Includes.

export const badInclude = diagnostic(
  "hocon/bad-include",
  "error",
  () => "The word include is not followed by a file name in double quotes.",
  () => 'Write include "name" or include required("name"); a key of that name is written "include".',
);
export const unsupportedInclude = diagnostic<{ how: string }>(
  "hocon/unsupported-include",
  "error",
  (a) => `Includes by ${a.how}() are not read.`,
  () => "Include a file beside this one.",
);
export const missingInclude = diagnostic<{ name: string }>(
  "hocon/missing-include",
  "warning",
  (a) => `The included file ${a.name} is not there; it is read as if it were empty.`,
  () => "Put the file beside this one, or remove the include.",
);
export const requiredInclude = diagnostic<{ name: string }>(
  "hocon/required-include",
  "error",
  (a) => `The included file ${a.name} is required and not there.`,
  () => "Put the file beside this one.",
);
export const includeCycle = diagnostic<{ name: string }>(
  "hocon/include-cycle",
  "error",
  (a) => `The file ${a.name} includes itself, directly or through others.`,
  () => "Remove one of the includes.",
);
export const includedList = diagnostic<{ name: string }>(
  "hocon/included-list",
  "error",
  (a) => `The included file ${a.name} holds a list, and only objects can be included.`,
  () => "Give the list a key in that file.",
);
export const tooManyIncludes = diagnostic<{ limit: number }>(
  "hocon/too-many-includes",
  "error",
  (a) => `More than ${a.limit} files are included, up to this one.`,
  () => "Include less, or raise the limit `includes`.",
);

// Substitutions.

export const unresolvedSubstitution = diagnostic<{ path: string; near: string | undefined }>(
  "hocon/unresolved-substitution",
  "error",
  (a) => `The substitution \${${shorten(a.path)}} leads to nothing.`,
  (a) =>
    a.near !== undefined ? `Did you mean \${${a.near}}?` : `Define the path, or write \${?…} where it may be missing.`,
);
export const substitutionCycle = diagnostic<{ path: string }>(
  "hocon/substitution-cycle",
  "error",
  (a) => `The substitution \${${shorten(a.path)}} needs the value it is part of.`,
  () => "A field may build on its own earlier value, but not contain itself.",
);
export const cannotAppend = diagnostic<{ key: string; is: string }>(
  "hocon/cannot-append",
  "error",
  (a) => `The field ${shorten(a.key)} is ${a.is} before, and += appends to lists only.`,
  () => "Make it a list first.",
);
export const chainTooLong = diagnostic<{ limit: number }>(
  "hocon/chain-too-long",
  "error",
  (a) => `More than ${a.limit} substitutions wait for one another here.`,
  () => "Shorten the chain, or raise the limit `chain`.",
);
export const tooManySteps = diagnostic<{ limit: number }>(
  "hocon/too-many-steps",
  "error",
  (a) => `The substitutions take more than ${a.limit} steps to resolve.`,
  () => "Look for substitutions that multiply one another, or raise the limit `steps`.",
);
export const tooLarge = diagnostic<{ limit: number }>(
  "hocon/too-large",
  "error",
  (a) => `The substitutions make more than ${a.limit} values of this text.`,
  () => "Look for substitutions that double one another, or raise the limit `size`.",
);

/** Enough of a text to know it by. */
const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
const hex = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;

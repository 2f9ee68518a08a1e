import { diagnostic } from "../../../model/index.ts";

/** All that the list dialect of the Markdown reader can say. */
export const doubleBullet = diagnostic<{ of: string; text: string }>(
  "markdown/double-bullet",
  "warning",
  (a) => `${a.text} of ${a.of} has two bullet marks and is read as one bullet.`,
  () => "Remove one of the marks.",
);

export const namelessBullet = diagnostic<{ of: string }>(
  "markdown/nameless-bullet",
  "error",
  (a) => `A bullet of ${a.of} names nothing.`,
  () => "Begin it with the name in backticks, or move the text out of the list.",
);

export const nameOfSeveralWords = diagnostic<{ of: string; name: string }>(
  "markdown/name-of-several-words",
  "error",
  (a) => `The name "${a.name}" in ${a.of} is not one word.`,
  () => "Keep one name between the backticks; words about it follow after a dash.",
);

export const unreadBullets = diagnostic<{ at: string }>(
  "markdown/unread-bullets",
  "warning",
  (a) => `The bullets below ${a.at} are not read.`,
  () => "Give them a section of their own, and name it as the type.",
);

export const mixedBullets = diagnostic<{ of: string; number: string }>(
  "markdown/mixed-bullets",
  "error",
  (a) => `${a.of} lists fields, and the number ${a.number} among them.`,
  () => "An enum has numbers only and a record has names only: give each a section of its own.",
);

export const noLabel = diagnostic<{ of: string; number: string; symbol: string }>(
  "markdown/no-label",
  "warning",
  (a) => `The value ${a.number} of ${a.of} has no words, so its symbol is ${a.symbol}.`,
  () => "Say after a dash what the value means.",
);

export const noFields = diagnostic<{ name: string }>(
  "markdown/no-fields",
  "warning",
  (a) => `The section ${a.name} lists no fields.`,
  () => "List them as bullets that begin with a name in backticks.",
);

export const headingNotCode = diagnostic<{ title: string }>(
  "markdown/heading-not-code",
  "warning",
  (a) => `The section ${a.title} lists fields but declares no type, and is not read.`,
  (a) => `Write the heading as \`${a.title}\`, in backticks, when it is the name of a type.`,
);

export const payloadNotCode = diagnostic<{ title: string }>(
  "markdown/payload-not-code",
  "warning",
  (a) => `The section ${a.title || "above all headings"} numbers kinds of events but is no payload, and is not read.`,
  () => "Write its heading in backticks, as in `payload`, when it lists what an entry can carry.",
);

export const numberGap = diagnostic<{ entry: string; number: number; expected: number }>(
  "markdown/number-gap",
  "warning",
  (a) => `The entry ${a.entry} is numbered ${a.number}, where ${a.expected} is expected.`,
  () =>
    "Look whether an entry is missing, or has become a part of the one before; else number them one after the other.",
);

export const listAsCode = diagnostic<{ title: string }>(
  "markdown/list-as-code",
  "error",
  (a) => `The bullets in ${a.title} stand below no entry, which makes them code, and are not read.`,
  () => "Put the entry above them that they belong to, or begin them without blanks.",
);

export const unreadType = diagnostic<{ at: string; text: string }>(
  "markdown/unread-type",
  "error",
  (a) => `The type "${a.text}" of ${a.at} cannot be read.`,
  () => "Write the name of a section, or a type such as string, int64, timestamp, list<string> or map<string, int64>.",
);

export const nothingNamed = diagnostic<{ variant: string }>(
  "markdown/nothing-named",
  "error",
  (a) => `${a.variant} says that it contains something, but names nothing in backticks.`,
  () => "Write the names of its types or fields in backticks.",
);

export const unreadMember = diagnostic<{ variant: string; member: string }>(
  "markdown/unread-member",
  "warning",
  (a) => `${a.member} stands outside of what ${a.variant} lists as contained, and is not read as a part of it.`,
  () => "List it with the others, after a comma or &.",
);

export const choiceNotAnnounced = diagnostic<{ of: string; variant: string }>(
  "markdown/choice-not-announced",
  "warning",
  (a) => `${a.variant} reads like a variant of ${a.of}, but no line before it says that there is a choice.`,
  () => 'Put a bullet "Can be one of following events" before the variants.',
);

export const emptyChoice = diagnostic<{ of: string }>(
  "markdown/empty-choice",
  "error",
  (a) => `${a.of} announces a choice, but no variants follow.`,
  () => "List the variants below the announcement, or remove it.",
);

export const unknownKind = diagnostic<{ kind: string; as: string; near: string | undefined }>(
  "markdown/unknown-kind",
  "error",
  (a) => `${a.kind} is said to be the same as ${a.as}, which is not in the list.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "Name another entry of the list."),
);

export const kindLoop = diagnostic<{ kind: string; as: string }>(
  "markdown/kind-loop",
  "error",
  (a) => `${a.kind} is said to be the same as ${a.as}, which leads back to it.`,
  () => "Let one of them list its variants.",
);

export const kindContradiction = diagnostic<{ kind: string; contains: string; section: string }>(
  "markdown/kind-contradiction",
  "warning",
  (a) => `${a.kind} is said to contain ${a.contains}, but the section ${a.section} describes it; the section is taken.`,
  (a) => `Let the list say that it contains \`${a.section}\`, or rename the section.`,
);

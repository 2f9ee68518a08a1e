import { diagnostic } from "../../model/index.ts";

export * from "./member-diagnostics.ts";

/** What the RST reader can say of a document's structure; {@link "./member-diagnostics.ts"} has the rest. */
export const nothingRead = diagnostic<{ path: string }>(
  "rst/nothing-read",
  "warning",
  (a) => `${a.path} declares nothing.`,
  () => "The reader knows references that protodoc makes: labels such as `.. _api_msg_shop.Order:` before every title.",
);

export const tooLarge = diagnostic<{ path: string; most: number }>(
  "rst/too-large",
  "error",
  (a) => `${a.path} has more than ${a.most} characters, and is not read.`,
  () => "Let protodoc make a document per Protobuf file, and name each of them as a source.",
);

export const moreFindings = diagnostic<{ path: string; count: number }>(
  "rst/more-findings",
  "error",
  (a) => `${a.path} has ${a.count} more findings.`,
  () => "Most of them often follow from the first: begin there.",
);

export const brokenLabel = diagnostic<{ label: string }>(
  "rst/broken-label",
  "warning",
  (a) => `The label ${a.label} is not marked as RST marks labels, and is read as one all the same.`,
  (a) => `Write \`.. _${a.label}:\` on a line of its own.`,
);

export const unknownLabel = diagnostic<{ label: string }>(
  "rst/unknown-label",
  "warning",
  (a) => `The label ${a.label} is of no kind that protodoc makes; text that follows it is not read.`,
  () =>
    "Labels of messages, fields, enums and their values begin with api_msg_, api_field_, api_enum_ and api_enum_value_.",
);

export const labelOfNothing = diagnostic<{ label: string }>(
  "rst/label-of-nothing",
  "warning",
  (a) => `The label ${a.label} stands before nothing that has its name.`,
  () => "A title or a name follows a label, after an empty line; the text may be cut off here.",
);

export const repeatedLabel = diagnostic<{ label: string }>(
  "rst/repeated-label",
  "warning",
  (a) => `The label ${a.label} is written twice in a row.`,
  () => "Keep one of the two.",
);

export const noLabel = diagnostic<{ title: string }>(
  "rst/no-label",
  "warning",
  (a) => `${a.title} has no label before it, and is read by its shape.`,
  () => "Put its label before it: links lead to labels.",
);

export const noUnderline = diagnostic<{ title: string }>(
  "rst/no-underline",
  "warning",
  (a) => `The title ${a.title} has no underline.`,
  () => "Put a row of hyphens below it, as long as the title.",
);

export const titleDiffers = diagnostic<{ title: string; label: string }>(
  "rst/title-differs",
  "warning",
  (a) => `The title ${a.title} differs from its label ${a.label}; the label is taken, as links lead to it.`,
  () => "Let both say the same name, with `Enum` before it in the title of an enum.",
);

export const nameDiffers = diagnostic<{ name: string; label: string }>(
  "rst/name-differs",
  "warning",
  (a) => `The name ${a.name} differs from its label ${a.label}; the label is taken, as links lead to it.`,
  () => "Let both say the same name.",
);

export const noName = diagnostic<{ name: string }>(
  "rst/no-name",
  "warning",
  (a) => `Below the label of ${a.name} its name is missing.`,
  () => "Write the name between the label and what is said of it, without a blank before it.",
);

export const misplaced = diagnostic<{ at: string; of: string }>(
  "rst/misplaced",
  "warning",
  (a) => `${a.at} stands outside of the section of ${a.of}, and is read as a member of it all the same.`,
  (a) => `Move it below the title of ${a.of}, or correct its label.`,
);

export const memberWithoutSection = diagnostic<{ at: string; of: string }>(
  "rst/member-without-section",
  "warning",
  (a) => `${a.at} stands before any section of ${a.of}, which is declared by its members.`,
  (a) => `Put the label and the title of ${a.of} before its members.`,
);

export const unreadText = diagnostic<{ text: string }>(
  "rst/unread-text",
  "warning",
  (a) => `The text that begins with "${a.text}" belongs to no message and no enum, and is not read.`,
  () =>
    "Comments stand below a title or are indented below a name; remove what belongs to the page and not to the types.",
);

export const unreadMarkup = diagnostic<{ text: string }>(
  "rst/unread-markup",
  "warning",
  (a) => `The markup "${a.text}" is not understood, and is kept as text of the comment.`,
  () => "Say it in plain words, or leave it: the text is complete.",
);

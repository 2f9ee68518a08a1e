import { diagnostic } from "../../model/index.ts";

/** What the RST reader can say of members: types, samples, one-of groups, values. */
export const noType = diagnostic<{ at: string }>(
  "rst/no-type",
  "warning",
  (a) => `${a.at} has no type in brackets.`,
  () => "Write it first of all below the name: (:ref:`shop.Order <api_msg_shop.Order>`).",
);

export const unreadType = diagnostic<{ at: string; text: string }>(
  "rst/unread-type",
  "warning",
  (a) => `The type of ${a.at} cannot be read from "${a.text}".`,
  () => "Types are links, alone or in map<…, …>, with *REQUIRED* behind a comma where they have it, in round brackets.",
);

export const unknownScalar = diagnostic<{ at: string; type: string; near: string | undefined }>(
  "rst/unknown-scalar",
  "warning",
  (a) => `${a.type}, the type of ${a.at}, is not one of Protobuf's.`,
  (a) =>
    a.near ? `Did you mean ${a.near}?` : "Link messages and enums by :ref:, and everything else by its scalar type.",
);

export const linkToNothing = diagnostic<{ at: string; target: string }>(
  "rst/link-to-nothing",
  "warning",
  (a) => `The type of ${a.at} links to "${a.target}", which is the label of no message and no enum.`,
  () => "Link to a label that begins with api_msg_ or api_enum_.",
);

export const linkDiffers = diagnostic<{ at: string; text: string; target: string }>(
  "rst/link-differs",
  "warning",
  (a) => `The type of ${a.at} is shown as ${a.text} and links to ${a.target}, which is taken.`,
  () => "Let the link show the name of what it leads to.",
);

export const linkOfOtherKind = diagnostic<{ at: string; target: string; kind: string }>(
  "rst/link-of-other-kind",
  "warning",
  (a) =>
    `The type of ${a.at} links to ${a.target} as if it were ${a.kind === "enum" ? "a message" : "an enum"}; it is read as the ${a.kind} that it is.`,
  () => "Links to messages begin with api_msg_, links to enums with api_enum_.",
);

export const notInDocument = diagnostic<{ name: string; at: string; near: string | undefined }>(
  "rst/not-in-document",
  "info",
  (a) => `${a.at} has the type ${a.name}, whose package this document describes, but which has no section in it.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "It stays external unless another source declares it."),
);

export const unreadAnnotation = diagnostic<{ at: string; text: string }>(
  "rst/unread-annotation",
  "warning",
  (a) => `What "${a.text}" says of ${a.at} is not understood.`,
  () => "Behind the type only *REQUIRED* is known.",
);

export const noSample = diagnostic<{ of: string }>(
  "rst/no-sample",
  "warning",
  (a) => `${a.of} has no JSON sample, so nothing says which of its fields are lists.`,
  () => "Put `.. code-block:: json` before its fields, with [] as the value of each list.",
);

export const sampleNotJson = diagnostic<{ of: string }>(
  "rst/sample-not-json",
  "warning",
  (a) => `The sample of ${a.of} is not JSON; lists are told from what can be read of it.`,
  () => "Look for a lost comma, quote or bracket.",
);

export const repeatedSampleKey = diagnostic<{ of: string; key: string }>(
  "rst/repeated-sample-key",
  "warning",
  (a) => `The sample of ${a.of} has the key ${a.key} twice; the first is taken.`,
  () => "Keep one of the two.",
);

export const sampleKeyWithoutField = diagnostic<{ of: string; key: string; near: string | undefined }>(
  "rst/sample-key-without-field",
  "warning",
  (a) => `The sample of ${a.of} has the key ${a.key}, but no field of that name is described.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "Describe the field below the sample, or take the key out."),
);

export const fieldWithoutSampleKey = diagnostic<{ at: string }>(
  "rst/field-without-sample-key",
  "warning",
  (a) => `${a.at} is missing in the sample of its message, so nothing says whether it is a list.`,
  () => "Add it to the sample, with [] as its value if it is a list.",
);

export const sampleDiffers = diagnostic<{ at: string; value: string; kind: string }>(
  "rst/sample-differs",
  "warning",
  (a) => `The sample shows ${a.at} as ${a.value}, but its type is ${a.kind}; the type is taken.`,
  () => 'Samples show "{...}" for messages and maps, [] for lists and "..." for everything else.',
);

export const repeatedMember = diagnostic<{ at: string }>(
  "rst/repeated-member",
  "error",
  (a) => `${a.at} is described twice.`,
  () => "Keep one of the two.",
);

export const unreadOneof = diagnostic<{ at: string }>(
  "rst/unread-one-of",
  "warning",
  (a) => `The sentence on the one-of group of ${a.at} cannot be read in full, and is kept as a comment.`,
  () => "Write `Only one of a, b may be set.` with links to the labels of the fields.",
);

export const unknownOneofMember = diagnostic<{ at: string; member: string; near: string | undefined }>(
  "rst/unknown-one-of-member",
  "warning",
  (a) => `The one-of group of ${a.at} lists ${a.member}, which is no field of its message.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "Describe the field, or take it out of the sentence."),
);

export const oneofWithoutField = diagnostic<{ at: string; members: string }>(
  "rst/one-of-without-field",
  "warning",
  (a) => `The sentence below ${a.at} is about ${a.members}, and not about the field itself.`,
  () => "Move the sentence to its members, or list the field in it.",
);

export const oneofNotRepeated = diagnostic<{ at: string; members: string }>(
  "rst/one-of-not-repeated",
  "warning",
  (a) => `${a.at} lacks the sentence that makes it one of ${a.members}; it is read as one of them.`,
  () => "The sentence stands below each of its members.",
);

export const oneofOverlap = diagnostic<{ at: string; members: string; other: string }>(
  "rst/one-of-overlap",
  "warning",
  (a) => `The group ${a.members} below ${a.at} shares fields with the group ${a.other}, and is not read.`,
  () => "A field is in one group at most: let the sentences of all members list the same fields.",
);

export const oneofCommentsDiffer = diagnostic<{ at: string; members: string }>(
  "rst/one-of-comments-differ",
  "warning",
  (a) => `The comment below ${a.at} reads like that of its group, but does not stand below all of ${a.members}.`,
  () => "The comment of a group stands below each of its members, before the sentence that makes them one.",
);

export const noDefault = diagnostic<{ of: string }>(
  "rst/no-default",
  "warning",
  (a) => `${a.of} does not begin with its default, so it is not an enum of proto3, and is read as closed.`,
  () => "In proto3 the first value has the number 0, and protodoc marks it with *(DEFAULT)*.",
);

export const secondDefault = diagnostic<{ at: string }>(
  "rst/second-default",
  "warning",
  (a) => `${a.at} is marked as the default, and so is another value before it.`,
  () => "Two names for the number 0 need `allow_alias`; otherwise take one of the marks away.",
);

export const sameComment = diagnostic<{ at: string; other: string }>(
  "rst/same-comment",
  "warning",
  (a) => `${a.at} has the comment of ${a.other}, word by word.`,
  () => "Two values mean two things: say what this one means.",
);

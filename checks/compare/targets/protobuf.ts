import { type Field, type Message, messageOf } from "../../../model/index.ts";
import { becomesRequired, condition, hadNoForm, hasCompany, isRequired, stopsRequired } from "../conditions.ts";
import { readWire } from "../relations/wire.ts";
import { readingOf, type Side, type Sides } from "../sides.ts";
import type { DataDirection, Measure, Target } from "../target.ts";
import { usesOf } from "../uses.ts";
import { type Verdict, worst } from "../verdict.ts";
import { both, meansOther, quiet, row } from "./quiet.ts";

const meanings = {
  safe: "It lies on the wire alike.",
  "unknown-field": "What the other side does not know of it is passed over.",
  lossy: "The bytes are read, and taken for another value.",
  breaking: "The bytes cannot be read as that type: the wire type differs, or what they have to contain.",
};
const addField = "Add a field with a new number beside it, and deprecate this one.";
const keepNumber = "Give it back its number; a new field takes a number that was never used.";
const reserve = "Keep it, deprecated, or reserve its number and its name.";

type Paired = "field.type" | "field.cardinality" | "field.map-key" | "field.meaning" | "field.nullable" | "field.wire";

/** How the bytes of a field are read as those of the same field on the other side. */
const byWire: Measure<Paired, DataDirection> = {
  name: "how both types lie on the wire",
  why: { ...meanings, lossy: "The bytes are taken for another value, or passed over under another number." },
  of: (change, sides, direction) => {
    const { before, after } = "field" in change ? change.field : change;
    // Bytes under another number are not read as this field, whatever its type.
    const isElsewhere = before.number !== after.number && before.number !== undefined && after.number !== undefined;
    return isElsewhere ? "lossy" : read(before, after, sides, direction);
  },
};

function read(before: Field, after: Field, sides: Sides, direction: DataDirection): Verdict {
  const [old, next] = [sides.old.wire(before), sides.new.wire(after)];
  if (!old || !next) return "breaking";
  const [written, asked] = direction === "backward" ? [before, after] : [after, before];
  // A list may be empty, and then nothing of it is there.
  if (isMany(written) && isNeeded(asked)) return "breaking";
  return direction === "backward"
    ? readWire(old, next, readingOf(sides, direction))
    : readWire(next, old, readingOf(sides, direction));
}

/** Two fields that share a number and nothing else: where one may be absent, the other is. */
function readOther(before: Field, after: Field, sides: Sides, direction: DataDirection): Verdict {
  const [written, asked] = direction === "backward" ? [before, after] : [after, before];
  return isNeeded(asked) && !isNeeded(written) ? "breaking" : read(before, after, sides, direction);
}

const isMany = ({ type }: Field): boolean => type.kind === "list" || type.kind === "map";

/** Parsers refuse a message without it. */
const isNeeded = (field: Field): boolean => field.presence === "required" && !isMany(field);

/** A field under another number is passed over, and whatever else has either of the numbers is taken for it. */
const byNumber: Measure<"field.renumbered", DataDirection> = {
  name: "what else has the numbers",
  why: {
    lossy: "Under the other number it is passed over: the value vanishes without a word.",
    breaking: "It is required and not found, or the number belongs to a field whose bytes cannot be read as this one.",
  },
  of: ({ before, after, takenFrom, leftTo }, sides, direction) =>
    worst([
      isNeeded(direction === "backward" ? after : before) ? "breaking" : "lossy",
      ...(takenFrom ? [readOther(takenFrom, after, sides, direction)] : []),
      ...(leftTo ? [readOther(before, leftTo, sides, direction)] : []),
    ]),
};

const byTaker: Measure<"field.removed", DataDirection> = {
  name: "the field that has its number now",
  why: {
    lossy: "Another field has its number, and its values are taken for that field's.",
    breaking: "Another field has its number, and its bytes cannot be read as that field.",
  },
  of: ({ field, numberTakenBy }, sides, direction) =>
    worst(["lossy", ...(numberTakenBy ? [readOther(field, numberTakenBy, sides, direction)] : [])]),
};

/** An alias is not on the wire: what uses it has another type. */
const byUses: Measure<"alias.type", DataDirection> = {
  name: "how the types that it stands for lie on the wire, where it is used",
  why: { ...meanings, safe: "Where it is used, it lies on the wire alike." },
  of: ({ at }, sides, direction) => {
    const { fields, payloads } = usesOf(at, sides);
    return worst([
      ...fields.map(({ before, after }) => read(before, after, sides, direction)),
      ...payloads
        .filter(({ before }) => before && sides.old.wireFields(before.name))
        .map(({ before, after }) => (before && after ? readMessage(before, after, sides, direction) : "breaking")),
    ]);
  },
};

function readMessage(before: Message, after: Message, sides: Sides, direction: DataDirection): Verdict {
  const [from, to] = direction === "backward" ? [before, after] : [after, before];
  return readWire(messageField(from.name), messageField(to.name), readingOf(sides, direction));
}

const unnumbered = condition<"field.added">("the field has no number", ({ field }) => field.number === undefined);
/** Lists, maps and messages are there or not without any word about it. */
const tellsPresence = (field: Field, side: Side): boolean => {
  const wire = side.wire(field);
  return isMany(field) || wire?.type.kind === "message" || wire?.type.kind === "known";
};

const allNumbers = "The message has a form in Protobuf only where all of its fields have numbers.";
/** Before all of its fields had numbers nothing of a message was in Protobuf. */
export const firstForm = both(
  "safe",
  "Nothing of it was in Protobuf before: there is neither old data nor a reader of before.",
);

export const saysItself = condition<"field.meaning">(
  "both are the type that Protobuf has for it",
  ({ field }, { old, new: next }) => {
    const [was, now] = [old.wire(field.before)?.type, next.wire(field.after)?.type];
    return was?.kind === "known" && now?.kind === "known" && was.name === now.name;
  },
);

/** Protobuf in binary: a value has a number and a wire type, and nothing else says what it is. */
export const protobuf: Target<DataDirection> = {
  id: "protobuf",
  title: "Protobuf, binary",
  directions: ["backward", "forward"],
  table: {
    ...quiet,
    "profile.changed": [both("safe", "The profile says how JSON is written.")],
    "topic.renumbered": [
      both(
        "breaking",
        "The message of the topic has the event, or what stands around it, under another number.",
        keepNumber,
      ),
    ],
    "event.renamed": [both("safe", "The name of an event is not in its bytes.")],
    "event.retyped": [
      { when: hadNoForm, ...firstForm },
      {
        when: condition("both are messages", (change, sides) => messagesOf(change, sides) !== undefined),
        ...both(
          {
            name: "the fields of both messages, by number",
            why: meanings,
            of: (change, sides, direction) => {
              const messages = messagesOf(change, sides);
              return messages ? readMessage(...messages, sides, direction) : "breaking";
            },
          },
          "The payload is another message.",
          "Begin a new event.",
        ),
      },
      both("breaking", "The payload is another type.", "Begin a new event."),
    ],
    "event.envelope": [both("breaking", "Other fields stand around the payload.", "Begin a new event.")],
    "body.retyped": [both("safe", "Bodies of endpoints are not sent in binary.")],
    "body.added": [both("safe", "Bodies of endpoints are not sent in binary.")],
    "body.removed": [both("safe", "Bodies of endpoints are not sent in binary.")],
    "operation.added": [both("safe", "Bodies of endpoints are not sent in binary.")],
    "operation.removed": [both("safe", "Bodies of endpoints are not sent in binary.")],
    "operation.renamed": [both("safe", "Bodies of endpoints are not sent in binary.")],
    "version.added": [both("safe", "Bodies of endpoints are not sent in binary.")],
    "version.removed": [both("safe", "Bodies of endpoints are not sent in binary.")],
    "type.renamed": [both("safe", "The name of a type is not in its bytes.")],
    "type.kind": [both("breaking", "The bytes are those of another kind of type.", "Declare a new type beside it.")],
    "type.openness": [
      {
        when: condition("a message", ({ at }, { new: next }) => next.view.type(at).kind === "message"),
        ...both("safe", "Unknown fields are passed over either way."),
      },
      {
        when: condition("it is open now", ({ opened }) => opened),
        ...row(
          "safe",
          "lossy",
          "Readers of before take a value that they do not list for none.",
          "Deploy the readers first.",
        ),
      },
      row("lossy", "safe", "Values that are not listed are taken for none.", "Leave it open."),
    ],
    "alias.type": [both<"alias.type">(byUses, "What uses it has another type.", "Declare a new alias beside it.")],
    "field.added": [
      { when: hadNoForm, ...firstForm },
      { when: unnumbered, ...both("breaking", allNumbers, "Give it a number.") },
      {
        when: isRequired,
        ...row(
          "breaking",
          "unknown-field",
          "Old data lacks it, and parsers refuse a message without it.",
          "Add it as optional.",
        ),
      },
      {
        when: condition("its number or name was reserved", ({ reused }) => reused),
        ...row(
          "hazard",
          "unknown-field",
          "Data that was written before the reservation is read as the new field.",
          "Choose a number and a name that were never used.",
        ),
      },
      row("safe", "unknown-field", "Readers of before pass it over."),
    ],
    "field.removed": [
      { when: hadNoForm, ...firstForm },
      {
        when: condition("another field has its number", ({ numberTakenBy }) => numberTakenBy !== undefined),
        ...both<"field.removed">(byTaker, "Another field has its number.", keepNumber),
      },
      {
        when: isRequired,
        ...row(
          "unknown-field",
          "breaking",
          "Readers of before refuse a message without it.",
          "Make it optional first.",
        ),
      },
      row("unknown-field", "safe", "The new side passes over what was written of it.", reserve),
    ],
    "field.renamed": [both("safe", "The number says which field it is.")],
    "field.json-name": [both("safe", "The number says which field it is.")],
    "field.renumbered": [
      { when: hadNoForm, ...firstForm },
      both<"field.renumbered">(byNumber, "Its number is another.", keepNumber),
    ],
    "field.wire": [
      { when: hadNoForm, ...firstForm },
      both<"field.wire">(byWire, "It is written in another way.", addField),
    ],
    "field.type": [{ when: hadNoForm, ...firstForm }, both<"field.type">(byWire, "It has another type.", addField)],
    "field.cardinality": [
      { when: hadNoForm, ...firstForm },
      both<"field.cardinality">(byWire, "It is one and many.", addField),
    ],
    "field.map-key": [{ when: hadNoForm, ...firstForm }, both<"field.map-key">(byWire, "It has other keys.", addField)],
    "field.meaning": [
      { when: hadNoForm, ...firstForm },
      {
        when: saysItself,
        ...both("safe", "It is a Timestamp or a Duration on both sides, which says itself what it is."),
      },
      both<"field.meaning">(meansOther(byWire), "It is another time.", addField),
    ],
    "field.presence": [
      { when: hadNoForm, ...firstForm },
      {
        when: becomesRequired,
        ...row("breaking", "safe", "Parsers refuse old data without it.", "Leave it as it was."),
      },
      {
        when: stopsRequired,
        ...row("safe", "breaking", "Parsers of before refuse what lacks it.", "Deploy the readers first."),
      },
      {
        when: condition(
          "lists, maps and messages",
          ({ before, after }, { old, new: next }) => tellsPresence(before, old) && tellsPresence(after, next),
        ),
        ...both("safe", "It is absent where nothing of it is written, as before."),
      },
      {
        when: condition("absence is no longer told from zero", ({ after }) => after.presence === "implicit"),
        ...row("lossy", "safe", "Old data without it is read as zero.", "Leave it optional."),
      },
      row("safe", "lossy", "Readers of before take its absence for zero.", "Deploy the readers first."),
    ],
    "field.nullable": [
      { when: hadNoForm, ...firstForm },
      both<"field.nullable">(byWire, "Null needs a message around the value.", addField),
    ],
    "field.default": [
      both(
        "hazard",
        "A field that is absent is read as another value, where the default is that of Protobuf.",
        "Keep it.",
      ),
    ],
    "field.limits": [both("safe", "Protobuf knows no limits.")],
    "value.added": [
      { when: hadNoForm, ...firstForm },
      row(
        "safe",
        "lossy",
        "Readers of before take the number for an unknown value, or for none.",
        "Deploy the readers first.",
      ),
    ],
    "value.removed": [
      { when: hadNoForm, ...firstForm },
      row("lossy", "safe", "The number in old data is taken for an unknown value, or for none.", reserve),
    ],
    "value.renamed": [
      { when: hadNoForm, ...firstForm },
      both("lossy", "The number stays, and stands for another name.", "Keep the name."),
    ],
    "value.renumbered": [
      { when: hadNoForm, ...firstForm },
      both("lossy", "The number means nothing, or another value, on the other side.", "Keep the number."),
    ],
    "value.swapped": [
      { when: hadNoForm, ...firstForm },
      both("lossy", "Each of the two is taken for the other.", "Keep the numbers."),
    ],
    "oneof.added": [both("safe", "What fields come into it is told of them.")],
    "oneof.removed": [both("safe", "What fields leave it is told of them.")],
    "oneof.required": [both("safe", "Protobuf does not say that one has to be set.")],
    "oneof.entered": [
      { when: hadNoForm, ...firstForm },
      {
        when: hasCompany,
        ...row("lossy", "safe", "Of old data that has several of the group, the last is kept.", "Leave it outside."),
      },
      both("safe", "It is alone in the one-of."),
    ],
    "oneof.left": [
      { when: hadNoForm, ...firstForm },
      {
        when: hasCompany,
        ...row("safe", "lossy", "Readers of before keep the last of several.", "Leave it in the one-of."),
      },
      both("safe", "It was alone in the one-of."),
    ],
    "oneof.moved": [
      { when: hadNoForm, ...firstForm },
      both("lossy", "Of several that are set, one side keeps the last.", "Leave it in its one-of."),
    ],
    "variant.added": [both("safe", "Protobuf has no type that is one of several.")],
    "variant.removed": [both("safe", "Protobuf has no type that is one of several.")],
    "tag.changed": [both("safe", "Protobuf has no type that is one of several.")],
  },
};

/** The messages that a payload was and is. */
export function messagesOf(
  { from, to }: { readonly from: Field["type"]; readonly to: Field["type"] },
  { old, new: next }: Sides,
): readonly [Message, Message] | undefined {
  const [before, after] = [messageOf(from, old.view), messageOf(to, next.view)];
  return before && after ? [before, after] : undefined;
}

/** A message as if it stood in a field: to be read, it need not. */
const messageField = (name: string) => ({
  field: { name, type: { kind: "named", name }, presence: "optional", origins: [] } as const,
  number: 1,
  shape: "single" as const,
  type: { kind: "message", name } as const,
});

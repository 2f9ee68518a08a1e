import type { Field, Message } from "../../../model/index.ts";
import { condition, hadNoForm, hasCompany, isRequired } from "../conditions.ts";
import { readProtoJson, takesKey } from "../relations/proto-json.ts";
import { readingOf, type Sides } from "../sides.ts";
import type { DataDirection, Measure, Target } from "../target.ts";
import { usesOf } from "../uses.ts";
import { type Verdict, worst } from "../verdict.ts";
import { firstForm, messagesOf, protobuf, saysItself } from "./protobuf.ts";
import { both, meansOther, row } from "./quiet.ts";

type Paired = "field.type" | "field.cardinality" | "field.map-key" | "field.meaning" | "field.nullable" | "field.wire";

const addField = "Add a field of another name beside it, and deprecate this one.";
const keep = "Keep it, deprecated, or reserve its number and its name.";

/** What a parser of the other side makes of the JSON of a field. */
const byMapping: Measure<Paired, DataDirection> = {
  name: "what parsers take for both types",
  why: {
    safe: "Parsers take every value of it.",
    "unknown-field": "What the other side does not know of it is passed over.",
    lossy: "Parsers take every value, and some become other values.",
    breaking: "Parsers refuse some value of it.",
  },
  of: (change, sides, direction) => {
    const pair = "field" in change ? change.field : change;
    return read(pair.before, pair.after, sides, direction);
  },
};

function read(before: Field, after: Field, sides: Sides, direction: DataDirection): Verdict {
  const [old, next] = [sides.old.wire(before), sides.new.wire(after)];
  if (!old || !next) return "breaking";
  return direction === "backward"
    ? readProtoJson(old, next, readingOf(sides, direction))
    : readProtoJson(next, old, readingOf(sides, direction));
}

/** An alias has no form of its own: what uses it has another type. */
const byUses: Measure<"alias.type", DataDirection> = {
  name: "what parsers take for the types that it stands for, where it is used",
  why: byMapping.why,
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
  return readProtoJson(single(from.name), single(to.name), readingOf(sides, direction));
}

const takesOldKey = condition<"field.renamed" | "field.json-name">(
  "each side takes the other's key",
  ({ before, after }) => takesKey(before, after) && takesKey(after, before),
);
const passedOver = {
  why: "The key is unknown on the other side, and what stands under it is passed over.",
  fix: "State the former key as its JSON name.",
};

/** The JSON mapping of Protobuf, as its own parsers read it: by name, with numbers from text as well. */
export const protobufJson: Target<DataDirection> = {
  id: "protobuf-json",
  title: "Protobuf, JSON",
  directions: ["backward", "forward"],
  table: {
    ...protobuf.table,
    "topic.renumbered": [both("safe", "The key says which member it is.")],
    "event.retyped": [
      { when: hadNoForm, ...firstForm },
      {
        when: condition("both are messages", (change, sides) => messagesOf(change, sides) !== undefined),
        ...both(
          {
            name: "the fields of both messages, by key",
            why: byMapping.why,
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
    "field.removed": [
      { when: hadNoForm, ...firstForm },
      {
        when: isRequired,
        ...row(
          "unknown-field",
          "breaking",
          "Readers of before refuse a message without it.",
          "Make it optional first.",
        ),
      },
      row("unknown-field", "safe", "The new side does not know the key.", keep),
    ],
    "field.renamed": [
      { when: hadNoForm, ...firstForm },
      { when: takesOldKey, ...both("safe", "Parsers take the key and the name as declared.") },
      {
        when: condition("a side requires it", ({ before, after }) => [before, after].some(isNeeded)),
        ...both("breaking", "The key is unknown on the other side, which requires the field.", passedOver.fix),
      },
      {
        when: condition("the new side takes the former key", ({ before, after }) => takesKey(before, after)),
        ...row("safe", "unknown-field", passedOver.why, passedOver.fix),
      },
      {
        when: condition("the old side takes the new key", ({ before, after }) => takesKey(after, before)),
        ...row("unknown-field", "safe", passedOver.why, passedOver.fix),
      },
      both("unknown-field", passedOver.why, passedOver.fix),
    ],
    "field.json-name": [
      { when: hadNoForm, ...firstForm },
      { when: takesOldKey, ...both("safe", "Parsers take the key and the name as declared.") },
      {
        when: condition("a side requires it", ({ before, after }) => [before, after].some(isNeeded)),
        ...both("breaking", "The key is unknown on the other side, which requires the field.", "Keep the JSON name."),
      },
      {
        when: condition("the new side takes the former key", ({ before, after }) => takesKey(before, after)),
        ...row("safe", "unknown-field", passedOver.why, "Keep the JSON name."),
      },
      {
        when: condition("the old side takes the new key", ({ before, after }) => takesKey(after, before)),
        ...row("unknown-field", "safe", passedOver.why, "Keep the JSON name."),
      },
      both("unknown-field", passedOver.why, "Keep the JSON name."),
    ],
    "alias.type": [both<"alias.type">(byUses, "What uses it has another type.", "Declare a new alias beside it.")],
    "field.renumbered": [both("safe", "The key says which field it is.")],
    "field.wire": [
      { when: hadNoForm, ...firstForm },
      both<"field.wire">(byMapping, "It is written in another way.", addField),
    ],
    "field.type": [{ when: hadNoForm, ...firstForm }, both<"field.type">(byMapping, "It has another type.", addField)],
    "field.cardinality": [
      { when: hadNoForm, ...firstForm },
      both<"field.cardinality">(byMapping, "It is one and many.", addField),
    ],
    "field.map-key": [
      { when: hadNoForm, ...firstForm },
      both<"field.map-key">(byMapping, "It has other keys.", addField),
    ],
    "field.meaning": [
      { when: hadNoForm, ...firstForm },
      {
        when: saysItself,
        ...both("safe", "It is a Timestamp or a Duration on both sides, which says itself what it is."),
      },
      both<"field.meaning">(meansOther(byMapping), "It is another time.", addField),
    ],
    "field.nullable": [
      { when: hadNoForm, ...firstForm },
      {
        when: condition("it becomes null on one side only", ({ after }) => after.nullable === true),
        ...row("safe", "lossy", "Readers of before take null for absent.", "Deploy the readers first."),
      },
      row("lossy", "safe", "Null in old data is taken for absent.", "Keep null as a value."),
    ],
    "value.added": [
      { when: hadNoForm, ...firstForm },
      row("safe", "breaking", "Parsers of before refuse a name that they do not know.", "Deploy the readers first."),
    ],
    "value.removed": [
      { when: hadNoForm, ...firstForm },
      row("breaking", "safe", "Parsers refuse the name in old data.", "Keep it, deprecated."),
    ],
    "value.renamed": [
      { when: hadNoForm, ...firstForm },
      both("breaking", "Parsers refuse the other side's name.", "Keep the name."),
    ],
    "value.renumbered": [both("safe", "Values travel by name.")],
    "value.swapped": [both("safe", "Values travel by name.")],
    "type.openness": [both("safe", "Names that are not listed are refused either way, and numbers are taken.")],
    "oneof.entered": [
      { when: hadNoForm, ...firstForm },
      {
        when: hasCompany,
        ...row("breaking", "safe", "Parsers refuse old data that has several of the group.", "Leave it outside."),
      },
      both("safe", "It is alone in the one-of."),
    ],
    "oneof.left": [
      { when: hadNoForm, ...firstForm },
      {
        when: hasCompany,
        ...row("safe", "breaking", "Parsers of before refuse several of the group.", "Leave it in the one-of."),
      },
      both("safe", "It was alone in the one-of."),
    ],
    "oneof.moved": [
      { when: hadNoForm, ...firstForm },
      both("breaking", "Parsers refuse several of one group.", "Leave it in its one-of."),
    ],
  },
};

const isNeeded = ({ presence }: Field): boolean => presence === "required";

/** A message as if it stood in a field. */
const single = (name: string) => ({
  field: { name, type: { kind: "named", name }, presence: "optional", origins: [] } as const,
  number: 1,
  shape: "single" as const,
  type: { kind: "message", name } as const,
});

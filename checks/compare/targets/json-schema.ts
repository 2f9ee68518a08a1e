import { type JsonProfile, jsonForm } from "../../../model/index.ts";
import {
  becomesNullable,
  becomesRequired,
  bothTakeUnlisted,
  condition,
  enumOf,
  hasCompany,
  isRequired,
  isRequiredGroup,
  isStillListed,
  isWrittenAlike,
  isWrittenAsBefore,
  keepsJsonKey,
  mustBeSet,
  profilesFor,
  profilesOf,
  stopsRequired,
  writesAlike,
} from "../conditions.ts";
import { acceptsForm, acceptsJson, type Reader, takesUnlisted } from "../relations/json.ts";
import { readingOf } from "../sides.ts";
import type { DataDirection, Measure, Table, Target } from "../target.ts";
import { both, meansOther, quiet, row } from "./quiet.ts";

type Typed =
  | "event.retyped"
  | "body.retyped"
  | "alias.type"
  | "field.type"
  | "field.cardinality"
  | "field.map-key"
  | "field.meaning";

const accepted = {
  safe: "Every value of it is accepted there.",
  breaking: "Some value of it is refused there.",
};

/** What the schemas of both sides accept decides over types: a proof that all is accepted, or the change breaks. */
function byType(as: Reader): Measure<Typed, DataDirection> {
  return {
    name: "the values that both types accept",
    why: accepted,
    of: (change, sides, direction) => {
      const profiles = profilesFor(change, sides, direction);
      const reading = readingOf(sides, direction);
      const [from, to] = direction === "backward" ? [change.from, change.to] : [change.to, change.from];
      return acceptsJson(from, to, reading, { as, profiles }) ? "safe" : "breaking";
    },
  };
}

/** A limit is held against its own absence or former value, with everything else as it is. */
const limitsAs = (
  name: string,
  form: (profile: JsonProfile) => JsonProfile,
): Measure<"field.limits", DataDirection> => ({
  name,
  why: accepted,
  of: (change, sides, direction) => {
    const { before, after, limit } = change;
    const profiles = profilesFor(change, sides, direction);
    const { [limit]: _, ...others } = after.limits ?? {};
    const own = before.limits?.[limit];
    const old = { ...others, ...(own !== undefined && { [limit]: own }) };
    const limits = direction === "backward" ? [old, after.limits] : [after.limits, old];
    // The type is the new one for both: if it changed as well, that is a change of its own.
    const [from, to] = limits.map((asked) => jsonForm(after.type, form(profiles.reader), asked));
    return from && to && acceptsForm(from, to, readingOf(sides, direction), profiles) ? "safe" : "breaking";
  },
});

const byLimit = limitsAs("the values that both limits accept", (profile) => profile);

/** A column has a 64-bit integer itself, and is checked for its limits, where JSON may have nothing but its text. */
export const byColumnLimit = limitsAs("the stored values that both limits accept", (profile) => ({
  ...profile,
  int64: "number",
}));

const otherKey = {
  why: "The value stands under another key.",
  fix: "Keep the key; where the name has to change, add a field and deprecate this one.",
};
const addValue = "Where readers may meet values that are new, make the enum open.";
const keepValue = "Mark the value as deprecated, and remove it once nothing of it is left to be read.";

const anyValue = condition<"field.added" | "field.removed">(
  "the field takes any value",
  ({ field }) => field.type.kind === "json" && field.type.only === undefined && field.presence !== "required",
);

const isOpenMessage = condition<"field.added" | "field.removed">(
  "the message takes fields that are not declared",
  ({ at }, { old, new: next }) => {
    const owner = at.slice(0, at.lastIndexOf("."));
    return [old, next].every(({ view }) =>
      view.model.decls.some((decl) => decl.kind === "message" && decl.name === owner && decl.open === true),
    );
  },
);

const inOpen = ({ name, holds }: typeof anyValue) =>
  condition<"field.added" | "field.removed">(
    `${isOpenMessage.name}, and ${name}`,
    (change, sides) => isOpenMessage.holds(change, sides) && holds(change, sides),
  );

/** The rules of JSON Schema follow from one question: does one schema accept everything that the other accepts? */
function table(as: Reader): Table<DataDirection> {
  const measured = both<Typed>(byType(as), "The types accept other values.", typeFix);
  const open = {
    added: row(
      "breaking",
      "safe",
      "Values under the key were accepted before whatever they were; now they have a type.",
      "No way out: whoever takes unknown fields has taken this key with any value. Choose a key that nobody sends.",
    ),
    addedToGroup: both(
      "breaking",
      "Values under the key had no type before, and readers of before miss one that they require.",
      "Do not require one of the group.",
    ),
    removed: row("safe", "breaking", "Values under the key are now accepted whatever they are.", keep),
    removedFromGroup: both("breaking", "Where it was the one that is set, none is left that is known.", keep),
  };
  const alike = both("safe", "Values under the key are accepted as before.");
  return {
    ...quiet,
    "profile.changed": [
      { when: writesAlike, ...both("safe", "The system has nothing that it is about.") },
      both("breaking", "Values of the system are written in another form.", "Keep the profile, or begin a new system."),
    ],
    "event.renamed": [
      both("hazard", "Values are the same, and their schema is found under another name.", "Keep the former name."),
    ],
    "event.retyped": [measured],
    "event.envelope": [both("breaking", "Other keys stand around the payload.", "Begin a new event.")],
    "body.retyped": [measured],
    "type.renamed": [both("safe", "The name of a type is not in the data.")],
    "type.kind": [both("breaking", "Values have another form altogether.", "Declare a new type beside it.")],
    "type.openness": [
      {
        when: condition("an enum that travels in a form that others cannot have", (change, sides) => {
          const decl = enumOf(change, sides);
          if (!decl) return false;
          const [, profile] = profilesOf(change, sides);
          return as === "closed" || !takesUnlisted({ ...decl, open: true }, profile);
        }),
        ...both("safe", "The schema lists the same values."),
      },
      ...(as === "open"
        ? [
            {
              when: condition<"type.openness">("a message", (change, sides) => !enumOf(change, sides)),
              ...both("safe", "The schema takes unknown fields as before."),
            },
          ]
        : []),
      {
        when: condition("it is open now", ({ opened }) => opened),
        ...row("safe", "breaking", "Readers of before refuse what it takes now.", "Deploy the readers first."),
      },
      row("breaking", "safe", "What it took before is refused now.", "Leave it open."),
    ],
    "alias.type": [measured],
    "field.added":
      as === "open"
        ? [{ when: anyValue, ...alike }, { when: mustBeSet, ...open.addedToGroup }, open.added]
        : [
            { when: inOpen(anyValue), ...alike },
            { when: inOpen(mustBeSet), ...open.addedToGroup },
            { when: isOpenMessage, ...open.added },
            {
              when: isRequired,
              ...both(
                "breaking",
                "What was written before lacks the field, and readers of before refuse it.",
                "Add it as optional, deploy the readers, then the writers, and require it when all send it.",
              ),
            },
            row(
              "safe",
              "breaking",
              "Readers of before refuse a field that they do not know.",
              "Deploy the readers first.",
            ),
          ],
    "field.removed":
      as === "open"
        ? [{ when: anyValue, ...alike }, { when: mustBeSet, ...open.removedFromGroup }, open.removed]
        : [
            { when: inOpen(anyValue), ...alike },
            { when: inOpen(mustBeSet), ...open.removedFromGroup },
            { when: isOpenMessage, ...open.removed },
            {
              when: isRequired,
              ...both("breaking", "Old data has a field that is refused now, and readers of before require it.", keep),
            },
            row("breaking", "safe", "Old data has a field that is refused now.", keep),
          ],
    "field.renamed": [
      { when: keepsJsonKey, ...both("safe", "Its key in JSON is the same.") },
      both("breaking", otherKey.why, otherKey.fix),
    ],
    "field.json-name": [
      { when: keepsJsonKey, ...both("safe", "Its key in JSON is the same.") },
      both("breaking", otherKey.why, otherKey.fix),
    ],
    "field.renumbered": [both("safe", "JSON has no numbers.")],
    "field.wire": [both("safe", "JSON does not show how Protobuf writes it.")],
    "field.type": [measured],
    "field.cardinality": [measured],
    "field.map-key": [measured],
    "field.meaning": [
      { when: isWrittenAsBefore, ...both("safe", "The profile has written it like that before.") },
      both<"field.meaning">(
        meansOther(byType(as)),
        "It is another time.",
        "Add a field for the new form, and deprecate this one.",
      ),
    ],
    "field.presence": [
      {
        when: becomesRequired,
        ...row("breaking", "safe", "What was written without it is refused.", "Require it when everybody sends it."),
      },
      {
        when: stopsRequired,
        ...row("safe", "breaking", "Readers of before refuse what lacks it.", "Deploy the readers first."),
      },
      both("safe", "It may be absent as before."),
    ],
    "field.nullable": [
      {
        when: becomesNullable,
        ...row("safe", "breaking", "Readers of before refuse null.", "Deploy the readers first."),
      },
      row("breaking", "safe", "Null in old data is refused.", "Keep null as a value until none is left."),
    ],
    "field.default": [both("safe", "A schema tells of a default and does not set it.")],
    "field.limits": [
      both<"field.limits">(
        byLimit,
        "The limits accept other values.",
        "Loosen limits readers first, tighten them writers first.",
      ),
    ],
    "value.added": [
      { when: isStillListed, ...both("safe", "Another value is written alike.") },
      ...(as === "open"
        ? [{ when: bothTakeUnlisted, ...both<"value.added">("safe", "Values that are not listed are taken.") }]
        : []),
      row("safe", "breaking", "Readers of before refuse a value that they do not list.", addValue),
    ],
    "value.removed": [
      { when: isStillListed, ...both("safe", "Another value is written alike.") },
      ...(as === "open"
        ? [{ when: bothTakeUnlisted, ...both<"value.removed">("safe", "Values that are not listed are taken.") }]
        : []),
      row("breaking", "safe", "The value in old data is refused.", keepValue),
    ],
    "value.renamed": [
      { when: isWrittenAlike, ...both("safe", "Values travel by number.") },
      ...(as === "open"
        ? [
            {
              when: bothTakeUnlisted,
              ...both<"value.renamed">("lossy", "The other name is taken for a value that nobody listed.", keepValue),
            },
          ]
        : []),
      both("breaking", "Each side refuses the other's name.", keepValue),
    ],
    "value.renumbered": [
      { when: isWrittenAlike, ...both("safe", "Values travel by name.") },
      both("breaking", "The number means nothing, or another value, on the other side.", "Keep the number."),
    ],
    "value.swapped": [
      { when: isWrittenAlike, ...both("safe", "Values travel by name.") },
      both("lossy", "Both numbers are accepted, and each is taken for the other.", "Keep the numbers."),
    ],
    "oneof.added": [
      {
        when: isRequiredGroup,
        ...row("breaking", "safe", "Old data with none of the fields is refused.", "Do not require one of them."),
      },
      both("safe", "What fields come into it is told of them."),
    ],
    "oneof.removed": [
      {
        when: isRequiredGroup,
        ...row(
          "safe",
          "breaking",
          "Readers of before refuse what has none of the fields.",
          "Deploy the readers first.",
        ),
      },
      both("safe", "What fields leave it is told of them."),
    ],
    "oneof.required": [
      {
        when: isRequiredGroup,
        ...row("breaking", "safe", "Old data with none of the fields is refused.", "Do not require one of them."),
      },
      row("safe", "breaking", "Readers of before refuse what has none of the fields.", "Deploy the readers first."),
    ],
    "oneof.entered": [
      {
        when: hasCompany,
        ...row("breaking", "safe", "Old data that has it and another of the group is refused.", "Leave it outside."),
      },
      both("safe", "It is alone in the one-of."),
    ],
    "oneof.left": [
      {
        when: hasCompany,
        ...row("safe", "breaking", "Readers of before refuse it together with another.", "Leave it in the one-of."),
      },
      both("safe", "It was alone in the one-of."),
    ],
    "oneof.moved": [
      both("breaking", "What may stand together on one side is refused on the other.", "Leave it in its one-of."),
    ],
    "variant.added": [row("safe", "breaking", "Readers of before refuse the variant.", "Deploy the readers first.")],
    "variant.removed": [row("breaking", "safe", "The variant in old data is refused.", keepValue)],
    "tag.changed": [both("breaking", "Variants are told apart in another way.", "Declare a new union beside it.")],
  };
}

const keep = "Keep it, deprecated, as long as there is data that has it.";
const typeFix = "Add a field of the new type beside it, and deprecate this one.";

/** JSON Schema that refuses unknown fields: what producers are checked against. */
export const jsonSchema: Target<DataDirection> = {
  id: "json-schema",
  title: "JSON Schema, closed",
  directions: ["backward", "forward"],
  table: table("closed"),
};

/** JSON Schema that takes unknown fields: what consumers check against. */
export const jsonSchemaOpen: Target<DataDirection> = {
  id: "json-schema-open",
  title: "JSON Schema, open",
  directions: ["backward", "forward"],
  table: table("open"),
};

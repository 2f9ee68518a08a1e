import type { Enum, Field, Name } from "../../../model/index.ts";
import { condition, isWrittenAsBefore, keepsJsonKey, profilesFor, writesAlike } from "../conditions.ts";
import { hasAvroDefault, mayBeNull, readAvro } from "../relations/avro.ts";
import { readingOf } from "../sides.ts";
import type { DataDirection, Measure, Target } from "../target.ts";
import { both, meansOther, quiet, row } from "./quiet.ts";

type Typed =
  | "event.retyped"
  | "body.retyped"
  | "alias.type"
  | "field.type"
  | "field.cardinality"
  | "field.map-key"
  | "field.meaning";

const addField = "Add a field of another name beside it, with a default, and deprecate this one.";

const byResolution: Measure<Typed, DataDirection> = {
  name: "how a reader's schema resolves a writer's",
  why: {
    safe: "The reader's schema resolves it.",
    hazard: "It resolves, since resolution looks at the bytes and not at what they mean.",
    lossy: "It resolves, and some values are other values then.",
    breaking: "The schemas do not resolve.",
  },
  of: (change, sides, direction) => {
    const profiles = profilesFor(change, sides, direction);
    const [from, to] = direction === "backward" ? [change.from, change.to] : [change.to, change.from];
    return readAvro(from, to, readingOf(sides, direction), profiles);
  },
};

const typed = both<Typed>(byResolution, "It has another type.", addField);
const giveDefault = "Make it optional, or give it a default.";

const lacksDefault = condition<"field.added" | "field.removed">(
  "the field is required and has no default",
  ({ kind, field }, { old, new: next }) => !hasAvroDefault(field, kind === "field.added" ? next : old),
);

/** The side that reads a renamed field without finding it takes its default, if it has one. */
const misses = (field: Field, side: Parameters<typeof hasAvroDefault>[1]): boolean => !hasAvroDefault(field, side);

const isStated = condition<"field.renamed">("the new side states the former name", ({ stated }) => stated);

/** The symbol that a reader takes for one it does not know. */
const hasStandIn = ({ values, open }: Enum): boolean =>
  (open && values.length > 0) ||
  values.some(({ name, number }) => number === 0 || /(?:^|_)(?:unspecified|unknown|undefined)$/i.test(name));

const simple = (name: Name): string => name.slice(name.lastIndexOf(".") + 1);

const becomesNull = condition<"field.presence" | "field.nullable">(
  "null is new to its type",
  ({ before, after }) => !mayBeNull(before) && mayBeNull(after),
);
const losesNull = condition<"field.presence" | "field.nullable">(
  "its type no longer has null",
  ({ before, after }) => mayBeNull(before) && !mayBeNull(after),
);

const symbol = {
  stands: "The symbol is unknown there, and the default of the enum stands in its place.",
  refused: "The symbol is unknown there, and the enum has no default.",
  fix: "Deploy the readers first, and give the enum a value that stands for unknown ones.",
};
const keepSymbol = "Keep the symbol, deprecated.";

/** Avro: the reader's schema is resolved against the writer's, name by name, before a value is read. */
export const avro: Target<DataDirection> = {
  id: "avro",
  title: "Avro",
  directions: ["backward", "forward"],
  table: {
    ...quiet,
    "profile.changed": [
      { when: writesAlike, ...both("safe", "The system has nothing that it is about.") },
      {
        when: condition("only how a 64-bit integer is written as JSON", ({ setting }) => setting === "int64"),
        ...both("safe", "Avro has the integer itself."),
      },
      {
        when: condition("only how an enum is written as JSON", ({ setting }) => setting === "enums"),
        ...both("safe", "Avro has the symbol itself."),
      },
      both("breaking", "Fields have other names, or times other types.", "Keep the profile, or begin a new system."),
    ],
    "event.renamed": [both("breaking", "The record of the event has another name.", "Keep the former name.")],
    "event.retyped": [typed],
    "event.envelope": [both("breaking", "Other fields stand around the payload.", "Begin a new event.")],
    "body.retyped": [typed],
    "type.renamed": [
      {
        when: condition("only its namespace", ({ was = "", now = "" }) => simple(was) === simple(now)),
        ...both(
          "hazard",
          "Names resolve without their namespaces by the specification; avsc compares them whole.",
          "Keep it.",
        ),
      },
      row(
        "safe",
        "breaking",
        "The new schema knows the former name, and the old one does not know the new.",
        "Keep the name.",
      ),
    ],
    "type.kind": [
      both("breaking", "A record, an enum and a union do not resolve to one another.", "Declare a new type."),
    ],
    "type.openness": [
      {
        when: condition("a message", ({ at }, { new: next }) => next.view.type(at).kind === "message"),
        ...both("safe", "Avro has no fields that are not declared."),
      },
      {
        when: condition("it is open now", ({ opened }) => opened),
        ...row("safe", "lossy", "Values that are not listed become the default.", "Deploy the readers first."),
      },
      row("lossy", "safe", "Values that are not listed become the default.", "Leave it open."),
    ],
    "alias.type": [typed],
    "field.added": [
      {
        when: lacksDefault,
        ...row("breaking", "safe", "A reader finds nothing in old data, and has no default.", giveDefault),
      },
      {
        when: condition("its number or name was reserved", ({ reused }) => reused),
        ...row(
          "hazard",
          "safe",
          "Data from before the reservation is read as the new field.",
          "Choose a name that was never used.",
        ),
      },
      both("safe", "Where it is not written it has its default, and where it is unknown it is passed over."),
    ],
    "field.removed": [
      {
        when: lacksDefault,
        ...row(
          "safe",
          "breaking",
          "Readers of before need it, and have no default.",
          "Make it optional, deploy, then remove it.",
        ),
      },
      both("safe", "It is passed over in old data, and readers of before take their default."),
    ],
    "field.renamed": [
      { when: keepsJsonKey, ...both("safe", "Its name in Avro is the key in JSON, which is the same.") },
      {
        when: condition(
          "the former name is stated, and readers of before have no default",
          (change, { old }) => change.stated && misses(change.before, old),
        ),
        ...row("safe", "breaking", "Readers of before find nothing under their name.", "Keep the name."),
      },
      {
        when: isStated,
        ...row(
          "safe",
          "lossy",
          "The new schema has the former name as an alias; the old one takes its default.",
          "Keep the name.",
        ),
      },
      {
        when: condition(
          "a side has no default",
          ({ before, after }, { old, new: next }) => misses(before, old) || misses(after, next),
        ),
        ...both(
          "breaking",
          "A reader finds nothing under its name, and has no default.",
          "State the former name as an alias.",
        ),
      },
      both(
        "lossy",
        "The schemas resolve, and the value vanishes: it is passed over under one name, and a default under the other.",
        "State the former name as an alias.",
      ),
    ],
    "field.json-name": [
      { when: keepsJsonKey, ...both("safe", "Its name in Avro is the key in JSON, which is the same.") },
      {
        when: condition(
          "a side has no default",
          ({ before, after }, { old, new: next }) => misses(before, old) || misses(after, next),
        ),
        ...both("breaking", "A reader finds nothing under its name, and has no default.", "Keep the JSON name."),
      },
      both(
        "lossy",
        "The value vanishes: one name is passed over, and the other has its default.",
        "Keep the JSON name.",
      ),
    ],
    "field.renumbered": [both("safe", "Avro has no numbers.")],
    "field.wire": [both("safe", "Avro does not show how Protobuf writes it.")],
    "field.type": [typed],
    "field.cardinality": [typed],
    "field.map-key": [both("safe", "Keys are text in Avro, whatever they count as.")],
    "field.meaning": [
      { when: isWrittenAsBefore, ...both("safe", "Its form, and with it its Avro type, is the same.") },
      both<"field.meaning">(meansOther(byResolution), "It is another time.", addField),
    ],
    "field.presence": [
      {
        when: becomesNull,
        ...row("safe", "breaking", "Readers of before have no null in the type.", "Deploy the readers first."),
      },
      {
        when: losesNull,
        ...row("breaking", "safe", "Old data may be null.", "Leave it optional."),
      },
      both("safe", "Its Avro type is the same."),
    ],
    "field.nullable": [
      {
        when: becomesNull,
        ...row("safe", "breaking", "Readers of before have no null in the type.", "Deploy the readers first."),
      },
      {
        when: losesNull,
        ...row("breaking", "safe", "Old data may be null.", "Keep null as a value."),
      },
      {
        when: condition("null is a value of a field that is always there", ({ before, after }) =>
          [before, after].some(({ presence, nullable }) => presence === "required" && nullable === true),
        ),
        ...both("lossy", "Its Avro type is the same, and null stands for absence on one side.", "Keep its presence."),
      },
      both("safe", "Its Avro type is the same: null stands for absence already."),
    ],
    "field.default": [
      {
        when: condition(
          "a required field loses its default",
          ({ before, after }, { old, new: next }) => hasAvroDefault(before, old) && !hasAvroDefault(after, next),
        ),
        ...row(
          "hazard",
          "safe",
          "Data that was written before the field was there cannot be read any more.",
          "Keep it.",
        ),
      },
      both("safe", "What is written does not change."),
    ],
    "field.limits": [both("safe", "Avro knows no limits.")],
    "value.added": [
      {
        when: condition("readers of before have a default", ({ enumeration }) => hasStandIn(enumeration.before)),
        ...row("safe", "lossy", symbol.stands, symbol.fix),
      },
      row("safe", "breaking", symbol.refused, symbol.fix),
    ],
    "value.removed": [
      {
        when: condition("the enum has a default", ({ enumeration }) => hasStandIn(enumeration.after)),
        ...row("lossy", "safe", symbol.stands, keepSymbol),
      },
      row("breaking", "safe", symbol.refused, keepSymbol),
    ],
    "value.renamed": [
      {
        when: condition(
          "both sides have a default",
          ({ enumeration: { before, after } }) => hasStandIn(before) && hasStandIn(after),
        ),
        ...both("lossy", symbol.stands, keepSymbol),
      },
      both("breaking", symbol.refused, keepSymbol),
    ],
    "value.renumbered": [both("safe", "Avro writes which symbol of the writer's it is.")],
    "value.swapped": [both("safe", "Avro writes which symbol of the writer's it is.")],
    "oneof.added": [both("safe", "Avro has no one-ofs.")],
    "oneof.removed": [both("safe", "Avro has no one-ofs.")],
    "oneof.required": [both("safe", "Avro has no one-ofs.")],
    "oneof.entered": [both("safe", "Avro has no one-ofs.")],
    "oneof.left": [both("safe", "Avro has no one-ofs.")],
    "oneof.moved": [both("safe", "Avro has no one-ofs.")],
    "variant.added": [row("safe", "breaking", "Readers of before have no such branch.", "Deploy the readers first.")],
    "variant.removed": [row("breaking", "safe", "The branch in old data has no counterpart.", "Keep it, deprecated.")],
    "tag.changed": [both("safe", "Avro writes which branch of the union it is.")],
  },
};

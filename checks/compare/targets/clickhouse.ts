import type { Enum, Field } from "../../../model/index.ts";
import {
  condition,
  isRequired,
  isWrittenAlike,
  isWrittenAsBefore,
  keepsJsonKey,
  profilesFor,
  writesAlike,
} from "../conditions.ts";
import { convertColumn } from "../relations/column.ts";
import { readingOf } from "../sides.ts";
import type { DataDirection, Measure, Target } from "../target.ts";
import { ingest } from "./ingest.ts";
import { both, meansOther, row } from "./quiet.ts";

type Typed = "event.retyped" | "alias.type" | "field.type" | "field.cardinality" | "field.map-key" | "field.meaning";

const copy = "Add a column of the new type, fill it from the old one, and swap their names once everybody reads it.";

const byConversion: Measure<Typed, DataDirection> = {
  name: "how ALTER converts the column",
  why: {
    safe: "ALTER converts every stored value.",
    lossy: "ALTER succeeds, and wraps, rounds or drops stored values without a word.",
    breaking: "ALTER is refused, or fails half-way on a stored value, and every SELECT with it.",
  },
  of: (change, sides, direction) => {
    const [from, to] = direction === "backward" ? [change.from, change.to] : [change.to, change.from];
    return convertColumn(from, to, readingOf(sides, direction), profilesFor(change, sides, direction));
  },
};

const converted = both<Typed>(byConversion, "Its column has another type.", copy);

/** Arrays and maps have no NULL: they are empty instead. */
const hasNull = ({ presence, nullable, type }: Field): boolean =>
  (nullable === true || presence === "optional" || presence === "unstated") &&
  type.kind !== "list" &&
  type.kind !== "map";

const becomesNull = condition<"field.presence" | "field.nullable">(
  "the column becomes Nullable",
  ({ before, after }) => !hasNull(before) && hasNull(after),
);
const losesNull = condition<"field.presence" | "field.nullable">(
  "the column is no longer Nullable",
  ({ before, after }) => hasNull(before) && !hasNull(after),
);
const nullRows = [
  {
    when: becomesNull,
    ...row<"field.presence" | "field.nullable">(
      "safe",
      "breaking",
      "A column of before has no place for NULL: rows are refused, or say the default instead.",
      "Change the table before the producers.",
    ),
  },
  {
    when: losesNull,
    ...row<"field.presence" | "field.nullable">(
      "breaking",
      "safe",
      "ALTER is refused without a DEFAULT, and with one every NULL becomes it.",
      "Leave the column Nullable.",
    ),
  },
] as const;

/** A closed enum whose values have numbers is an Enum; any other is text, or a number. */
const isEnumColumn = condition<"value.renamed" | "value.renumbered" | "value.swapped">(
  "a side has an Enum column",
  ({ enumeration: { before, after } }) => [before, after].some(isEnum),
);
const isEnum = ({ open, values }: Enum): boolean => !open && values.every(({ number }) => number !== undefined);

const key = "Create a table with the new key, copy, and exchange the two.";

/**
 * The table of an event: what is stored meets the columns of the other side by `ALTER`, and what is written to it meets their
 * types and conditions.
 */
export const clickhouse: Target<DataDirection> = {
  id: "clickhouse",
  title: "ClickHouse, table",
  directions: ["backward", "forward"],
  table: {
    ...ingest.table,
    "topic.changed": [both("safe", "A table does not know its topic.")],
    "profile.changed": [
      { when: writesAlike, ...both("safe", "The system has nothing that it is about.") },
      {
        when: condition("only how a 64-bit integer is written as JSON", ({ setting }) => setting === "int64"),
        ...both("safe", "The column has the integer itself."),
      },
      both("breaking", "Columns have other names or types.", "Keep the profile, or begin a new system."),
    ],
    "event.renamed": [
      both("breaking", "The table of the event has another name.", "RENAME TABLE, and a view under the former name."),
    ],
    "event.retyped": [converted],
    "event.moved": [both("safe", "A table does not know its topic.")],
    "event.identity": [
      both(
        "breaking",
        "The identity is the table's sorting key and decides its engine, and ALTER changes neither.",
        key,
      ),
    ],
    "alias.type": [converted],
    "field.added": [
      {
        when: isRequired,
        ...row(
          "lossy",
          "unknown-field",
          "Stored rows have 0, or an empty text, where nobody said so.",
          "Add it as optional.",
        ),
      },
      row(
        "safe",
        "unknown-field",
        "The table of before has no column for it.",
        "Change the table before the producers.",
      ),
    ],
    "field.removed": [
      {
        when: isRequired,
        ...row(
          "unknown-field",
          "lossy",
          "Rows of the new side have 0, or an empty text, in a table of before.",
          "Keep it.",
        ),
      },
      row(
        "unknown-field",
        "safe",
        "The column is written no more.",
        "Keep the column: DROP COLUMN deletes what is stored.",
      ),
    ],
    "field.renamed": [
      { when: keepsJsonKey, ...both("safe", "The column is named after the key in JSON, which is the same.") },
      both(
        "lossy",
        "Writers of one name leave the column of the other at its default.",
        "RENAME COLUMN, with the former name as an ALIAS, after the producers.",
      ),
    ],
    "field.json-name": [
      { when: keepsJsonKey, ...both("safe", "The column is named after the key in JSON, which is the same.") },
      both("lossy", "Writers of one name leave the column of the other at its default.", "Keep the JSON name."),
    ],
    "field.type": [converted],
    "field.cardinality": [converted],
    "field.map-key": [converted],
    "field.meaning": [
      { when: isWrittenAsBefore, ...both("safe", "Its form, and with it its column, is the same.") },
      both<"field.meaning">(meansOther(byConversion), "It is another time.", copy),
    ],
    "field.presence": [...nullRows, both("safe", "The column is as it was.")],
    "field.nullable": [...nullRows, both("safe", "The column is as it was.")],
    "field.default": [
      both(
        "hazard",
        "A DEFAULT also holds for rows of parts that were written before the column was there.",
        "Keep it.",
      ),
    ],
    "value.added": [
      {
        when: condition("the column is no Enum", ({ enumeration: { before, after } }) => before.open && after.open),
        ...both("safe", "The column takes any value."),
      },
      row("safe", "breaking", "The table of before refuses the value.", "Change the table before the producers."),
    ],
    "value.removed": [
      {
        when: condition("the column is no Enum", ({ enumeration: { before, after } }) => before.open && after.open),
        ...both("safe", "The column takes any value."),
      },
      row(
        "breaking",
        "safe",
        "ALTER succeeds, and every SELECT fails that meets a stored value.",
        "Keep the value, deprecated.",
      ),
    ],
    "value.renamed": [
      {
        when: isEnumColumn,
        ...both(
          "breaking",
          "Stored rows show the other name, and writers of the former one are refused.",
          "Keep the name.",
        ),
      },
      { when: isWrittenAlike, ...both("safe", "The column has the number.") },
      both("lossy", "Stored rows have the former name, and nothing joins the two.", "Keep the name."),
    ],
    "value.renumbered": [
      {
        when: condition(
          "it had no number, and travels by its name",
          (change, sides) =>
            change.before.number === undefined &&
            (isEnum(change.enumeration.after) || isWrittenAlike.holds(change, sides)),
        ),
        ...both("safe", "Text becomes an Enum of the same names, or stays text."),
      },
      {
        when: condition("it had no number, and has one now", ({ before }) => before.number === undefined),
        ...both("breaking", "ALTER makes no number of a name.", "Give all values numbers, and close the enum."),
      },
      { when: isEnumColumn, ...both("breaking", "ALTER refuses another number for a name.", "Keep the number.") },
      { when: isWrittenAlike, ...both("safe", "The column has the name.") },
      both("lossy", "Stored numbers mean nothing, or another value.", "Keep the number."),
    ],
    "value.swapped": [
      { when: isEnumColumn, ...both("breaking", "ALTER refuses other numbers for names.", "Keep the numbers.") },
      { when: isWrittenAlike, ...both("safe", "The column has the name.") },
      both("lossy", "Stored numbers of each are taken for the other.", "Keep the numbers."),
    ],
    "type.openness": [
      {
        when: condition("a message", ({ at }, { new: next }) => next.view.type(at).kind === "message"),
        ...both("safe", "A table has the declared columns only."),
      },
      {
        when: condition("it is open now", ({ opened }) => opened),
        ...row("safe", "breaking", "An Enum column of before refuses what is not listed.", "Change the table first."),
      },
      row("breaking", "safe", "Stored values that are not listed fit no Enum.", "Leave it open."),
    ],
    "variant.added": [row("safe", "lossy", "A column of before may have no place for it.", "Change the table first.")],
    "variant.removed": [row("lossy", "safe", "What is stored may have no place in the new column.", "Keep it.")],
    storage: [
      {
        when: condition("only how long rows are kept", ({ option }) => /ttl|retention/i.test(option)),
        ...row(
          "hazard",
          "safe",
          "Rows that are older than the new time are deleted by the next merge.",
          "Copy them first.",
        ),
      },
      {
        when: condition("how columns are packed", ({ option }) => /^codecs?$/.test(option)),
        ...both("safe", "The values are the same."),
      },
      {
        when: condition("where the tables are, and how rows come into them", ({ option }) =>
          ["ingest", "kafka", "cluster", "usage"].includes(option),
        ),
        ...both(
          "hazard",
          "Stored rows stay, and what writes to the tables changes.",
          "Look at the plan of the change.",
        ),
      },
      both("breaking", "Keys, partitions and types of columns are made with the table.", key),
    ],
  },
};

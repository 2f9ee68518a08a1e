import { condition, isRequired, isStillListed, isWrittenAlike, keepsJsonKey, mustBeSet } from "../conditions.ts";
import type { DataDirection, Rows, Target } from "../target.ts";
import { byColumnLimit, jsonSchemaOpen } from "./json-schema.ts";
import { both, row } from "./quiet.ts";

/** The column is text or a number, and takes whatever comes. */
const isOpen = condition<"value.added" | "value.removed" | "value.renamed">(
  "the enum is open",
  ({ enumeration: { before, after } }) => before.open && after.open,
);

/** A key that one side does not know: its name changed, or the name it has in JSON. */
const otherKey: Rows<"field.renamed" | "field.json-name", DataDirection> = [
  { when: keepsJsonKey, ...both("safe", "Its key in JSON is the same.") },
  {
    when: condition("a side requires it", ({ before, after }) =>
      [before, after].some(({ presence }) => presence === "required"),
    ),
    ...both("breaking", "The key is unknown on the other side, which requires the field.", "Keep the name."),
  },
  both("lossy", "Views pass over the other side's key, and the column stays empty.", "Keep the name."),
];

const order = "Change the views before the producers.";

/**
 * What stands in a topic, and the views that take it from there into the table: they ask of a message what its schema asks,
 * pass over what they do not know, and send everything else to the dead letters.
 */
export const ingest: Target<DataDirection> = {
  id: "ingest",
  title: "ClickHouse, ingest from the topic",
  directions: ["backward", "forward"],
  table: {
    ...jsonSchemaOpen.table,
    "topic.changed": [
      both("hazard", "Where the messages come from may be another broker.", "Look at the Kafka tables."),
    ],
    "event.renamed": [both("hazard", "The views of the event have another name.", "Replace the views by name.")],
    "event.moved": [
      both(
        "breaking",
        "Each side reads a topic that the other does not write to.",
        "Read both topics until nothing comes from the former one.",
      ),
    ],
    "operation.added": [both("safe", "Bodies of endpoints come from no topic.")],
    "operation.removed": [both("safe", "Bodies of endpoints come from no topic.")],
    "operation.renamed": [both("safe", "Bodies of endpoints come from no topic.")],
    "version.added": [both("safe", "Bodies of endpoints come from no topic.")],
    "version.removed": [both("safe", "Bodies of endpoints come from no topic.")],
    "body.added": [both("safe", "Bodies of endpoints come from no topic.")],
    "body.removed": [both("safe", "Bodies of endpoints come from no topic.")],
    "body.retyped": [both("safe", "Bodies of endpoints come from no topic.")],
    "field.added": [
      {
        when: isRequired,
        ...row("breaking", "unknown-field", "Messages without it go to the dead letters.", "Add it as optional."),
      },
      {
        when: mustBeSet,
        ...row("safe", "breaking", "Views of before miss one of the group that they know.", order),
      },
      row("safe", "unknown-field", "Views of before pass it over.", order),
    ],
    "field.removed": [
      {
        when: isRequired,
        ...row("unknown-field", "breaking", "Views of before send messages without it to the dead letters.", order),
      },
      {
        when: mustBeSet,
        ...row("breaking", "safe", "Where it was the one that is set, none is left that is known.", order),
      },
      row(
        "unknown-field",
        "safe",
        "The views pass it over in messages that are still in the topic.",
        "Keep it, deprecated.",
      ),
    ],
    "field.renamed": otherKey,
    "field.json-name": otherKey,
    "field.limits": [
      both<"field.limits">(
        byColumnLimit,
        "The table is checked for other values.",
        "Loosen limits in the table first, tighten them in the producers first.",
      ),
    ],
    "value.added": [
      { when: isStillListed, ...both("safe", "Another value is written alike.") },
      { when: isOpen, ...both("safe", "The column takes any value.") },
      row("safe", "breaking", "Views of before send messages with the value to the dead letters.", order),
    ],
    "value.removed": [
      { when: isStillListed, ...both("safe", "Another value is written alike.") },
      { when: isOpen, ...both("safe", "The column takes any value.") },
      row("breaking", "safe", "Messages with the value go to the dead letters.", "Keep the value, deprecated."),
    ],
    "value.renamed": [
      { when: isWrittenAlike, ...both("safe", "Values travel by number.") },
      { when: isOpen, ...both("lossy", "The other name is stored as a value of its own.", "Keep the name.") },
      both("breaking", "Messages with the other side's name go to the dead letters.", "Keep the name."),
    ],
  },
};

import type { TimeScale } from "./column-type.ts";

/** Why a column does not hold exactly the values of its field. */
export interface Note {
  readonly fidelity: "widened" | "lossy";
  /** A sentence; rows of the ledger share it, so it names no field. */
  readonly why: string;
}

const widened = (why: string): Note => ({ fidelity: "widened", why });
const lossy = (why: string): Note => ({ fidelity: "lossy", why });

/** A string whose form the column does not check. */
export const anyText = (words: string): Note => widened(`A String takes any text where the field has ${words}.`);
export const oneValue = widened("The column takes other values than the one the field has.");
export const unlisted = widened("The column takes values that the enum does not list.");
export const unchecked = widened("The column does not check the field's limits.");
export const duplicates = widened("An Array takes the same item twice.");
export const oneOf = widened("Nothing keeps a row from setting several members of a one-of.");
export const boolKeys = widened("Keys that are true or false are text, since ClickHouse reads no others from JSON.");
export const anyVariant = widened("The column takes any value of the widest variant.");
export const jsonText = widened("The object is kept as text, and a String takes any text.");
export const dottedList = widened(
  "The list is kept as JSON text: ClickHouse would take lists with a dot in their names for one Nested structure.",
);

export const jsonType = lossy(
  "The JSON type drops nulls and empty objects inside, splits keys at dots, reads text that looks like a date as one and refuses integers beyond 64 bits.",
);
export const anyJson = lossy(
  "The value is kept as text, in which a number and a string of the same digits look alike.",
);
export const recursive = lossy(
  "The type contains itself and is held as JSON from there on, which drops nulls and empty objects inside.",
);
export const tooLarge = lossy(
  "The type is too deep or too large for a tuple and is held as JSON, which drops nulls and empty objects inside.",
);
export const noTuple = lossy(
  "A tuple cannot have its fields (it has none, one is called null or has a control character, or two share a name), so it is held as JSON, which drops nulls and empty objects inside.",
);
export const unknownFields = lossy("Fields that the message does not list are welcome in it and are not stored.");
export const absentContainer = lossy("Absent, null and empty are the same, since arrays and maps have no NULL.");
export const absentTuple = lossy("Absent and present with nothing set are the same, since the tuple has no NULL.");
export const absentZero = widened("A zero that is left out is NULL, since parts of a tuple have no DEFAULT.");
export const absentOrNull = lossy("Absent and null are the same NULL.");

/** What a timestamp of this scale cannot hold. */
export const timeLoss = (scale: TimeScale): Note =>
  scale === 9
    ? lossy("DateTime64(9) refuses instants before 1677-09-21 or after 2262-04-11.")
    : lossy(`DateTime64(${scale}) cuts the fraction of a second after ${scale} digits.`);

/** Why something has no table at all. */
export const omitted = {
  operation: "Requests and responses are not stored; only events have tables.",
  notInEvents: "No event contains it, and only events have tables.",
  noRecord: "Its payload is no message, so it has no columns.",
} as const;

/** Why a row is `guessed`. */
export const unconfirmed = "Its type is inferred, and nobody has confirmed it.";

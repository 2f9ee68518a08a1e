import { type Declared, type Field, guessOf, type Name, type Projection } from "../../model/index.ts";
import type { AvroType } from "./schema.ts";

/** An Avro type, and what it does to the values it holds; no notes when it holds exactly the values it should. */
export interface Shape {
  readonly schema: AvroType;
  readonly notes: readonly Note[];
}

/** One way in which an Avro type differs from the type it stands for. */
export interface Note {
  readonly fidelity: "widened" | "lossy";
  readonly why: string;
}

const widened = (why: string): Note => ({ fidelity: "widened", why });
const lossy = (why: string): Note => ({ fidelity: "lossy", why });

/** Everything this target has to say about fidelity. */
export const notes = {
  limits: widened("Avro has no bounds, lengths or patterns."),
  unique: widened("An Avro array may repeat an item."),
  format: widened("Avro has no type for this form of text: it is any string."),
  uint32: widened("Avro has no unsigned integers: it is a long."),
  uint64: widened("Avro has no unsigned integers, and a long is too short: it is a decimal of 20 digits."),
  mapKey: widened("The keys of an Avro map are strings."),
  json: widened("Avro has no free-form type: it is a string with JSON text."),
  jsonUnion: widened(
    "An Avro union cannot hold these variants so that JSON tells them apart: it is a string with JSON text.",
  ),
  recursive: widened("Avro recurses through records only: from here on it is a string with JSON text."),
  literal: widened("Avro has no constants: any value of the type is accepted."),
  oneof: widened("Avro does not limit how many fields of a one-of are set."),
  emptyEnum: widened("An Avro enum has at least one symbol: it is any string."),
  micros: lossy(
    "timestamp-micros keeps six digits of fraction and the moment: further digits and the offset from UTC are lost.",
  ),
  millis: lossy(
    "timestamp-millis keeps three digits of fraction and the moment: further digits and the offset from UTC are lost.",
  ),
  absentOrNull: lossy("Avro has one null for a key that is absent and for one that is null."),
  openEnum: (standIn: string): Note => widened(`A value that the enum does not list is taken, and becomes ${standIn}.`),
  openMessage: lossy("Fields beside the listed ones have no place in an Avro record."),
} as const;

/** The rows of the ledger, each name once. */
export interface Ledger {
  readonly add: (row: Projection) => void;
  readonly rows: () => readonly Projection[];
}

/** Starts an empty ledger. */
export function createLedger(): Ledger {
  const rows = new Map<Name, Projection>();
  return {
    add: (row) => {
      if (!rows.has(row.at)) rows.set(row.at, row);
    },
    rows: () => [...rows.values()],
  };
}

/** The row of a field: the worst of what its notes say, or `guessed` when nobody confirmed what the type rests on. */
export function fieldRow(at: Name, field: Field, found: readonly Note[]): Projection {
  const guess = unconfirmed(field);
  const fidelity = found.some((note) => note.fidelity === "lossy")
    ? "lossy"
    : guess !== undefined
      ? "guessed"
      : found.length > 0
        ? "widened"
        : "exact";
  const why = [...new Set([...found.map((note) => note.why), ...(guess === undefined ? [] : [guess])])].join(" ");
  return { at, fidelity, ...(why !== "" && { why }), ...originOf(field) };
}

/** The row of something that Avro does not hold. */
export const omittedRow = (at: Name, of: Pick<Declared, "origins">, why: string): Projection => ({
  at,
  fidelity: "omitted",
  why,
  ...originOf(of),
});

/** The place a row points to. */
export const originOf = ({ origins: [origin] }: Pick<Declared, "origins">) => origin && { origin };

function unconfirmed(field: Field): string | undefined {
  const inferred = guessOf(field);
  return inferred && `The type is inferred${inferred.why ? `: ${inferred.why}` : ", and no overlay confirms it."}`;
}

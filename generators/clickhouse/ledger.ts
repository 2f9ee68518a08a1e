import { type Field, guessOf, type Name, type Origin, type Projection } from "../../model/index.ts";
import { type Note, unconfirmed } from "./reasons.ts";

/** Collects the rows of the ledger while types are projected; what several events share has one row, the worst. */
export interface Ledger {
  readonly field: (at: Name, notes: readonly Note[], field: Field) => void;
  readonly note: (at: Name, note: Note, origin: Origin | undefined) => void;
  readonly omit: (at: Name, why: string, origin: Origin | undefined) => void;
  readonly projections: () => readonly Projection[];
}

/** An empty ledger. */
export function createLedger(): Ledger {
  const rows = new Map<Name, Projection>();
  const add = (row: Omit<Projection, "origin">, origin: Origin | undefined): void => {
    // A type can be a column's in one event and part of a tuple in another: the row tells the worse.
    const known = rows.get(row.at);
    if (known && severity[known.fidelity] >= severity[row.fidelity]) return;
    rows.set(row.at, { ...row, ...(origin && { origin }) });
  };
  return {
    field: (at, notes, field) => add({ at, ...judge(notes, field) }, field.origins[0]),
    note: (at, { fidelity, why }, origin) => add({ at, fidelity, why }, origin),
    omit: (at, why, origin) => add({ at, fidelity: "omitted", why }, origin),
    projections: () => [...rows.values()],
  };
}

const severity = { exact: 0, widened: 1, lossy: 2, guessed: 3, omitted: 4 } as const;

/** A guess outweighs a loss, since the loss is that of a type which may be another one; a loss outweighs a widening. */
function judge(notes: readonly Note[], field: Field): Pick<Projection, "fidelity" | "why"> {
  const lost = notes.filter(({ fidelity }) => fidelity === "lossy");
  const whys = (lost.length > 0 ? lost : notes).map(({ why }) => why);
  if (isGuess(field)) return { fidelity: "guessed", why: sentences([unconfirmed, ...whys]) };
  if (notes.length === 0) return { fidelity: "exact" };
  return { fidelity: lost.length > 0 ? "lossy" : "widened", why: sentences(whys) };
}

const isGuess = (field: Field): boolean => guessOf(field) !== undefined;

const sentences = (all: readonly string[]): string => [...new Set(all)].join(" ");

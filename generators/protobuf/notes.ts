import { type Declared, type Field, guessOf, type Name, type Projection } from "../../model/index.ts";

/** One way in which Protobuf differs from what a field should hold. */
export interface Note {
  readonly fidelity: "widened" | "guessed" | "lossy" | "omitted";
  readonly why: string;
}

const widened = (why: string): Note => ({ fidelity: "widened", why });
const lossy = (why: string): Note => ({ fidelity: "lossy", why });
const omitted = (why: string): Note => ({ fidelity: "omitted", why });

/** Everything that this target says of fidelity beside what the printer of `.proto` files says. */
export const notes = {
  limits: widened("Protobuf has no bounds, lengths or patterns."),
  required: widened("proto3 requires no field."),
  nullIsAbsent: widened("An absent field stands for null."),
  absentOrNull: lossy("Protobuf has no null: a key that is absent and one that is null are the same."),
  openEnum: widened("An enum of proto3 takes any number."),
  literals: (values: readonly unknown[]): Note =>
    widened(`That it is one of ${values.map((value) => JSON.stringify(value)).join(", ")} is not said.`),
  openMessage: lossy("Fields beside the listed ones have no number."),
  union: (name: Name): Note => omitted(`Protobuf has no type that is one of several, as ${name} is.`),
  external: (name: Name): Note => omitted(`${name} is defined elsewhere.`),
  notPrinted: (name: Name): Note => omitted(`Its type ${name} is not in the Protobuf files.`),
  contradicted: omitted("The envelopes of the topic's events give it different types."),
  noTopic: omitted("It has no topic whose message could carry its envelope."),
  topicLacksNumbers: omitted("The message of its topic has members without numbers."),
  noMessage: omitted("What it carries is not in the Protobuf files."),
} as const;

const order: readonly Projection["fidelity"][] = ["exact", "widened", "guessed", "lossy", "omitted"];

/** The row of a field: the worst of what is said of it, or `guessed` when nobody confirmed what its type rests on. */
export function fieldRow(at: Name, field: Field, said: readonly Note[]): Projection {
  const guess = guessOf(field);
  const why = `The type is inferred${guess?.why ? `: ${guess.why}` : ", and no overlay confirms it."}`;
  return worstOf(at, field, guess ? [...said, { fidelity: "guessed", why }] : said);
}

/** The row of which the worst note decides; nothing to say is exact. */
export function worstOf(at: Name, of: Pick<Declared, "origins">, said: readonly Note[]): Projection {
  const fidelity = said.reduce<Projection["fidelity"]>(
    (worst, note) => (order.indexOf(note.fidelity) > order.indexOf(worst) ? note.fidelity : worst),
    "exact",
  );
  // What is left out needs no other reason.
  const reasons = fidelity === "omitted" ? said.filter((note) => note.fidelity === "omitted") : said;
  const why = [...new Set(reasons.map((note) => note.why))].join(" ");
  return { at, fidelity, ...(why !== "" && { why }), ...originOf(of) };
}

/** The row of something of which only one thing is to be said. */
export const row = (at: Name, of: Pick<Declared, "origins">, { fidelity, why }: Note): Projection => ({
  at,
  fidelity,
  why,
  ...originOf(of),
});

const originOf = ({ origins: [origin] }: Pick<Declared, "origins">) => origin && { origin };

import type { Declared, Name, Span } from "../../model/index.ts";
import type { Change, ChangeBase, ChangeDetails, ChangeKind } from "./change.ts";
import { fingerprint } from "./fingerprint.ts";

/** What a comparison says of a change; the collector adds what all changes have. */
export interface Told {
  readonly at: Name;
  /** The declaration that the place belongs to, by its new name or by its old one when it is gone: whence its reach. */
  readonly of: Name;
  readonly was?: string | undefined;
  readonly now?: string | undefined;
  readonly old?: Pick<Declared, "origins"> | undefined;
  readonly new?: Pick<Declared, "origins"> | undefined;
}

/** Tells a change. */
export type Tell = <Kind extends ChangeKind>(kind: Kind, told: Told, details: ChangeDetails[Kind]) => void;

/** Collects changes; a fact that is told for every event that shares it is one change, with the reach of all. */
export function createCollector(known: {
  readonly reach: (name: Name) => readonly Name[];
  readonly system: (name: Name) => Name | undefined;
}): {
  readonly tell: Tell;
  readonly changes: () => readonly Change[];
} {
  const found = new Map<string, Change>();
  const tell: Tell = (kind, { at, of, was, now, old, new: next }, details) => {
    const [before, after] = [spanOf(old), spanOf(next)];
    const system = known.system(of);
    const facts: ChangeBase<typeof kind> = {
      kind,
      at,
      ...(was !== undefined && { was }),
      ...(now !== undefined && { now }),
      ...(before && { old: before }),
      ...(after && { new: after }),
      reach: known.reach(of),
      ...(system !== undefined && { system }),
      fingerprint: fingerprint([kind, at, was, now, aspectOf(details)]),
    };
    const told = found.get(facts.fingerprint);
    const reach = told ? [...new Set([...told.reach, ...facts.reach])].sort() : facts.reach;
    // The details belong to the kind by the signature of `tell`; TypeScript cannot follow a generic union that far.
    found.set(facts.fingerprint, { ...facts, ...details, reach } as unknown as Change);
  };
  return { tell, changes: () => [...found.values()] };
}

/** What tells two changes of a kind apart that were and are the same at one place. */
function aspectOf(details: object): string | undefined {
  const { setting, path, limit, what } = details as Readonly<Record<string, unknown>>;
  const aspect = setting ?? path ?? limit ?? what;
  return typeof aspect === "string" && aspect !== "" ? aspect : undefined;
}

const spanOf = (item: Pick<Declared, "origins"> | undefined): Span | undefined => item?.origins[0]?.span;

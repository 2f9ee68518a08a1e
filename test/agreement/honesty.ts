import type { Name } from "../../pipeline/index.ts";
import type { Ledger } from "./ledger.ts";
import { claim } from "./tally.ts";

/** A row of the ledger that says more than was seen. */
export interface Overstatement {
  readonly target: string;
  readonly at: Name;
  readonly fidelity: "lossy" | "widened";
  readonly why: string;
}

/** What was seen of the ledger's rows. */
export interface Seen {
  /** Rows that samples could be about. */
  readonly reachable: ReadonlySet<Name>;
  /** Targets whose judges ran. */
  readonly targets: ReadonlySet<string>;
  readonly lost: ReadonlySet<string>;
  readonly took: ReadonlySet<string>;
}

/**
 * Rows that call a field lossy which never lost, or widened which never took a fault. A guess claims nothing. Few samples of
 * a large event do not come to every field: then it is enough that a field of the same reason did so.
 */
export function overstatements(
  ledger: Ledger,
  { reachable, targets, lost, took }: Seen,
  by: "field" | "reason" = "field",
): readonly Overstatement[] {
  const claims = ledger.names
    .filter((at) => reachable.has(at))
    .flatMap((at) =>
      ledger.targets
        .filter((target) => targets.has(target))
        .flatMap((target) => {
          const { fidelity, why = "" } = ledger.word(target, at) ?? {};
          return fidelity === "lossy" || fidelity === "widened" ? [{ target, at, fidelity, why }] : [];
        }),
    );
  const seen = ({ target, at, fidelity }: Overstatement): boolean =>
    (fidelity === "lossy" ? lost : took).has(claim(target, at));
  const reason = ({ target, why }: Overstatement): string => `${target} ${why}`;
  const shown = new Set(claims.filter(seen).map(reason));
  return claims.filter((row) => !seen(row) && (by === "field" || !shown.has(reason(row))));
}

/** With so many samples of a kind, every field of every event has shown all that it can. */
export const enoughForFields = 2_000;

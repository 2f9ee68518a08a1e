import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fidelity, Name } from "../../pipeline/index.ts";

/** A row of the ledger for one target. */
export interface Word {
  readonly fidelity: Fidelity;
  readonly why?: string;
}

/** What the generators say beforehand of how much each target keeps. */
export interface Ledger {
  readonly targets: readonly string[];
  readonly word: (target: string, at: Name) => Word | undefined;
  /** Names of the rows, sorted. */
  readonly names: readonly Name[];
}

/** Reads `ledger.json` of a folder of generated files. */
export function readLedger(generated: string): Ledger {
  const { targets, reasons, fields } = JSON.parse(readFileSync(join(generated, "ledger.json"), "utf8")) as {
    readonly targets: readonly string[];
    readonly reasons: readonly string[];
    readonly fields: Readonly<Record<Name, Readonly<Record<string, Fidelity | readonly [Fidelity, number]>>>>;
  };
  return {
    targets,
    names: Object.keys(fields),
    word: (target, at) => {
      const row = Object.hasOwn(fields, at) ? fields[at]?.[target] : undefined;
      if (row === undefined) return undefined;
      if (typeof row === "string") return { fidelity: row };
      const why = reasons[row[1]];
      return { fidelity: row[0], ...(why !== undefined && { why }) };
    },
  };
}

/** The words under which a target may change or lose a value. */
export const mayLose: ReadonlySet<Fidelity> = new Set(["lossy", "guessed", "omitted"]);
/** The words under which a target may take what is no value. */
export const mayTake: ReadonlySet<Fidelity> = new Set(["widened", "lossy", "guessed", "omitted"]);

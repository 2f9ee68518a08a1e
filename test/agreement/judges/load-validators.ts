import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Event, Name } from "../../../pipeline/index.ts";
import type { Bench } from "../judge.ts";

/** What is wrong with a value, as a generated validator says it. */
export interface Violation {
  readonly path: string;
  readonly keyword: string;
  readonly message: string;
}

/** The validators of a system as they were generated. */
export interface Validators {
  readonly event: (name: Name, value: unknown, options?: { readonly unknown: "error" }) => readonly Violation[];
  readonly named: (name: Name) => { readonly is: (value: unknown) => boolean };
}

/** Loads `validators.js` of every system that has events under test. */
export async function loadValidators({ generated, events }: Bench): Promise<(event: Event) => Validators> {
  const loaded = new Map<Name, Validators>();
  for (const system of new Set(events.map((event) => event.system))) {
    const { validateEvent, validatorFor } = (await import(
      /* @vite-ignore */ pathToFileURL(join(generated, system, "validators.js")).href
    )) as { validateEvent: Validators["event"]; validatorFor: Validators["named"] };
    loaded.set(system, { event: validateEvent, named: validatorFor });
  }
  return ({ system }) => {
    const validators = loaded.get(system);
    if (!validators) throw new Error(`There are no validators of ${system}.`);
    return validators;
  };
}

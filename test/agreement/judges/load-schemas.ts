import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Name } from "../../../pipeline/index.ts";
import type { Bench } from "../judge.ts";

/** A generated JSON Schema. */
export type Schema = Readonly<Record<string, unknown>> & { readonly $id: string };

/** The schemas of each system by their file names. */
export function loadSchemas({ generated, events }: Bench): ReadonlyMap<Name, ReadonlyMap<string, Schema>> {
  const systems = new Set(events.map((event) => event.system));
  return new Map(
    [...systems].map((system) => {
      const folder = join(generated, system, "schemas");
      const files = readdirSync(folder).filter((file) => file.endsWith(".schema.json"));
      return [system, new Map(files.map((file) => [file, JSON.parse(readFileSync(join(folder, file), "utf8"))]))];
    }),
  );
}

/** The two schemas of an event: for those who send it, and for those who read it. */
export const forms = [
  { form: "closed", ending: ".schema.json" },
  { form: "open", ending: ".open.schema.json" },
] as const;

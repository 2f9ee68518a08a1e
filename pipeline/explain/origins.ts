import type { Decl, Declared, Origin } from "../../model/index.ts";
import { readDeclarations } from "../read-model.ts";
import type { Project } from "../run.ts";
import type { SourceStore } from "../source-store.ts";
import type { Fact, Source } from "./explanation.ts";

/** Tells where each fact of the model comes from: a source, an overlay, or the defaults of its system. */
export interface Origins {
  readonly all: (item: Declared) => readonly Source[];
  /** Where one fact of a thing is said; `of` is the declaration of a field. */
  readonly of: (fact: string, item: Declared, decl: Decl) => Source | undefined;
}

/** Reads the sources once more: the model no longer tells what they left unsaid. */
export async function findOrigins({ config }: Project, store: SourceStore): Promise<Origins> {
  const before = await readDeclarations(config, store, () => undefined);
  const source = ({ span, basis, why }: Origin): Source => {
    const { path, line, column } = store.locate(span);
    return { path, line, column, basis, ...(why !== undefined && { why }) };
  };
  const leftOpen = (item: Declared, decl: Decl): boolean => {
    const told = before.filter(({ kind, name }) => kind === decl.kind && name === decl.name);
    const fields = told.flatMap((known) => ("fields" in known ? (known.fields ?? []) : []));
    const same = fields.filter(({ name }) => name === item.name);
    return same.length > 0 && same.every(({ presence }) => presence === "unstated");
  };
  return {
    all: (item) => item.origins.map(source),
    of: (fact, item, decl) => {
      const overlaid = item.origins.findLast(({ basis, facts }) => basis === "overlay" && facts?.includes(fact));
      if (overlaid) return source(overlaid);
      const assumed = fact === "type" && item.origins.find(({ basis }) => basis === "default");
      if (assumed) return source(assumed);
      if (fact === "presence" && leftOpen(item, decl)) {
        const system = config.systems.find(({ name }) => "system" in decl && name === decl.system);
        const why = `Its document does not say; it is the default of ${system?.name}.`;
        return system && source({ span: system.span, reader: "config", basis: "default", why });
      }
      // Of several sources, each origin tells which facts it gives.
      const written = item.origins.filter(({ basis }) => basis === "stated" || basis === "inferred");
      const first =
        written.find(({ facts }) => facts?.includes(fact)) ?? written.find(({ facts }) => !facts) ?? item.origins[0];
      return first && source(first);
    },
  };
}

/** A fact, if it holds. */
export const fact = (name: string, value: string | undefined, from?: Source): readonly Fact[] =>
  value === undefined || value === "" ? [] : [{ name, value, ...(from && { from }) }];

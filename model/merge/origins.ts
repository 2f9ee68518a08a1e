import type { Span } from "../diagnostic.ts";
import type { Origin } from "../model.ts";
import type { Part } from "./facts.ts";

/** A fact that a merged thing has, and the sources that say so. */
export interface Given {
  readonly key: string;
  readonly by: ReadonlySet<Part>;
}

const ranks: Readonly<Record<Origin["basis"], number>> = { overlay: 2, stated: 1, inferred: 0, default: 0 };

/** How firmly a source says a fact: 2 by overlay, 1 stated, 0 inferred. */
export function rankOf(part: Part, key: string): number {
  if (part.mention) return 0;
  return ranks[originOf(part, key)?.basis ?? "stated"];
}

/** Where a source says a fact. */
export const placeOf = (part: Part, key: string): Span | undefined => originOf(part, key)?.span;

/** An overlay speaks last, and an origin that is about certain facts before one that is about all. */
function originOf({ item, decl, within }: Part, key: string): Origin | undefined {
  // What has no origins of its own is told of where its declaration is: `oneofs.name` there is the name of its one-ofs.
  const { origins } = item as { readonly origins?: readonly Origin[] };
  const all = origins ?? decl.origins;
  const sought = origins || within === undefined ? key : `${within}.${key}`;
  const about = all.filter(({ facts }) => facts?.includes(sought));
  const general = all.filter(({ facts }) => !facts);
  const isOverlay = ({ basis }: Origin): boolean => basis === "overlay";
  return (
    about.find(isOverlay) ??
    about[0] ??
    general.find(isOverlay) ??
    general.find(({ basis }) => basis === "inferred") ??
    general[0] ??
    all[0]
  );
}

/** The origins of all sources; each says which facts come from it, unless all do. What is stated is no longer inferred. */
export function originsOf(parts: readonly Part[], held: readonly Given[]): readonly Origin[] {
  const given = [...held, ...givenWithin(parts)];
  const firm = new Set(given.flatMap(({ key, by }) => ([...by].some((part) => rankOf(part, key) > 0) ? [key] : [])));
  const origins = parts.flatMap((part) => {
    const { origins: own = [] } = part.item as { readonly origins?: readonly Origin[] };
    const lost = new Set(given.flatMap(({ key, by }) => (by.has(part) ? [] : [key])));
    const claimed = new Set(own.flatMap(({ facts = [] }) => facts));
    return own.map((origin): Origin => {
      const yields = (key: string): boolean =>
        lost.has(key) || (origin.basis === "inferred" && firm.has(key) && rankOf(part, key) === 0);
      if (origin.facts) {
        const facts = origin.facts.filter((key) => !yields(key));
        return facts.length === origin.facts.length ? origin : { ...origin, facts };
      }
      if (!given.some(({ key }) => yields(key))) return origin;
      return { ...origin, facts: given.flatMap(({ key }) => (yields(key) || claimed.has(key) ? [] : [key])) };
    });
  });
  // One text may be read twice, when two others include it.
  return [...new Map(origins.map((origin) => [keyOf(origin), origin])).values()];
}

/** What a declaration's origins say of the things within it that have none: `oneofs.name`, by all that have one-ofs. */
function givenWithin(parts: readonly Part[]): readonly Given[] {
  const origins = parts.flatMap(({ item }) => (item as { readonly origins?: readonly Origin[] }).origins ?? []);
  const keys = new Set(origins.flatMap(({ facts = [] }) => facts.filter((fact) => fact.includes("."))));
  return [...keys].map((key) => {
    const list = key.slice(0, key.indexOf("."));
    const has = ({ item }: Part): boolean => ((item as Record<string, readonly unknown[]>)[list] ?? []).length > 0;
    return { key, by: new Set(parts.filter(has)) };
  });
}

const keyOf = ({ span: { path, start, end }, reader, basis, why }: Origin): string =>
  JSON.stringify([path, start, end, reader, basis, why]);

import type { Report, Span } from "../diagnostic.ts";
import * as say from "../diagnostics.ts";
import { equalJson, type Json } from "../json.ts";
import type { Fact, Part } from "./facts.ts";
import type { Members, Shape } from "./kinds.ts";
import { rowsOf } from "./match.ts";
import { type Given, originsOf, placeOf, rankOf } from "./origins.ts";
import type { TypeContext } from "./types.ts";

/** What merging looks at beside the sources. */
export interface MergeContext {
  readonly types: TypeContext;
  readonly report: Report;
}

type Facts = Record<string, unknown>;

/** One fact of one source. */
interface Said {
  readonly part: Part;
  readonly value: unknown;
  readonly rank: number;
}

/** Makes one thing of several sources' descriptions of it, the first of them preceding. */
export function mergeParts(
  parts: readonly Part[],
  shape: Shape,
  at: (item: object) => string,
  context: MergeContext,
): object {
  const [first, ...others] = parts;
  if (!first || others.length === 0) return first?.item ?? {};
  const merged: Facts = { ...first.item };
  const given: Given[] = [];
  for (const fact of shape.facts) {
    const held = settle(fact, parts, () => at(merged), context);
    if (!held) continue;
    merged[fact.key] = held.value;
    given.push({ key: fact.key, by: held.by });
  }
  let owners = parts;
  for (const members of shape.members ?? []) {
    const result = mergeMembers(owners, members, at(merged), context);
    if (result.list) merged[members.key] = result.list;
    owners = result.owners;
  }
  const origins = originsOf(parts, given);
  return { ...merged, ...(origins.length > 0 && { origins }) };
}

/** What holds of one fact, and which sources say so. Overlays come first, then what is stated, then what is inferred. */
function settle(
  fact: Fact,
  parts: readonly Part[],
  at: () => string,
  { types, report }: MergeContext,
): { readonly value: unknown; readonly by: ReadonlySet<Part> } | undefined {
  const said = parts.flatMap((part): readonly Said[] => {
    const value = (part.item as Facts)[fact.key];
    return value === undefined || fact.silent(value) ? [] : [{ part, value, rank: rankOf(part, fact.key) }];
  });
  const top = said.reduce((highest, { rank }) => Math.max(highest, rank), 0);
  const [first, ...others] = said.filter(({ rank }) => rank === top);
  if (!first) return undefined;
  let { value } = first;
  const agreed: Part[] = [first.part];
  const denied: Said[] = [];
  for (const other of others) {
    const joined = fact.join(value, other.value, { held: agreed, part: other.part, types });
    if (joined === undefined) denied.push(other);
    else {
      value = joined;
      agreed.push(other.part);
    }
  }
  const equal = said.filter((other) => equalJson(other.value as Json, value as Json)).map(({ part }) => part);
  for (const { part, value: here } of top > 0 ? denied : []) {
    const span = placeOf(first.part, fact.key);
    const difference = { at: at(), here: fact.show(here), there: fact.show(value), path: span?.path ?? "" };
    const finding = fact.differs?.(value, here);
    if (finding) report(finding(placeOf(part, fact.key), difference, relatedTo("What holds is said here.", [span])));
  }
  if (fact.noticed && said.length < parts.length && top === 1) {
    const silent = parts.filter((part) => !part.mention && !said.some((other) => other.part === part));
    tellOnlyIn(first.part, fact.key, silent, { at: at(), what: fact.noticed }, report);
  }
  return { value, by: new Set(fact.shared ? [...agreed, ...equal] : equal) };
}

/** Merges a list of members, and returns the owners with the names their fields now have. */
function mergeMembers(
  owners: readonly Part[],
  members: Members,
  owner: string,
  context: MergeContext,
): { readonly list: readonly object[] | undefined; readonly owners: readonly Part[] } {
  const { key, shape, noun, label, order } = members;
  const sources = owners.map((part) =>
    itemsOf(part, key).map(
      (item): Part => ({ ...part, item: members.renamed?.(item, part.names) ?? item, within: key }),
    ),
  );
  const at = (item: object): string => `${owner}.${label(item)}`;
  const names = new Map(owners.map(({ decl }) => [decl, new Map<string, string>()]));
  const list = rowsOf(sources, members).map((row) => {
    const merged = mergeParts(row, shape, at, context);
    for (const { decl, item } of row) names.get(decl)?.set(label(item), label(merged));
    // A source that lists none at all does not claim to know them.
    const lacking = owners.filter(
      (part) => itemsOf(part, key).length > 0 && !part.mention && !row.some(({ decl }) => decl === part.decl),
    );
    if (noun && row[0]) tellOnlyIn(row[0], "name", lacking, { at: at(merged), what: noun }, context.report);
    return merged;
  });
  return {
    list: owners.some(({ item }) => key in item) ? (order ? list.sort(order) : list) : undefined,
    owners: owners.map((part) => {
      const own = names.get(part.decl) ?? part.names;
      return { ...part, names: own, fields: new Set(own.values()) };
    }),
  };
}

const itemsOf = ({ item }: Part, key: string): readonly object[] =>
  ((item as Facts)[key] as readonly object[] | undefined) ?? [];

function tellOnlyIn(
  part: Part,
  key: string,
  lacking: readonly Part[],
  args: { readonly at: string; readonly what: string },
  report: Report,
): void {
  if (lacking.length === 0) return;
  const span = placeOf(part, key);
  const places = lacking.map(({ decl }) => decl.origins[0]?.span);
  const others = [...new Set(places.map((place) => place?.path ?? ""))].join(", ");
  const related = relatedTo("It is missing here.", places);
  report(say.onlyIn(span, { ...args, path: span?.path ?? "", others }, related));
}

const relatedTo = (message: string, spans: readonly (Span | undefined)[]) =>
  spans.flatMap((span) => (span ? [{ message, span }] : []));

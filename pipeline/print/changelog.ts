import { compareText } from "../../model/index.ts";
import type { Difference, Fact } from "../compat/diff.ts";
import { code, prose } from "./markdown.ts";

const general = "Elsewhere";

/** Differences as a page of Markdown: a section for each event, and for each endpoint, with what is new, changed and gone. */
export function changelog(differences: readonly Difference[]): string {
  return differences.map(section).join("\n");
}

function section({ baseline, facts }: Difference): string {
  const groups = new Map<string, Fact[]>();
  const shared: Fact[] = [];
  for (const fact of facts) {
    const names = carriersOf(fact);
    // What many carry is told once: a field of an envelope is not news of a hundred events.
    if (names.length > few) shared.push(fact);
    else for (const name of names) groups.set(name, [...(groups.get(name) ?? []), fact]);
  }
  const named = [...groups].filter(([name]) => name !== general).sort(([a], [b]) => compareText(a, b));
  const rest = groups.get(general) ?? [];
  return [
    `## Changes since ${prose(baseline)}`,
    "",
    ...(facts.length === 0 ? ["Nothing changed.", ""] : []),
    ...(shared.length > 0 ? ["### Many events", "", ...shared.map((fact) => line(fact, true)), ""] : []),
    ...named.flatMap(([name, own]) => [`### ${prose(name)}`, "", ...topicsOf(own), ...sorted(own), ""]),
    ...(rest.length > 0 ? [`### ${general}`, "", ...sorted(rest), ""] : []),
  ].join("\n");
}

const few = 3;

/** The events and endpoints that a fact is told under. */
function carriersOf({ change, audience }: Fact): readonly string[] {
  if (/^(?:event|operation)\./.test(change.kind)) return [change.at];
  const names = audience.carriers.map((name) => name.replace(/\.v[^v]*\.(?:request|response)$/, ""));
  return names.length === 0 ? [general] : [...new Set(names)];
}

function topicsOf(facts: readonly Fact[]): readonly string[] {
  const topics = [...new Set(facts.flatMap(({ audience }) => audience.topics))];
  const owners = [...new Set(facts.flatMap(({ audience }) => audience.owners))];
  const parts = [
    ...(topics.length > 0 ? [`Topic ${topics.map(code).join(", ")}`] : []),
    ...(owners.length > 0 ? [`owned by ${owners.map(prose).join(", ")}`] : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join(", ")}.`, ""];
}

/** What is new, then what is other than before, then what is gone. */
function sorted(facts: readonly Fact[]): readonly string[] {
  const rank = ({ change: { kind } }: Fact): number =>
    kind.endsWith(".added") ? 0 : kind.endsWith(".removed") ? 2 : 1;
  return [...facts].sort((a, b) => rank(a) - rank(b)).map((fact) => line(fact, false));
}

function line({ message, audience: { carriers } }: Fact, withCarriers: boolean): string {
  const some = carriers.slice(0, few).map(code).join(", ");
  return `- ${prose(message)}${withCarriers ? ` In ${some} and ${carriers.length - few} more.` : ""}`;
}

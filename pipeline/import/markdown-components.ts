import type { Component, Decl, Field, Name, Topic } from "../../model/index.ts";
import { cell, table } from "./markdown-text.ts";

/** The components of each group and the topics they write to, a table a group. */
export function componentTables(decls: readonly Decl[]): readonly string[] {
  const components = decls.filter((decl): decl is Component => decl.kind === "component");
  const groupOf = new Map(components.map(({ name, group }) => [name, group]));
  const topics = new Map<Name, Topic[]>();
  for (const decl of decls) {
    const group = decl.kind === "topic" && tellsMore(decl) ? groupOfTopic(decl, groupOf) : undefined;
    if (group !== undefined) topics.set(group, [...(topics.get(group) ?? []), decl as Topic]);
  }
  const groups = new Set([...groupOf.values(), ...topics.keys()]);
  return [...groups].flatMap((group) => {
    const own = components.filter((component) => component.group === group);
    const rows = [...proxies(own), ...variables(own), ...producers(own), ...topicRows(topics.get(group) ?? [])];
    return [`## ${headingOf(group)} Telemetry Specification`, "", ...table([header, ...rows]), ""];
  });
}

/** What an event says of its topic is no more than the name. */
export const tellsMore = (topic: Topic): boolean =>
  topic.producers !== undefined || topic.doc !== undefined || topic.owners !== undefined;

const header = ["Component", "Description", "Owner"];

/** A topic that nobody writes to stands in a table of its own. */
const groupOfTopic = ({ producers = [] }: Topic, groupOf: ReadonlyMap<Name, Name>): Name =>
  producers.flatMap((name) => groupOf.get(name) ?? [])[0] ?? "further";

const headingOf = (group: Name): string =>
  group
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");

const owners = (names: readonly string[] | undefined): string => cell((names ?? []).join(", "));

const rowOf = ({ name, aliases, doc, owners: names }: Component): readonly string[] => [
  cell(aliases?.[0] ?? `${name.slice(name.lastIndexOf(".") + 1).replace(/_event_service$/, "")} Event Service`),
  cell(doc),
  owners(names),
];

const proxies = (components: readonly Component[]) => components.filter(({ role }) => role === "proxy").map(rowOf);
const producers = (components: readonly Component[]) => components.filter(({ role }) => role === "producer").map(rowOf);

/** The producers of a group share their environment. */
function variables(components: readonly Component[]): readonly (readonly string[])[] {
  const env = new Map<string, Field>();
  for (const field of components.flatMap((component) => component.env))
    if (!env.has(field.name)) env.set(field.name, field);
  return [...env.values()].map((field) => [cell(field.name), cell(field.doc), owners(field.owners)]);
}

/** Topics that one row described stand in one row again. */
function topicRows(topics: readonly Topic[]): readonly (readonly string[])[] {
  const rows = new Map<string, Topic[]>();
  for (const topic of topics) {
    const key = JSON.stringify([topic.doc, topic.owners]);
    rows.set(key, [...(rows.get(key) ?? []), topic]);
  }
  return [...rows.values()].map((row) => {
    const [{ doc, owners: names } = { doc: undefined, owners: undefined }] = row;
    const listed = row.map(({ name }) => name).join(", ");
    return ["Kafka Topics", doc ? `${listed}: ${cell(doc)}` : listed, owners(names)];
  });
}

import type { Component, Decl, Field, Topic } from "../../model/index.ts";
import { scalar, snakeCase, uuid } from "../../model/index.ts";
import type { Row } from "./columns.ts";
import { brief, inferred, type PageContext, stated } from "./context.ts";
import { groupFromHeading, noTopicsListed, topicName, unknownRow, variablesWithoutProducer } from "./diagnostics.ts";
import { isTopicName } from "./events.ts";
import { type PageCell, type PageSection, partOf } from "./page.ts";

/** Languages by the word that documents write before `Event Service`. */
const languages: ReadonlyMap<string, string> = new Map([
  ["golang", "go"],
  [".net", "dotnet"],
  ["c#", "dotnet"],
  ["node.js", "javascript"],
]);

/** Turns a table of components into producers, proxies, their environment variables, and topics. */
export function readComponents(rows: readonly Row[], section: PageSection, context: PageContext): readonly Decl[] {
  const { system, report } = context;
  const heading = /^(.*?)\s*(?:telemetry\s+)?specification$/i.exec(section.title)?.[1];
  const group = context.groups.get(heading ?? section.title) ?? snakeCase(heading ?? section.title);
  if (heading === undefined && !context.groups.has(section.title))
    report(groupFromHeading(section.span, { section: section.title || section.span.path, group }));
  const components: Omit<Component, "env">[] = [];
  const env: Field[] = [];
  const topics: Topic[] = [];
  for (const row of rows) {
    const cell = row.cell("component");
    const kind = kindOf(cell.text);
    switch (kind?.kind) {
      case "variable":
        env.push(variableOf(row, context));
        break;
      case "producer":
      case "proxy":
        components.push(componentOf(row, kind));
        break;
      case "topics":
        topics.push(...topicsOf(row, kind.listed, section, context));
        break;
      case "events": // says who owns the group's events, and nothing of their shape
        break;
      default:
        report(unknownRow(cell.span, { section: section.title, row: brief(cell.text) || "without a name" }));
    }
  }
  const producers = components.filter((component) => component.role === "producer").map((component) => component.name);
  if (env.length > 0 && producers.length === 0) {
    const variables = env.map((field) => field.name).join(", ");
    report(variablesWithoutProducer(env[0]?.origins[0]?.span, { section: section.title, variables }));
  }
  return [
    ...components.map((component): Component => ({ ...component, env: component.role === "producer" ? env : [] })),
    ...topics.map((topic): Topic => (producers.length > 0 ? { ...topic, producers } : topic)),
  ];

  function componentOf(row: Row, kind: ProducerOrProxy): Omit<Component, "env"> {
    const written = row.cell("component");
    const doc = row.cell("description").text;
    const own = kind.kind === "producer" ? `${kind.language}_event_service` : snakeCase(written.text);
    return {
      kind: "component",
      name: `${system}.${group}.${own}`,
      aliases: [written.text],
      system,
      group,
      role: kind.kind,
      ...(kind.kind === "producer" && {
        language: kind.language,
        transport: /\bREST\b/i.test(doc) ? "rest-proxy" : "direct",
      }),
      ...ownersOf(row),
      ...(doc && { doc }),
      origins: stated(context, written.span),
    };
  }
}

type ProducerOrProxy = { readonly kind: "producer"; readonly language: string } | { readonly kind: "proxy" };
type RowKind =
  | ProducerOrProxy
  | { readonly kind: "variable" }
  | { readonly kind: "events" }
  | { readonly kind: "topics"; readonly listed: string };

/** Rows are told by their first cell alone; whatever fits no pattern is reported, never guessed. */
function kindOf(text: string): RowKind | undefined {
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(text)) return { kind: "variable" };
  if (/^Events$/i.test(text)) return { kind: "events" };
  if (/^Kafka REST Proxy$/i.test(text)) return { kind: "proxy" };
  const listed = /^Kafka Topics\b(.*)$/is.exec(text)?.[1];
  if (listed !== undefined) return { kind: "topics", listed: listed.trim() };
  const word = /^(.+?)\s+Event Service$/i.exec(text)?.[1]?.toLowerCase();
  return word === undefined ? undefined : { kind: "producer", language: languages.get(word) ?? snakeCase(word) };
}

/** Variables hold text; what kind of text, a description says at most of UUIDs. */
function variableOf(row: Row, context: PageContext): Field {
  const { text: name, span } = row.cell("component");
  const doc = row.cell("description").text;
  const isUuid = /\bUUID\b/i.test(doc);
  return {
    name,
    type: isUuid ? uuid : scalar("string"),
    presence: "unstated",
    ...(doc && { doc }),
    ...ownersOf(row),
    origins: isUuid ? stated(context, span) : inferred(context, span, "The environment holds text."),
  };
}

/** Topics are listed behind the words `Kafka Topics` or, as a rule, at the head of the description, up to a colon. */
function topicsOf(row: Row, listed: string, section: PageSection, context: PageContext): readonly Topic[] {
  const { system, report } = context;
  const description = row.cell("description");
  const [, head = "", rest = ""] = /^([\w.-]+(?:\s*,\s*[\w.-]+)*)(?:\s*:\s*(.*))?$/s.exec(description.text) ?? [];
  const cell = listed ? row.cell("component") : description;
  const names = partsOf(cell, listed || head);
  const doc = listed ? description.text : rest;
  if (names.length === 0) report(noTopicsListed(row.cell("component").span, { section: section.title }));
  return names.flatMap(({ text: name, span }): readonly Topic[] => {
    if (isTopicName(name))
      return [
        {
          kind: "topic",
          name,
          system,
          transport: "kafka",
          ...(doc && { doc }),
          ...ownersOf(row),
          origins: stated(context, span),
        },
      ];
    report(topicName(span, { of: section.title, topic: brief(name) }));
    return [];
  });
}

/** The parts of a list with commas that is a part of a cell's text. */
function partsOf(cell: PageCell, list: string): readonly PageCell[] {
  const from = cell.text.indexOf(list);
  return [...list.matchAll(/[^,\s](?:[^,]*[^,\s])?/g)].map(({ 0: text, index }) =>
    partOf(cell, from + index, from + index + text.length),
  );
}

/** Owners are written in any case, `Devops` and `devops` are the same people. */
function ownersOf(row: Row): { readonly owners?: readonly string[] } {
  const owners = row.cell("owner").text.split(",");
  const names = owners.flatMap((owner) => owner.trim().toLowerCase() || []);
  return names.length > 0 ? { owners: names } : {};
}

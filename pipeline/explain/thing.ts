import { type Decl, type Declared, type Field, formatTypeRef, jsonKey, type View } from "../../model/index.ts";
import type { RunResult } from "../run.ts";
import { blank, type Explanation, type Fact } from "./explanation.ts";
import { fieldsOf, type Named } from "./names.ts";
import { fact, type Origins } from "./origins.ts";
import { foundAbout, targetFacts } from "./targets.ts";

/** Explains something of the model: what holds for it, who says so, and what became of it. */
export function explainThing(named: Named, view: View, origins: Origins, result: RunResult): Explanation {
  const { name, decl, field, owner = decl } = named;
  const item: Declared = field ?? decl;
  const what = field ? `field of ${decl.kind} ${decl.name}` : decl.kind;
  return {
    ...blank(name, what),
    text: (item.doc ?? "").split(/\n{2,}/).filter((paragraph) => paragraph !== ""),
    facts: [
      ...(field ? fieldFacts(field, owner, view, origins) : declFacts(decl, origins)),
      ...fact("aliases", item.aliases?.join(", "), origins.of("aliases", item, owner)),
      ...fact("owners", item.owners?.join(", "), origins.of("owners", item, owner)),
      ...fact("deprecated", deprecation(item), origins.of("deprecated", item, owner)),
    ],
    members: field ? [] : members(decl, view, origins),
    origins: origins.all(item),
    targets: targetFacts(named, view, result),
    findings: foundAbout(named, result.findings),
  };
}

function fieldFacts(field: Field, owner: Decl, view: View, origins: Origins): readonly Fact[] {
  const from = (key: string) => origins.of(key, field, owner);
  const system = view.systems.find(({ name }) => "system" in owner && name === owner.system);
  const key = system && jsonKey(field, system.json);
  const limits = Object.entries(field.limits ?? {}).map(([name, value]) => `${name} ${value}`);
  return [
    ...fact("type", formatTypeRef(field.type), from("type")),
    ...fact("presence", field.presence, from("presence")),
    ...fact("nullable", field.nullable ? "yes" : undefined, from("nullable")),
    ...fact("unit", field.unit, from("unit")),
    ...fact("default", field.default === undefined ? undefined : JSON.stringify(field.default), from("default")),
    ...fact("limits", limits.join(", "), from("limits")),
    ...fact("number", field.number?.toString(), from("number")),
    ...fact("JSON key", key === field.name ? undefined : key),
    ...fact("declared in", owner.name),
  ];
}

function declFacts(decl: Decl, origins: Origins): readonly Fact[] {
  const from = (key: string) => origins.of(key, decl, decl);
  const system = "system" in decl ? decl.system : undefined;
  switch (decl.kind) {
    case "event":
      return [
        ...fact("system", system),
        ...fact("group", decl.group, from("group")),
        ...fact("topic", decl.topic, from("topic")),
        ...fact("payload", formatTypeRef(decl.payload), from("payload")),
        ...fact("envelope", decl.envelope && `${decl.envelope.type} (${decl.envelope.how})`, from("envelope")),
        ...fact("identity", decl.identity?.join(", "), from("identity")),
        ...fact(
          "follows",
          decl.follows && `${decl.follows.event} (${decl.follows.by} = ${decl.follows.key})`,
          from("follows"),
        ),
      ];
    case "topic":
      return [
        ...fact("system", system),
        ...fact("transport", decl.transport, from("transport")),
        ...fact("producers", decl.producers?.join(", "), from("producers")),
      ];
    case "component":
      return [
        ...fact("system", system),
        ...fact("group", decl.group),
        ...fact("role", decl.role),
        ...fact("language", decl.language),
      ];
    case "alias":
      return [...fact("system", system), ...fact("type", formatTypeRef(decl.type), from("type"))];
    case "external":
      return [...fact("system", system), ...fact("treated as", decl.as && formatTypeRef(decl.as), from("type"))];
    case "system":
      return Object.entries(decl.json).flatMap(([key, value]) => fact(`json.${key}`, String(value)));
    default:
      return fact("system", system);
  }
}

function members(decl: Decl, view: View, origins: Origins): readonly Fact[] {
  if (decl.kind === "enum")
    return decl.values.flatMap((value) =>
      fact(
        value.name,
        [value.number, value.label].filter((part) => part !== undefined).join(" ") || "value",
        origins.of("", value, decl),
      ),
    );
  if (decl.kind === "topic")
    return view.systems
      .flatMap(({ name }) => view.events(name))
      .filter(({ topic }) => topic === decl.name)
      .flatMap((event) => fact(event.name, event.doc ?? event.system, origins.of("topic", event, event)));
  if (decl.kind === "operation")
    return decl.versions.flatMap(({ version, request, response, origins: written }) => {
      const parts = [request && `request ${formatTypeRef(request)}`, response && `response ${formatTypeRef(response)}`];
      const value = parts.filter((part) => part !== undefined).join(", ") || "no body";
      return fact(version, value, origins.of("", { name: version, origins: written }, decl));
    });
  const variants = decl.kind === "union" ? decl.variants.flatMap((type) => fact("|", formatTypeRef(type))) : [];
  return [
    ...variants,
    ...fieldsOf(decl, view).flatMap(({ field, owner = decl }) =>
      fact(field.name, `${formatTypeRef(field.type)}, ${field.presence}`, origins.of("type", field, owner)),
    ),
  ];
}

function deprecation({ deprecated }: Declared): string | undefined {
  if (!deprecated) return undefined;
  const { since, replacedBy, reason } = deprecated;
  return (
    [since && `since ${since}`, replacedBy && `use ${replacedBy}`, reason].filter((part) => part).join("; ") || "yes"
  );
}

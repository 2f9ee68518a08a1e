import { compareText, type View } from "../../model/index.ts";
import { catalogue } from "../catalogue.ts";
import { allRules } from "../compat/rules.ts";
import { verdictWords } from "../explain/compatibility.ts";
import { generators, readers, rules } from "../plugins.ts";

/** One row of a listing: its first column is the name. */
export type Row = Readonly<Record<string, string | number>>;

/** The listings that need no project. */
export const pluginLists: Readonly<Record<string, () => readonly Row[]>> = {
  readers: () => Object.entries(readers).map(([name, { title }]) => ({ name, title })),
  generators: () => Object.entries(generators).map(([name, { title }]) => ({ name, title })),
  rules: () => [
    ...rules.map(({ id, severity, purpose, source }) => ({ name: id, severity, purpose, source })),
    ...allRules().map((rule) => ({
      name: rule.id,
      severity: verdictWords(rule),
      purpose: `${rule.when === undefined ? "" : `When ${rule.when}: `}${rule.why}`,
      source: rule.references.join(", "),
    })),
  ],
  findings: () =>
    [...catalogue()].map(([name, kinds]) => ({
      name,
      severity: [...new Set(kinds.map(({ severity }) => severity))].join(", "),
      message: kinds[0]?.template().message ?? "",
    })),
};

/** The listings over a project's model. */
export const modelLists: Readonly<Record<string, (view: View) => readonly Row[]>> = {
  systems: (view) =>
    view.systems.map((system) => ({
      name: system.name,
      title: system.title ?? "",
      events: view.events(system.name).length,
      types: view.types(system.name).length,
      operations: view.operations(system.name).length,
    })),
  topics: (view) =>
    view.topics.map((topic) => ({
      name: topic.name,
      system: topic.system ?? "",
      transport: topic.transport ?? "",
      events: view.systems.flatMap(({ name }) => view.events(name)).filter((event) => event.topic === topic.name)
        .length,
    })),
  events: (view) =>
    ofSystems(view, view.events, (event) => ({
      name: event.name,
      system: event.system,
      group: event.group ?? "",
      topic: event.topic ?? "",
    })),
  types: (view) => ofSystems(view, view.types, ({ name, system, kind }) => ({ name, system, kind })),
  operations: (view) =>
    ofSystems(view, view.operations, (operation) => ({
      name: operation.name,
      system: operation.system,
      versions: operation.versions.map(({ version }) => version).join(" "),
    })),
};

function ofSystems<T>(view: View, all: (system: string) => readonly T[], row: (item: T) => Row): readonly Row[] {
  return view.systems
    .flatMap(({ name }) => all(name).map(row))
    .sort((a, b) => compareText(String(a.name), String(b.name)));
}

/** Rows as columns of text, as wide as they need to be. */
export function table(rows: readonly Row[]): string {
  const [first] = rows;
  if (!first) return "";
  const keys = Object.keys(first).filter((key) => rows.some((row) => row[key] !== ""));
  const widths = keys.map((key) => Math.max(key.length, ...rows.map((row) => String(row[key]).length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  return `${[line(keys), ...rows.map((row) => line(keys.map((key) => String(row[key]))))].join("\n")}\n`;
}

import {
  compareText,
  type Declared,
  type Field,
  type Generated,
  type Generator,
  isLocked,
  type Name,
  type OutputFile,
  type Projection,
  printProto,
  type Report,
  type System,
  type TypeDecl,
  type View,
} from "../../model/index.ts";
import { fileCollision, nameCollision, topicWithoutNumbers, withoutNumbers } from "./diagnostics.ts";
import { eventRows } from "./events.ts";
import { createLayout, type Layout } from "./names.ts";
import { fieldRow, type Note, notes, row, worstOf } from "./notes.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { type ProtoDecl, type Selection, select, typeNames, usedBy } from "./select.ts";

/** A `.proto` file per scope, with what has numbers, and a message per topic that carries any of its events. */
const protobuf: Generator<undefined> = {
  title: "Protobuf files, one per scope, with a message per topic",
  options: { type: "object", additionalProperties: false, properties: {} },

  generate(view, { report }): Generated {
    const made = view.systems.map((system) => generateSystem(system, view, report));
    return {
      files: made.flatMap(({ files }) => files),
      projections: made.flatMap(({ projections }) => projections),
    };
  },
};
export default protobuf;

function generateSystem(system: System, view: View, report: Report): Generated {
  const selection = select(view, system.name);
  const { printed } = selection;
  reportNumberless(selection, system.name, report);
  reportTopicsOfOneName(selection, view, report);
  const layout = createLayout(printed, typeNames(view), (decl) =>
    usedBy(decl, view).filter((name) => printed.has(name)),
  );
  const said = new Map<Name, Note[]>();
  const note = (at: Name, what: Note): void => void said.set(at, [...(said.get(at) ?? []), what]);
  const isStated = statedIn(selection, layout, view);
  const prepared = new Map<Name, Prepared>();
  for (const decl of printed.values()) {
    const made = prepare(decl, { view, printed, fullName: layout.fullName, profile: system.json, isStated, note });
    const other = prepared.get(made.decl.name);
    if (!other) prepared.set(made.decl.name, made);
    else {
      const second = {
        name: made.decl.name,
        first: other.names.get(made.decl.name) ?? made.decl.name,
        second: decl.name,
      };
      const related = placeOf(other.decl, "The name is first taken here.");
      report(nameCollision(decl.origins[0]?.span, second, related));
    }
  }
  const { files, rows } = printFiles(system, prepared, layout, printed, view, report);
  for (const [at, found] of rows) for (const what of found) note(at, what);
  return { files, projections: projectionsOf(system, selection, said, view) };
}

/** True for what a Protobuf source declares: no number of it comes from a lock, and it is used where that holds too. */
function statedIn({ printed }: Selection, layout: Layout, view: View): (decl: ProtoDecl) => boolean {
  const messages = [...printed.values()].filter(
    (decl) => decl.kind === "message" && decl.fields.length > 0 && !decl.fields.some(isLocked) && !("topic" in decl),
  );
  const stated = new Set(messages);
  const used = new Set(messages.flatMap((message) => usedBy(message, view)));
  const packages = new Set(messages.map(({ name }) => layout.packageOf(name)));
  return (decl) =>
    stated.has(decl) ||
    (decl.kind === "enum" &&
      !decl.values.some(isLocked) &&
      (used.has(decl.name) || packages.has(layout.packageOf(decl.name))));
}

/** The files, a package each, and what the printer says of the fields in them. */
function printFiles(
  system: System,
  prepared: ReadonlyMap<Name, Prepared>,
  { packageOf, fullName }: Layout,
  printed: ReadonlyMap<Name, ProtoDecl>,
  view: View,
  report: Report,
): { readonly files: readonly OutputFile[]; readonly rows: ReadonlyMap<Name, readonly Note[]> } {
  const packages = new Map<Name, Name>();
  for (const name of printed.keys()) packages.set(fullName(name), packageOf(name));
  const pathOf = (scope: Name): string => `${scope.replaceAll(".", "/")}.proto`;
  const names = new Map([...prepared.values()].flatMap((made) => [...made.names]));
  const rows = new Map<Name, Note[]>();
  const files = new Map<string, OutputFile & { readonly scope: Name }>();
  for (const scope of [...new Set(packages.values())].sort(compareText)) {
    const { text, projections } = printProto({
      package: scope,
      decls: [...prepared.values()].flatMap(({ decl }) => (packages.get(decl.name) === scope ? [decl] : [])),
      type: (name): TypeDecl | undefined => prepared.get(name)?.decl,
      importOf: (name) => pathOf(packages.get(name) ?? ""),
      isText: isLocked,
    });
    for (const { at, fidelity, why } of projections) {
      const name = names.get(at);
      if (name === undefined || why === undefined || fidelity === "exact") continue;
      rows.set(name, [...(rows.get(name) ?? []), { fidelity, why }]);
    }
    const path = `${system.name}/protobuf/${pathOf(scope)}`;
    const known = files.get(path.toLowerCase());
    // The mark of generation stands on a line of its own, however long that is.
    if (!known) files.set(path.toLowerCase(), { path, scope, content: `// ${view.header(system.name)}\n\n${text}` });
    else report(fileCollision(system.origins[0]?.span, { path, first: known.scope, second: scope }));
  }
  return { files: [...files.values()].map(({ path, content }) => ({ path, content })), rows };
}

function projectionsOf(
  system: System,
  selection: Selection,
  said: ReadonlyMap<Name, readonly Note[]>,
  view: View,
): readonly Projection[] {
  const { printed, omitted } = selection;
  const rows = new Map<Name, Projection>();
  const add = (projection: Projection): void => {
    if (!rows.has(projection.at)) rows.set(projection.at, projection);
  };
  const fieldAt = (at: Name, field: Field): Projection => fieldRow(at, field, said.get(at) ?? []);
  for (const decl of printed.values()) {
    if (decl.system !== system.name || decl.kind === "enum") continue;
    const ofAll = [...(said.get(decl.name) ?? []), ...(decl.open ? [notes.openMessage] : [])];
    if (ofAll.length > 0) add(worstOf(decl.name, decl, ofAll));
    for (const field of decl.fields) add(fieldAt(`${decl.name}.${field.name}`, field));
    if ("contradicted" in decl)
      for (const field of decl.contradicted) add(row(`${decl.name}.${field.name}`, field, notes.contradicted));
  }
  for (const { decl, why } of omitted.values())
    if (decl.system === system.name) add(row(decl.name, decl, { fidelity: "omitted", why }));
  for (const decl of view.types(system.name))
    if (decl.kind === "union") add(row(decl.name, decl, notes.union(decl.name)));
  for (const event of view.events(system.name))
    for (const made of eventRows(event, selection, fieldAt, view)) add(made);
  return [...rows.values()];
}

/** One finding for all types of a system, and one for each of its topics. */
function reportNumberless({ omitted }: Selection, system: Name, report: Report): void {
  const lacking = [...omitted.values()].filter(({ decl, lacksNumbers }) => lacksNumbers && decl.system === system);
  const types = lacking.filter(({ decl }) => !("topic" in decl)).map(({ decl }) => decl);
  const [first] = types;
  if (first) report(withoutNumbers(first.origins[0]?.span, { system, at: first.name, count: types.length }));
  for (const { decl } of lacking)
    if ("topic" in decl)
      report(topicWithoutNumbers(decl.origins[0]?.span, { system, at: decl.topic.name, message: decl.name }));
}

/** The name of a topic's message is made, so that it may be that of another topic's, or of a type. */
function reportTopicsOfOneName({ topics }: Selection, view: View, report: Report): void {
  const known = new Map<Name, Pick<Declared, "name" | "origins">>(
    view.model.decls.flatMap((decl) => (decl.kind === "message" || decl.kind === "enum" ? [[decl.name, decl]] : [])),
  );
  for (const { name, topic } of topics) {
    const first = known.get(name);
    known.set(name, first ?? { name: `topic ${topic.name}`, origins: topic.origins });
    if (!first) continue;
    const related = placeOf(first, "The name is first taken here.");
    report(nameCollision(topic.origins[0]?.span, { name, first: first.name, second: `topic ${topic.name}` }, related));
  }
}

const placeOf = ({ origins }: Pick<Declared, "origins">, message: string) => {
  const span = origins[0]?.span;
  return span && [{ message, span }];
};

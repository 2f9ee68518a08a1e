import {
  type EdgeDocument,
  type Event,
  jsonForm,
  type Message,
  named,
  type Operation,
  type OperationVersion,
  type Origin,
  type System,
  type TypeDecl,
  type TypeRef,
  type View,
} from "../../model/index.ts";
import { annotations } from "./annotations.ts";
import { definitions } from "./definitions.ts";
import { formSchema, type Mode } from "./forms.ts";
import { merge, type Schema, schema } from "./node.ts";
import { type Context, messageSchema } from "./objects.ts";

/** One schema document, before it is printed. */
export interface SchemaFile {
  /** Relative to the output root. */
  readonly path: string;
  readonly document: Schema;
  /** What it describes, and where that is declared. */
  readonly name: string;
  readonly origin?: Origin;
}

/** What one document of a system describes beside the definitions: an event, one side of an operation's version, or an edge. */
interface Subject {
  readonly name: string;
  readonly about: Schema;
  readonly shape: Message | TypeRef;
  readonly origin?: Origin;
}

/** All documents of a system in one mode, the definitions first. */
export function documents(
  view: View,
  system: System,
  types: readonly TypeDecl[],
  mode: Mode,
  base: string,
  edges: readonly EdgeDocument[],
): readonly SchemaFile[] {
  const suffix = mode === "closed" ? ".schema.json" : ".open.schema.json";
  const file = (stem: string, name: string, body: Schema, origin?: Origin): SchemaFile => {
    const path = `${system.name}/schemas/${stem.replace(/[^A-Za-z0-9._-]/g, "_")}${suffix}`;
    const head = schema({
      $comment: view.header(system.name),
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: base + path.split("/").map(encodeURIComponent).join("/"),
    });
    return { path, document: merge(head, body), name, ...(origin && { origin }) };
  };
  const context = (definitions: string): Context => ({ view, profile: system.json, place: { mode, definitions } });
  const title = schema({ title: `Types of ${system.title ?? system.name}` });
  const shared = schema({ $defs: definitions(types, context("")) });
  return [
    file("defs", "the definitions", merge(title, shared)),
    ...subjects(view, system, edges).map(({ name, about, shape, origin }) =>
      file(name, name, merge(about, shapeSchema(shape, context(`defs${suffix}`))), origin),
    ),
  ];
}

const shapeSchema = (shape: Message | TypeRef, context: Context): Schema =>
  shape.kind === "message"
    ? messageSchema(shape, context)
    : formSchema(jsonForm(shape, context.profile), context.place);

function subjects(view: View, system: System, edges: readonly EdgeDocument[]): readonly Subject[] {
  return [
    ...view.events(system.name).flatMap((event) => eventSubject(event, view)),
    ...view
      .operations(system.name)
      .flatMap((operation) => operation.versions.flatMap((version) => versionSubjects(operation, version, view))),
    ...edges.map(edgeSubject),
  ];
}

function edgeSubject({ name, type, doc, origins: [origin] }: EdgeDocument): Subject {
  const about = annotations({ ...(doc !== undefined && { doc }) }, name);
  return { name, about, shape: named(type), ...(origin && { origin }) };
}

function eventSubject(event: Event, view: View): readonly Subject[] {
  const [origin] = event.origins;
  const shape = event.envelope ? view.eventMessage(event) : event.payload;
  if (!shape) return [];
  const { doc } = shape.kind === "message" ? { doc: event.doc ?? shape.doc } : event;
  const about = annotations({ ...event, ...(doc !== undefined && { doc }) }, event.name);
  return [{ name: event.name, about, shape, ...(origin && { origin }) }];
}

function versionSubjects(operation: Operation, version: OperationVersion, view: View): readonly Subject[] {
  const [origin] = version.origins;
  const subject = (side: "request" | "response", shape: TypeRef, words: string): Subject => {
    const name = `${operation.name}.v${version.version}.${side}`;
    const doc = [`${words} of ${operation.name} ${version.version}.`, version.doc ?? ""].join(" ").trim();
    const about = annotations({ doc, ...(version.deprecated && { deprecated: version.deprecated }) }, name);
    return { name, about, shape, ...(origin && { origin }) };
  };
  const line = batchLine(version, view);
  return [
    ...(version.request ? [subject("request", version.request, "Request")] : []),
    ...(!version.request && line ? [subject("request", line, "One line of the request")] : []),
    ...(version.response ? [subject("response", version.response, "Response")] : []),
  ];
}

/** What stands on each line of a batch: a request of the operation it batches. */
function batchLine({ batchOf }: OperationVersion, view: View): TypeRef | undefined {
  if (!batchOf) return undefined;
  for (const decl of view.model.decls)
    if (decl.kind === "operation" && decl.name === batchOf.operation)
      return decl.versions.find((version) => version.version === batchOf.version)?.request;
  return undefined;
}

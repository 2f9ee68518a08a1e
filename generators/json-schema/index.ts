import {
  type Declared,
  type Diagnostic,
  edgesOf,
  type Field,
  type Generated,
  type Generator,
  localName,
  type Report,
  type Span,
  type System,
  type TypeDecl,
  type View,
} from "../../model/index.ts";
import { definedTypes } from "./closure.ts";
import * as say from "./diagnostics.ts";
import { documents, type SchemaFile } from "./documents.ts";
import { toDraft07 } from "./draft-07.ts";
import { projections } from "./ledger.ts";
import { moduleFiles } from "./module.ts";
import { isSchema, type Node } from "./node.ts";
import { printJson } from "./print.ts";

/** What can be set for this target. */
export interface Options {
  /** What every `$id` begins with. */
  readonly base?: string;
  /** The draft the documents are written in; `draft-07` is for tools that know no later one. */
  readonly draft?: "2020-12" | "draft-07";
}

/** JSON Schema: per event and operation a closed document for producers and an open one for consumers. */
const jsonSchema: Generator<Options> = {
  title: "JSON Schema 2020-12, or draft-07",
  options: {
    type: "object",
    properties: {
      base: { type: "string", pattern: "^[A-Za-z][A-Za-z0-9+.-]*:[^\\s?#]*/$" },
      draft: { enum: ["2020-12", "draft-07"] },
    },
    additionalProperties: false,
  },
  generate(view, { options, report }) {
    const systems = view.systems.map((system) => generateSystem(view, system, options, report));
    return {
      files: systems.flatMap((generated) => generated.files),
      projections: systems.flatMap((generated) => generated.projections),
    };
  },
};
export default jsonSchema;

function generateSystem(
  given: View,
  system: System,
  { base = "https://schemas.invalid/", draft = "2020-12" }: Options,
  report: Report,
): Generated {
  const edges = edgesOf(given, system.name);
  const { view } = edges;
  const types = definedTypes(view, system);
  const closed = documents(view, system, types, "closed", base, edges.documents);
  const open = documents(view, system, types, "open", base, edges.documents);
  checkTypes(types, report);
  checkFiles([...closed, ...open], report);
  checkEvents(view, system, report);
  const written = draft === "draft-07" ? [closed, open].map(inDraft07) : [{ files: [...closed, ...open], loose: [] }];
  const loose = new Set(written.flatMap((made) => made.loose));
  return {
    files: [
      ...written.flatMap(({ files }) => files.map(({ path, document }) => ({ path, content: printJson(document) }))),
      // The validators compile what the module holds: that stays what it is, whatever others need.
      ...moduleFiles(view, system, closed, open),
    ],
    // Edges have no rows: they say nothing that topics, components and events do not.
    projections: projections(given, system, given.types(system.name), loose),
  };
}

/** The documents of one mode in draft-07; the first of them holds the definitions. */
function inDraft07(files: readonly SchemaFile[]): {
  readonly files: readonly SchemaFile[];
  readonly loose: readonly string[];
} {
  const found = files[0]?.document.get("$defs");
  const definitions = isSchema(found) ? found : new Map<string, Node>();
  const made = files.map((file) => ({ file, ...toDraft07(file.document, definitions) }));
  return {
    files: made.map(({ file, document }) => ({ ...file, document })),
    loose: made.flatMap((part) => part.loose),
  };
}

const spanOf = (declared: Declared): Span | undefined => declared.origins[0]?.span;

const otherHere = (span: Span | undefined): Diagnostic["related"] => span && [{ message: "The other is here.", span }];

function checkTypes(types: readonly TypeDecl[], report: Report): void {
  const byName = new Map<string, TypeDecl>();
  for (const decl of types) {
    const as = localName(decl.name);
    const other = byName.get(as);
    if (other)
      report(say.nameCollision(spanOf(decl), { name: decl.name, other: other.name, as }, otherHere(spanOf(other))));
    else byName.set(as, decl);
    if (decl.kind === "message" || decl.kind === "union") checkPatterns(decl.name, decl.fields ?? [], report);
  }
}

/** Paths are compared without case: on many disks two that differ only in it are one file. */
function checkFiles(files: readonly SchemaFile[], report: Report): void {
  const byPath = new Map<string, SchemaFile>();
  const reported = new Set<string>();
  for (const file of files) {
    const other = byPath.get(file.path.toLowerCase());
    if (!other) byPath.set(file.path.toLowerCase(), file);
    else if (!reported.has(file.name)) {
      reported.add(file.name);
      const args = { name: file.name, other: other.name, as: file.path };
      report(say.nameCollision(file.origin?.span, args, otherHere(other.origin?.span)));
    }
  }
}

function checkEvents(view: View, system: System, report: Report): void {
  for (const event of view.events(system.name)) {
    const message = event.envelope && view.eventMessage(event);
    if (message) checkPatterns(event.name, message.fields, report);
    else if (event.envelope) report(say.noMessage(spanOf(event), { event: event.name }));
  }
}

function checkPatterns(of: string, fields: readonly Field[], report: Report): void {
  for (const field of fields) {
    const pattern = field.limits?.pattern;
    if (pattern === undefined) continue;
    try {
      new RegExp(pattern, "u");
    } catch {
      report(say.unreadablePattern(spanOf(field), { at: `${of}.${field.name}`, pattern }));
    }
  }
}

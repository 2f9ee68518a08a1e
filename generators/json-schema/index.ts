import {
  type Declared,
  type Diagnostic,
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
import { projections } from "./ledger.ts";
import { moduleFiles } from "./module.ts";
import { printJson } from "./print.ts";

/** What can be set for this target. */
export interface Options {
  /** What every `$id` begins with. */
  readonly base?: string;
}

/** JSON Schema, draft 2020-12: per event and operation a closed document for producers and an open one for consumers. */
const jsonSchema: Generator<Options> = {
  title: "JSON Schema 2020-12",
  options: {
    type: "object",
    properties: { base: { type: "string", pattern: "^[A-Za-z][A-Za-z0-9+.-]*:[^\\s?#]*/$" } },
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
  view: View,
  system: System,
  { base = "https://schemas.invalid/" }: Options,
  report: Report,
): Generated {
  const types = definedTypes(view, system);
  const closed = documents(view, system, types, "closed", base);
  const open = documents(view, system, types, "open", base);
  checkTypes(types, report);
  checkFiles([...closed, ...open], report);
  checkEvents(view, system, report);
  return {
    files: [
      ...[...closed, ...open].map(({ path, document }) => ({ path, content: printJson(document) })),
      ...moduleFiles(view, system, closed, open),
    ],
    projections: projections(view, system, view.types(system.name)),
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

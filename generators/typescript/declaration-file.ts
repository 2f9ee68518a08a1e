import type { Contents } from "./contents.ts";
import { writeType } from "./declarations.ts";
import { declaredDoc, writeDoc } from "./docs.ts";
import { writeEdgeMaps } from "./edges.ts";
import { writeEventMap, writeEventType } from "./events.ts";
import { helperDeclarations } from "./helpers.ts";
import { writeOperationMap } from "./operations.ts";
import { createPrinter, type Printer } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { commentLine, quote } from "./text.ts";

/** The text of `index.d.ts`: the maps first, then what they lead to, then the helpers that turned out to be needed. */
export function writeDeclarationFile(scope: Scope, contents: Contents): string {
  const { events, operations, envelopes, types, bases } = contents;
  const body = createPrinter();
  if (events.length > 0) writeEventMap(paragraph(body), scope, events);
  if (operations.length > 0) writeOperationMap(paragraph(body), scope, operations);
  writeEdgeMaps(body, scope);
  for (const envelope of envelopes) writeType(paragraph(body), scope, envelope);
  for (const sent of events) if (sent.isOwn) writeEventType(paragraph(body), scope, sent);
  for (const decl of types) writeType(paragraph(body), scope, decl, bases.get(decl.name));
  writeHelpers(body, scope);
  if (events.length + operations.length + types.length === 0) paragraph(body).line("export {};");
  return head(scope) + body.text();
}

/** The empty line between two declarations. */
function paragraph(out: Printer): Printer {
  out.line();
  return out;
}

function writeHelpers(out: Printer, scope: Scope): void {
  for (const name of scope.helpers()) {
    scope.claim(name, "a helper type of the file");
    out.line();
    for (const line of helperDeclarations[name]) out.line(line);
  }
}

function head(scope: Scope): string {
  const { view, system } = scope;
  const out = createPrinter();
  out.line(`// ${commentLine(view.header(system.name))}`);
  const zero =
    "A property that is left out, and whose comment names no default, has the zero of its type: 0, false, an empty string " +
    "or list, the enum value 0.";
  const text = [system.title, system.doc, scope.saysZero ? zero : undefined]
    .filter((part) => part !== undefined)
    .join("\n\n");
  if (text !== "") {
    out.line();
    writeDoc(out, { ...declaredDoc(system, view), text, see: [], modifier: "@packageDocumentation" });
  }
  const imports = scope.imports();
  if (imports.length > 0) out.line();
  for (const { system: other, as } of imports)
    out.line(`import type * as ${as} from ${quote(`../${other}/index.js`)};`);
  return out.text();
}

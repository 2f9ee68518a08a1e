import { localName } from "../../model/index.ts";
import type { Contents } from "./contents.ts";
import { edgeNames, writeEdgeTables } from "./edges.ts";
import { writeEnumObject } from "./enums.ts";
import { writeEventNames } from "./events.ts";
import { createPrinter } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { commentLine } from "./text.ts";

/** The text of `index.js`: what of the declarations exists at run time. A bundler drops each constant that is not used. */
export function writeRuntimeFile(scope: Scope, { events, enums }: Contents): string {
  const out = createPrinter();
  // An enum may be called Object and would hide the real one.
  const hidden = enums.some((decl) => localName(decl.name) === "Object");
  const freeze = hidden ? "globalThis.Object.freeze" : "Object.freeze";
  out.line(`// ${commentLine(scope.view.header(scope.system.name))}`);
  if (events.length > 0) {
    out.line();
    writeEventNames(out, events, freeze);
  }
  for (const decl of enums) {
    out.line();
    writeEnumObject(out, scope.profile, localName(decl.name), decl, freeze);
  }
  writeEdgeTables(out, scope, freeze);
  if (events.length === 0 && enums.length === 0 && edgeNames(scope).length === 0) {
    out.line();
    out.line("export {};");
  }
  return out.text();
}

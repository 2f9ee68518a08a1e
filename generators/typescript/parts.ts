import { type Field, propertyForm } from "../../model/index.ts";
import { propertyDoc, writeDoc } from "./docs.ts";
import type { Printer } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { propertyKey } from "./text.ts";
import { propertyType } from "./types.ts";

/** A piece of a declaration: a name, or a block of lines between brackets. */
export type Part = string | { readonly open: string; readonly close: string; readonly body: () => void };

/** A piece that takes lines of its own. */
export const block = (open: string, close: string, body: () => void): Part => ({ open, close, body });

/** Writes a head and, joined as an intersection, the parts after it. */
export function writeParts(out: Printer, head: string, parts: readonly Part[], end = ";"): void {
  let line = head;
  parts.forEach((part, index) => {
    line += index === 0 ? " " : " & ";
    if (typeof part === "string") {
      line += part;
      return;
    }
    out.line(line + part.open);
    out.indented(part.body);
    line = part.close;
  });
  out.line(line + end);
}

/** Writes the members of a union, a line each. */
export function writeMembers(out: Printer, texts: readonly string[], end = ""): void {
  texts.forEach((text, index) => {
    out.line(`| ${text}${index === texts.length - 1 ? end : ""}`);
  });
}

/** Writes fields as properties; `open` takes any others as well. */
export function writeProperties(out: Printer, scope: Scope, fields: readonly Field[], open: boolean): void {
  for (const field of fields) {
    const property = propertyForm(field, scope.profile);
    writeDoc(out, propertyDoc(property, scope));
    out.line(`${propertyKey(property.name)}${property.required ? "" : "?"}: ${propertyType(property, scope)};`);
  }
  if (open) out.line("[key: string]: unknown;");
}

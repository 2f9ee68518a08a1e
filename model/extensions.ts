import type { Report } from "./diagnostic.ts";
import * as say from "./diagnostics.ts";
import type { Decl, Field, Message, Name } from "./model.ts";
import { spanOf } from "./places.ts";

/** False for fields that are to be added to a message which is declared elsewhere. */
export const isWhole = (decl: Decl): boolean => decl.kind !== "message" || !decl.extends;

/**
 * Gives messages the fields that are declared for them in other places, behind their own and in the order of their numbers,
 * so that the order of the sources does not matter. One text that is read twice adds its fields once.
 */
export function joinExtensions(whole: readonly Decl[], all: readonly Decl[], report: Report): readonly Decl[] {
  const added = new Map<Name, Map<string, Field>>();
  const messages = new Set(whole.flatMap((decl) => (decl.kind === "message" ? [decl.name] : [])));
  for (const decl of all) {
    if (decl.kind !== "message" || isWhole(decl)) continue;
    for (const field of decl.fields) {
      if (!messages.has(decl.name)) {
        report(say.extendsNothing(spanOf(field), { field: field.name, name: decl.name }));
        continue;
      }
      const fields = added.get(decl.name) ?? new Map<string, Field>();
      // Two files cannot declare one full name: what has it is the same field.
      if (!fields.has(field.name)) fields.set(field.name, field);
      added.set(decl.name, fields);
    }
  }
  return whole.map((decl) => (decl.kind === "message" ? joined(decl, added.get(decl.name)) : decl));
}

function joined(message: Message, added: ReadonlyMap<string, Field> | undefined): Message {
  if (!added) return message;
  const fields = [...added.values()].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return { ...message, fields: [...message.fields, ...fields] };
}

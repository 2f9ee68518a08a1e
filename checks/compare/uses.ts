import { type Field, type Message, messageOf, type Name, namesIn, type TypeRef, typesIn } from "../../model/index.ts";
import type { Sides } from "./sides.ts";

/** Where a name is used that stands for another type, on both sides. */
export interface Uses {
  /** Fields that both sides know by their number. */
  readonly fields: readonly { readonly before: Field; readonly after: Field }[];
  /** Messages that are payloads by that name. */
  readonly payloads: readonly { readonly before?: Message; readonly after?: Message }[];
}

/** What uses an alias of the new side, directly or through other aliases, as far as the old side has it in binary. */
export function usesOf(alias: Name, { old, new: next, renamed }: Sides): Uses {
  const { decls } = old.view.model;
  const names = new Set(decls.flatMap(({ name }) => (renamed(name) === alias ? [name] : [])));
  const isOne = (type: TypeRef): boolean => namesIn(type).some((name) => names.has(name));
  // The set grows while it is walked: whatever stands for one of its names is walked as well.
  for (const _ of names)
    for (const decl of decls)
      if ((decl.kind === "alias" || decl.kind === "external") && typesIn(decl).some(isOne)) names.add(decl.name);
  const after = new Map(next.view.model.decls.map((decl) => [decl.name, decl]));
  const fields = decls.flatMap(({ name }) => {
    const read = after.get(renamed(name));
    return (old.wireFields(name) ?? []).flatMap(({ number, field }) => {
      const other = read?.kind === "message" ? read.fields.find((one) => one.number === number) : undefined;
      return other && isOne(field.type) ? [{ before: field, after: other }] : [];
    });
  });
  const payloads = decls.flatMap((decl) => {
    const read = after.get(renamed(decl.name));
    if (decl.kind !== "event" || read?.kind !== "event" || !isOne(decl.payload)) return [];
    const [was, now] = [messageOf(decl.payload, old.view), messageOf(read.payload, next.view)];
    return [{ ...(was && { before: was }), ...(now && { after: now }) }];
  });
  return { fields, payloads };
}

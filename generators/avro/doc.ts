import { type Declared, scopeOf, type TypeDecl } from "../../model/index.ts";
import type { Context } from "./context.ts";
import type { FullName } from "./names.ts";

/** What a declaration means, and that it is deprecated; further sentences follow. */
export function docOf({ doc, deprecated }: Pick<Declared, "doc" | "deprecated">, ...more: readonly string[]) {
  const parts = [doc, deprecated && deprecation(deprecated), ...more].filter(
    (part) => part !== undefined && part !== "",
  );
  return parts.length > 0 ? parts.join("\n\n") : undefined;
}

/** Former names of a type in Avro: under them a reader finds what older schemas wrote. */
export function formerNames(decl: TypeDecl, { names }: Pick<Context, "names">): readonly FullName[] {
  const scope = scopeOf(decl.name);
  return (decl.aliases ?? []).map((alias) =>
    names.ofType(alias.includes(".") || scope === "" ? alias : `${scope}.${alias}`, decl.system),
  );
}

/** Aliases as they stand in a definition: short within its namespace, each once, its own name not among them. */
export const relativeTo = (name: FullName, aliases: readonly FullName[]): readonly string[] => [
  ...new Set(
    aliases
      .filter((alias) => alias.full !== name.full)
      .map((alias) => (alias.namespace === name.namespace ? alias.name : alias.full)),
  ),
];

function deprecation({ reason, replacedBy, since }: NonNullable<Declared["deprecated"]>): string {
  const head = since === undefined ? "Deprecated" : `Deprecated since ${since}`;
  const use = replacedBy === undefined ? "" : ` Use ${replacedBy}.`;
  return `${head}${reason === undefined ? "." : `: ${/[.!?]$/.test(reason) ? reason : `${reason}.`}`}${use}`;
}

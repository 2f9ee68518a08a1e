import { type Field, jsonKey, mapTypeRef, type Projection, type TypeDecl, unalias } from "../../model/index.ts";
import type { Contents } from "./contents.ts";
import { demandsOf, isRounded } from "./demands.ts";
import { guess } from "./docs.ts";
import type { Scope } from "./scope.ts";

/**
 * What became of every field: of the types as declared, and of the events whose payload travels in an envelope. Edges have
 * no rows: they say nothing that topics, components and events do not.
 */
export function projectionsOf(scope: Scope, { types, events }: Contents): readonly Projection[] {
  return [
    ...types.filter((decl) => !scope.edges.types.includes(decl)).flatMap((decl) => typeProjections(scope, decl)),
    ...events.flatMap(({ event, message, isOwn }): readonly Projection[] => {
      if (isOwn && message) return fieldProjections(scope, event.name, message.fields);
      if (!event.envelope) return [];
      return [row(event, event.name, "omitted", "Only an object can be merged into an envelope; the type is unknown.")];
    }),
  ];
}

function typeProjections(scope: Scope, decl: TypeDecl): readonly Projection[] {
  switch (decl.kind) {
    case "message":
      if (decl.fields.length > 0) return fieldProjections(scope, decl.name, decl.fields);
      return [
        row(decl, decl.name, "widened", "An interface without properties takes any value but null and undefined."),
      ];
    case "union":
      return fieldProjections(scope, decl.name, decl.fields ?? []);
    case "external":
      return decl.as ? [] : [row(decl, decl.name, "widened", "It is defined elsewhere; any value is taken.")];
    case "alias":
    case "enum":
      return [];
  }
}

/** What TypeScript knows every object to have. */
const inherited: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(Object.prototype).filter((name) => !name.startsWith("__")),
);

const fieldProjections = (scope: Scope, of: string, fields: readonly Field[]): readonly Projection[] =>
  fields.map((field) => {
    const at = `${of}.${field.name}`;
    const type = mapTypeRef(field.type, (part) => unalias(part, scope.view));
    if (isRounded(type, scope.profile, field.limits))
      return row(field, at, "lossy", "A JavaScript number rounds integers beyond 2^53.");
    if (field.presence !== "required" && inherited.has(jsonKey(field, scope.profile)))
      return row(field, at, "lossy", "Every object inherits a member of this name, so that it cannot be left out.");
    const guessed = guess(field);
    if (guessed) return row(field, at, "guessed", guessed.join());
    const demands = demandsOf(type, scope.profile, field.limits);
    if (demands.length === 0) return row(field, at, "exact");
    return row(field, at, "widened", `TypeScript has no type for it: ${demands.join(", ")}.`);
  });

function row(
  { origins: [origin] }: Pick<Field, "origins">,
  at: string,
  fidelity: Projection["fidelity"],
  why?: string,
): Projection {
  return { at, fidelity, ...(why !== undefined && { why }), ...(origin && { origin }) };
}

import type { Diagnostic, Span } from "./diagnostic.ts";
import type { Declared } from "./model.ts";

/** Where a thing is written first. */
export const spanOf = (item: Declared): Span | undefined => item.origins[0]?.span;

/** Points from the second of two things to the first. */
export function firstHere(item: Declared): Diagnostic["related"] {
  const span = spanOf(item);
  return span && [{ message: "It is first declared here.", span }];
}

import type { Span } from "../../../model/index.ts";

/** A comment, without its mark. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/** A chain of substitutions, shared by everything it brings along; {@link substitutionsOf} lists it. */
export type Via = Substitution | { readonly outer: Via; readonly inner: Via };

/** One use of a substitution. */
export interface Substitution {
  readonly span: Span;
  readonly path: readonly string[];
}

/** The chain of substitutions as a list, outermost first; of a long one no more than are asked for. */
export function substitutionsOf(via: Via | undefined, most = Number.POSITIVE_INFINITY): readonly Substitution[] {
  const steps: Substitution[] = [];
  const open = via ? [via] : [];
  for (let next = open.pop(); next && steps.length < most; next = open.pop())
    if ("outer" in next) open.push(next.inner, next.outer);
    else steps.push(next);
  return steps;
}

/** Two chains of substitutions in a row. */
export const joinVia = (outer: Via | undefined, inner: Via | undefined): Via | undefined =>
  outer && inner ? { outer, inner } : (outer ?? inner);

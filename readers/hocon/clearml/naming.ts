import { type Name, pascalCase } from "../../../model/index.ts";

/**
 * The name a type gets if it has to be declared. A definition has its own (`clearml.plots_response`), a body is named for
 * its version (`clearml.plots.v2_20.Request`), and what is nested in either for the way to it: `ResponseTasksItem` beside
 * `Response`, `IterationsItem` below a definition.
 */
export interface TypeName {
  readonly base: Name;
  readonly way: string;
}

/** The name itself. */
export const nameOf = ({ base, way }: TypeName): Name => (way === "" ? base : `${base}.${way}`);

/** The name of what is nested below. */
export const below = ({ base, way }: TypeName, part: string): TypeName => ({ base, way: way + pascalCase(part) });

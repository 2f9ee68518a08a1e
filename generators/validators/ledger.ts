import {
  type Field,
  jsonProjections,
  type Projection,
  type System,
  type TypeRef,
  type View,
  walkTypeRef,
} from "../../model/index.ts";

/** What became of every field of a system. */
export const projections = (view: View, system: System): readonly Projection[] =>
  jsonProjections(view, system, view.types(system.name), widening);

/**
 * What the validator of a field accepts beyond its values; `undefined` when it accepts nothing else. Integers past 2^53 are
 * no such thing: a validator is given the double that was read, and every double within the bounds is a value.
 */
const widening = ({ type }: Field): string | undefined =>
  hasSingle(type) ? "A JavaScript number has more digits than 32 bits of float hold." : undefined;

const hasSingle = (type: TypeRef): boolean =>
  [...walkTypeRef(type)].some((part) => part.kind === "scalar" && part.scalar === "float32");

import {
  type Field,
  type JsonForm,
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

/** What the validator of a field accepts beyond its values; `undefined` when it accepts nothing else. */
function widening(field: Field, form: JsonForm): string | undefined {
  if (isBeyondDouble(form)) return "Past 2^53 several integers share one JavaScript number.";
  return hasSingle(field.type) ? "A JavaScript number has more digits than 32 bits of float hold." : undefined;
}

function isBeyondDouble(form: JsonForm): boolean {
  switch (form.kind) {
    case "integer":
      return form.minimum < Number.MIN_SAFE_INTEGER || form.maximum > Number.MAX_SAFE_INTEGER;
    case "list":
      return isBeyondDouble(form.item);
    case "map":
      return isBeyondDouble(form.value);
    case "union":
      return form.variants.some(isBeyondDouble);
    default:
      return false;
  }
}

const hasSingle = (type: TypeRef): boolean =>
  [...walkTypeRef(type)].some((part) => part.kind === "scalar" && part.scalar === "float32");

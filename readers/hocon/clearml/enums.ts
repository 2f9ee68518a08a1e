import { literal, type TypeRef } from "../../../model/index.ts";
import type { HoconValue } from "../syntax/index.ts";
import { asArray, get, kindName } from "./access.ts";
import { type Service, statedAt } from "./context.ts";
import { unexpectedValue } from "./diagnostics.ts";
import { nameOf } from "./naming.ts";
import { declare, type Part } from "./part.ts";

/** The type of a schema that lists its values: an enum of texts, or else one literal beside the other. */
export function enumType(s: Service, part: Part): TypeRef | undefined {
  const value = get(part.schema, "enum");
  if (!value) return undefined;
  const items = asArray(value, `The enum of ${part.at}`, s.report)?.items ?? [];
  if (items.length > 0 && items.every((item) => item.kind === "string"))
    return declare(s, part, (doc) => ({
      kind: "enum",
      name: nameOf(part.name),
      system: s.system,
      ...doc,
      values: items.map((item) => ({ name: item.value, origins: [statedAt(item.span)] })),
      open: false,
      origins: part.origins,
    }));
  const variants = items.flatMap((item) => literalType(s, item, part.at) ?? []);
  return variants.length > 1 ? { kind: "union", variants } : variants[0];
}

/** The type of one fixed value. */
export function literalType(s: Service, value: HoconValue, at: string): TypeRef | undefined {
  if (value.kind === "string" || value.kind === "number" || value.kind === "boolean") return literal(value.value);
  if (value.kind !== "unknown")
    s.report(
      unexpectedValue(value.span, { what: `A fixed value of ${at}`, expected: "a scalar", found: kindName(value) }),
    );
  return undefined;
}

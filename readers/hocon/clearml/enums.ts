import { literal, type TypeRef } from "../../../model/index.ts";
import type { HoconValue } from "../syntax/index.ts";
import { asArray, kindName } from "./access.ts";
import { type Service, statedAt } from "./context.ts";
import { notHeld, unexpectedValue } from "./diagnostics.ts";
import { declare, type Part } from "./part.ts";
import { take } from "./reading.ts";

/** The type of a schema that lists its values: an enum of texts, or else one literal beside the other. */
export function enumType(s: Service, part: Part): TypeRef | undefined {
  const value = take(s, part.schema, "enum");
  if (!value) return undefined;
  const listed = asArray(value, `The enum of ${part.at}`, s.report)?.items ?? [];
  const items = withoutNull(s, part, listed);
  if (items.length > 0 && items.every((item) => item.kind === "string"))
    return declare(s, part, (head) => ({
      ...head,
      kind: "enum",
      values: items.map((item) => ({ name: item.value, origins: [statedAt(item.span)] })),
      open: false,
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

/** True for null, and for the name of its type. */
export const isNull = (value: HoconValue): boolean =>
  value.kind === "null" || (value.kind === "string" && value.value === "null");

/** The choices beside null, which only a field can be; elsewhere it is told that there is no place for it. */
export function withoutNull(s: Service, part: Part, choices: readonly HoconValue[]): readonly HoconValue[] {
  const none = choices.find(isNull);
  if (none && part.role !== "member") s.report(notHeld(none.span, { what: "The choice null", at: part.at }));
  return none ? choices.filter((choice) => !isNull(choice)) : choices;
}

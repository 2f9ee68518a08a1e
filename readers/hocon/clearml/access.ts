import { nearest, type Origin, type Report } from "../../../model/index.ts";
import { type HoconArray, type HoconField, type HoconObject, type HoconValue, placesOf } from "../syntax/index.ts";
import { statedAt } from "./context.ts";
import { unexpectedValue, unknownKey } from "./diagnostics.ts";

/** The value of a member. */
export const get = (object: HoconObject, key: string): HoconValue | undefined => object.fields.get(key)?.value;

/** A value that must be an object; any other is reported, unless a finding has been made already. */
export function asObject(value: HoconValue | undefined, what: string, report: Report): HoconObject | undefined {
  return expect(value, "object", what, report) as HoconObject | undefined;
}

/** A value that must be a list, likewise. */
export function asArray(value: HoconValue | undefined, what: string, report: Report): HoconArray | undefined {
  return expect(value, "array", what, report) as HoconArray | undefined;
}

/** A value that must be text, likewise; numbers and booleans are texts that nobody put quotes around. */
export function asText(value: HoconValue | undefined, what: string, report: Report): string | undefined {
  if (value?.kind === "number") return value.text;
  if (value?.kind === "boolean") return String(value.value);
  const text = expect(value, "string", what, report);
  return text?.kind === "string" ? text.value : undefined;
}

const expected = { object: "an object", array: "a list", string: "a text" } as const;

function expect(
  value: HoconValue | undefined,
  kind: keyof typeof expected,
  what: string,
  report: Report,
): HoconValue | undefined {
  if (!value || value.kind === kind) return value;
  if (value.kind !== "unknown")
    report(unexpectedValue(value.span, { what, expected: expected[kind], found: kindName(value) }));
  return undefined;
}

/** The description, its white space collapsed; nothing for an empty one. */
export function docOf(object: HoconObject, of: string, report: Report): { readonly doc?: string } {
  const text = asText(get(object, "description"), `The description of ${of}`, report);
  const doc = text?.replace(/\s+/g, " ").trim();
  return doc ? { doc } : {};
}

/** Every place where a field is written, the one that introduced it first. */
export const originsOf = (field: HoconField): readonly Origin[] => placesOf(field).map(({ span }) => statedAt(span));

/** Warns of keys that are not known, where they stand. */
export function expectKeys(object: HoconObject, known: readonly string[], of: string, report: Report): void {
  for (const field of object.fields.values()) {
    if (known.includes(field.key)) continue;
    const span = placesOf(field).at(-1)?.span ?? field.value.span;
    report(unknownKey(span, { key: field.key, of, near: nearest(field.key, known) }));
  }
}

/** What a value is, as a message says it. */
export function kindName(value: HoconValue): string {
  switch (value.kind) {
    case "object":
    case "array":
    case "string":
      return expected[value.kind];
    case "number":
    case "boolean":
      return `a ${value.kind}`;
    case "null":
    case "unknown":
      return value.kind;
  }
}

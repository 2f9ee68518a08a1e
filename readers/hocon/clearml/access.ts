import type { Origin, Report } from "../../../model/index.ts";
import {
  formatPath,
  type HoconArray,
  type HoconField,
  type HoconObject,
  type HoconValue,
  type Place,
  placesOf,
  substitutionsOf,
} from "../syntax/index.ts";
import { type Service, statedAt } from "./context.ts";
import { textForBoolean, unexpectedValue } from "./diagnostics.ts";
import { take } from "./reading.ts";

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

/** A value that must be true or false, likewise; the server's own files say `True` here and there, which is a text. */
export function asBoolean(value: HoconValue | undefined, what: string, report: Report): boolean | undefined {
  const word = value?.kind === "string" ? value.value.toLowerCase() : undefined;
  if (value?.kind === "string" && (word === "true" || word === "false")) {
    report(textForBoolean(value.span, { what, text: value.value, word }));
    return word === "true";
  }
  const found = expect(value, "boolean", what, report);
  return found?.kind === "boolean" ? found.value : undefined;
}

const expected = { object: "an object", array: "a list", string: "a text", boolean: "true or false" } as const;

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
export function docOf(s: Service, object: HoconObject, of: string): { readonly doc?: string } {
  const doc = plainText(asText(take(s, object, "description"), `The description of ${of}`, s.report));
  return doc ? { doc } : {};
}

/** Prose on one line: where its lines break in the source says nothing. */
export const plainText = (text: string | undefined): string | undefined => text?.replace(/\s+/g, " ").trim();

/** Every place where a field is written, the one that introduced it first; and how it was brought here. */
export const originsOf = (field: HoconField): readonly Origin[] => placesOf(field).map(originOf);

/** Beyond that nobody follows a chain of substitutions. */
const longest = 9;

/** The origin that a place is. */
export function originOf({ span, via }: Place): Origin {
  const [first, ...others] = substitutionsOf(via, longest).map(({ path }) => `\${${formatPath(path)}}`);
  if (first === undefined) return statedAt(span);
  const more = others.length + 1 < longest ? "" : " and so on";
  const rest = others.length > 0 ? `, which takes it over by ${others.join(", ")}${more}` : "";
  return { ...statedAt(span), why: `Taken over by ${first}${rest}.` };
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

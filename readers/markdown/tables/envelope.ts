import type { Code } from "mdast";
import type { Field, Message, Report, Span, TypeRef } from "../../../model/index.ts";
import { jsonAny, jsonObject, list, literal, unstated } from "../../../model/index.ts";
import type { MarkdownDocument, Section } from "../document.ts";
import { spanOf } from "../document.ts";
import { brief, stated, type TablesContext } from "./context.ts";
import { sampleSyntax, sampleValue } from "./diagnostics.ts";
import { readSample } from "./sample.ts";
import { readType } from "./type-words.ts";

/** The sample that stands for the envelope: the fenced JSON of a section that is titled as one. */
export function envelopeSample(section: Section): Code | undefined {
  if (!/\benvelope\b|\bevent structure\b/i.test(section.title)) return undefined;
  return section.blocks.find((block) => block.type === "code" && /^(?:jsonc?)?$/i.test(block.lang ?? "")) as
    | Code
    | undefined;
}

/** The full name of the envelope that the documents of a system share. */
export const envelopeName = (system: string): string => `${system}.Envelope`;

/** Reads a JSON sample whose values are type names, constants and empty containers. */
export function readEnvelope(
  document: MarkdownDocument,
  section: Section,
  code: Code,
  context: TablesContext,
): Message {
  const { system, report } = context;
  const block = spanOf(document, code);
  // An indented block loses its indentation, so that offsets into its text mean nothing: mark all of it then.
  const from = document.text.slice(block.start, block.end).indexOf(code.value);
  const span = ([start, end]: readonly [number, number]): Span =>
    from < 0 ? block : { path: block.path, start: block.start + from + start, end: block.start + from + end };

  const { entries, problem } = readSample(code.value);
  if (problem) report(sampleSyntax(span(problem.at), { section: section.title, problem: problem.message }));
  const fields = entries.map(
    (entry): Field => ({
      name: entry.key,
      type: typeOfSample(entry.value, entry.key, span(entry.valueAt), report),
      presence: "unstated",
      origins: stated(span(entry.keyAt)),
    }),
  );
  return {
    kind: "message",
    name: envelopeName(system),
    system,
    doc: section.title,
    fields,
    origins: stated(section.span),
  };
}

function typeOfSample(text: string, field: string, span: Span, report: Report): TypeRef {
  const value = parse(text);
  if (typeof value === "string") return /^\d/.test(value) ? literal(value) : readType(value, field, span, report);
  if (typeof value === "number" || typeof value === "boolean") return literal(value);
  if (value === null) return unstated;
  if (Array.isArray(value)) {
    if (value.length === 0) return list(jsonAny);
    if (value.length === 1 && typeof value[0] === "string") return list(readType(value[0], field, span, report));
  } else if (value !== undefined && Object.keys(value).length === 0) return jsonObject;
  report(sampleValue(span, { field, value: brief(text) }));
  return jsonAny;
}

function parse(text: string): string | number | boolean | null | object | undefined {
  try {
    return JSON.parse(text) as string | number | boolean | null | object;
  } catch {
    return undefined;
  }
}

import type { Decl, Enum, Field, Message, Span } from "../../model/index.ts";
import { jsonAny, jsonObject, list, literal, pascalCase, unstated } from "../../model/index.ts";
import { brief, type PageContext, stated } from "./context.ts";
import { noSample, sampleSyntax, sampleValue, unreadSample } from "./diagnostics.ts";
import type { PageCode, PageSection } from "./page.ts";
import { isPhrase, type PhrasesFor } from "./phrases.ts";
import { readSample } from "./sample.ts";
import { readType, type TypeRead } from "./type-cell.ts";

const isJson = ({ language, text }: PageCode): boolean => /^(?:jsonc?)?$/i.test(language) || /^\s*\{/.test(text);
const isEnvelopeTitle = (title: string): boolean => /\benvelope\b|\bevent structure\b/i.test(title);

/** The sample that stands for the envelope: the JSON of a section that is titled as one. */
export function envelopeSample(section: PageSection): PageCode | undefined {
  if (!isEnvelopeTitle(section.title)) return undefined;
  return section.blocks.find((block): block is PageCode => block.kind === "code" && isJson(block));
}

/** The full name of the envelope that the documents of a system share. */
export const envelopeName = (system: string): string => `${system}.Envelope`;

/** Reads a JSON sample whose values are type names, constants and empty containers. */
export function readEnvelope(
  section: PageSection,
  code: PageCode,
  phrasesFor: PhrasesFor,
  context: PageContext,
): readonly Decl[] {
  const { system, report } = context;
  const name = envelopeName(system);
  const enums: Enum[] = [];
  const span = ([start, end]: readonly [number, number]): Span =>
    code.textStart === undefined
      ? code.span
      : { path: code.span.path, start: code.textStart + start, end: code.textStart + end };

  const { entries, problem } = readSample(code.text);
  if (problem) report(sampleSyntax(span(problem.at), { section: section.title, problem: problem.message }));
  const fields = entries.map(
    (entry): Field => ({
      name: entry.key,
      presence: "unstated",
      ...typeOfSample(entry.value, entry.key, span(entry.valueAt)),
      origins: stated(context, span(entry.keyAt)),
    }),
  );
  const message: Message = {
    kind: "message",
    name,
    system,
    doc: section.title,
    fields,
    origins: stated(context, section.span),
  };
  return [message, ...enums];

  function typeOfSample(text: string, field: string, span: Span): TypeRead {
    const value = parse(text);
    if (typeof value === "string") return /^\d/.test(value) ? { type: literal(value) } : typeOfWord(value, field, span);
    if (typeof value === "number" || typeof value === "boolean") return { type: literal(value) };
    if (value === null) return { type: unstated };
    if (Array.isArray(value)) {
      if (value.length === 0) return { type: list(jsonAny) };
      if (value.length === 1 && typeof value[0] === "string")
        return { type: list(typeOfWord(value[0], field, span).type) };
    } else if (value !== undefined && Object.keys(value).length === 0) return { type: jsonObject };
    report(sampleValue(span, { field, value: brief(text) }));
    return { type: jsonAny };
  }

  function typeOfWord(text: string, field: string, span: Span): TypeRead {
    return readType(
      { text, span },
      {
        subject: field,
        enumName: `${name}.${pascalCase(field) || "Values"}`,
        declare: (decl) => void enums.push(decl),
        phrases: phrasesFor({ text, span }),
        context,
      },
    );
  }
}

/** Reports what looks like an envelope, on a page that has none: samples with another title, titles without a sample. */
export function reportUnreadSamples(
  sections: readonly PageSection[],
  phrasesFor: PhrasesFor,
  { report }: PageContext,
): void {
  for (const { title, blocks, span } of sections) {
    if (isEnvelopeTitle(title)) report(noSample(span, { section: title }));
    for (const block of blocks) {
      if (block.kind !== "code" || !isJson(block)) continue;
      const words = readSample(block.text).entries.flatMap(({ value }) => {
        const text = parse(value);
        return typeof text === "string" ? text : [];
      });
      const cell = (text: string) => ({ text, span: block.span });
      if (words.filter((text) => isPhrase(text, phrasesFor(cell(text)))).length >= 2)
        report(unreadSample(block.span, { section: title || block.span.path }));
    }
  }
}

function parse(text: string): string | number | boolean | null | object | undefined {
  try {
    return JSON.parse(text) as string | number | boolean | null | object;
  } catch {
    return undefined;
  }
}

import { type Field, list, type Message, type Name, type Report } from "../../model/index.ts";
import { brief, type Suggest } from "./brief.ts";
import { docOf, paragraphsOf } from "./definition.ts";
import * as say from "./diagnostics.ts";
import { type FieldType, readFieldType } from "./field-type.ts";
import { isBlank } from "./lines.ts";
import { type Grouped, readOneofs, type Sentence, sentenceIn } from "./oneofs.ts";
import { inferred, stated } from "./origins.ts";
import type { Item, Section } from "./outline.ts";
import { readSample, type SampleKey } from "./sample.ts";

/** What declarations are made with. */
export interface Context {
  readonly system: Name;
  /** The sections of the document. */
  readonly kinds: ReadonlyMap<Name, "message" | "enum">;
  readonly report: Report;
  readonly suggest: Suggest;
}

/** A field as its own text has it: the sample and the sentences of its message are still to come. */
interface Described extends Grouped {
  readonly type: FieldType | undefined;
}

const presenceWhy = "The document does not say when a field is present; this is what proto3 says.";

/** Makes a message of its section. */
export function readMessage(section: Section, context: Context): Message {
  const { name, span, prose, items, sample } = section;
  const { system, report } = context;
  const fields = describe(section, context);
  const keys = sample && readSample(sample, name, report);
  if (keys) compareKeys(keys, fields, name, context);
  else if (items.length > 0) report(say.noSample(span, { of: name }));
  const { oneofs, members, paragraphs } = readOneofs(fields, name, context);
  return {
    kind: "message",
    name,
    system,
    ...docOf(prose),
    fields: fields.map((field) =>
      toField(field, keys?.get(field.name), members.has(field.name), {
        at: `${name}.${field.name}`,
        doc: docOf(paragraphs.get(field.name) ?? []),
        report,
      }),
    ),
    ...(oneofs.length > 0 && { oneofs }),
    origins: [stated(span)],
  };
}

/** The members of a section, each name once. */
export function uniqueItems({ name: of, items }: Section, report: Report): readonly Item[] {
  const first = new Map<string, Item>();
  for (const item of items) {
    const known = first.get(item.name);
    if (!known) first.set(item.name, item);
    else
      report(
        say.repeatedMember(item.span, { at: `${of}.${item.name}` }, [
          { message: "It is first described here.", span: known.span },
        ]),
      );
  }
  return [...first.values()];
}

function describe(section: Section, { kinds, report }: Context): readonly Described[] {
  return uniqueItems(section, report).map(({ name, span, definition }) => {
    const at = `${section.name}.${name}`;
    const head = definition.find((line) => !isBlank(line));
    const type = head && readFieldType(head, at, kinds, report);
    if (!type) report(say.noType(head?.span() ?? span, { at }));
    const all = paragraphsOf(definition, (line) => type?.rest ?? line.text.trim());
    let sentence: Sentence | undefined;
    const paragraphs = all.filter((paragraph) => {
      const found = sentenceIn(paragraph, at, report);
      // Said once more, it says nothing new.
      if (!found || (sentence && `${sentence.members}` === `${found.members}`)) return !found;
      if (sentence) report(say.unreadOneof(found.span, { at }));
      sentence ??= found;
      return sentence !== found;
    });
    const own = head !== undefined && paragraphs[0]?.lines[0] === head ? 1 : 0;
    return { name, span, paragraphs, own, sentence, type };
  });
}

function compareKeys(
  keys: ReadonlyMap<string, SampleKey>,
  fields: readonly Described[],
  of: Name,
  { report, suggest }: Context,
): void {
  const names = new Set(fields.map((field) => field.name));
  const missing = fields.filter((field) => !keys.has(field.name));
  for (const [key, { span }] of keys) {
    if (names.has(key)) continue;
    const near = suggest(
      key,
      missing.map((field) => field.name),
    );
    report(say.sampleKeyWithoutField(span, { of, key: brief(key), near }));
  }
  for (const { name, span } of missing) report(say.fieldWithoutSampleKey(span, { at: `${of}.${name}` }));
}

function toField(
  { name, span, type }: Described,
  key: SampleKey | undefined,
  inGroup: boolean,
  { at, doc, report }: { readonly at: string; readonly doc: { readonly doc?: string }; readonly report: Report },
): Field {
  if (!type) return { name, ...doc, type: { kind: "unstated" }, presence: "unstated", origins: [stated(span)] };
  const isList = type.kind !== "map" && (type.repeated || key?.shown === "list");
  if (key && !isList) compareShown(key, type, at, report);
  const asMessage = type.kind === "message" || (type.kind === "unknown" && key?.shown === "object");
  const presence = type.required
    ? "required"
    : !isList && type.kind !== "map" && (asMessage || inGroup)
      ? "optional"
      : "implicit";
  return {
    name,
    ...doc,
    type: isList ? list(type.type) : type.type,
    presence,
    ...(type.nullable && !isList && { nullable: true }),
    origins: [stated(span), ...(type.required ? [] : [inferred(type.span, presenceWhy, "presence")])],
  };
}

/** A list is told by the sample alone; everything else the sample only repeats. */
function compareShown({ shown, span }: SampleKey, { kind }: FieldType, at: string, report: Report): void {
  if (kind === "unknown") return;
  const expected = kind === "message" || kind === "map" ? "object" : "value";
  if (shown === expected) return;
  const value = shown === "list" ? "a list" : shown === "object" ? "an object" : "a plain value";
  report(say.sampleDiffers(span, { at, value, kind: kindWords[kind] }));
}

const kindWords = { message: "a message", map: "a map", enum: "an enum", scalar: "a scalar" } as const;

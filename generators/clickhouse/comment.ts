import { type Declared, type Field, formatTypeRef } from "../../model/index.ts";
import { oneLine } from "./sql.ts";

const longest = 200;

/** The first sentence of a text, on one line; a very long one is cut. */
export function firstSentence(doc: string): string {
  const paragraph = oneLine(doc.trim().split(/\n\s*\n/)[0] ?? "");
  // An abbreviation before a capital is no end: "e.g. Kafka".
  const sentence = /^.*?(?<!\b(?:e\.g|i\.e|vs|approx))[.!?](?=\s+\p{Lu}|$)/u.exec(paragraph)?.[0] ?? paragraph;
  if (sentence.length <= longest) return sentence;
  const cut = sentence.slice(0, longest);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), longest / 2)).trimEnd()}…`;
}

/** What a field means, with its unit: `How much was fetched [By]`. `undefined` when its source says neither. */
export function fieldNote(field: Pick<Field, "doc" | "unit" | "deprecated">): string | undefined {
  const meaning = field.doc ? firstSentence(field.doc) : "";
  const unit = field.unit ? `[${oneLine(field.unit)}]` : "";
  const note = meaning && unit ? `${meaning.replace(/\.$/, "")} ${unit}` : meaning || unit;
  const parts = [note, deprecation(field)].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(" ") : undefined;
}

/** A column's comment: what its field means or, where no source says that, the type of the contract. */
export const columnComment = (field: Field): string =>
  [fieldNote(field) ?? oneLine(formatTypeRef(field.type)), defaultOf(field)].filter((part) => part !== "").join(" ");

/** A table's comment: its event, and what that is about. */
export const tableComment = (event: Declared, doc: string | undefined): string => {
  const meaning = doc ? firstSentence(doc) : "";
  const about = [meaning, deprecation(event)].filter((part) => part !== "").join(" ");
  return about ? `${event.name}: ${about}` : event.name;
};

function deprecation({ deprecated }: Pick<Declared, "deprecated">): string {
  if (!deprecated) return "";
  const reason = deprecated.reason ? `: ${oneLine(deprecated.reason).replace(/\.$/, "")}` : "";
  return `Deprecated${reason}.`;
}

function defaultOf(field: Field): string {
  if (field.default === undefined) return "";
  const value = JSON.stringify(field.default);
  return value.length <= 40 ? `(absent: ${oneLine(value)})` : "";
}

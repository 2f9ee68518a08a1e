import { type Enum, type EnumValue, type Field, formatTypeRef, type Message, type Name } from "../../model/index.ts";
import { code, escapeText, paragraph, paragraphs } from "./markdown-text.ts";
import { titleOf } from "./markdown-types.ts";

/** A type as a section with a bullet per field or value, its name the heading. */
export function listSection(decl: Message | Enum, system: Name): readonly string[] {
  const bullets = decl.kind === "message" ? decl.fields.map(fieldBullet) : decl.values.map(valueBullet);
  return [`## ${code(titleOf(decl.name, system))}`, "", ...paragraphs(decl.doc), ...bullets.flat(), ""];
}

/** True when every value can be told by its number: lists name values by nothing else. */
export const isListable = (decl: Enum): boolean =>
  decl.values.length > 0 && decl.values.every(({ number }) => number !== undefined);

function fieldBullet({ name, type, doc, deprecated }: Field): readonly string[] {
  const [first, ...notes] = docParts(doc);
  const said = [
    ...(type.kind === "unstated" ? [] : [code(formatTypeRef(type))]),
    ...(type.kind === "unstated" && deprecated
      ? [`Deprecated${deprecated.reason ? ` - ${escapeText(deprecated.reason)}` : ""}`]
      : []),
    ...(first === undefined ? [] : [first]),
  ];
  return [`- ${[code(name), ...said].join(" - ")}`, ...notes.flatMap(indented)];
}

function valueBullet({ number, label, doc, name }: EnumValue): readonly string[] {
  const text = `- ${code(String(number))} - ${escapeText(label ?? name)}`;
  return [text, ...docParts(doc).flatMap(indented)];
}

const docParts = (doc: string | undefined): readonly string[] =>
  (doc ?? "")
    .split(/\n{2,}/)
    .filter((part) => part !== "")
    .map((part) => paragraph(part.replace(/\s*\n\s*/g, " ")));

const indented = (text: string): readonly string[] => ["", `  ${text}`, ""];

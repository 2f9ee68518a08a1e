import type { PhrasingContent } from "mdast";
import type { Field, Name, Origin, Report, Span, TypeRef } from "../../../model/index.ts";
import { jsonAny, mapTypeRef, parseTypeExpression, timestamp, unstated } from "../../../model/index.ts";
import type { MarkdownDocument } from "../document.ts";
import { plainText, spanOf } from "../document.ts";
import type { Bullet } from "./bullets.ts";
import { unreadType } from "./diagnostics.ts";

/** What the words after a field's name say of it. */
type Said = Pick<Field, "type" | "doc" | "deprecated">;

/**
 * Reads a field: a name in backticks, then a dash and words, which are the first of these that fits:
 *
 * 1. a type in backticks, the name of a section or a type expression, and perhaps a description after another dash;
 * 2. the word `Timestamp` alone, or as the first word of a description;
 * 3. a description that names the type in passing, as in "(contains `Engine.Type` details)";
 * 4. the word `Deprecated`, and perhaps the reason after another dash;
 * 5. a description.
 *
 * All but the first three leave the type unstated.
 */
export function readField(document: MarkdownDocument, name: string, bullet: Bullet, of: Name, report: Report): Field {
  const words = withoutDash(bullet.words.slice(1));
  const said = words.length === 0 ? { type: unstated } : readWords(words);
  const doc = [said.doc, ...bullet.notes].filter((part) => part).join("\n\n");
  const origin: Origin = { span: bullet.span, reader: "markdown", basis: "stated" };
  return { ...said, name, ...(doc && { doc }), presence: "unstated", origins: [origin] };

  function readWords(words: readonly PhrasingContent[]): Said {
    const text = plainText(words);
    const [first, ...rest] = words;
    if (first?.type === "inlineCode") {
      const doc = plainText(withoutDash(rest));
      return { type: readType(first.value, spanOf(document, first)), ...(doc && { doc }) };
    }
    if (text === "Timestamp") return { type: timestamp("rfc3339") };
    if (text.startsWith("Timestamp ")) return { type: timestamp("rfc3339"), doc: text };
    const inPassing = typeInPassing(words);
    if (inPassing) return { type: readType(inPassing.name, spanOf(document, inPassing.node)), doc: inPassing.doc };
    const deprecated = /^Deprecated(?:[\s.:–—-]+(.*))?$/s.exec(text);
    if (deprecated) return { type: unstated, deprecated: deprecated[1] ? { reason: deprecated[1] } : {} };
    return { type: unstated, doc: text };
  }

  function readType(text: string, span: Span): TypeRef {
    if (text === "Timestamp") return timestamp("rfc3339");
    const type = parseTypeExpression(text);
    if (type) return mapTypeRef(type, (leaf) => (leaf.kind === "named" ? { ...leaf, span } : leaf));
    report(unreadType(span, { at: `${of}.${name}`, text }));
    return jsonAny;
  }
}

/** Finds "(contains `Engine.Type` details)"; several names in the brackets are members and not a type. */
function typeInPassing(words: readonly PhrasingContent[]) {
  for (const [index, node] of words.entries()) {
    const before = words[index - 1];
    const after = words[index + 1];
    if (node.type !== "inlineCode" || before?.type !== "text" || after?.type !== "text") continue;
    if (!/\(contains\s+$/i.test(before.value) || !/^\s+details\)/.test(after.value)) continue;
    const shortened: PhrasingContent[] = [
      ...words.slice(0, index - 1),
      { type: "text", value: before.value.replace(/\s*\(contains\s+$/i, "") },
      { type: "text", value: after.value.replace(/^\s+details\)/, "") },
      ...words.slice(index + 2),
    ];
    return { name: node.value, node, doc: plainText(shortened) };
  }
  return undefined;
}

/** The words after the dash or colon that parts them from what they are about. */
export function withoutDash(words: readonly PhrasingContent[]): readonly PhrasingContent[] {
  const [first, ...rest] = words;
  if (first?.type !== "text") return words;
  const value = first.value.replace(/^\s*(?:[-–—:]\s*)?/, "");
  return value.trim() === "" ? rest : [{ ...first, value }, ...rest];
}

import type { Enum, EnumValue } from "../../model/index.ts";
import { docOf, paragraphsOf } from "./definition.ts";
import * as say from "./diagnostics.ts";
import type { Line } from "./lines.ts";
import { type Context, uniqueItems } from "./message.ts";
import { inferred, stated } from "./origins.ts";
import type { Section } from "./outline.ts";

const openWhy = "Its first value is its default, as proto3 demands, and enums of proto3 are open.";
const closedWhy = "Its first value is not its default, which only proto2 allows, and enums of proto2 are closed.";

/** Makes an enum of its section. The document has no numbers, so none are given; the default mark tells proto3 from proto2. */
export function readEnum(section: Section, { system, report }: Context): Enum {
  const { name, span, prose } = section;
  let defaults = 0;
  let first = false;
  const comments = new Map<string, string>();
  const values = uniqueItems(section, report).map((item, index): EnumValue => {
    const at = `${name}.${item.name}`;
    const marked = item.definition.some((line) => isDefault(line));
    if (marked && index === 0) first = true;
    if (marked && ++defaults > 1) report(say.secondDefault(item.span, { at }));
    const doc = docOf(paragraphsOf(item.definition, ({ text }) => text.trim().replace(defaultMark, "")));
    const other = doc.doc === undefined ? undefined : comments.get(doc.doc);
    if (other !== undefined) report(say.sameComment(item.span, { at, other }));
    else if (doc.doc !== undefined) comments.set(doc.doc, item.name);
    return { name: item.name, ...doc, origins: [stated(item.span)] };
  });
  if (!first) report(say.noDefault(span, { of: name }));
  return {
    kind: "enum",
    name,
    system,
    ...docOf(prose),
    values,
    open: first,
    origins: [stated(span), inferred(span, first ? openWhy : closedWhy, "open")],
  };
}

const defaultMark = /^\*\(DEFAULT\)\*\s*/;
const isDefault = ({ text }: Line): boolean => defaultMark.test(text.trim());

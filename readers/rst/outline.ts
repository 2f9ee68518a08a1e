import { lastSegment, type Name, type Report, type Span, scopeOf } from "../../model/index.ts";
import { brief } from "./brief.ts";
import * as say from "./diagnostics.ts";
import { type Label, labelIn } from "./labels.ts";
import { isBlank, isIndented, isRuler, type Line } from "./lines.ts";

/** A message or an enum, as far as its text goes. */
export interface Section {
  readonly kind: "message" | "enum";
  readonly name: Name;
  readonly span: Span;
  /** What stands before the members but for the sample: the comment. */
  readonly prose: readonly Line[];
  /** The lines of the JSON sample; `undefined` when there is none. */
  readonly sample: readonly Line[] | undefined;
  readonly items: readonly Item[];
}

/** A field or an enum value: a name, and below it, indented, what is said of it. */
export interface Item {
  readonly name: string;
  readonly span: Span;
  readonly definition: readonly Line[];
}

interface OpenSection extends Section {
  kind: Section["kind"];
  span: Span;
  readonly prose: Line[];
  readonly items: Item[];
  sample: readonly Line[] | undefined;
  /** True while only members have spoken of it. */
  implied: boolean;
}

/**
 * Finds the sections of a document and their members. Labels say what follows them; where one is missing or damaged, a title
 * with its underline or a name with its definition is known by its shape. What is neither is reported, each stretch once.
 */
export function outline(lines: readonly Line[], report: Report): readonly Section[] {
  const sections: OpenSection[] = [];
  const named = new Map<Name, OpenSection>();
  let section: OpenSection | undefined;
  /** The label of what comes next. */
  let label: Label | undefined;
  /** True where prose belongs to nothing that is read, and need not be reported. */
  let aside = false;
  let at = 0;

  while (at < lines.length) {
    const line = lines[at] as Line;
    const found = labelIn(line);
    if (found) readLabel(found);
    else if (isBlank(line)) section?.prose.push(line);
    else if (readTitle(line) || readItem(line)) continue;
    else readProse(line);
    at++;
  }
  if (label) unused(label, undefined);
  return sections;

  function readLabel(next: Label): void {
    if (label) unused(label, next);
    if (next.broken) report(say.brokenLabel(next.span, { label: next.text }));
    aside = next.of === undefined;
    if (aside) report(say.unknownLabel(next.span, { label: next.text }));
    label = next.of && next;
  }

  /** A label after which comes neither a title nor a name. */
  function unused(of: Label, next: Label | undefined): void {
    label = undefined;
    if (next?.text === of.text) report(say.repeatedLabel(of.span, { label: of.text }));
    else report(say.labelOfNothing(of.span, { label: of.text }));
    if (next?.text === of.text || !of.of) return;
    const { kind, name } = of.of;
    if (kind === "field" || kind === "enum_value")
      place(kind, scopeOf(name), { name: lastSegment(name), span: of.span, definition: [] });
    else if (kind !== "file" && next?.of && scopeOf(next.of.name) === name) open(kind, name, of.span);
  }

  function open(kind: string, name: Name, span: Span): void {
    const known = named.get(name);
    section = known?.implied
      ? Object.assign(known, { kind: kindOf(kind), span, implied: false })
      : add(kind, name, span);
  }

  function add(kind: string, name: Name, span: Span, implied = false): OpenSection {
    const made: OpenSection = { kind: kindOf(kind), name, span, prose: [], items: [], sample: undefined, implied };
    sections.push(made);
    named.set(name, made);
    return made;
  }

  /** A title, its underline there or not when a label announces it, its label there or not when it has one. */
  function readTitle(line: Line): boolean {
    if (isIndented(line) || isRuler(line)) return false;
    const title = line.text.trim();
    const underline = lines[at + 1];
    const underlined = underline !== undefined && isRuler(underline);
    const kind = label?.of?.kind;
    const announced = label !== undefined && (kind === "file" || kind === "msg" || kind === "enum");
    const [, isEnum, name] = /^(Enum (?=\w)|(?=\w+\.))(\w+(?:\.\w+)*)$/.exec(title.slice(0, 2000)) ?? [];
    if (!announced && !(underlined && name !== undefined)) return false;
    at += underlined ? 2 : 1;
    const span = line.span(line.text.indexOf(title) + (isEnum?.length ?? 0));
    if (!announced) {
      report(say.noLabel(span, { title }));
      if (label) unused(label, undefined);
    }
    if (!underlined) report(say.noUnderline(span, { title }));
    aside = false;
    if (kind === "file" || (!announced && name?.endsWith(".proto"))) {
      [section, aside] = [undefined, true];
    } else if (announced) {
      const expected = `${kind === "enum" ? "Enum " : ""}${label?.of?.name}`;
      if (title !== expected) report(say.titleDiffers(span, { title, label: label?.text ?? "" }));
      open(kind ?? "msg", label?.of?.name ?? title, span);
    } else open(isEnum ? "enum" : "msg", name ?? title, span);
    label = undefined;
    return true;
  }

  /** A name alone on its line, and its definition below. */
  function readItem(line: Line): boolean {
    const kind = label?.of?.kind;
    const expected = label?.of && (kind === "field" || kind === "enum_value") ? label.of : undefined;
    if (!expected && !(section && looksLikeItem(line, lines[at + 1], section))) return false;
    const written = line.text.trim();
    const name = expected ? lastSegment(expected.name) : written;
    const nameless = expected !== undefined && isIndented(line);
    const span = nameless ? (label?.span ?? line.span()) : line.span();
    if (nameless) report(say.noName(span, { name: expected.name }));
    else if (expected && written !== name) report(say.nameDiffers(span, { name: written, label: label?.text ?? "" }));
    else if (!expected) report(say.noLabel(span, { title: written }));
    if (!nameless) at++;
    const first = at;
    for (let next = lines[at]; next && (isBlank(next) || isIndented(next)) && !labelIn(next); next = lines[++at]);
    const definition = lines.slice(first, at);
    for (const part of definition) checkMarkup(part);
    aside = false;
    const ofKind = expected ? (kind ?? "field") : section?.kind === "enum" ? "enum_value" : "field";
    label = undefined;
    place(ofKind, expected ? scopeOf(expected.name) : (section?.name ?? ""), { name, span, definition });
    return true;
  }

  /** A member belongs where its label says, wherever it stands. */
  function place(kind: string, of: Name, item: Item): void {
    const owner = section?.name === of ? section : named.get(of);
    const at = `${of}.${item.name}`;
    if (!owner) report(say.memberWithoutSection(item.span, { at, of }));
    else if (owner !== section && !owner.implied) report(say.misplaced(item.span, { at, of }));
    (owner ?? add(kind, of, item.span, true)).items.push(item);
  }

  /** Before the members prose is the comment; elsewhere nobody expects any. */
  function readProse(line: Line): void {
    if (section && section.items.length === 0 && !aside) {
      if (section.kind === "message" && isSampleStart(line)) readSample(section);
      else if (!isSourceLink(line)) {
        checkMarkup(line);
        section.prose.push(line);
      }
      return;
    }
    if (aside || isRuler(line)) return;
    aside = true;
    report(say.unreadText(line.span(), { text: brief(line.text.trim()) }));
  }

  /** The last sample is the generator's: one before it stands in the comment. */
  function readSample(of: OpenSection): void {
    if (of.sample) of.prose.push(...of.sample);
    const first = at + 1;
    while (lines[at + 1] && (isBlank(lines[at + 1] as Line) || isIndented(lines[at + 1] as Line))) at++;
    of.sample = lines.slice(first, at + 1);
  }

  function checkMarkup(line: Line): void {
    if (/^\s*\.\.(?:\s|$)/.test(line.text)) report(say.unreadMarkup(line.span(), { text: brief(line.text.trim()) }));
  }
}

const kindOf = (label: string): Section["kind"] => (label.startsWith("enum") ? "enum" : "message");
const isSampleStart = ({ text }: Line): boolean => /^\.\. code-block::[ \t]*json[ \t]*$/i.test(text);
/** The link to the line of the source; it points to another revision than the document's, so nothing is taken from it. */
const isSourceLink = ({ text }: Line): boolean => /^`\[[^\]`]* proto\] <[^>`]*>`_[ \t]*$/.test(text);

/** A member whose label is missing: a type in brackets below a name, or a value among values. */
function looksLikeItem(line: Line, next: Line | undefined, { kind, items }: Section): boolean {
  if (!next || !isIndented(next)) return false;
  if (kind === "message")
    return /^[A-Za-z_]\w*[ \t]*$/.test(line.text) && /^[ \t]+\((?::ref:)?(?:map<|\*|`)/.test(next.text);
  return items.length > 0 && /^[A-Z][A-Z0-9_]*[ \t]*$/.test(line.text);
}

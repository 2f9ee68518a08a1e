import type { Oneof, Report, Span } from "../../model/index.ts";
import { briefly, type Suggest } from "./brief.ts";
import type { Paragraph } from "./definition.ts";
import { docOf, groupSentence } from "./definition.ts";
import * as say from "./diagnostics.ts";
import { labelName } from "./labels.ts";
import { inferred, stated } from "./origins.ts";

const nameWhy = "The document does not name its one-of groups; they are named after their members.";

/** The sentence below a field that makes it a member of a group. */
export interface Sentence {
  readonly members: readonly string[];
  /** "Precisely one" instead of "only one". */
  readonly required: boolean;
  readonly span: Span;
}

/** What the groups of a message need to know of its fields. */
export interface Grouped {
  readonly name: string;
  readonly span: Span;
  /** The paragraphs of its comment; `own` of them certainly belong to the field. */
  readonly paragraphs: readonly Paragraph[];
  readonly own: number;
  readonly sentence: Sentence | undefined;
}

/** The groups of a message, and the comments of its fields without what belongs to a group. */
export interface Groups {
  readonly oneofs: readonly Oneof[];
  readonly members: ReadonlySet<string>;
  readonly paragraphs: ReadonlyMap<string, readonly Paragraph[]>;
}

/** Reads a paragraph as the sentence; `undefined` when it is part of the comment. */
export function sentenceIn(paragraph: Paragraph, at: string, report: Report): Sentence | undefined {
  const text = paragraph.text.replace(/\s+/g, " ").trim();
  if (!groupSentence.test(text)) return undefined;
  const first = paragraph.lines.find((line) => groupSentence.test(line.text)) ?? paragraph.lines[0];
  const last = paragraph.lines.at(-1);
  const span = { path: "", start: 0, ...first?.span(), end: last?.span().end ?? 0 };
  const links = [...text.matchAll(/:ref:`[^`<>]*<([^`<>]*)>`/g)];
  const members = links.flatMap(([, target = ""]) => {
    const label = labelName(target.trim());
    return label?.kind === "field" ? [label.name.slice(label.name.lastIndexOf(".") + 1)] : [];
  });
  const rest = text.replace(/:ref:`[^`<>]*<[^`<>]*>`(?:, )?/g, "");
  const [, how] = /^(Only|Precisely) one of (?:may|must) be set\.$/.exec(rest.replace(/\s+/g, " ")) ?? [];
  if (how !== undefined && members.length === links.length) return { members, required: how === "Precisely", span };
  report(say.unreadOneof(span, { at }));
  return undefined;
}

/**
 * Makes groups of the sentences below their members: the same sentence stands below each of them, and is one group. The
 * document does not name its groups, so a group is named after its members.
 */
export function readOneofs(
  fields: readonly Grouped[],
  of: string,
  { report, suggest }: { readonly report: Report; readonly suggest: Suggest },
): Groups {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const groups = new Map<string, Oneof>();
  const groupOf = new Map<string, Oneof>();
  const positions = new Map(fields.map((field, index) => [field.name, index]));
  const order = (name: string): number => positions.get(name) ?? 0;
  for (const { name, sentence } of fields) {
    if (!sentence) continue;
    const at = `${of}.${name}`;
    const listed = new Set(sentence.members);
    for (const member of listed)
      if (!byName.has(member))
        report(say.unknownOneofMember(sentence.span, { at, member, near: suggest(member, byName.keys()) }));
    const members = [...listed].filter((member) => byName.has(member)).sort((a, b) => order(a) - order(b));
    const shown = briefly(members);
    if (!listed.has(name)) report(say.oneofWithoutField(sentence.span, { at, members: shown }));
    const key = members.join("\n");
    if (groups.has(key) || members.length < 2) continue;
    const taken = members.map((member) => groupOf.get(member)).find((group) => group !== undefined);
    if (taken) {
      report(say.oneofOverlap(sentence.span, { at, members: shown, other: briefly(taken.fields) }));
      continue;
    }
    const group: Oneof = {
      name: members.join("_or_"),
      fields: members,
      required: sentence.required,
      origins: [stated(sentence.span), inferred(sentence.span, nameWhy, "name")],
    };
    groups.set(key, group);
    for (const member of members) groupOf.set(member, group);
  }
  for (const { name, span, sentence } of fields) {
    const group = groupOf.get(name);
    if (group && !sentence) report(say.oneofNotRepeated(span, { at: `${of}.${name}`, members: briefly(group.fields) }));
  }
  const paragraphs = new Map(fields.map((field) => [field.name, field.paragraphs]));
  const oneofs = [...groups.values()].map((group): Oneof => {
    const members = group.fields.flatMap((name) => byName.get(name) ?? []);
    const shared = sharedEnd(members);
    // A comment that begins below the type is the group's, so the other members must have it too.
    const other = members.find(({ paragraphs: all, own }) => own === 0 && all.length > shared);
    if (other)
      report(say.oneofCommentsDiffer(other.span, { at: `${of}.${other.name}`, members: briefly(group.fields) }));
    for (const { name, paragraphs: all } of members) paragraphs.set(name, all.slice(0, all.length - shared));
    const last = members[0]?.paragraphs ?? [];
    return { ...group, ...docOf(last.slice(last.length - shared)) };
  });
  return { oneofs, members: new Set(groupOf.keys()), paragraphs };
}

/** How many paragraphs all members end with: the comment of a group is printed below each of its members. */
function sharedEnd(members: readonly Grouped[]): number {
  const [first, ...others] = members;
  if (!first) return 0;
  const most = Math.min(...members.map(({ paragraphs, own }) => paragraphs.length - own));
  let shared = 0;
  while (
    shared < most &&
    others.every(({ paragraphs }) => paragraphs.at(-1 - shared)?.text === first.paragraphs.at(-1 - shared)?.text)
  )
    shared++;
  return shared;
}

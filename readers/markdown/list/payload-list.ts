import type { Report, Span } from "../../../model/index.ts";
import type { MarkdownDocument, Section } from "../document.ts";
import { spanOf } from "../document.ts";
import { type Bullet, bulletsOf, splitAtDash } from "./bullets.ts";
import {
  choiceNotAnnounced,
  emptyChoice,
  namelessBullet,
  nothingNamed,
  numberGap,
  unreadBullets,
  unreadMember,
} from "./diagnostics.ts";
import { type Member, readContents } from "./members.ts";

/** A numbered entry of the payload list. */
export interface Kind {
  readonly name: string;
  readonly span: Span;
  readonly doc: string | undefined;
  readonly members: readonly Member[];
  readonly variants: readonly Variant[];
  /** The entry it is said to be the same as. */
  readonly sameAs: { readonly name: string; readonly span: Span } | undefined;
}

/** One of the things a kind can be; groups are passed through, so that `path` is `["Project", "Created"]`. */
export interface Variant {
  readonly path: readonly string[];
  readonly span: Span;
  readonly doc: string | undefined;
  /** Its own, or those of its group or kind when it lists none. */
  readonly members: readonly Member[];
}

/** Reads the numbered list of a payload section. */
export function readPayloadList(document: MarkdownDocument, section: Section, report: Report): readonly Kind[] {
  reportGaps(document, section, report);
  return bulletsOf(document, section, "ordered", report).flatMap((bullet) => {
    if (bullet.text !== "") return readKind(document, bullet, report);
    report(namelessBullet(bullet.span, { of: section.title }));
    return [];
  });
}

/** Reports numbers that do not follow one another: what stood between them may have slipped into another entry. */
function reportGaps(document: MarkdownDocument, section: Section, report: Report): void {
  const entries = section.blocks.flatMap((block) => (block.type === "list" && block.ordered ? block.children : []));
  const numbers = entries.map((item) => {
    const { start } = spanOf(document, item);
    return {
      span: spanOf(document, item.children[0] ?? item),
      number: Number.parseInt(document.text.slice(start), 10),
    };
  });
  // Where every entry has the same number, counting is left to whoever shows the list.
  if (numbers.every(({ number }) => number === numbers[0]?.number) && numbers.length > 1) return;
  for (const [index, { span, number }] of numbers.entries()) {
    const expected = index === 0 ? 1 : (numbers[index - 1]?.number ?? 0) + 1;
    if (number === expected || Number.isNaN(number)) continue;
    const entry = document.text.slice(span.start, span.end).split(/\s+[-–—]\s|[\r\n]/)[0] ?? "";
    report(numberGap(span, { entry, number, expected }));
  }
}

function readKind(document: MarkdownDocument, bullet: Bullet, report: Report): Kind {
  const { head: name, tail } = splitAtDash(bullet.words);
  const own = readContents(document, tail);
  const below = readLevel(document, bullet.children, name, report);
  const same = below.notes.find((note) => sameAs(note) !== undefined);
  const said = below.notes.filter((note) => note !== same).map((note) => readContents(document, note.words));
  const docs = [own, ...said].flatMap((contents) => contents.doc ?? []);
  const members = [own, ...said].flatMap((contents) => contents.members);
  return {
    name,
    span: bullet.span,
    doc: [...docs, ...bullet.notes].join("\n\n") || undefined,
    members,
    variants: below.variants.map((variant) => inherit(variant, members)),
    sameAs: same && { name: sameAs(same) ?? "", span: same.span },
  };
}

const sameAs = (note: Bullet): string | undefined => /^same as\s+(.+?)\.?$/i.exec(note.text)?.[1];
const isAnnouncement = (bullet: Bullet): boolean =>
  /^(?:can be|is|contains) one of (?:the )?following(?: (?:events|variants))?[.:]?$/i.test(bullet.text);
const looksLikeVariant = (bullet: Bullet): boolean => /^[^`.]+?\s+[-–—]\s+(?:contains|includes)\b/i.test(bullet.text);

/**
 * Reads the bullets of one level. An announcement ("Can be one of following events") makes variants of what stands
 * below it and of what follows it beside it, since people write both; what stands before it are notes.
 */
function readLevel(
  document: MarkdownDocument,
  bullets: readonly Bullet[],
  of: string,
  report: Report,
): { readonly notes: readonly Bullet[]; readonly variants: readonly Variant[] } {
  const notes: Bullet[] = [];
  const variants: Variant[] = [];
  let announcement: Bullet | undefined;
  for (const bullet of bullets) {
    if (isAnnouncement(bullet)) {
      announcement = bullet;
      for (const child of bullet.children) variants.push(...readVariant(document, child, of, report));
      continue;
    }
    if (!announcement && looksLikeVariant(bullet)) {
      announcement = bullet;
      report(choiceNotAnnounced(bullet.span, { of, variant: splitAtDash(bullet.words).head }));
    }
    if (announcement) {
      variants.push(...readVariant(document, bullet, of, report));
      continue;
    }
    notes.push(bullet);
    const [unread] = bullet.children;
    if (unread) report(unreadBullets(unread.span, { at: `a remark on ${of}` }));
  }
  if (announcement && variants.length === 0) report(emptyChoice(announcement.span, { of }));
  return { notes, variants };
}

function readVariant(document: MarkdownDocument, bullet: Bullet, of: string, report: Report): readonly Variant[] {
  const { head: name, tail } = splitAtDash(bullet.words);
  const at = `${of} ${name}`;
  if (name === "") {
    report(namelessBullet(bullet.span, { of }));
    return [];
  }
  const own = readContents(document, tail);
  if (own.announced && own.members.length === 0) report(nothingNamed(bullet.span, { variant: at }));
  for (const { name: member, span } of own.others) report(unreadMember(span, { variant: at, member }));
  const below = readLevel(document, bullet.children, at, report);
  const said = below.notes.map((note) => readContents(document, note.words));
  const members = [own, ...said].flatMap((contents) => contents.members);
  const doc = [...[own, ...said].flatMap((contents) => contents.doc ?? []), ...bullet.notes].join("\n\n") || undefined;
  if (below.variants.length === 0) return [{ path: [name], span: bullet.span, doc, members }];
  return below.variants.map((variant) => ({
    ...inherit(variant, members),
    path: [name, ...variant.path],
    doc: variant.doc ?? doc,
  }));
}

const inherit = (variant: Variant, members: readonly Member[]): Variant =>
  variant.members.length > 0 ? variant : { ...variant, members };

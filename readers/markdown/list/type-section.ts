import type { Decl, Enum, EnumValue, Message, Name, Origin, Report } from "../../../model/index.ts";
import type { MarkdownDocument, Section } from "../document.ts";
import { plainText } from "../document.ts";
import { type Bullet, bulletsOf } from "./bullets.ts";
import { mixedBullets, namelessBullet, nameOfSeveralWords, noFields, noLabel, unreadBullets } from "./diagnostics.ts";
import { readField, withoutDash } from "./field.ts";
import { joinWords } from "./words.ts";

interface NamedBullet {
  readonly name: string;
  readonly bullet: Bullet;
}

const isNumber = (text: string): boolean => /^-?\d{1,10}$/.test(text);

/** Reads a section whose heading is a name in backticks: an enum when all its bullets are numbers, else a message. */
export function readTypeSection(document: MarkdownDocument, section: Section, system: Name, report: Report): Decl {
  const bullets = namedBullets(document, section, report);
  const doc = proseOf(section);
  const shared = {
    name: `${system}.${section.title}`,
    system,
    ...(doc && { doc }),
    origins: [{ span: section.span, reader: "markdown", basis: "stated" }] satisfies Origin[],
  };
  if (bullets.length > 0 && bullets.every(({ name }) => isNumber(name))) {
    const values = bullets.map((item) => readValue(item, section.title, report));
    return { ...shared, kind: "enum", values, open: false } satisfies Enum;
  }
  const stray = bullets.find(({ name }) => isNumber(name));
  if (stray) report(mixedBullets(stray.bullet.span, { of: section.title, number: stray.name }));
  if (bullets.length === 0) report(noFields(section.span, { name: section.title }));
  const fields = bullets
    .filter(({ name }) => !isNumber(name))
    .map(({ name, bullet }) => readField(document, name, bullet, section.title, report));
  return { ...shared, kind: "message", fields } satisfies Message;
}

function namedBullets(document: MarkdownDocument, section: Section, report: Report): readonly NamedBullet[] {
  return bulletsOf(document, section, "unordered", report).flatMap((bullet) => {
    const [first] = bullet.words;
    const name = first?.type === "inlineCode" ? first.value.trim() : "";
    if (name === "") {
      report(namelessBullet(bullet.span, { of: section.title }));
      return [];
    }
    if (/\s/.test(name)) {
      report(nameOfSeveralWords(bullet.span, { of: section.title, name }));
      return [];
    }
    const [below] = bullet.children;
    if (below) report(unreadBullets(below.span, { at: `${section.title}.${name}` }));
    return [{ name, bullet }];
  });
}

/** The symbol of a value is made from its label: `A_B_TESTING` from "A/B Testing". */
function readValue({ name, bullet }: NamedBullet, of: string, report: Report): EnumValue {
  const label = plainText(withoutDash(bullet.words.slice(1)));
  const made = joinWords(label, "_").toUpperCase();
  const symbol = made === "" ? `VALUE_${name.replace("-", "MINUS_")}` : made.replace(/^(?=\d)/, "_");
  if (label === "") report(noLabel(bullet.span, { of, number: name, symbol }));
  const why = "The document has words for this value and no symbol, which is made from the words.";
  return {
    name: symbol,
    number: Number(name),
    ...(label && { label }),
    ...(bullet.notes.length > 0 && { doc: bullet.notes.join("\n\n") }),
    origins: [{ span: bullet.span, reader: "markdown", basis: "inferred", why }],
  };
}

/** The paragraphs of a section, without a last sentence that only leads over to the bullets ("Its data:"). */
function proseOf(section: Section): string {
  return section.blocks
    .flatMap((block) =>
      block.type === "paragraph"
        ? plainText(block)
            .replace(/(^|[.!?]\s+)[^.!?]*:$/, "$1")
            .trim()
        : [],
    )
    .filter((text) => text !== "")
    .join("\n\n");
}

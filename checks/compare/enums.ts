import type { Enum, EnumValue } from "../../model/index.ts";
import type { EnumPair } from "./change.ts";
import type { Tell, Told } from "./collect.ts";
import { match } from "./match.ts";
import { compareWords } from "./words.ts";

/** The changes of an enum's values. */
export function compareEnums(before: Enum, after: Enum, tell: Tell): void {
  const enumeration: EnumPair = { before, after };
  const matched = match(before.values, after.values);
  const told = (old: EnumValue | undefined, next: EnumValue | undefined, show: (value: EnumValue) => string): Told => ({
    at: `${after.name}.${(next ?? old)?.name ?? ""}`,
    of: after.name,
    was: old && show(old),
    now: next && show(next),
    old,
    new: next,
  });
  for (const { item, suspect } of matched.removed)
    tell("value.removed", told(item, undefined, describe), {
      value: item,
      enumeration,
      ...(suspect && { suspect: suspect.name }),
    });
  for (const { item, suspect } of matched.added)
    tell("value.added", told(undefined, item, describe), {
      value: item,
      enumeration,
      ...(suspect && { suspect: suspect.name }),
    });
  const numberedBefore = new Map(before.values.map((value) => [value.name, value.number]));
  for (const { before: old, after: next } of matched.pairs) {
    const details = { before: old, after: next, enumeration };
    if (old.name !== next.name)
      tell(
        "value.renamed",
        told(old, next, ({ name }) => name),
        details,
      );
    if (old.number !== next.number) {
      const other = matched.pairs.find(
        (pair) => pair.before.number === next.number && pair.after.number === old.number,
      );
      const swapped =
        other !== undefined && old.number !== undefined && numberedBefore.get(other.before.name) === next.number;
      tell(
        swapped ? "value.swapped" : "value.renumbered",
        told(old, next, ({ number }) => String(number ?? "no number")),
        details,
      );
    }
    compareWords(
      old,
      next,
      told(old, next, ({ name }) => name),
      tell,
    );
  }
  const order = matched.pairs.map((pair) => pair.before.name);
  const kept = before.values.map(({ name }) => name).filter((name) => order.includes(name));
  const place = { at: after.name, of: after.name, old: before, new: after };
  if (order.join("\n") !== kept.join("\n"))
    tell("value.reordered", { ...place, was: kept.join(", "), now: order.join(", ") }, { enumeration });
  if (before.open !== after.open)
    tell("type.openness", { ...place, was: open(before.open), now: open(after.open) }, { opened: after.open });
}

const describe = ({ name, number }: EnumValue): string => (number === undefined ? name : `${name} = ${number}`);

const open = (is: boolean): string => (is ? "open" : "closed");

import {
  type Field,
  formatTypeRef,
  type Json,
  type Limits,
  type Name,
  type Oneof,
  type Wire,
} from "../../model/index.ts";
import type { ChangeDetails } from "./change.ts";
import type { Tell, Told } from "./collect.ts";
import type { Fielded } from "./fielded.ts";
import { match } from "./match.ts";
import { compareOneofs } from "./oneofs.ts";
import { compareReserved, isReserved } from "./reserved.ts";
import type { Sides } from "./sides.ts";
import { differences } from "./types.ts";
import { compareWords } from "./words.ts";

/** The changes of a message's fields, its one-ofs and what it reserves. */
export function compareFields({ name, before, after }: Fielded, sides: Sides, tell: Tell): void {
  const matched = match(before.fields, after.fields, ({ type, presence }) => `${formatTypeRef(type)} ${presence}`);
  const at = (field: Field): Name => `${name}.${field.name}`;
  const groupOf = (side: Fielded["before"], field: Field): Oneof | undefined =>
    side.oneofs?.find(({ fields }) => fields.includes(field.name));
  const holder = (side: Fielded["before"], number: number | undefined): Field | undefined =>
    number === undefined ? undefined : side.fields.find((field) => field.number === number);
  for (const { item, suspect } of matched.removed) {
    const [oneof, numberTakenBy] = [groupOf(before, item), holder(after, item.number)];
    const told = { at: at(item), of: name, was: describe(item), old: item };
    tell("field.removed", told, {
      field: item,
      reserved: isReserved(after.reserved, item),
      ...(suspect && { suspect: suspect.name }),
      ...(oneof && { oneof }),
      ...(numberTakenBy && { numberTakenBy }),
    });
  }
  for (const { item, suspect } of matched.added) {
    const oneof = groupOf(after, item);
    const was = isReserved(before.reserved, item);
    tell(
      "field.added",
      { at: at(item), of: name, now: describe(item), new: item },
      {
        field: item,
        reused: was.number || was.name,
        ...(suspect && { suspect: suspect.name }),
        ...(oneof && { oneof }),
      },
    );
  }
  for (const { before: old, after: next, by } of matched.pairs) {
    if (old.name !== next.name)
      tell(
        "field.renamed",
        told(old, next, name, ({ name: own }) => own),
        { before: old, after: next, stated: by === "alias" },
      );
    if (old.number !== next.number) {
      const [takenFrom, leftTo] = [holder(before, next.number), holder(after, old.number)];
      tell(
        "field.renumbered",
        told(old, next, name, ({ number }) => (number === undefined ? "no number" : String(number))),
        {
          before: old,
          after: next,
          ...(takenFrom && { takenFrom }),
          ...(leftTo && { leftTo }),
        },
      );
    }
    compareField(old, next, name, sides, tell);
  }
  const order = matched.pairs.map(({ before: { name: own } }) => own);
  const kept = before.fields.map(({ name: own }) => own).filter((own) => order.includes(own));
  if (order.join("\n") !== kept.join("\n"))
    tell(
      "field.reordered",
      { at: name, of: name, was: kept.join(", "), now: order.join(", "), old: before, new: after },
      {},
    );
  compareOneofs({ name, before, after }, matched, tell);
  compareReserved({ name, before, after }, tell);
}

/** The facts of one field that can change while it stays the same field. */
export function compareField(before: Field, after: Field, owner: Name, sides: Sides, tell: Tell): void {
  const pair = { before, after };
  const say = (show: (field: Field) => string | undefined): Told => told(before, after, owner, show);
  for (const { what, path, from, to } of differences(before.type, after.type, sides)) {
    const place = { ...say(() => undefined), was: formatTypeRef(from), now: formatTypeRef(to) };
    if (what === "variant.added") tell(what, { ...place, was: undefined }, { variant: to });
    else if (what === "variant.removed") tell(what, { ...place, now: undefined }, { variant: from });
    else tell(`field.${what}`, place, { from, to, path, field: pair });
  }
  if (before.presence !== after.presence && !isByCardinality(before, after))
    tell(
      "field.presence",
      say(({ presence }) => presence),
      pair,
    );
  if ((before.nullable ?? false) !== (after.nullable ?? false))
    tell(
      "field.nullable",
      say(({ nullable }) => (nullable ? "null is a value" : "never null")),
      pair,
    );
  if (!isEqual(before.default, after.default))
    tell(
      "field.default",
      say((field) => showJson(field.default)),
      pair,
    );
  if (before.unit !== after.unit)
    tell(
      "field.unit",
      say(({ unit }) => unit ?? "no unit"),
      pair,
    );
  if (before.jsonName !== after.jsonName)
    tell(
      "field.json-name",
      say(({ jsonName }) => jsonName ?? "none stated"),
      pair,
    );
  if (!isEqual(before.wire, after.wire))
    tell(
      "field.wire",
      say(({ wire }) => showWire(wire)),
      pair,
    );
  for (const limit of Object.keys({ ...before.limits, ...after.limits }).sort() as readonly (keyof Limits)[]) {
    const [old, next] = [before.limits?.[limit], after.limits?.[limit]];
    if (old !== next)
      tell(
        "field.limits",
        say(({ limits }) => `${limit} ${limits?.[limit] ?? "not set"}`),
        { ...pair, limit, takes: takes(limit, old, next) },
      );
  }
  compareWords(
    before,
    after,
    say(() => undefined),
    tell,
  );
}

/** Lists and maps cannot be absent in Protobuf: what a field's presence was before it became one says nothing more. */
const isByCardinality = (before: Field, after: Field): boolean =>
  isMany(before) !== isMany(after) && [before, after].every(({ presence }) => presence !== "required");

const isMany = ({ type }: Field): boolean => type.kind === "list" || type.kind === "map";

function takes(
  limit: keyof Limits,
  before: number | string | undefined,
  after: number | string | undefined,
): ChangeDetails["field.limits"]["takes"] {
  if (before === undefined) return "less";
  if (after === undefined) return "more";
  if (typeof before !== "number" || typeof after !== "number") return "other";
  return limit.startsWith("max") === after > before ? "more" : "less";
}

const told = (before: Field, after: Field, owner: Name, show: (field: Field) => string | undefined): Told => ({
  at: `${owner}.${after.name}`,
  of: owner,
  was: show(before),
  now: show(after),
  old: before,
  new: after,
});

/** A field in one line: `uint32 count = 3, required`. */
const describe = ({ name, type, number, presence }: Field): string =>
  `${formatTypeRef(type)} ${name}${number === undefined ? "" : ` = ${number}`}, ${presence}`;

const showWire = (wire: Wire | undefined): string => {
  if (!wire) return "by its type";
  const { type = "by its type", key, delimited } = wire;
  return [type, ...(key === undefined ? [] : [`keys ${key}`]), ...(delimited ? ["delimited"] : [])].join(", ");
};

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const showJson = (value: Json | undefined): string => (value === undefined ? "none" : JSON.stringify(value));

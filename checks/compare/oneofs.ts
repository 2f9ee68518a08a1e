import type { Field, Message, Oneof } from "../../model/index.ts";
import type { Tell } from "./collect.ts";
import type { Fielded } from "./fielded.ts";
import type { Matched } from "./match.ts";

/**
 * One-ofs have no identity but their members: a group is the same when it has its name, or when it has the members that
 * another name had.
 */
export function compareOneofs({ name, before, after }: Fielded, fields: Matched<Field>, tell: Tell): void {
  const [olds, news] = [before.oneofs ?? [], after.oneofs ?? []];
  const same = new Map<string, Oneof>();
  const now = new Map(fields.pairs.map(({ before: old, after: next }) => [old.name, next.name]));
  for (const old of olds) {
    const next =
      news.find((oneof) => oneof.name === old.name) ??
      news.find(
        (oneof) =>
          !olds.some((other) => other.name === oneof.name) &&
          old.fields.some((field) => oneof.fields.includes(now.get(field) ?? "")),
      );
    if (next && ![...same.values()].includes(next)) same.set(old.name, next);
  }
  const place = (oneof: Oneof) => ({ at: `${name}.${oneof.name}`, of: name });
  const words = ({ fields: members }: Oneof): string => members.join(" | ");
  const source = (side: Pick<Message, "origins">, oneof: Oneof) => (oneof.origins ? { origins: oneof.origins } : side);
  for (const old of olds) {
    const next = same.get(old.name);
    const written = { old: source(before, old), ...(next && { new: source(after, next) }) };
    if (!next) tell("oneof.removed", { ...place(old), was: words(old), ...written }, old);
    else {
      const both = { ...place(next), ...written };
      if (old.name !== next.name) tell("oneof.renamed", { ...both, was: old.name, now: next.name }, {});
      if (old.required !== next.required) {
        const must = ({ required }: Oneof): string => (required ? "exactly one" : "at most one");
        tell("oneof.required", { ...both, was: must(old), now: must(next) }, { required: next.required });
      }
    }
  }
  const kept = new Set(same.values());
  for (const next of news)
    if (!kept.has(next)) tell("oneof.added", { ...place(next), now: words(next), new: source(after, next) }, next);
  const groupOf = (list: readonly Oneof[], field: string): Oneof | undefined =>
    list.find((oneof) => oneof.fields.includes(field));
  const others = (pair: (typeof fields.pairs)[number]) => fields.pairs.filter((other) => other !== pair);
  for (const pair of fields.pairs) {
    const [old, next] = [groupOf(olds, pair.before.name), groupOf(news, pair.after.name)];
    if (!old && !next) continue;
    if (old && next && same.get(old.name) === next) continue;
    const told = { at: `${name}.${pair.after.name}`, of: name, old: pair.before, new: pair.after };
    const { before: was, after: is } = pair;
    if (old && next) {
      tell(
        "oneof.moved",
        { ...told, was: old.name, now: next.name },
        { before: was, after: is, from: old.name, to: next.name },
      );
    } else if (old) {
      const company = others(pair).some((other) => old.fields.includes(other.before.name));
      tell("oneof.left", { ...told, was: old.name }, { before: was, after: is, oneof: old.name, company });
    } else if (next) {
      const company = others(pair).some((other) => next.fields.includes(other.after.name));
      tell("oneof.entered", { ...told, now: next.name }, { before: was, after: is, oneof: next.name, company });
    }
  }
}

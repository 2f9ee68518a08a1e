import { assertNever, formatTypeRef, type TypeDecl } from "../../model/index.ts";
import type { Tell } from "./collect.ts";
import { compareEnums } from "./enums.ts";
import { compareFields } from "./fields.ts";
import type { Sides } from "./sides.ts";
import { differences, variantDifferences } from "./types.ts";
import { compareWords } from "./words.ts";

/** The changes inside of a declared type that is there on both sides. */
export function compareTypes(before: TypeDecl, after: TypeDecl, sides: Sides, tell: Tell): void {
  const { name } = after;
  const place = { at: name, of: name, old: before, new: after };
  compareWords(before, after, place, tell);
  if (before.kind !== after.kind) {
    tell("type.kind", { ...place, was: before.kind, now: after.kind }, {});
    return;
  }
  switch (before.kind) {
    case "message": {
      if (after.kind !== "message") return;
      compareFields({ name, before, after }, sides, tell);
      if ((before.open ?? false) !== (after.open ?? false)) {
        const words = (is: boolean | undefined): string => (is ? "open" : "closed");
        const told = { ...place, was: words(before.open), now: words(after.open) };
        tell("type.openness", told, { opened: after.open ?? false });
      }
      return;
    }
    case "enum":
      if (after.kind === "enum") compareEnums(before, after, tell);
      return;
    case "union": {
      if (after.kind !== "union") return;
      for (const { what, from, to } of variantDifferences(before.variants, after.variants, sides))
        if (what === "variant.added") tell(what, { ...place, now: formatTypeRef(to) }, { variant: to });
        else if (what === "variant.removed") tell(what, { ...place, was: formatTypeRef(from) }, { variant: from });
      const common = (union: typeof before) => ({ fields: union.fields ?? [], origins: union.origins });
      compareFields({ name, before: common(before), after: common(after) }, sides, tell);
      const [was, now] = [JSON.stringify(before.tag), JSON.stringify(after.tag)];
      if (was !== now) tell("tag.changed", { ...place, was, now }, {});
      return;
    }
    case "alias":
      if (after.kind === "alias") compareStandIn(before.type, after.type);
      return;
    case "external":
      if (after.kind === "external") compareStandIn(before.as ?? { kind: "json" }, after.as ?? { kind: "json" });
      return;
    default:
      assertNever(before);
  }

  function compareStandIn(was: Parameters<typeof differences>[0], now: Parameters<typeof differences>[1]): void {
    for (const { path, from, to } of differences(was, now, sides))
      tell("alias.type", { ...place, was: formatTypeRef(from), now: formatTypeRef(to) }, { from, to, path });
  }
}

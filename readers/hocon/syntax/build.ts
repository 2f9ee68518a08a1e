import * as say from "./diagnostics.ts";
import { headOf } from "./evaluate.ts";
import { formatPath } from "./path-expression.ts";
import { joinVia, substitutionsOf, type Via } from "./provenance.ts";
import { exhaust, type Resolution, reportOnce } from "./resolution.ts";
import type { Head, Slot } from "./slot.ts";
import type { HoconField, HoconValue } from "./value.ts";

/** Puts the value of a slot together, all the way down; `undefined` when nothing is there. */
export function buildValue(r: Resolution, slot: Slot, outer: Via | undefined, depth: number): HoconValue | undefined {
  const head = headOf(r, slot);
  if (!head) return undefined;
  const { span, comments } = head;
  const via = joinVia(outer, head.via);
  if (++r.size > r.limits.size) exhaust(r, say.tooLarge(r.at, { limit: r.limits.size }));
  const written = via ? { span, via, comments } : { span, comments };
  if (head.kind === "scalar") {
    const { type, text } = head;
    if (type === "string") return { kind: "string", value: text, ...written };
    if (type === "number") return { kind: "number", value: Number(text), text, ...written };
    return type === "boolean" ? { kind: "boolean", value: text === "true", ...written } : { kind: "null", ...written };
  }
  if (head.kind === "unknown" || r.exhausted) return { kind: "unknown", ...written };
  if (slot.building) {
    reportCycle(r, slot, head, outer);
    return { kind: "unknown", ...written };
  }
  if (depth > r.limits.depth) {
    reportOnce(r, r.limits, say.tooDeep(substitutionsOf(head.via)[0]?.span ?? span, { limit: r.limits.depth }));
    return { kind: "unknown", ...written };
  }
  slot.building = true;
  const value: HoconValue =
    head.kind === "list"
      ? { kind: "array", items: buildItems(r, head.items, via, depth), ...written }
      : { kind: "object", fields: buildFields(r, head.members, via, depth), ...written };
  slot.building = false;
  return value;
}

/** An element that is not there leaves no gap. */
function buildItems(r: Resolution, slots: readonly Slot[], via: Via | undefined, depth: number): HoconValue[] {
  const items: HoconValue[] = [];
  for (const slot of slots) {
    const value = buildValue(r, slot, via, depth + 1);
    if (value) items.push(value);
  }
  return items;
}

function buildFields(
  r: Resolution,
  members: ReadonlyMap<string, Slot>,
  via: Via | undefined,
  depth: number,
): Map<string, HoconField> {
  const fields = new Map<string, HoconField>();
  for (const [key, slot] of members) {
    const value = buildValue(r, slot, via, depth + 1);
    if (value) fields.set(key, { key, value, source: { slot, via } });
  }
  return fields;
}

/** The substitution to blame is the one that led back here. */
function reportCycle(r: Resolution, slot: Slot, head: Head, outer: Via | undefined): void {
  const culprit = substitutionsOf(head.via)[0] ?? substitutionsOf(outer).at(-1);
  const { span, path } = culprit ?? { span: head.span, path: [] };
  reportOnce(r, slot, say.substitutionCycle(span, { path: formatPath(path) }));
}

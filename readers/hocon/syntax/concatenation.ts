import type { Span } from "../../../model/index.ts";
import { borrow, type Head, type ListHead, mergeObjects, type ObjectHead, type Slot } from "./slot.ts";

/** Two parts that cannot become one value, in their order. */
export interface Mismatch {
  readonly kind: "mismatch";
  readonly left: Head;
  readonly right: Head;
}

/**
 * Joins the parts of a concatenation: objects merge, lists append, texts join. White space between two parts counts
 * between texts only. What is unknown makes a text or list unknown, but leaves an object what the rest of it says.
 */
export function concatenate(parts: readonly Head[], span: Span): Head | Mismatch | undefined {
  const solid = parts.filter((part) => part.kind !== "scalar" || !part.blank);
  const known = solid.filter((part) => part.kind !== "unknown");
  if (solid.length === 0) return parts[0] && joinText(parts, span);
  if (known.length === 0) return solid[0];
  if (known.every((part) => part.kind === "object")) return known.reduce((left, right) => mergeObjects(left, right));
  if (known.length < solid.length) return { kind: "unknown", span, via: undefined, comments: [] };
  if (known.every((part) => part.kind === "scalar")) return parts.length === 1 ? parts[0] : joinText(parts, span);
  return joinLists(known);
}

/** Lists in a row, and objects among them whose keys are the numbers of elements; objects in front merge first. */
function joinLists(parts: readonly Head[]): Head | Mismatch {
  const text = parts.find((part) => part.kind === "scalar");
  const bracket = parts.find((part) => part.kind !== "scalar");
  if (text && bracket) return inOrder(parts, text, bracket);
  const firstList = parts.findIndex((part) => part.kind === "list");
  const front = parts.slice(0, firstList).filter((part) => part.kind === "object");
  const rest = parts.slice(firstList);
  const lists: ListHead[] = [];
  for (const part of front.length > 0 ? [front.reduce(mergeObjects), ...rest] : rest) {
    const list = part.kind === "object" ? listOfNumbered(part) : part;
    if (list?.kind !== "list") return inOrder(parts, front[0] ?? part, parts[firstList] ?? part);
    lists.push(list);
  }
  return appendLists(lists);
}

const inOrder = (parts: readonly Head[], a: Head, b: Head): Mismatch =>
  parts.indexOf(a) < parts.indexOf(b)
    ? { kind: "mismatch", left: a, right: b }
    : { kind: "mismatch", left: b, right: a };

/** `{ "0": a, "2": b }` as `[a, b]`; `undefined` when no key is a number. */
export function listOfNumbered(head: ObjectHead): ListHead | undefined {
  const numbered = [...head.members].filter(([key]) => /^\d{1,9}$/.test(key));
  if (numbered.length === 0) return undefined;
  const items = numbered.sort(([a], [b]) => Number(a) - Number(b)).map(([, slot]) => slot);
  return { kind: "list", items, span: head.span, via: head.via, comments: head.comments };
}

/** The elements of all lists, one list after the other. */
export function appendLists(lists: readonly ListHead[]): ListHead {
  const items: Slot[] = [];
  for (const { items: slots, via } of lists) for (const slot of slots) items.push(borrow(slot, via));
  const last = lists[lists.length - 1] as ListHead;
  return { ...last, items, via: undefined, comments: lists.flatMap((list) => list.comments) };
}

function joinText(parts: readonly Head[], span: Span): Head {
  let text = "";
  for (const part of parts) if (part.kind === "scalar") text += part.text;
  return { kind: "scalar", type: "string", text, blank: false, span, via: undefined, comments: [] };
}

/** What a head is, as a message says it. */
export const describeHead = (head: Head): string =>
  head.kind === "object"
    ? "an object"
    : head.kind === "list"
      ? "a list"
      : head.kind === "unknown"
        ? "unknown"
        : "a text";

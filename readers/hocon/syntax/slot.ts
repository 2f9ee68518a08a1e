import type { Span } from "../../../model/index.ts";
import type { ScalarNode, ValueNode } from "./ast.ts";
import type { Comment, Via } from "./provenance.ts";

/** The file a part of the tree stands in, and where in the whole that file was included. */
export interface Scope {
  readonly path: string;
  /** Substitutions look below these keys first, then at the root; `undefined` where no path leads. */
  readonly prefix: readonly string[] | undefined;
  /** The scope of the including file. */
  readonly outer: Scope | undefined;
}

/**
 * A place that has a value: a field, or an element of a list. What is written for it lies in layers, oldest first; objects
 * merge with what lies below them, anything else hides it. Its value is worked out when it is asked for, and no sooner,
 * which is what lets a substitution point at a neighbour of the value it stands in.
 */
export interface Slot {
  readonly layers: Layer[];
  /** The outermost part of its value, once `done`; `undefined` when nothing is there. */
  head: Head | undefined;
  done: boolean;
  /** The layer being worked out, or -1. Who asks meanwhile sees what lies below it. */
  active: number;
  /** The frame that works it out. */
  level: number;
  /** Members found before the whole head was known, by how many layers were looked at. */
  found: Map<number, Map<string, Slot>> | undefined;
  /** Heads of the lower layers alone, by their number. */
  partial: Map<number, Head | undefined> | undefined;
  /** True while its value is being put together: meeting it then means that it contains itself. */
  building: boolean;
}

/** One thing that is written for a slot, or brought there. */
export type Layer = WrittenLayer | BorrowedLayer;

/** A value in the text. */
export interface WrittenLayer {
  readonly kind: "written";
  readonly node: ValueNode;
  readonly scope: Scope;
  /** True for `+=`. */
  readonly append: boolean;
  /** Where the field's name stands: one place, or several whose objects lie side by side. None for elements of lists. */
  readonly keys: readonly Key[];
  readonly comments: readonly Comment[];
  /** The head of a literal, once asked for: its members must be the same slots every time. */
  literal: Head | undefined;
  /** The parts of a concatenation, likewise. */
  parts: readonly WrittenLayer[] | undefined;
}

/** A field's name in the text. */
export interface Key {
  readonly name: string;
  readonly span: Span;
  readonly comments: readonly Comment[];
}

/** The value of another slot, brought here by substitutions. */
export interface BorrowedLayer {
  readonly kind: "borrowed";
  readonly slot: Slot;
  readonly via: Via;
}

/** The outermost part of a value: what it is, and the slots of its members. */
export type Head = ScalarHead | ListHead | ObjectHead | UnknownHead;

interface HeadBase {
  readonly span: Span;
  /** How it got to the slot it is the head of. */
  readonly via: Via | undefined;
  readonly comments: readonly Comment[];
}

/** A string, number, boolean or null. */
export interface ScalarHead extends HeadBase {
  readonly kind: "scalar";
  readonly type: ScalarNode["type"];
  readonly text: string;
  readonly blank: boolean;
}

/** A list. */
export interface ListHead extends HeadBase {
  readonly kind: "list";
  readonly items: readonly Slot[];
}

/** An object, merged already. */
export interface ObjectHead extends HeadBase {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, Slot>;
}

/** A value that cannot be told, which has been reported. */
export interface UnknownHead extends HeadBase {
  readonly kind: "unknown";
}

/** A slot with these layers. */
export const slotOf = (layers: Layer[]): Slot => ({
  layers,
  head: undefined,
  done: false,
  active: -1,
  level: -1,
  found: undefined,
  partial: undefined,
  building: false,
});

/** A value as it is written, as a layer. */
export const written = (
  node: ValueNode,
  scope: Scope,
  comments: readonly Comment[],
  keys: readonly Key[] = [],
  append = false,
): WrittenLayer => ({ kind: "written", node, scope, append, keys, comments, literal: undefined, parts: undefined });

/** The slot of a value that was brought here; without a substitution it is the slot itself. */
export function borrow(slot: Slot, via: Via | undefined): Slot {
  if (!via) return slot;
  const [only] = slot.layers;
  if (slot.layers.length === 1 && only?.kind === "borrowed")
    return slotOf([{ kind: "borrowed", slot: only.slot, via: { outer: via, inner: only.via } }]);
  return slotOf([{ kind: "borrowed", slot, via }]);
}

/** What lies in `upper` on top of what lies in `lower`. */
export const stack = (lower: Slot, upper: Slot): Slot => slotOf([...lower.layers, ...upper.layers]);

/** True when nothing below this slot can show, whatever it is. */
export function hides(slot: Slot): boolean {
  const top = slot.layers[slot.layers.length - 1];
  return top?.kind === "written" && !top.append && (top.node.kind === "scalar" || top.node.kind === "list");
}

/** An object on top of another. */
export function mergeObjects(lower: ObjectHead, upper: ObjectHead): ObjectHead {
  const members = new Map<string, Slot>();
  for (const [key, slot] of lower.members) members.set(key, borrow(slot, lower.via));
  for (const [key, slot] of upper.members) {
    const below = members.get(key);
    const above = borrow(slot, upper.via);
    members.set(key, below ? stack(below, above) : above);
  }
  const { span } = upper;
  return { kind: "object", members, span, via: undefined, comments: [...lower.comments, ...upper.comments] };
}

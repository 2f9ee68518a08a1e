import { membersOf } from "./object-members.ts";
import type { Resolution } from "./resolution.ts";
import { type Head, type Slot, slotOf, type WrittenLayer, written } from "./slot.ts";

/** Finishes at once what no substitution can change. */
export function isFinished(r: Resolution, slot: Slot): boolean {
  if (slot.done) return true;
  const top = slot.layers[slot.layers.length - 1];
  if (top?.kind !== "written" || top.append) return false;
  const { kind } = top.node;
  if (kind !== "scalar" && kind !== "list" && !(kind === "object" && slot.layers.length === 1)) return false;
  slot.head = literalHead(r, top);
  slot.done = true;
  return true;
}

/** The head of what is written out in the text; `undefined` for substitutions and what contains them. */
export function literalHead(r: Resolution, layer: WrittenLayer): Head | undefined {
  layer.literal ??= makeLiteral(r, layer);
  return layer.literal;
}

function makeLiteral(r: Resolution, layer: WrittenLayer): Head | undefined {
  const { node, scope, comments } = layer;
  const span = { path: scope.path, start: node.start, end: node.end };
  switch (node.kind) {
    case "scalar":
      return { kind: "scalar", type: node.type, text: node.text, blank: node.blank, span, via: undefined, comments };
    case "list": {
      const items = node.items.map((item) => slotOf([written(item.value, scope, item.comments)]));
      return { kind: "list", items, span, via: undefined, comments };
    }
    case "object":
      return { kind: "object", members: membersOf(r, node, scope), span, via: undefined, comments };
    case "unknown":
      return { kind: "unknown", span, via: undefined, comments };
    case "substitution":
    case "concatenation":
      return undefined;
  }
}

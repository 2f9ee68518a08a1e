import type { Resolution } from "./resolution.ts";
import type { Slot } from "./slot.ts";

/** What is restored when the work on a slot ends. */
export interface Frame {
  readonly active: number;
  readonly level: number;
  readonly lookedBack: number;
  readonly cycle: number;
  readonly pending: number;
}

/** Begins the work on a slot: whoever asks for it meanwhile sees only the layers below the active one. */
export function enter(r: Resolution, slot: Slot): Frame {
  const frame: Frame = {
    active: slot.active,
    level: slot.level,
    lookedBack: r.lookedBack,
    cycle: r.cycle,
    pending: r.pending.length,
  };
  slot.level = r.frames.push(slot) - 1;
  r.lookedBack = Number.POSITIVE_INFINITY;
  r.cycle = Number.POSITIVE_INFINITY;
  return frame;
}

/** Ends a frame. What was found in it holds for good unless it depends on a frame further out that is not finished. */
export function leave(r: Resolution, slot: Slot, frame: Frame): "final" | "pending" | "passing" {
  const own = slot.level;
  const result = r.lookedBack >= own ? "final" : r.cycle >= own ? "pending" : "passing";
  if (r.lookedBack >= own) r.lookedBack = Number.POSITIVE_INFINITY;
  if (r.cycle >= own) r.cycle = Number.POSITIVE_INFINITY;
  r.lookedBack = Math.min(r.lookedBack, frame.lookedBack);
  r.cycle = Math.min(r.cycle, frame.cycle);
  r.frames.pop();
  slot.active = frame.active;
  slot.level = frame.level;
  if (result === "final")
    for (const { slot: other, head } of r.pending.splice(frame.pending)) {
      if (other.done) continue;
      other.done = true;
      other.head = head;
    }
  return result;
}

/**
 * How many layers of a slot may be looked at: all, or, while it is being worked out, those below the active one. When there
 * are none below, it may be worked out anew if something on the way can give way instead; otherwise it is a cycle.
 */
export function visibleLayers(r: Resolution, slot: Slot): number | undefined {
  if (slot.active < 0) return slot.layers.length;
  r.lookedBack = Math.min(r.lookedBack, slot.level);
  if (slot.active > 0) return slot.active;
  for (let level = slot.level + 1; level < r.frames.length; level++)
    if ((r.frames[level]?.active ?? 0) > 0 && r.frames[level] !== slot) return slot.layers.length;
  r.cycle = Math.min(r.cycle, slot.level);
  r.cycles++;
  return undefined;
}

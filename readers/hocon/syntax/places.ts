import type { Span } from "../../../model/index.ts";
import { joinVia, type Via } from "./provenance.ts";
import { hides, type Slot } from "./slot.ts";
import type { HoconField, Place } from "./value.ts";

/** Every place that has a say in a field, oldest first: the first introduced it, the last one has the last word. */
export function placesOf(field: HoconField): readonly Place[] {
  const places: Place[] = [];
  const open: { readonly slot: Slot; readonly via: Via | undefined; next: number }[] = [{ ...field.source, next: 0 }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const layer = top.slot.layers[top.next++];
    if (!layer) open.pop();
    else if (layer.kind === "borrowed") open.push({ slot: layer.slot, via: joinVia(top.via, layer.via), next: 0 });
    else for (const { span, comments } of layer.keys) places.push({ span, comments, ...(top.via && { via: top.via }) });
  }
  return places;
}

/** Where a field's name stands last: there it has the last word. */
export function lastKeyOf({ source, value }: HoconField): Span {
  let top = source.slot.layers[source.slot.layers.length - 1];
  while (top?.kind === "borrowed") top = top.slot.layers[top.slot.layers.length - 1];
  return top?.keys[top.keys.length - 1]?.span ?? value.span;
}

/**
 * The places whose value does not count, since a later one in the same text takes its place. What a substitution brings is
 * meant to be written over, and is not among them.
 */
export function hiddenPlacesOf({ source: { slot, via } }: HoconField): readonly Place[] {
  if (via || !hides(slot)) return [];
  const top = slot.layers[slot.layers.length - 1];
  return slot.layers
    .filter((layer) => layer.kind === "written" && layer !== top)
    .flatMap((layer) => (layer.kind === "written" ? layer.keys : []))
    .map(({ span, comments }) => ({ span, comments }));
}

import { joinVia, type Via } from "./provenance.ts";
import type { Slot } from "./slot.ts";
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

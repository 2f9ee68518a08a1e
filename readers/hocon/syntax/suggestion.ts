import { nearest } from "../../../model/index.ts";
import { formatPath } from "./path-expression.ts";
import type { Slot } from "./slot.ts";

/** The path that was probably meant, if one key of it is nearly right. Looks only at what is known already. */
export function nearestPath(root: Slot, path: readonly string[]): string | undefined {
  let slot: Slot | undefined = root;
  for (const [index, key] of path.entries()) {
    const head: Slot["head"] = slot?.head;
    if (head?.kind !== "object") return undefined;
    const next = head.members.get(key);
    if (!next) {
      const near = nearest(key, head.members.keys());
      return near === undefined ? undefined : formatPath([...path.slice(0, index), near, ...path.slice(index + 1)]);
    }
    slot = next;
  }
  return undefined;
}

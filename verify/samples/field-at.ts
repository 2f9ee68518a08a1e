import { type Event, type Name, type System, type TypeRef, type View, walkTypeRef } from "../../model/index.ts";
import { shapeOf } from "./compile.ts";
import type { Shape } from "./shape.ts";

/**
 * The field, as the ledger names it, that a JSON pointer into a value of an event or a type leads to. Parts of lists, of maps
 * and of free-form JSON belong to the field that holds them. `undefined` when there is no such field.
 */
export function fieldAt(view: View, subject: Event | TypeRef, pointer: string): Name | undefined {
  const system = systemOf(view, subject);
  const root = system && shapeOf(view, system.json, subject);
  if (!root) return undefined;
  const keys =
    pointer === ""
      ? []
      : pointer
          .slice(1)
          .split("/")
          .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const top =
    root.kind === "object" ? root.at : subject.kind === "event" || subject.kind === "named" ? subject.name : undefined;
  return walk(root, keys, top);
}

function walk(shape: Shape, keys: readonly string[], at: Name | undefined): Name | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return at;
  switch (shape.kind) {
    case "leaf":
      return at;
    case "list":
      return walk(shape.item(), rest, at);
    case "map":
      return walk(shape.value(), rest, at);
    case "object": {
      const member = shape.members.find((item) => item.key === key);
      return member && walk(member.shape(), rest, member.at);
    }
    case "union":
      for (const variant of shape.variants) {
        const found = walk(variant.shape(), keys, at);
        if (found !== undefined) return found;
      }
      return undefined;
  }
}

/** An event has a system; a type is written as that of the first type it names, or of the only system there is. */
function systemOf(view: View, subject: Event | TypeRef): System | undefined {
  const systems = view.model.decls.filter((decl) => decl.kind === "system");
  if (subject.kind === "event") return systems.find(({ name }) => name === subject.system);
  for (const part of walkTypeRef(subject))
    if (part.kind === "named") return systems.find(({ name }) => name === view.type(part.name).system);
  return systems.length === 1 ? systems[0] : undefined;
}

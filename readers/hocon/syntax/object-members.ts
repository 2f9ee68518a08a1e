import type { FieldNode, ObjectNode } from "./ast.ts";
import { loadInclude } from "./include.ts";
import type { Resolution } from "./resolution.ts";
import { type Key, type Scope, type Slot, slotOf, type WrittenLayer, written } from "./slot.ts";

/** Fields that lengthen the layer a slot has on top, until the last of them is known. */
type Additions = Map<Slot, { readonly layer: WrittenLayer; readonly fields: FieldNode[] }>;

/** The members of an object as it is written: a slot for each key, its layers in the order of the text. */
export function membersOf(r: Resolution, node: ObjectNode, scope: Scope): Map<string, Slot> {
  const members = new Map<string, Slot>();
  const additions: Additions = new Map();
  addMembers(r, node, scope, members, additions);
  for (const slot of additions.keys()) addUp(slot, additions);
  return members;
}

function addMembers(
  r: Resolution,
  node: ObjectNode,
  scope: Scope,
  members: Map<string, Slot>,
  additions: Additions,
): void {
  for (const item of node.items) {
    if (item.kind === "include") {
      for (const file of loadInclude(r, item, scope)) addMembers(r, file.root, file.scope, members, additions);
      continue;
    }
    const slot = members.get(item.key);
    if (!slot) members.set(item.key, slotOf([layerOf(item, scope)]));
    else if (!lengthens(slot, item, scope, additions)) {
      addUp(slot, additions);
      slot.layers.push(layerOf(item, scope));
    }
  }
}

function layerOf(field: FieldNode, scope: Scope): WrittenLayer {
  const { value, append, comments } = field;
  const node: WrittenLayer["node"] = append
    ? { kind: "list", start: value.start, end: value.end, items: [{ value, comments: [] }] }
    : value;
  return written(node, scope, comments, [keyOf(field, scope)], append);
}

const keyOf = ({ key: name, keyStart: start, keyEnd: end, comments }: FieldNode, { path }: Scope): Key => ({
  name,
  span: { path, start, end },
  comments,
});

/**
 * Objects that follow one another are one object, and `+=` behind a list lengthens it. Layer by layer both would come out
 * the same, but a file of ten thousand dotted keys would be merged ten thousand times.
 */
function lengthens(slot: Slot, field: FieldNode, scope: Scope, additions: Additions): boolean {
  const top = slot.layers[slot.layers.length - 1];
  if (top?.kind !== "written" || top.scope !== scope) return false;
  const fits = field.append ? top.node.kind === "list" : top.node.kind === "object" && field.value.kind === "object";
  if (!fits) return false;
  const known = additions.get(slot);
  if (known) known.fields.push(field);
  else additions.set(slot, { layer: top, fields: [field] });
  return true;
}

/** Puts the lengthened layer in the place of the short one. */
function addUp(slot: Slot, additions: Additions): void {
  const addition = additions.get(slot);
  if (!addition) return;
  const { layer, fields } = addition;
  const { node, scope } = layer;
  const keys = [...layer.keys, ...fields.map((field) => keyOf(field, scope))];
  const last = slot.layers.length - 1;
  if (node.kind === "list") {
    const items = [...node.items, ...fields.map(({ value, comments }) => ({ value, comments }))];
    slot.layers[last] = written({ ...node, items }, scope, layer.comments, keys, layer.append);
  } else if (node.kind === "object") {
    const { start, end } = fields[fields.length - 1]?.value ?? node;
    const items = [node.items, ...fields.map(({ value }) => (value.kind === "object" ? value.items : []))].flat();
    const comments = [layer.comments, ...fields.map((field) => field.comments)].flat();
    slot.layers[last] = written({ kind: "object", start, end, items }, scope, comments, keys);
  }
  additions.delete(slot);
}

import type { Span } from "../../../model/index.ts";
import type { ConcatenationNode, SubstitutionNode, ValueNode } from "./ast.ts";
import { appendLists, concatenate, describeHead, listOfNumbered } from "./concatenation.ts";
import * as say from "./diagnostics.ts";
import { enter, leave, visibleLayers } from "./frames.ts";
import { isFinished, literalHead } from "./literals.ts";
import { formatPath } from "./path-expression.ts";
import { joinVia } from "./provenance.ts";
import { exhaust, type Resolution, reportOnce } from "./resolution.ts";
import {
  borrow,
  type Head,
  hides,
  type Layer,
  mergeObjects,
  type ScalarHead,
  type Scope,
  type Slot,
  slotOf,
  stack,
  type UnknownHead,
  type WrittenLayer,
  written,
} from "./slot.ts";
import { nearestPath } from "./suggestion.ts";

/**
 * A piece of work that may ask for others: each one it yields is done before it goes on, and leaves its result in
 * `returned`. One loop runs them all, so that no chain of substitutions is too long for the stack.
 */
type Task = Generator<Task, void, void>;
/** A step of a task that finds something. */
type Step<T> = Generator<Task, T | undefined, void>;

/** The outermost part of a slot's value; `undefined` when nothing is there. */
export function headOf(r: Resolution, slot: Slot): Head | undefined {
  if (isFinished(r, slot)) return slot.head;
  const tasks: Task[] = [evaluate(r, slot)];
  for (let task = tasks.at(-1); task; task = tasks.at(-1)) {
    if (++r.steps > r.limits.steps) exhaust(r, say.tooManySteps(r.at, { limit: r.limits.steps }));
    if (tasks.length > r.limits.chain) exhaust(r, say.chainTooLong(r.at, { limit: r.limits.chain }));
    if (r.exhausted) return undefined;
    const { done, value } = task.next();
    if (done) tasks.pop();
    else tasks.push(value);
  }
  return r.returned;
}

/** Works out the head of a slot. */
function* evaluate(r: Resolution, slot: Slot): Task {
  r.returned = undefined;
  const limit = visibleLayers(r, slot);
  if (limit === undefined) return;
  if (slot.partial?.has(limit)) {
    r.returned = slot.partial.get(limit);
    return;
  }
  const frame = enter(r, slot);
  let head: Head | undefined;
  for (let index = limit - 1; index >= 0; index--) {
    slot.active = index;
    const layer = slot.layers[index] as Layer;
    const part = yield* layerHead(r, slot, layer);
    if (!part) continue;
    if (!head) head = part;
    else if (head.kind === "object" && part.kind === "object") {
      charge(r, sizeOf(part) + sizeOf(head));
      if (r.exhausted) break;
      head = mergeObjects(part, head);
    }
    if (part.kind !== "object") break;
  }
  if (head?.kind === "object") head = withFound(head, slot, limit);
  const result = leave(r, slot, frame);
  const whole = limit === slot.layers.length;
  if (result === "final" && whole) {
    slot.head = head;
    slot.done = true;
  } else if (result === "final") {
    slot.partial ??= new Map();
    slot.partial.set(limit, head);
  } else if (result === "pending" && whole) {
    r.pending.push({ slot, head });
  }
  r.returned = head;
}

/** Members that were found before keep being the ones they were. */
function withFound(head: Head & { kind: "object" }, slot: Slot, limit: number): Head {
  const found = slot.found?.get(limit);
  if (!found) return head;
  const members = new Map(head.members);
  for (const [key, member] of found) if (members.has(key)) members.set(key, member);
  return { ...head, members };
}

/** The head of one layer; `+=` also takes what lies below it. */
function* layerHead(r: Resolution, slot: Slot, layer: Layer): Step<Head> {
  if (layer.kind === "written") return layer.append ? yield* appended(r, slot, layer) : yield* nodeHead(r, layer);
  const head = yield* ask(r, layer.slot);
  return head && { ...head, via: joinVia(layer.via, head.via) };
}

function* nodeHead(r: Resolution, layer: WrittenLayer): Step<Head> {
  const { node, scope } = layer;
  if (node.kind === "substitution") return yield* substituted(r, node, scope);
  if (node.kind === "concatenation") return yield* concatenated(r, node, layer);
  return literalHead(r, layer);
}

/** The head of another slot. */
function* ask(r: Resolution, slot: Slot): Step<Head> {
  if (isFinished(r, slot)) return slot.head;
  yield evaluate(r, slot);
  return r.returned;
}

/** `a += b`: what `a` is below, and `b` behind it. */
function* appended(r: Resolution, slot: Slot, layer: WrittenLayer): Step<Head> {
  const added = literalHead(r, layer);
  if (added?.kind !== "list" || slot.active === 0) return added;
  yield evaluate(r, slot);
  const before = r.returned;
  if (!before || before.kind === "unknown") return added;
  const list = before.kind === "list" ? before : before.kind === "object" ? listOfNumbered(before) : undefined;
  if (list) {
    charge(r, list.items.length);
    return appendLists([list, added]);
  }
  const { name: key, span } = layer.keys[0] ?? { name: "", span: added.span };
  reportOnce(r, layer.node, say.cannotAppend(span, { key, is: describeHead(before) }));
  return added;
}

function* concatenated(r: Resolution, node: ConcatenationNode, layer: WrittenLayer): Step<Head> {
  const { path } = layer.scope;
  const heads = new Map<Head, ValueNode>();
  layer.parts ??= node.parts.map((part) => written(part, layer.scope, layer.comments));
  for (const part of layer.parts) {
    const head = yield* nodeHead(r, part);
    // A copy each time: the same head can come in more than once.
    if (head) heads.set({ ...head }, part.node);
  }
  const parts = [...heads.keys()];
  const span = { path, start: node.start, end: node.end };
  charge(r, parts.reduce((size, head) => size + sizeOf(head), 0) * (parts[0]?.kind === "object" ? parts.length : 1));
  if (r.exhausted) return unknown(span);
  const joined = concatenate(parts, span);
  if (joined?.kind !== "mismatch") return joined && { ...joined, comments: layer.comments };
  const { start, end } = heads.get(joined.right) ?? node;
  const finding = { left: capitalized(describeHead(joined.left)), right: describeHead(joined.right) };
  reportOnce(r, node, say.mixedConcatenation({ path, start, end }, finding));
  return unknown(span);
}

/** What it costs to join a part: merging an object touches every member, and again for every part that follows. */
const sizeOf = (head: Head): number =>
  head.kind === "object"
    ? head.members.size
    : head.kind === "list"
      ? head.items.length
      : head.kind === "scalar"
        ? head.text.length
        : 1;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const unknown = (span: UnknownHead["span"]): UnknownHead => ({ kind: "unknown", span, via: undefined, comments: [] });

function charge(r: Resolution, size: number): void {
  r.size += size;
  if (r.size > r.limits.size) exhaust(r, say.tooLarge(r.at, { limit: r.limits.size }));
}

/** `${path}`: looked up from the root; in an included file first below where it is included. */
function* substituted(r: Resolution, node: SubstitutionNode, scope: Scope): Step<Head> {
  const span = { path: scope.path, start: node.start, end: node.end };
  r.at = span;
  if (node.list) return fromEnvironment(r, node, span);
  const cycles = r.cycles;
  const candidates = scope.prefix?.length ? [[...scope.prefix, ...node.path], node.path] : [node.path];
  for (const path of candidates) {
    let slot: Slot | undefined = r.root;
    for (const key of path) slot = slot && (yield* member(r, slot, key));
    const head = slot && (yield* ask(r, slot));
    if (head) return { ...head, via: joinVia({ span, path: node.path }, head.via) };
  }
  const text = r.options.fallback?.(node.path.join("."));
  if (text !== undefined) return textHead(text, span);
  if (node.optional) return undefined;
  const path = formatPath(node.path);
  reportOnce(
    r,
    node,
    r.cycles > cycles
      ? say.substitutionCycle(span, { path })
      : say.unresolvedSubstitution(span, { path, near: nearestPath(r.root, node.path) }),
  );
  return unknown(span);
}

const textHead = (text: string, span: Span): ScalarHead => ({
  kind: "scalar",
  type: "string",
  text,
  blank: false,
  span,
  via: undefined,
  comments: [],
});

/** `${path[]}`: the texts that the environment has as `path_0`, `path_1` and so on, up to the first it has not. */
function fromEnvironment(r: Resolution, node: SubstitutionNode, span: Span): Head | undefined {
  const name = node.path.join(".");
  const items: Slot[] = [];
  const next = (): string | undefined => r.options.fallback?.(`${name}_${items.length}`);
  for (let text = next(); text !== undefined && !r.exhausted; text = next()) {
    charge(r, 1);
    items.push({ ...slotOf([]), head: textHead(text, span), done: true });
  }
  if (items.length > 0) return { kind: "list", items, span, via: undefined, comments: [] };
  if (node.optional) return undefined;
  reportOnce(r, node, say.unresolvedSubstitution(span, { path: `${formatPath(node.path)}[]`, near: undefined }));
  return unknown(span);
}

/**
 * The slot of one member, without working out more of the object than is needed: a layer that cannot contribute, because
 * what lies above it hides it, may well be one that waits for this very member.
 */
function* member(r: Resolution, slot: Slot, key: string): Step<Slot> {
  r.steps++;
  if (isFinished(r, slot)) return memberOf(slot.head, key);
  const limit = visibleLayers(r, slot);
  if (limit === undefined) return undefined;
  const known = slot.found?.get(limit)?.get(key);
  if (known) return known;
  const frame = enter(r, slot);
  let found: Slot | undefined;
  for (let index = limit - 1; index >= 0; index--) {
    slot.active = index;
    const part = yield* layerHead(r, slot, slot.layers[index] as Layer);
    if (!part) continue;
    if (part.kind !== "object") break;
    const contribution = memberOf(part, key);
    if (contribution) found = found ? stack(contribution, found) : contribution;
    if (found && hides(found)) break;
  }
  if (leave(r, slot, frame) === "final" && found) {
    slot.found ??= new Map();
    const members = slot.found.get(limit) ?? new Map<string, Slot>();
    slot.found.set(limit, members.set(key, found));
  }
  return found;
}

function memberOf(head: Head | undefined, key: string): Slot | undefined {
  if (head?.kind !== "object") return undefined;
  const slot = head.members.get(key);
  return slot && borrow(slot, head.via);
}

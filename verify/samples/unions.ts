import { fits } from "./fits.ts";
import type { Fault, WireValue } from "./sample.ts";
import { isRecord, own, pointerTo, type Shape, type UnionShape } from "./shape.ts";
import type { Step } from "./spots.ts";

/**
 * What validators say of a fault inside one shape of a union. Where the value still shows which shape is meant, by its tag or
 * its kind, it is the fault itself; else it is that no shape fits. `undefined` when it shows nothing: another shape takes the
 * value, or is taken to be the one that is meant.
 */
export function faultInUnion(
  { of: union, index, pointer }: Step & { kind: "variant" },
  value: WireValue,
  fault: Fault,
  isNullable: boolean,
): Fault | undefined {
  if (fits(union, value)) return undefined;
  const { common } = union;
  if (common) {
    if (!isRecord(value)) return { ...fault, pointer, keyword: "type" };
    const key = keyBelow(pointer, fault.pointer) ?? lastKey(fault.at);
    if (common.has(key)) return fault;
  }
  const shapes = union.variants.map((variant) => variant.shape());
  const [only] = shapes;
  if (shapes.length === 1 && only) return fault;
  const tag = tagOf(shapes);
  if (tag !== undefined && isRecord(value)) {
    const found = own(value, tag);
    const meant = shapes.filter((shape) => takesTag(shape, tag, found));
    if (meant.length === 1) return meant[0] === shapes[index] ? fault : undefined;
    if (meant.length === 0)
      return found === undefined
        ? { ...fault, pointer, keyword: "required" }
        : { ...fault, pointer: pointerTo(pointer, tag), keyword: "enum" };
  }
  const meant = shapes.filter((shape) => isKind(shape, value));
  if (meant.length === 1) return meant[0] === shapes[index] ? fault : undefined;
  return { ...fault, pointer, keyword: meant.length === 0 ? kindKeyword(union, isNullable) : "anyOf" };
}

/** What validators call a value of a kind that no shape of a union has; `undefined` when one of them has that kind. */
export function wrongKind(union: UnionShape, value: WireValue, isNullable: boolean): string | undefined {
  if (union.variants.length < 2) return undefined;
  if (union.common) return isRecord(value) ? undefined : "type";
  return union.variants.some((variant) => isKind(variant.shape(), value)) ? undefined : kindKeyword(union, isNullable);
}

/** Where all shapes are described by the same words, a value of another kind is of the wrong type. */
function kindKeyword({ variants, isInline }: UnionShape, isNullable: boolean): string {
  const words = new Set(variants.map((variant) => wordsOf(variant.shape())));
  return words.size === 1 && !(isInline && isNullable) ? "type" : "anyOf";
}

function keyBelow(pointer: string, inner: string): string | undefined {
  const [, key] = inner.slice(pointer.length).split("/");
  return key?.replaceAll("~1", "/").replaceAll("~0", "~");
}

const lastKey = (at: string): string => at.slice(at.lastIndexOf(".") + 1);

/** The first key for which every shape has one value, and not all the same. */
function tagOf(shapes: readonly Shape[]): string | undefined {
  const all = shapes.map(literals);
  for (const key of all[0]?.keys() ?? []) {
    if (!all.every((keys) => keys.has(key))) continue;
    if (new Set(all.map((keys) => keys.get(key)?.value)).size > 1) return key;
  }
  return undefined;
}

interface Mark {
  readonly value: WireValue;
  readonly required: boolean;
  readonly nullable: boolean;
}

function literals(shape: Shape): ReadonlyMap<string, Mark> {
  const found = new Map<string, Mark>();
  if (shape.kind !== "object") return found;
  for (const { key, required, nullable, shape: member } of shape.members) {
    const part = member();
    if (part.kind === "leaf" && part.literal !== undefined) found.set(key, { value: part.literal, required, nullable });
  }
  return found;
}

function takesTag(shape: Shape, tag: string, value: WireValue | undefined): boolean {
  const mark = literals(shape).get(tag);
  if (!mark) return false;
  return value === undefined ? !mark.required : value === mark.value || (value === null && mark.nullable);
}

/** True when a value is of the kind that a shape describes, whatever is wrong inside it. */
function isKind(shape: Shape, value: WireValue): boolean {
  switch (shape.kind) {
    case "leaf":
      return shape.isKind(value);
    case "list":
      return Array.isArray(value);
    case "object":
    case "map":
      return isRecord(value);
    case "union":
      return shape.variants.some((variant) => isKind(variant.shape(), value));
  }
}

function wordsOf(shape: Shape): string {
  switch (shape.kind) {
    case "leaf":
      return shape.words;
    case "object":
    case "map":
      return "object";
    case "list":
      return "array";
    case "union":
      return [...new Set(shape.variants.map((variant) => wordsOf(variant.shape())))].join();
  }
}

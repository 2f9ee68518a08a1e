import { type WireValue, wireText } from "./sample.ts";
import { isRecord, own, type Shape } from "./shape.ts";

/** True when a value is one of a shape; fields that nobody declared are passed over. */
export function fits(shape: Shape, value: WireValue): boolean {
  switch (shape.kind) {
    case "leaf":
      return shape.accepts(value);
    case "union":
      return shape.variants.some((variant) => fits(variant.shape(), value));
    case "list": {
      if (!isArray(value) || value.length < shape.minItems || value.length > shape.maxItems) return false;
      if (shape.unique && new Set(value.map(wireText)).size < value.length) return false;
      const item = shape.item();
      return value.every((part) => fits(item, part));
    }
    case "map":
      return (
        isRecord(value) &&
        Object.entries(value).every(([key, part]) => shape.keys.accepts(key) && fits(shape.value(), part))
      );
    case "object": {
      if (!isRecord(value)) return false;
      for (const { key, required, nullable, shape: member } of shape.members) {
        const part = own(value, key);
        if (part === undefined ? required : !(nullable && part === null) && !fits(member(), part)) return false;
      }
      return shape.groups.every(({ keys, required }) => {
        const present = keys.filter((key) => own(value, key) !== undefined).length;
        return present === 1 || (present === 0 && !required);
      });
    }
  }
}

/** Arrays told from objects, for both are read-only here. */
export const isArray = (value: WireValue | undefined): value is readonly WireValue[] => Array.isArray(value);

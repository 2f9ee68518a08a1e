import type { Field, JsonForm, Limits, TypeRef } from "../../model/index.ts";
import { anyJson, jsonObjects } from "./free-form.ts";
import {
  integerProbes,
  isInteger,
  isNumber,
  numberProbes,
  otherKinds,
  typicalInteger,
  typicalNumber,
} from "./numbers.ts";
import { type WireValue, wireText } from "./sample.ts";
import type { LeafShape, Probe, Wrong } from "./shape.ts";
import { stringLeaf } from "./strings.ts";
import { epochEdges } from "./times.ts";

/** The leaf of a type without parts; `undefined` for a type that has some. */
export function leafOf(type: TypeRef, form: JsonForm, limits: Limits | undefined): LeafShape | undefined {
  switch (form.kind) {
    case "boolean":
      return booleanLeaf;
    case "string":
      return stringLeaf(form, limits);
    case "integer":
      return integerLeaf(form, type);
    case "number":
      return numberLeaf(form, type);
    case "literal":
      return literalLeaf(form.value);
    case "object":
      return jsonObjects;
    case "any":
      return anyJson;
    default:
      return undefined;
  }
}

const booleanLeaf: LeafShape = {
  kind: "leaf",
  accepts: (value) => typeof value === "boolean",
  isKind: (value) => typeof value === "boolean",
  typical: (random) => random.percent(50),
  words: "boolean",
  isEnum: true,
  valid: [
    { shows: "true", value: true },
    { shows: "false", value: false },
  ],
  boundary: [
    { shows: "false", value: false },
    { shows: "true", value: true },
  ],
  invalid: [
    { shows: "true in quotes", value: "true", keyword: "type" },
    { shows: "one", value: 1, keyword: "type" },
    { shows: "zero", value: 0, keyword: "type" },
    ...otherKinds("boolean", "type"),
  ],
};

function integerLeaf(form: JsonForm & { kind: "integer" }, type: TypeRef): LeafShape {
  const { minimum, maximum } = form;
  const isEmpty = Math.ceil(minimum) > Math.floor(maximum);
  const { valid, ...probes } = integerProbes(form, epochOf(type));
  return {
    kind: "leaf",
    accepts: (value) => isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
    isKind: isNumber,
    typical: (random) => typicalInteger(form, random),
    words: `integer ${minimum} ${maximum}`,
    valid: isEmpty ? [] : valid,
    ...probes,
  };
}

const epochOf = (type: TypeRef): readonly (readonly [string, bigint])[] =>
  type.kind === "scalar" && type.logical?.name === "timestamp"
    ? epochEdges(type.logical.encoding === "epoch-seconds" ? "epoch-seconds" : "epoch-millis")
    : [];

function numberLeaf(form: JsonForm & { kind: "number" }, type: TypeRef): LeafShape {
  const isFloat = type.kind === "scalar" && type.scalar === "float32";
  const accepts = (value: WireValue): boolean =>
    isNumber(value) &&
    Number(value) >= (form.minimum ?? Number.NEGATIVE_INFINITY) &&
    Number(value) <= (form.maximum ?? Number.POSITIVE_INFINITY);
  return {
    kind: "leaf",
    accepts,
    isKind: isNumber,
    typical: (random) => typicalNumber(form, random),
    words: `number ${form.minimum} ${form.maximum}`,
    ...numberProbes(form, isFloat ? "float" : "double"),
  };
}

/** The leaf with the values that its field gives as examples: nobody knows better what is usual. */
export function withExamples(
  leaf: LeafShape,
  { examples = [], default: usual }: Pick<Field, "default" | "examples">,
): LeafShape {
  const known = new Set(leaf.valid.map(({ value }) => wireText(value)));
  const probes = [...examples, ...(usual === undefined ? [] : [usual])].flatMap((example): readonly Probe[] => {
    // A source may state as a number what the profile writes as its digits.
    const value = typeof example === "number" && !leaf.accepts(example) ? String(example) : example;
    const size = known.size;
    if (!leaf.accepts(value) || known.add(wireText(value)).size === size) return [];
    return [{ shows: "an example", value }];
  });
  return probes.length > 0 ? { ...leaf, valid: [...leaf.valid, ...probes] } : leaf;
}

/** The leaf of one value. */
export function literalLeaf(literal: string | number | boolean): LeafShape {
  const wrong = (shows: string, value: WireValue): readonly Wrong[] =>
    value === literal ? [] : [{ shows, value, keyword: "const" }];
  const only: readonly Probe[] = [{ shows: String(literal), value: literal }];
  const kind = typeof literal === "string" ? "string" : typeof literal === "number" ? "number" : "boolean";
  return {
    kind: "leaf",
    accepts: (value) => value === literal,
    isKind: (value) => value === literal,
    typical: () => literal,
    literal,
    words: JSON.stringify(literal),
    isEnum: true,
    valid: only,
    boundary: [...only, ...(typeof literal === "string" ? wrong("with a space after it", `${literal} `) : [])],
    invalid: [
      ...(typeof literal === "string"
        ? [...wrong("another word", `${literal}x`), ...wrong("capital letters", literal.toUpperCase())]
        : []),
      ...(typeof literal === "number" ? wrong("the number after it", literal + 1) : []),
      ...(typeof literal === "boolean" ? wrong("the other one", !literal) : []),
      ...wrong("in quotes", JSON.stringify(literal)),
      ...otherKinds(kind, "const"),
    ],
  };
}

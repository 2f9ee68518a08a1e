import { text } from "../sql.ts";
import { type Of, type ScalarChange, scalarChange } from "./convert-scalar.ts";
import { printType, type Type } from "./type.ts";

/** What becomes of the values of a column when its type changes. */
export type Change =
  | { readonly how: "same" }
  /** The type is noted, and no row is touched. */
  | { readonly how: "metadata" }
  /** Every row is written again, and every value is kept. */
  | { readonly how: "rewrite" }
  /** As `rewrite`, if no row meets `bad`: such a value would be changed, or keep the whole ALTER from ending. */
  | { readonly how: "guarded"; readonly bad: Of; readonly why: string; readonly narrows: boolean }
  /** No ALTER does it, but an expression: values that meet `bad` are changed by it. */
  | { readonly how: "copy"; readonly value: Of; readonly bad: Of; readonly why: string; readonly keeps: boolean }
  /** Nobody but the author of the change knows what a value becomes. */
  | { readonly how: "apart"; readonly why: string };

const rank = { same: 0, metadata: 1, rewrite: 2, guarded: 3, copy: 4, apart: 5 } as const;

/** What a change of type does to the values that are there. */
export function convert(from: Type, to: Type): Change {
  if (printType(from) === printType(to)) return { how: "same" };
  const [own, other] = [baseOf(from), baseOf(to)];
  // Where NULL may be, and how words are stored, changes how parts are written and no value.
  const isRewritten = own.isNull !== other.isNull || own.isLow !== other.isLow;
  const change = convertBase(own.type, other.type);
  if (own.isNull && !other.isNull) return withoutNull(change, other.type);
  const fitted = own.isNull ? besideNull(change, other.type) : change;
  return isRewritten && rank[fitted.how] < rank.rewrite ? { how: "rewrite" } : fitted;
}

/** A type without its NULL and its dictionary. */
export function baseOf(type: Type): { readonly type: Type; readonly isNull: boolean; readonly isLow: boolean } {
  if (type.kind === "nullable") return { ...baseOf(type.of), isNull: true };
  if (type.kind === "low") return { ...baseOf(type.of), isLow: true };
  return { type, isNull: false, isLow: false };
}

function withoutNull(change: Change, to: Type): Change {
  switch (change.how) {
    case "same":
    case "metadata":
    case "rewrite":
      return { how: "guarded", bad: (c) => `isNull(${c})`, why: "NULL has no place in the new type", narrows: true };
    case "guarded":
      return {
        ...change,
        bad: (c) => `isNull(${c}) OR ${change.bad(c)}`,
        why: `NULL has no place in the new type, and ${change.why}`,
      };
    case "copy": {
      // A list holds what is absent as nothing.
      if (to.kind === "array")
        return { ...change, value: (c) => `if(isNull(${c}), [], ${change.value(`assumeNotNull(${c})`)})` };
      const bad: Of = (c) => `isNull(${c}) OR ${change.bad(`assumeNotNull(${c})`)}`;
      return { ...change, value: (c) => change.value(`assumeNotNull(${c})`), bad };
    }
    case "apart":
      return change;
  }
}

function besideNull(change: Change, to: Type): Change {
  if (change.how !== "copy") return change;
  const target = printType(nullableOf(to));
  return {
    ...change,
    value: (c) =>
      `if(isNull(${c}), CAST(NULL, ${text(target)}), CAST(${change.value(`assumeNotNull(${c})`)}, ${text(target)}))`,
    bad: (c) => `isNotNull(${c}) AND (${change.bad(`assumeNotNull(${c})`)})`,
  };
}

const nullableOf = (type: Type): Type =>
  type.kind === "array" || type.kind === "map" ? type : { kind: "nullable", of: type };

function convertBase(from: Type, to: Type): Change {
  if (printType(from) === printType(to)) return { how: "same" };
  if (from.kind === "enum" && to.kind === "enum") return convertEnum(from, to);
  if (from.kind === "array" && to.kind === "array") return convertList(from, to);
  if (from.kind === "map" && to.kind === "map")
    return whole(from, to, [convertKey(from.key, to.key), convert(from.value, to.value)]);
  if (from.kind === "tuple" && to.kind === "tuple") return convertTuple(from, to);
  if (from.kind === "variant" && to.kind === "variant") {
    const known = new Set(to.of.map(printType));
    if (from.of.every((one) => known.has(printType(one)))) return { how: "rewrite" };
    return { how: "apart", why: "a kind of value is not in the new type" };
  }
  if (to.kind === "variant" && to.of.some((one) => printType(one) === printType(from))) return { how: "rewrite" };
  if (from.kind === "map" && to.kind === "plain" && to.name === "JSON")
    return baseOf(from.key).type.kind === "plain" && printType(baseOf(from.key).type) === "String"
      ? { how: "rewrite" }
      : { how: "apart", why: "keys of objects are text" };
  if (to.kind === "array" && from.kind !== "array") return wrapped(convert(from, to.of), to);
  if (from.kind === "array" && to.kind !== "array") return unwrapped(from, to);
  return fromScalar(scalarChange(from, to), from, to);
}

function fromScalar(change: ScalarChange, from: Type, to: Type): Change {
  switch (change.how) {
    case "check":
      return { how: "guarded", bad: change.bad, why: change.why, narrows: false };
    case "round-trip":
      return { how: "guarded", bad: (c) => isChanged(c, from, to), why: change.why, narrows: change.narrows };
    default:
      return change;
  }
}

/** True for a value that is another one, or none, after having been of the new type. */
const isChanged = (column: string, from: Type, to: Type): string => {
  const there = `accurateCastOrNull(${column}, ${text(printType(to))})`;
  const back = `CAST(${there}, ${text(printType({ kind: "nullable", of: from }))})`;
  return `isNotNull(${column}) AND ifNull(toString(${back}) != toString(${column}), true)`;
};

function convertEnum(from: Type & { kind: "enum" }, to: Type & { kind: "enum" }): Change {
  const byName = new Map(to.values.map(({ name, number }) => [name, number]));
  const byNumber = new Map(to.values.map(({ name, number }) => [number, name]));
  const gone = from.values.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  const isMoved = from.values.some(({ name, number }) => byName.has(name) && byName.get(name) !== number);
  const bad: Of = (c) => (gone.length === 0 ? "false" : `toString(${c}) IN (${gone.map(text).join(", ")})`);
  const gives = `${list(gone)} ${gone.length === 1 ? "is" : "are"} gone`;
  if (isMoved)
    return {
      how: "copy",
      value: (c) => `CAST(toString(${c}), ${text(printType(to))})`,
      bad,
      why: `a value has another number${gone.length > 0 ? ` and ${gives}` : ""}`,
      keeps: true,
    };
  if (gone.length > 0) {
    const isRenamed = from.values.some(({ name, number }) => !byName.has(name) && byNumber.has(number));
    return {
      how: "guarded",
      bad,
      why: isRenamed ? `${gives}, and rows with it would read as another` : gives,
      narrows: true,
    };
  }
  return { how: from.bits === to.bits ? "metadata" : "rewrite" };
}

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** Keys of a map are told apart by their text, so that two may become one only where the text changes. */
function convertKey(from: Type, to: Type): Change {
  const change = convert(from, to);
  return change.how === "copy" ? { how: "apart", why: change.why } : change;
}

function convertList(from: Type & { kind: "array" }, to: Type & { kind: "array" }): Change {
  const item = convert(from.of, to.of);
  if (item.how !== "copy") return whole(from, to, [item]);
  return {
    ...item,
    value: (c) => `arrayMap(x -> ${item.value("x")}, ${c})`,
    bad: (c) => `arrayExists(x -> ${item.bad("x")}, ${c})`,
  };
}

/** Parts are matched by name: what is new is empty, and what has no part any more is lost. */
function convertTuple(from: Type & { kind: "tuple" }, to: Type & { kind: "tuple" }): Change {
  const isNamed = [...from.elements, ...to.elements].every(({ name }) => name !== undefined);
  if (!isNamed && from.elements.length !== to.elements.length)
    return { how: "apart", why: "parts without names are told by their number" };
  const changes = from.elements.flatMap((element, index) => {
    const other = isNamed ? to.elements.find(({ name }) => name === element.name) : to.elements[index];
    return other ? [convert(element.type, other.type)] : [];
  });
  if (changes.length === 0) return { how: "apart", why: "the two types have no part in common" };
  return whole(from, to, changes);
}

/** What happens to a value that consists of others. */
function whole(from: Type, to: Type, parts: readonly Change[]): Change {
  const worst = parts.reduce((a, b) => (rank[b.how] > rank[a.how] ? b : a), { how: "same" } as Change);
  if (worst.how === "copy" || worst.how === "apart") return { how: "apart", why: worst.why };
  if (worst.how !== "guarded") return { how: "rewrite" };
  const common = text(printType(commonOf(from, to)));
  const bad: Of = (c) => {
    const there = `CAST(${c}, ${text(printType(to))})`;
    return `toString(CAST(${there}, ${common})) != toString(CAST(${c}, ${common}))`;
  };
  const guarded = parts.filter((part) => part.how === "guarded");
  return { how: "guarded", bad, why: worst.why, narrows: guarded.every((part) => part.narrows) };
}

/** The old type with no other parts than the new one has. */
function commonOf(from: Type, to: Type): Type {
  if (from.kind === "nullable" || from.kind === "low") return { ...from, of: commonOf(from.of, baseOf(to).type) };
  const target = baseOf(to).type;
  if (from.kind === "array" && target.kind === "array") return { ...from, of: commonOf(from.of, target.of) };
  if (from.kind === "map" && target.kind === "map") return { ...from, value: commonOf(from.value, target.value) };
  if (from.kind !== "tuple" || target.kind !== "tuple") return from;
  const elements = from.elements.flatMap((element) => {
    const other = target.elements.find(({ name }) => name === element.name);
    return other || element.name === undefined
      ? [{ ...element, type: other ? commonOf(element.type, other.type) : element.type }]
      : [];
  });
  return { ...from, elements };
}

function wrapped(item: Change, to: Type & { kind: "array" }): Change {
  const why = "a value becomes a list of one";
  const value: Of = (c) => `[CAST(${c}, ${text(printType(to.of))})]`;
  if (item.how === "copy" || item.how === "apart") return { how: "apart", why };
  const bad: Of = item.how === "guarded" ? item.bad : () => "false";
  return { how: "copy", value, bad, why, keeps: true };
}

function unwrapped(from: Type & { kind: "array" }, to: Type): Change {
  const item = convert(from.of, to);
  const why = "a list becomes a value";
  if (
    to.kind === "map" ||
    to.kind === "tuple" ||
    (item.how !== "same" && item.how !== "metadata" && item.how !== "rewrite")
  )
    return { how: "apart", why };
  return {
    how: "copy",
    value: (c) => `CAST(${c}[1], ${text(printType(to))})`,
    bad: (c) => `length(${c}) != 1`,
    why,
    keeps: true,
  };
}

/** The new type with every part of tuples that only the old one has: what nobody has allowed to be lost. */
export function keepParts(from: Type, to: Type, path: string, isAllowed: (part: string) => boolean): Type {
  if (to.kind === "nullable" || to.kind === "low")
    return { ...to, of: keepParts(from, to.of, path, isAllowed) } as Type;
  const own = baseOf(from).type;
  if (own.kind === "array" && to.kind === "array") return { ...to, of: keepParts(own.of, to.of, path, isAllowed) };
  if (own.kind === "map" && to.kind === "map") return { ...to, value: keepParts(own.value, to.value, path, isAllowed) };
  if (own.kind !== "tuple" || to.kind !== "tuple") return to;
  const old = new Map(own.elements.map((element) => [element.name, element]));
  const known = new Set(to.elements.map(({ name }) => name));
  if (known.has(undefined) || old.has(undefined)) return to;
  const kept = own.elements.filter(({ name }) => !known.has(name) && !isAllowed(`${path}.${name}`));
  const elements = to.elements.map((element) => {
    const was = old.get(element.name);
    return was
      ? { ...element, type: keepParts(was.type, element.type, `${path}.${element.name}`, isAllowed) }
      : element;
  });
  return { ...to, elements: [...elements, ...kept] };
}

/** The parts of tuples that the new type has no place for, by their path. */
export function lostParts(from: Type, to: Type, path: string): readonly string[] {
  const [own, other] = [baseOf(from).type, baseOf(to).type];
  if (own.kind === "array" && other.kind === "array") return lostParts(own.of, other.of, path);
  if (own.kind === "map" && other.kind === "map") return lostParts(own.value, other.value, path);
  if (own.kind !== "tuple" || other.kind !== "tuple") return [];
  return own.elements.flatMap((element) => {
    if (element.name === undefined) return [];
    const now = other.elements.find(({ name }) => name === element.name);
    return now ? lostParts(element.type, now.type, `${path}.${element.name}`) : [`${path}.${element.name}`];
  });
}

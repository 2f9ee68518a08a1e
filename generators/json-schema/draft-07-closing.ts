import { isSchema, merge, type Node, type Schema, schema } from "./node.ts";

/** The definitions of a system by their keys, as the newer draft has them. */
export type Definitions = Schema;

/** One of several shapes, with all that an object of it may have. */
interface Shape {
  readonly node: Schema;
  /** The properties it declares, each taking anything: `undefined` when it takes every property. */
  readonly room: Room | undefined;
  /** By key the literals it takes; `absent` among them when it may lack the key. */
  readonly literals: ReadonlyMap<string, readonly Node[]>;
  /** False when it is itself one of several, with fields beside them. */
  readonly isWhole: boolean;
}

/** Names and patterns of properties. */
interface Room {
  readonly names: ReadonlySet<string>;
  readonly patterns: ReadonlySet<string>;
}

/**
 * An object that is one of several shapes and has fields beside them, closed by what draft-07 has. Where a field tells the
 * shapes apart, each is closed by itself; else all have room for the fields of all, which is not `exact`.
 */
export function closeShapes(
  node: Schema,
  definitions: Definitions,
): { readonly closed: Schema; readonly exact: boolean } {
  const shapes = items(node, "anyOf").flatMap((part) => shapesOf(part, definitions, new Set()));
  const own = roomOf(node);
  const rooms = shapes.map(({ room }) => room && joined([own, room]));
  const whole = shapes.every(({ isWhole }) => isWhole);
  if (shapes.length > 0 && areApart(shapes)) {
    const anyOf = shapes.map((shape, i) => {
      const room = rooms[i];
      return room ? merge(schema({ allOf: [shape.node] }), closing(room)) : shape.node;
    });
    return { closed: merge(node, schema({ anyOf })), exact: whole };
  }
  const known = rooms.filter((room) => room !== undefined);
  if (known.length < rooms.length) return { closed: node, exact: known.length === 0 };
  const all = joined([own, ...known]);
  const room = closing(all);
  // What the object declares itself keeps its schema.
  const properties = joinedMaps(room.get("properties"), node.get("properties"));
  const patternProperties = joinedMaps(room.get("patternProperties"), node.get("patternProperties"));
  return {
    closed: merge(node, room, schema({ properties, patternProperties })),
    exact: whole && known.every((one) => isSame(one, all)),
  };
}

/** The definition that a node refers to. */
export function definitionOf(node: Schema, definitions: Definitions): Schema | undefined {
  const $ref = node.get("$ref");
  const target =
    typeof $ref === "string" ? definitions.get($ref.slice($ref.indexOf("#/$defs/") + "#/$defs/".length)) : undefined;
  return isSchema(target) ? target : undefined;
}

/** The shapes that a part of a choice stands for: those of a union that adds nothing to them, or itself. */
function shapesOf(node: Schema, definitions: Definitions, seen: ReadonlySet<Schema>): readonly Shape[] {
  if (seen.has(node)) return [];
  const target = definitionOf(node, definitions);
  const within = target ?? node;
  const isPlain = !["properties", "patternProperties", "type", "allOf", "oneOf"].some((key) => within.has(key));
  const isBare = target === undefined || node.size === 1;
  if (isPlain && isBare && (within.has("anyOf") || within.has("$ref"))) {
    const parts = within.has("anyOf") ? items(within, "anyOf") : [within];
    return parts.flatMap((part) => (part === node ? [] : shapesOf(part, definitions, new Set([...seen, node]))));
  }
  const room = roomWithin(node, definitions, seen);
  const isWhole = room === undefined || !chain(node, definitions).some((part) => part.has("anyOf"));
  return [{ node, room, literals: literalsOf(node, definitions), isWhole }];
}

/** All that an object of a schema may have. */
function roomWithin(node: Schema, definitions: Definitions, seen: ReadonlySet<Schema>): Room | undefined {
  if (seen.has(node)) return emptyRoom;
  if (node.get("additionalProperties") === true || isAnything(node)) return undefined;
  const target = definitionOf(node, definitions);
  const parts = [...(target ? [target] : []), ...items(node, "anyOf")];
  const rooms = parts.map((part) => roomWithin(part, definitions, new Set([...seen, node])));
  const known = rooms.filter((room) => room !== undefined);
  return known.length < rooms.length ? undefined : joined([roomOf(node), ...known]);
}

/** True when nothing is asked of a value, so that no property of it is left over. */
const isAnything = (node: Schema): boolean =>
  [...node.keys()].every((key) => /^(?:\$comment|title|description|x-.*)$/.test(key));

/** A node, what it refers to, and so on. */
function chain(node: Schema, definitions: Definitions): readonly Schema[] {
  const found = new Set<Schema>();
  for (let part: Schema | undefined = node; part && !found.has(part); part = definitionOf(part, definitions))
    found.add(part);
  return [...found];
}

/** The literals of a shape, and of what it refers to. */
function literalsOf(node: Schema, definitions: Definitions): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, readonly Node[]>();
  for (const part of chain(node, definitions)) {
    const required = part.get("required");
    const properties = part.get("properties");
    for (const [key, property] of isSchema(properties) ? properties : []) {
      if (!isSchema(property) || found.has(key)) continue;
      const several = property.get("enum");
      const values = property.has("const")
        ? [property.get("const") ?? null]
        : Array.isArray(several)
          ? (several as readonly Node[])
          : undefined;
      const isRequired = Array.isArray(required) && required.includes(key);
      if (values) found.set(key, isRequired ? values : [...values, absent]);
    }
  }
  return found;
}

/** Stands among literals for a key that is not there; no literal of a source is an object. */
const absent: Node = new Map();

/** True when an object can be of one shape only, because some key has other literals in each. */
function areApart(shapes: readonly Shape[]): boolean {
  const [first] = shapes;
  if (!first || shapes.length === 1) return true;
  return [...first.literals.keys()].some((key) => {
    if (!shapes.every(({ literals }) => literals.has(key))) return false;
    const all = shapes.flatMap(({ literals }) => [...new Set(literals.get(key))]);
    return new Set(all).size === all.length;
  });
}

const emptyRoom: Room = { names: new Set(), patterns: new Set() };

const roomOf = (node: Schema): Room => ({
  names: keysOf(node.get("properties")),
  patterns: keysOf(node.get("patternProperties")),
});

const keysOf = (node: Node | undefined): ReadonlySet<string> => new Set(isSchema(node) ? node.keys() : []);

const joined = (rooms: readonly Room[]): Room => ({
  names: new Set(rooms.flatMap(({ names }) => [...names])),
  patterns: new Set(rooms.flatMap(({ patterns }) => [...patterns])),
});

const isSame = (a: Room, b: Room): boolean => a.names.size === b.names.size && a.patterns.size === b.patterns.size;

/** Keywords that take the properties of a room, whatever they are, and no others. */
const closing = ({ names, patterns }: Room): Schema =>
  schema({ properties: anythingFor(names), patternProperties: anythingFor(patterns), additionalProperties: false });

const anythingFor = (keys: ReadonlySet<string>): Schema | undefined =>
  keys.size > 0 ? new Map([...keys].map((key) => [key, true])) : undefined;

const joinedMaps = (a: Node | undefined, b: Node | undefined): Schema | undefined =>
  isSchema(a) ? merge(a, ...(isSchema(b) ? [b] : [])) : isSchema(b) ? b : undefined;

const items = (node: Schema, key: string): readonly Schema[] => {
  const found = node.get(key);
  return Array.isArray(found) ? found.filter((item: Node): item is Schema => isSchema(item)) : [];
};

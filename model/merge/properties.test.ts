import fc from "fast-check";
import { expect, test } from "vitest";
import type { Diagnostic } from "../diagnostic.ts";
import { compareText } from "../json.ts";
import type { Decl, Enum, EnumValue, Event, Field, Message, Origin, TypeRef } from "../model.ts";
import { list, literal, named, scalar, timestamp, unstated, uuid } from "../type-ref.ts";
import { mergeDeclarations } from "./index.ts";

const settings = { seed: 20_240_501, numRuns: 300 };

function merge(decls: readonly Decl[]) {
  const findings: Diagnostic[] = [];
  return { decls: mergeDeclarations(decls, (finding) => findings.push(finding)), findings };
}

const word = fc.constantFrom("id", "taskId", "task_id", "total", "phase", "__proto__", "constructor", "x1");
const span = fc.record({
  path: fc.constant("wiki"),
  start: fc.integer({ min: 0, max: 100_000 }),
  end: fc.constant(100_000),
});
const origins: fc.Arbitrary<readonly Origin[]> = fc.array(
  fc.record(
    {
      span,
      reader: fc.constant("test"),
      basis: fc.constantFrom("stated" as const, "inferred" as const, "overlay" as const),
      facts: fc.subarray(["type", "presence", "doc"], { minLength: 1 }),
    },
    { requiredKeys: ["span", "reader", "basis"] },
  ),
  { minLength: 1, maxLength: 3 },
);
const type: fc.Arbitrary<TypeRef> = fc.letrec<{ type: TypeRef }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<TypeRef>(scalar("number"), scalar("string"), uuid, unstated, literal("1.0"), named("shop.Order")),
    fc.constantFrom<TypeRef>({ kind: "json" }, timestamp("protobuf"), scalar("int64")),
    tie("type").map(list),
    tie("type").map((value): TypeRef => ({ kind: "map", key: "string", value })),
    fc.array(tie("type"), { minLength: 1, maxLength: 2 }).map((variants): TypeRef => ({ kind: "union", variants })),
  ),
})).type;
const said = {
  origins,
  doc: fc.string(),
  deprecated: fc.record({ reason: fc.string(), since: word }, { requiredKeys: [] }),
  aliases: fc.uniqueArray(word),
};
const field: fc.Arbitrary<Field> = fc.record(
  {
    ...said,
    name: word,
    type,
    presence: fc.constantFrom("required" as const, "optional" as const, "unstated" as const),
    default: fc.jsonValue() as fc.Arbitrary<Field["default"] & {}>,
    unit: word,
    number: fc.integer({ min: 1, max: 9 }),
    limits: fc.record({ minimum: fc.integer(), pattern: word }, { requiredKeys: [] }),
  },
  { requiredKeys: ["origins", "name", "type", "presence"] },
);
const byName = { selector: (item: { name: string }) => item.name };
const shop = { system: fc.constant("shop"), origins };
const message: fc.Arbitrary<Message> = fc
  .record({
    ...shop,
    kind: fc.constant("message" as const),
    name: fc.constantFrom("shop.Order", "shop.Item"),
    fields: fc.uniqueArray(field, byName),
  })
  .map((decl) => ({
    ...decl,
    oneofs: [{ name: "choice", fields: decl.fields.slice(0, 2).map(({ name }) => name), required: false }],
  }));
const value: fc.Arbitrary<EnumValue> = fc.record(
  { ...said, name: word, number: fc.integer({ min: 0, max: 9 }), label: word },
  { requiredKeys: ["origins", "name"] },
);
const enumeration: fc.Arbitrary<Enum> = fc.record({
  ...shop,
  kind: fc.constant("enum" as const),
  name: fc.constantFrom("shop.State", "shop.Phase"),
  values: fc.uniqueArray(value, byName),
  open: fc.boolean(),
});
const event: fc.Arbitrary<Event> = fc.record(
  {
    ...shop,
    ...said,
    kind: fc.constant("event" as const),
    name: word,
    topic: word,
    group: word,
    payload: type,
    identity: fc.array(word),
  },
  { requiredKeys: ["origins", "kind", "name", "system", "payload"] },
);
const decls: fc.Arbitrary<readonly Decl[]> = fc.uniqueArray(
  fc.oneof<fc.Arbitrary<Decl>[]>(message, enumeration, event),
  {
    selector: (decl) => `${decl.kind} ${decl.name}`,
  },
);

/** Rebuilds what was read, origins changed. */
function withOrigins<T>(thing: T, change: (all: readonly Origin[]) => readonly Origin[]): T {
  const rebuild = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rebuild);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, key === "origins" ? change(item) : rebuild(item)]),
    );
  };
  return rebuild(thing) as T;
}
const moved = <T>(thing: T, path: string): T =>
  withOrigins(thing, (all) => all.map((origin) => ({ ...origin, span: { ...origin.span, path } })));
const distinct = (all: readonly Origin[]): readonly Origin[] => [
  ...new Map(all.map((o) => [JSON.stringify([o.span, o.basis]), o])).values(),
];

test("what two sources say alike is what each of them says", () => {
  fc.assert(
    fc.property(decls, (drawn) => {
      const read = withOrigins(drawn, distinct);
      const { decls: merged, findings } = merge([...read, ...moved(read, "copy")]);
      expect(findings).toEqual([]);
      expect(withOrigins(merged, (all) => all.filter(({ span }) => span.path === "wiki"))).toEqual(
        withOrigins(read, (all) => all),
      );
    }),
    settings,
  );
});

/** What a source that states only some facts of a field still says of it. */
const part = (full: Field, keys: readonly string[], path: string): Field => ({
  name: full.name,
  type: keys.includes("type") ? full.type : unstated,
  presence: keys.includes("presence") ? full.presence : "unstated",
  ...(keys.includes("unit") && full.unit !== undefined && { unit: full.unit }),
  ...(keys.includes("doc") && full.doc !== undefined && { doc: full.doc }),
  ...(keys.includes("number") && full.number !== undefined && { number: full.number }),
  origins: [{ span: { path, start: 0, end: 0 }, reader: "test", basis: "stated" }],
});

test("where nothing contradicts, no order of the sources matters", () => {
  const keys = fc.subarray(["type", "presence", "unit", "doc", "number"]);
  const fields = fc.uniqueArray(field, { selector: ({ name }) => name.toLowerCase().replace("_", "") });
  const drawn = fc.tuple(fields, fc.infiniteStream(fc.option(keys)), fc.infiniteStream(fc.option(keys)));
  fc.assert(
    fc.property(drawn, ([full, ...streams]) => {
      const numbered = full.map((item, index): Field => ({ ...item, number: index + 1 }));
      const pages = streams.map((stream, index): Message => {
        const path = `page ${index}`;
        const told = numbered.flatMap((item) => {
          const kept = stream.next().value;
          return kept ? [part(item, kept, path)] : [];
        });
        const origins: Message["origins"] = [{ span: { path, start: 0, end: 0 }, reader: "test", basis: "stated" }];
        return { kind: "message", name: "shop.Order", system: "shop", fields: told, origins };
      });
      const [one, other] = [merge(pages), merge([...pages].reverse())];
      expect(facts(other)).toEqual(facts(one));
      expect(one.findings.filter(({ code }) => code !== "merge/only-in")).toEqual([]);
    }),
    settings,
  );
});

function facts({ decls: [merged], findings }: ReturnType<typeof merge>) {
  const { fields } = withOrigins(merged as Message, () => []);
  return {
    fields: [...fields].sort((a, b) => compareText(a.name, b.name)),
    told: findings.map(({ code, at }) => `${code} ${at}`).sort(),
  };
}

test("ten thousand declarations of two sources are merged in a moment", () => {
  const at = (path: string): Origin[] => [{ span: { path, start: 0, end: 0 }, reader: "test", basis: "stated" }];
  const page = (path: string): readonly Message[] =>
    Array.from({ length: 10_000 }, (_, i) => ({
      kind: "message",
      name: `shop.Type${i}`,
      system: "shop",
      fields: ["a", "b", "c", "d", "e"].map(
        (name): Field => ({ name, type: uuid, presence: "required", origins: at(path) }),
      ),
      origins: at(path),
    }));
  const begin = performance.now();
  expect(merge([...page("wiki"), ...page("spec")])).toMatchObject({ decls: { length: 10_000 }, findings: [] });
  // Far more than it takes, and far less than anything quadratic would.
  expect(performance.now() - begin).toBeLessThan(10_000);
});

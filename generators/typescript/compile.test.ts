import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { describe, expect, test } from "vitest";
import {
  type Decl,
  jsonAny,
  jsonObject,
  list,
  literal,
  map,
  named,
  type OutputFile,
  scalar,
  timestamp,
  uuid,
} from "../../model/index.ts";
import { compilers, compileWith, strictest } from "../../test/support/compilers.ts";
import { at, enumeration, event, field, message, operation, required, run, system, union } from "./testing.ts";

async function inFolder(
  files: readonly OutputFile[],
  work: (folder: string) => string | Promise<string>,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "typescript-generator-"));
  try {
    for (const { path, content } of [{ path: "package.json", content: '{ "type": "module" }' }, ...files]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the compilers have to say of the generated files and of somebody who uses them. */
function compile(decls: readonly Decl[], consumer: string): Promise<string> {
  const { files, findings } = run(decls);
  expect(findings).toEqual([]);
  const settings = compilers.map((compiler) => ({
    path: `${compiler}.json`,
    content: JSON.stringify({ compilerOptions: strictest(compiler), include: ["."] }),
  }));
  return inFolder([...files, ...settings, { path: "consumer.ts", content: consumer }], async (folder) => {
    const said = await Promise.all(
      compilers.map((compiler) => compileWith(compiler, join(folder, `${compiler}.json`))),
    );
    return said.join("");
  });
}

/** What code prints that imports the generated files. */
function execute(decls: readonly Decl[], code: string): Promise<string> {
  return inFolder([...run(decls).files, { path: "main.mjs", content: code }], (folder) => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, "main.mjs")], { encoding: "utf8" });
    return stdout + stderr;
  });
}

const enveloped = { envelope: { type: "shop.Envelope", how: "merge" } } as const;
const shop: readonly Decl[] = [
  message("shop.Envelope", [
    required("event_id", uuid),
    required("event_type"),
    field("user_id", uuid),
    field("tags", jsonObject),
  ]),
  message("shop.PaidBody", [
    required("event_type", literal("shop.paid")),
    required("amount", scalar("int64")),
    required("user_id", uuid),
    field("mode", named("shop.Mode"), { nullable: true }),
  ]),
  message("shop.SentBody", [
    required("event_type", literal("shop.sent")),
    field("parcels", list(named("shop.Parcel"))),
    field("note"),
  ]),
  event("shop.paid", named("shop.PaidBody"), enveloped),
  event("shop.sent", named("shop.SentBody"), enveloped),
  event("shop.parcel", named("shop.Parcel")),
  enumeration("shop.Mode", { CARD: 1, CASH: 2 }),
  message("shop.Parcel", [field("grams", scalar("uint32")), field("inside", list(named("shop.Parcel")))]),
];

describe("events", () => {
  test("are told apart by the literal that each of them carries", async () => {
    const consumer = `
      import type { EventMap, EventName, Paid, Sent, ShopEvent } from "./shop/index.js";
      import { events } from "./shop/index.js";

      export function describe(event: ShopEvent): string {
        switch (event.event_type) {
          case "shop.paid":
            return event.amount;
          case "shop.sent":
            return event.note ?? "";
          default:
            return event satisfies never;
        }
      }
      export const names: readonly EventName[] = events;
      export const handlers: { [N in EventName]?: (event: EventMap[N]) => void } = {
        "shop.paid": (event) => event.amount satisfies string,
        "shop.parcel": (event) => event.grams satisfies number | undefined,
        // @ts-expect-error: there is no such event
        "shop.lost": () => undefined,
      };

      const sent: Sent = { event_id: "1", event_type: "shop.sent" };
      sent.note = "filled in later";
      // @ts-expect-error: the literal of the other event
      export const a: Sent = { event_id: "1", event_type: "shop.paid" };
      // @ts-expect-error: the envelope's field is missing
      export const b: Sent = { event_type: "shop.sent" };
      // @ts-expect-error: the payload requires what the envelope does not
      export const c: Paid = { event_id: "1", event_type: "shop.paid", amount: "5" };
      // @ts-expect-error: no field may be undefined
      export const d: Sent = { event_id: "1", event_type: "shop.sent", note: undefined };
      // @ts-expect-error: no such field
      export const e: Sent = { event_id: "1", event_type: "shop.sent", mote: "" };
      // @ts-expect-error: free-form JSON has no known shape
      export const f = (event: Sent): string => event.tags?.["color"];
    `;
    expect(await compile(shop, consumer)).toBe("");
  });

  test("that carry no literal have a map and no union", async () => {
    const decls = [
      message("shop.A", [field("x")]),
      event("shop.a", named("shop.A")),
      event("shop.b", named("shop.A")),
      event("shop.list", list(named("shop.A"))),
    ];
    const consumer = `
      import type { A, EventMap } from "./shop/index.js";
      export const same = (a: EventMap["shop.a"]): EventMap["shop.b"] => a;
      export const list: EventMap["shop.list"] = [{ x: "" }] satisfies A[];
      // @ts-expect-error: nothing tells the events apart
      export type { ShopEvent } from "./shop/index.js";
    `;
    expect(await compile(decls, consumer)).toBe("");
  });

  test("in an envelope with a field for the payload extend it", async () => {
    const decls = [
      message("shop.Envelope", [required("id")]),
      message("shop.Body", [required("x")]),
      event("shop.a", named("shop.Body"), { envelope: { type: "shop.Envelope", how: "wrap" } }),
    ];
    const consumer = `
      import type { A, Envelope } from "./shop/index.js";
      export const a: A = { id: "", payload: { x: "" } };
      export const b: Envelope = a;
    `;
    expect(await compile(decls, consumer)).toBe("");
  });

  test("whose payload changes a type of the envelope stand alone", async () => {
    const decls = [
      message("shop.Envelope", [required("id"), field("tags", jsonObject)]),
      message("shop.Body", [field("tags")]),
      event("shop.a", named("shop.Body"), enveloped),
    ];
    expect(
      await compile(decls, 'import type { A } from "./shop/index.js"; export const a: A = { id: "", tags: "x" };'),
    ).toBe("");
  });
});

describe("enums", () => {
  test("are constants and a union of their values, by name or by number", async () => {
    const decls = [
      system({ enums: "number" }),
      enumeration("shop.Mode", { CARD: 1, CASH: 2 }),
      message("shop.Sale", [
        required("mode", named("shop.Mode")),
        field("other", named("shop.Mode"), { nullable: true }),
      ]),
    ];
    const consumer = `
      import { Mode, type Sale } from "./shop/index.js";
      export const a: Sale = { mode: Mode.CARD, other: null };
      export const b: Sale = { mode: 2 };
      export const table: Record<Mode, string> = { [Mode.CARD]: "card", [Mode.CASH]: "cash" };
      export function name(mode: Mode): string {
        switch (mode) {
          case Mode.CARD:
            return "card";
          case Mode.CASH:
            return "cash";
          default:
            return mode satisfies never;
        }
      }
      // @ts-expect-error: no value of the enum
      export const c: Sale = { mode: 3 };
      // @ts-expect-error: not by name
      export const d: Sale = { mode: "CARD" };
      // @ts-expect-error: null is no value here
      export const e: Sale = { mode: null };
      // @ts-expect-error: constants stay what they are
      Mode.CARD = 2;
    `;
    expect(await compile(decls, consumer)).toBe("");
    expect(
      await execute(
        decls,
        'import { Mode } from "./shop/index.js"; console.log(JSON.stringify(Mode), Object.isFrozen(Mode));',
      ),
    ).toBe('{"CARD":1,"CASH":2} true\n');
  });

  test("that are open take other values of the same kind", async () => {
    const decls = [
      system({ enums: "number" }),
      enumeration("shop.Mode", { CARD: 1, CASH: 2 }, { open: true }),
      enumeration("shop.Nothing", {}),
    ];
    const consumer = `
      import type { Mode, Nothing } from "./shop/index.js";
      export const a: Mode[] = [1, 2, 3];
      // @ts-expect-error: no text
      export const b: Mode = "CARD";
      export const c = (nothing: Nothing): never => nothing;
    `;
    expect(await compile(decls, consumer)).toBe("");
  });

  test("may have hostile names and values", async () => {
    const decls = [enumeration("shop.Object", { __proto__x: 0, 'a"b\n': 1, constructor: 2, ["__proto__"]: 3 })];
    const consumer = `
      import { Object as Values } from "./shop/index.js";
      export const a: Values[] = [Values.__proto__, Values.constructor, Values['a"b\\n'], "__proto__"];
      // @ts-expect-error: no value of the enum
      export const b: Values = "toString";
    `;
    expect(await compile(decls, consumer)).toBe("");
    const code = 'import { Object as Values } from "./shop/index.js"; console.log(Object.keys(Values).join());';
    expect(await execute(decls, code)).toBe('__proto__x,a"b\n,constructor,__proto__\n');
  });
});

describe("one-ofs", () => {
  const value = (isRequired: boolean): readonly Decl[] => [
    message(
      "shop.Value",
      [field("id"), field("text"), field("number", scalar("float64")), field("list", list(named("shop.Value")))],
      { oneofs: [{ name: "kind", fields: ["text", "number", "list"], required: isRequired }] },
    ),
  ];

  test("take at most one of their members and are narrowed by it", async () => {
    const consumer = `
      import type { Value } from "./shop/index.js";
      export const values: Value[] = [{}, { id: "a" }, { text: "" }, { number: 1, id: "b" }, { list: [{ list: [] }] }];
      export function read(value: Value): string {
        if (value.text !== undefined) {
          value.number satisfies undefined;
          return value.text;
        }
        return value.number !== undefined ? value.number.toFixed() : (value.list?.length.toFixed() ?? "");
      }
      // @ts-expect-error: two of them
      export const a: Value = { text: "", number: 1 };
      // @ts-expect-error: two of them, further in
      export const b: Value = { list: [{ text: "", list: [] }] };
      // @ts-expect-error: no field may be undefined
      export const c: Value = { text: undefined };
      // @ts-expect-error: no such field
      export const d: Value = { text: "", flag: true };
    `;
    expect(await compile(value(false), consumer)).toBe("");
  });

  test("that are required take exactly one", async () => {
    const consumer = `
      import type { Value } from "./shop/index.js";
      export const values: Value[] = [{ text: "" }, { number: 1, id: "b" }, { list: [{ text: "" }] }];
      export function read(value: Value): string {
        if (value.text !== undefined) return value.text;
        return value.number !== undefined ? value.number.toFixed() : value.list.length.toFixed();
      }
      // @ts-expect-error: none of them
      export const a: Value = { id: "" };
      // @ts-expect-error: two of them
      export const b: Value = { text: "", number: 1 };
      // @ts-expect-error: no field may be undefined
      export const c: Value = { text: undefined };
    `;
    expect(await compile(value(true), consumer)).toBe("");
  });
});

describe("types", () => {
  test("may refer to themselves, through lists, maps, unions and aliases", async () => {
    const decls: readonly Decl[] = [
      { kind: "alias", system: "shop", name: "shop.Tree", type: map(list(named("shop.Tree"))), origins: [at(1)] },
      union("shop.Json", [scalar("string"), list(named("shop.Json")), map(named("shop.Json"))]),
      union("shop.Node", [named("shop.Leaf"), named("shop.Pair")]),
      message("shop.Leaf", [required("value", named("shop.Json"))]),
      message("shop.Pair", [required("left", named("shop.Node")), required("right", named("shop.Node"))]),
    ];
    const consumer = `
      import type { Json, Node, Tree } from "./shop/index.js";
      export const tree: Tree = { a: [{ b: [] }] };
      export const json: Json = [{ a: ["b"] }];
      export const node: Node = { left: { value: "a" }, right: { left: { value: [] }, right: { value: {} } } };
      // @ts-expect-error: a number is none of its variants
      export const wrong: Json = [{ a: [1] }];
    `;
    expect(await compile(decls, consumer)).toBe("");
  });

  test("leave room for unknown fields only where the source does", async () => {
    const decls = [message("shop.Open", [required("a")], { open: true }), message("shop.Closed", [required("a")])];
    const consumer = `
      import type { Closed, Open } from "./shop/index.js";
      export const open: Open = { a: "", b: 1 };
      export const rest: unknown = open["b"];
      // @ts-expect-error: what it holds is not known
      export const text: string = open["b"];
      // @ts-expect-error: no such field
      export const closed: Closed = { a: "", b: 1 };
    `;
    expect(await compile(decls, consumer)).toBe("");
  });

  test("combine a union with the fields that all its variants share", async () => {
    const decls = [
      message("shop.Cat", [required("kind", literal("cat")), field("lives", scalar("int32"))]),
      message("shop.Dog", [field("kind", literal("dog")), field("tricks", list(scalar("string")))]),
      union("shop.Pet", [named("shop.Cat"), named("shop.Dog")], { fields: [required("name"), field("any", jsonAny)] }),
      union("shop.Vehicle", [named("shop.Car"), named("shop.Bike")], {
        tag: { field: "wheels", values: { four: "shop.Car", two: "shop.Bike" } },
      }),
      message("shop.Car", [field("doors", scalar("int32"))]),
      message("shop.Bike", [field("gears", scalar("int32"))]),
    ];
    const consumer = `
      import type { Pet, Vehicle } from "./shop/index.js";
      export const pets: Pet[] = [{ name: "Tom", kind: "cat", lives: 9 }, { name: "Rex", any: null }];
      export const lives = (pet: Pet): number | undefined => (pet.kind === "cat" ? pet.lives : pet.tricks?.length);
      export const doors = (vehicle: Vehicle): number | undefined =>
        vehicle.wheels === "four" ? vehicle.doors : vehicle.gears;
      // @ts-expect-error: the common field is missing
      export const a: Pet = { kind: "cat" };
      // @ts-expect-error: of no variant
      export const b: Pet = { name: "Tom", kind: "cow" };
      // @ts-expect-error: without its tag
      export const c: Vehicle = { doors: 4 };
    `;
    expect(await compile(decls, consumer)).toBe("");
  });

  test("write 64-bit integers as the profile does", async () => {
    const decls = (int64: "string" | "number") => [
      system({ int64 }),
      message("shop.Size", [required("bytes", scalar("uint64")), required("at", timestamp("epoch-millis"))]),
    ];
    const consumer = (bytes: string) =>
      `import type { Size } from "./shop/index.js"; export const size: Size = { bytes: ${bytes}, at: 0 };`;
    expect(await compile(decls("string"), consumer("String(2n ** 63n)"))).toBe("");
    expect(await compile(decls("number"), consumer("1024"))).toBe("");
    expect(await compile(decls("number"), consumer('"1024"'))).toContain("is not assignable to type 'number'");
  });

  test("of another system are imported from it", async () => {
    const decls: readonly Decl[] = [
      system(),
      { ...system(), name: "stock" },
      { ...message("stock.Item", [required("sku")]), system: "stock" },
      message("shop.Item", [required("of", named("stock.Item"))]),
    ];
    const consumer = `
      import type { Item } from "./shop/index.js";
      export const item: Item = { of: { sku: "" } };
    `;
    expect(await compile(decls, consumer)).toBe("");
  });

  test("may have hostile names, texts and keys", async () => {
    const keys = ["__proto__", "constructor", "toString", "a-b", "1", "class", 'q"\\\n\u2028', "ключ", "`x`", ""];
    const decls = [
      message(
        "shop.Record",
        keys.map((key) => field(key, literal(key), { doc: `*/ } export const evil = "${key}"; /*` })),
      ),
      message("shop.Exclude", [field("all", map(named("shop.Record")))], { doc: "@deprecated {@link x}\u202e\r\n*/" }),
      message("shop.Array", [field("items", list(named("shop.String")))]),
      message("shop.String", [field("a"), field("b")], {
        oneofs: [{ name: "x", fields: ["a", "b"], required: false }],
      }),
    ];
    const consumer = `
      import type { Exclude } from "./shop/index.js";
      const inherited = { constructor: "constructor", toString: "toString" } as const;
      export const a: Exclude = { all: { x: { ["__proto__"]: "__proto__", class: "class", "": "", ...inherited } } };
      // @ts-expect-error: nothing leaked out of a comment
      export { evil } from "./shop/index.js";
    `;
    expect(await compile(decls, consumer)).toBe("");
  });
});

test("operations are found by name and version", async () => {
  const decls = [
    message("shop.add.v2_9.request", [required("task")]),
    message("shop.add.v2_12.request", [required("task"), field("force", scalar("bool"), { default: false })]),
    message("shop.add.v2_9.response", [], { open: true }),
    operation("shop.add", [
      {
        version: "2.9",
        request: named("shop.add.v2_9.request"),
        response: named("shop.add.v2_9.response"),
        origins: [at(1)],
      },
      {
        version: "2.12",
        request: named("shop.add.v2_12.request"),
        response: named("shop.add.v2_9.response"),
        origins: [at(2)],
      },
    ]),
    operation("shop.add_batch", [
      { version: "2.9", batchOf: { operation: "shop.add", version: "2.9" }, origins: [at(3)] },
    ]),
  ];
  const consumer = `
    import type { AddV2_12Request, AddV2_9Request, OperationMap, OperationName } from "./shop/index.js";
    type Body<N extends OperationName, V extends keyof OperationMap[N]> = OperationMap[N][V] extends { request: infer R } ? R : never;
    declare function call<N extends OperationName, V extends keyof OperationMap[N]>(name: N, version: V, body: Body<N, V>): void;
    call("shop.add", "2.9", { task: "" });
    call("shop.add", "2.12", { task: "", force: true });
    call("shop.add_batch", "2.9", [{ task: "" }]);
    export const newer: AddV2_12Request = { task: "" };
    export const older: AddV2_9Request = newer;
    export const answer: OperationMap["shop.add"]["2.12"]["response"] = { whatever: 1 };
    // @ts-expect-error: not in this version
    call("shop.add", "2.9", { task: "", force: true });
    // @ts-expect-error: there is no such version
    call("shop.add", "2.10", { task: "" });
  `;
  expect(await compile(decls, consumer)).toBe("");
});

test("a system without anything is still a module", async () => {
  expect(await compile([system()], 'import * as shop from "./shop/index.js"; export { shop };')).toBe("");
  expect(
    await execute([system()], 'import * as shop from "./shop/index.js"; console.log(Object.keys(shop).length);'),
  ).toBe("0\n");
});

test("constants that nobody uses are dropped by a bundler", async () => {
  const decls = [...shop, enumeration("shop.Size", { SMALL: 1, LARGE: 2 })];
  const bundled = await inFolder(run(decls).files, (folder) => {
    const stdin = { contents: 'import { Mode } from "./shop/index.js"; console.log(Mode.CARD);', resolveDir: folder };
    const { outputFiles } = buildSync({ stdin, bundle: true, format: "esm", write: false, treeShaking: true });
    return outputFiles.map(({ text }) => text).join();
  });
  expect(bundled).toContain("CASH");
  expect(bundled).not.toMatch(/LARGE|shop\.paid/);
});

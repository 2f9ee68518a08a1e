import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validator } from "@exodus/schemasafe";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { type Decl, jsonObject, literal, named, scalar, type View } from "../../model/index.ts";
import { read } from "../../pipeline/index.ts";
import { sampleMaker, wireJson } from "../../verify/index.ts";
import jsonSchema, { type Options } from "./index.ts";
import { alias, event, field, generate, message, union } from "./testing.ts";

// In draft-07 the schemas must say what they say in 2020-12, and where they cannot, the ledger must say that.

type Accepts = (name: string, value: unknown) => boolean;
interface Document {
  readonly $id: string;
}

const vocabulary = ["x-aliases", "x-deprecation", "x-enum-descriptions", "x-enum-names", "x-format", "x-unit", "x-url"];
const isOpen = ({ $id }: Document): boolean => $id.endsWith(".open.schema.json");

/** ajv, in the draft the documents say, and strict about everything but what a one-of needs. */
function ajvOn(documents: readonly Document[], draft: Options["draft"]): Accepts {
  const options = {
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allowUnionTypes: true,
    ownProperties: true,
  };
  const ajv =
    draft === "draft-07"
      ? new Ajv({ ...options, validateFormats: false })
      : new Ajv2020({ ...options, validateFormats: false });
  for (const keyword of vocabulary) ajv.addKeyword(keyword);
  for (const document of documents) {
    expect(ajv.validateSchema(document)).toBe(true);
    ajv.addSchema(document);
  }
  return (id, value) => ajv.getSchema(id)?.(value) as boolean;
}

/** The second engine, which compiles one document with all the others beside it. */
function schemasafeOn(documents: readonly Document[]): Accepts {
  const ready = new Map<string, (value: unknown) => boolean>();
  const compile = (id: string): ((value: unknown) => boolean) => {
    const schemas = documents.filter(({ $id }) => $id !== id);
    const options = { schemas, isJSON: true, allowUnusedKeywords: true, contentValidation: false, formats: anyFormat };
    return validator(documents.find(({ $id }) => $id === id) as never, options as never) as never;
  };
  return (id, value) => {
    const validate = ready.get(id) ?? compile(id);
    ready.set(id, validate);
    return validate(value);
  };
}
const anyFormat = Object.fromEntries(["uuid", "uri", "date-time"].map((name) => [name, () => true]));

const both = ["closed", "open"] as const;

/** Asks both drafts of everything about every value. */
function verdicts(decls: readonly Decl[], name: string, values: readonly unknown[]) {
  const [old, current] = (["draft-07", "2020-12"] as const).map((draft) => {
    const made = generate(decls, {}, { draft });
    return { ...made, accepts: both.map((form) => ajvOn(made.documents(form) as unknown as Document[], draft)) };
  });
  const ids = both.map(
    (form) => `https://schemas.invalid/shop/schemas/${name}${form === "open" ? ".open" : ""}.schema.json`,
  );
  const ask = (made: typeof old) => values.map((value) => ids.map((id, i) => made?.accepts[i]?.(id, value)));
  return {
    old: ask(old),
    current: ask(current),
    widened: old?.projections.filter(({ why }) => why?.startsWith("Draft-07")),
  };
}

/** Every object with some of these properties. */
const objectsOf = (parts: Readonly<Record<string, readonly unknown[]>>): readonly object[] =>
  Object.entries(parts).reduce<readonly object[]>(
    (all, [key, values]) => all.flatMap((one) => [one, ...values.map((value) => ({ ...one, [key]: value }))]),
    [{}],
  );

const square = message("shop.Square", [
  field("type", literal("square"), { presence: "required" }),
  field("side", scalar("float64")),
]);
const circle = message("shop.Circle", [field("type", literal("circle")), field("r", scalar("float64"))]);
const colour = { fields: [field("colour", scalar("string"), { presence: "required" })] };
const values = objectsOf({
  type: ["square", "circle", "oval"],
  side: [1, "1"],
  r: [2],
  colour: ["red", 1],
  kind: ["a", "b"],
  more: [1],
});

describe("what 2020-12 closes as a whole", () => {
  it.each([
    ["shapes that a literal tells apart", [union("shop.Draw", [named("shop.Square"), named("shop.Circle")], colour)]],
    [
      "shapes behind aliases and unions",
      [
        alias("shop.Round", named("shop.Circle")),
        union("shop.Shape", [named("shop.Square"), named("shop.Round")]),
        union("shop.Draw", [named("shop.Shape")], colour),
      ],
    ],
    [
      "shapes that a tag tells apart",
      [
        message("shop.A", [field("side", scalar("float64"))]),
        message("shop.B", [field("r", scalar("float64"))]),
        union("shop.Draw", [named("shop.A"), named("shop.B")], {
          tag: { field: "kind", values: { a: "shop.A", b: "shop.B" } },
        }),
      ],
    ],
    ["one shape", [union("shop.Draw", [named("shop.Circle")], colour)]],
    ["no shape", [union("shop.Draw", [], colour)]],
    ["free-form JSON", [union("shop.Draw", [jsonObject], colour)]],
    [
      "shapes of the same fields",
      [
        message("shop.A", [field("side", scalar("float64"))]),
        message("shop.B", [field("side", scalar("string"))]),
        union("shop.Draw", [named("shop.A"), named("shop.B")], colour),
      ],
    ],
    [
      "a shape by itself",
      [alias("shop.Draw", named("shop.Square")), union("shop.Other", [named("shop.Square")], colour)],
    ],
  ] as const)("%s", (_, decls) => {
    const found = verdicts([square, circle, ...decls, event("shop.draw", named("shop.Draw"))], "shop.draw", values);
    expect(found.old).toEqual(found.current);
    expect(found.widened).toEqual([]);
    // One shape at most is right somewhere and wrong elsewhere: nothing here is empty talk.
    expect(new Set(found.old.flat()).size).toBe(
      decls[0]?.name === "shop.Draw" && decls[0].kind === "union" && decls[0].variants.length === 0 ? 1 : 2,
    );
  });

  it("shapes that overlap: more is taken, nothing is lost, and the ledger says so", () => {
    const loose = message("shop.Loose", [field("r", scalar("float64"))]);
    const draw = union("shop.Draw", [named("shop.Square"), named("shop.Loose")], colour);
    const found = verdicts([square, loose, draw, event("shop.draw", named("shop.Draw"))], "shop.draw", values);
    const differing = values.filter((_, i) => JSON.stringify(found.old[i]) !== JSON.stringify(found.current[i]));
    expect(differing).toContainEqual({ r: 2, side: 1, colour: "red" });
    for (const [i, verdict] of found.current.entries())
      expect(verdict.every((taken, form) => !taken || found.old[i]?.[form])).toBe(true);
    expect(found.widened).toMatchObject([{ at: "shop.Draw", fidelity: "widened" }]);
  });
});

describe("documents", () => {
  it("keep what stands beside a reference", () => {
    const made = generate(
      [
        square,
        message("shop.A", [field("s", named("shop.Square"), { doc: "A square." })]),
        event("shop.a", named("shop.A")),
      ],
      {},
      { draft: "draft-07" },
    );
    const [defs, document] = made.documents("closed");
    expect(defs).toMatchObject({
      $schema: "http://json-schema.org/draft-07/schema#",
      definitions: {
        A: { properties: { s: { description: "A square.", allOf: [{ $ref: "#/definitions/Square" }] } } },
      },
    });
    expect(document).toMatchObject({ title: "shop.a", allOf: [{ $ref: "defs.schema.json#/definitions/A" }] });
    expect(JSON.stringify(made.documents("open"))).not.toMatch(/\$defs|unevaluated/);
  });
  it("leave the module to the validators as it is", () => {
    const decls = [square, event("shop.a", named("shop.Square"))];
    const modules = (["draft-07", "2020-12"] as const).map((draft) =>
      generate(decls, {}, { draft }).text("shop/schemas/index.js"),
    );
    expect(modules[0]).toBe(modules[1]);
  });
});

interface Sample {
  readonly valid: object;
  readonly broken?: unknown;
}

describe("the real systems", async () => {
  const root = join(import.meta.dirname, "../..");
  const { project } = await read({ folder: root });
  const made = (draft: "draft-07" | "2020-12") => {
    const generated = project && jsonSchema.generate(project.view, { options: { draft }, report: () => {} });
    return { files: generated?.files ?? [], projections: generated?.projections ?? [] };
  };
  const [old, current] = [made("draft-07"), made("2020-12")];
  const documents = ({ files }: typeof old, system: string) =>
    files
      .filter(({ path }) => path.startsWith(`${system}/`) && path.endsWith(".json"))
      .map(({ content }) => JSON.parse(content) as Document);

  it("lose nothing by it", () => {
    expect(old.projections).toEqual(current.projections);
  });

  it.each(["clearml", "flyte", "h2o", "telemetry"])("%s: two engines and two drafts are of one mind", (system) => {
    const samples = JSON.parse(readFileSync(join(root, "contracts/samples", `${system}.json`), "utf8")) as Record<
      string,
      Sample
    >;
    const [before, now] = [documents(old, system), documents(current, system)];
    const asked = [ajvOn(before, "draft-07"), ajvOn(now, "2020-12"), schemasafeOn(before), schemasafeOn(now)];
    const ids = now.filter((document) => !document.$id.includes("/defs."));
    let count = 0;
    for (const document of ids) {
      const name = document.$id.replace(/.*\/|(?:\.open)?\.schema\.json$/g, "");
      const { valid, broken } = samples[name] ?? { valid: {} };
      for (const value of [valid, broken, { ...valid, "not declared": 1 }, {}, null, [], "text"]) {
        const verdicts = asked.map((accepts) => accepts(document.$id, value ?? null));
        expect(new Set(verdicts).size, `${document.$id} ${JSON.stringify(value)}: ${verdicts}`).toBe(1);
        if (name in samples && value === valid) expect(verdicts[0]).toBe(true);
        if (name in samples && value === broken) expect(verdicts[0]).toBe(false);
        count++;
      }
      if (name in samples) expect(asked[0]?.(document.$id, { ...valid, "not declared": 1 })).toBe(isOpen(document));
    }
    expect(count).toBeGreaterThan(20);
    if (project) for (const problem of madeProblems(project.view, system, asked)) expect(problem).toBe("");
  });
});

/** Where the engines differ about samples that are made of the model, or refuse a right one. */
function* madeProblems(view: View, name: string, asked: readonly Accepts[]): Generator<string> {
  const system = view.systems.find((one) => one.name === name);
  for (const subject of system ? view.events(name) : []) {
    const maker = system && sampleMaker(view, system, subject, { seed: 7 });
    for (const { value, fault, shows } of maker
      ? [...maker.valid(50), ...maker.boundary(50), ...maker.invalid(50)]
      : [])
      for (const ending of [".schema.json", ".open.schema.json"]) {
        const $id = `https://schemas.invalid/${name}/schemas/${subject.name}${ending}`;
        const json = wireJson(value);
        const [first, ...others] = asked.map((accepts) => accepts($id, json));
        if (others.some((other) => other !== first)) yield `${$id}: ${shows}: ${first} and ${others.join()}`;
        if (!fault && !first) yield `${$id}: ${shows} is refused.`;
      }
  }
}

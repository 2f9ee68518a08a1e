import { describe, expect, test } from "vitest";
import {
  applyOverlay,
  buildModel,
  type Decl,
  type Diagnostic,
  type Field,
  list,
  type Message,
  named,
  type Overlay,
  type Span,
  scalar,
  type TypeRef,
  unstated,
} from "./index.ts";

const span = (path: string, start: number): Span => ({ path, start, end: start + 1 });
let offset = 0;
const at = () => [{ span: span("a.md", offset++), reader: "test", basis: "stated" as const }];
const field = (name: string, type: TypeRef): Field => ({ name, type, presence: "unstated", origins: at() });
const message = (name: string, ...fields: Field[]): Message => ({
  kind: "message",
  system: "h2o",
  name,
  fields,
  origins: at(),
});
const overlay = (part: Partial<Overlay>): Overlay => ({
  path: "a.overlay.yaml",
  scopes: [],
  declare: [],
  entries: [],
  ...part,
});
const section = (heading: string, occurrence?: number) => ({
  heading,
  ...(occurrence && { occurrence }),
  span: span("o", 0),
});

function build(decls: readonly Decl[]) {
  const findings: Diagnostic[] = [];
  const model = buildModel(decls, new Map([["h2o", { presence: "implicit", number: "float64" }]]), (f) =>
    findings.push(f),
  );
  const types = new Map(model.decls.map((decl) => [decl.name, decl]));
  const fieldType = (name: string, key: string) =>
    (types.get(name) as Message | undefined)?.fields.find((item) => item.name === key)?.type;
  return { model, findings, fieldType };
}

describe("a document that defines a name twice", () => {
  const decls = [
    message("h2o.Access", field("project", named("Project"))),
    message("h2o.Project", field("id", scalar("string")), field("description", scalar("string"))),
    message("h2o.Created", field("project", list(named("Project")))),
    message("h2o.Project", field("id", scalar("string")), field("display_name", scalar("string"))),
  ];
  const scopes = [
    { scope: "h2o.store", why: "…", sections: [section("Access"), section("Project", 1)] },
    { scope: "h2o.mlops", why: "…", sections: [section("Created"), section("Project", 2)] },
  ];

  test("is an error with both places", () => {
    const { findings } = build(decls);
    expect(findings.map(({ code }) => code)).toEqual(["model/duplicate-declaration"]);
    expect(findings[0]?.related).toHaveLength(1);
  });

  test("resolves each reference in its own scope once an overlay gives scopes", () => {
    const { findings, fieldType } = build(applyOverlay(decls, overlay({ scopes }), "h2o", () => {}));
    expect(findings).toEqual([]);
    expect(fieldType("h2o.store.Access", "project")).toEqual(named("h2o.store.Project"));
    expect(fieldType("h2o.mlops.Created", "project")).toEqual(list(named("h2o.mlops.Project")));
  });

  test("moves what is nested, and what refers absolutely, along with its section", () => {
    const nested = [message("h2o.App", field("v", named(".h2o.App.Visibility"))), message("h2o.App.Visibility")];
    const moved = applyOverlay(
      nested,
      overlay({ scopes: [{ scope: "h2o.app", why: "…", sections: [section("App")] }] }),
      "h2o",
      () => {},
    );
    expect(build(moved).fieldType("h2o.app.App", "v")).toEqual(named("h2o.app.App.Visibility"));
  });
});

describe("what a document leaves unsaid", () => {
  test("is filled in by the system's defaults", () => {
    const { model } = build([message("h2o.A", field("n", scalar("number")))]);
    expect(model.decls).toMatchObject([{ fields: [{ presence: "implicit", type: scalar("float64") }] }]);
  });

  test("is an error when it is a type, with the entry that would settle it", () => {
    const { findings } = build([message("h2o.A", field("n", unstated))]);
    expect(findings).toMatchObject([{ code: "model/unstated-type", message: "The type of h2o.A.n is not stated." }]);
    expect(findings[0]?.hint).toContain("- at: h2o.A.n");
  });

  test("an overlay settles, and is told when it no longer fits", () => {
    const entry = (was: string) => ({
      at: "h2o.A.n",
      atSpan: span("o", 1),
      was: { text: was, span: span("o", 2) },
      set: { type: scalar("int64") },
      why: "it counts",
      span: span("o", 0),
    });
    const findings: Diagnostic[] = [];
    const apply = (was: string) =>
      applyOverlay([message("h2o.A", field("n", unstated))], overlay({ entries: [entry(was)] }), "h2o", (f) =>
        findings.push(f),
      );
    expect(build(apply("unstated")).fieldType("h2o.A", "n")).toEqual(scalar("int64"));
    expect(findings).toEqual([]);
    apply("string");
    expect(findings).toMatchObject([
      { code: "overlay/was-differs", message: expect.stringContaining("the source says unstated") },
    ]);
  });
});

test("a reference to nothing names the nearest type", () => {
  const { findings } = build([message("h2o.A", field("p", named("Projcet"))), message("h2o.Project")]);
  expect(findings).toMatchObject([{ code: "model/unresolved-reference", hint: "Did you mean h2o.Project?" }]);
});

test("fields and numbers are unique within a message", () => {
  const { findings } = build([
    message(
      "h2o.A",
      { ...field("a", scalar("bool")), number: 1 },
      { ...field("b", scalar("bool")), number: 1 },
      field("a", scalar("bool")),
    ),
  ]);
  expect(findings.map(({ code }) => code).sort()).toEqual(["model/duplicate-field", "model/duplicate-number"]);
});

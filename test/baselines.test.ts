import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type BreakingOptions, breaking, printModel, read } from "../pipeline/index.ts";
import { commit, git, write } from "./support/git.ts";
import { folderWith, smallProject, textOf } from "./support/project.ts";

const events = smallProject["docs/events.md"];
/** The total is a text, which nobody who expects a number can read. */
const changed = events.replace("| total | number |", "| total | string |");

const withoutTotal = events.replace("| total | number | What it costs |\n", "");

async function compareIn(folder: string, options: Partial<BreakingOptions>) {
  const result = await breaking({ folder, today: "2025-01-01", env: {}, ...options });
  const { findings, comparison, exitCode } = result;
  return {
    exitCode,
    codes: findings.map(({ code }) => code),
    text: textOf(folder, result),
    changes: comparison?.changes,
    places: comparison?.entries.map(({ fact, at }) => `${fact} ${at}`),
    comparison,
  };
}

/** A repository whose first commit is the small project, in a folder of it. */
function repository(under = ""): string {
  const folder = folderWith({});
  git(folder, "init", "-q", "-b", "main");
  commit(folder, Object.fromEntries(Object.entries(smallProject).map(([path, text]) => [under + path, text])));
  return folder;
}

const typeChange = ["field.type shop.OrdersOrderPlacedBody.total"];

describe("a baseline in git", () => {
  test("is read as it was committed, and nothing of the repository is touched", async () => {
    const folder = repository();
    write(folder, { "docs/events.md": changed });
    const before = git(folder, "status", "--porcelain");
    const { places, exitCode, comparison } = await compareIn(folder, { against: ["git:HEAD"] });
    expect(places).toEqual(typeChange);
    expect(exitCode).toBe(1);
    expect(comparison?.entries[0]?.old).toEqual({ path: "docs/events.md", line: 19, column: 3 });
    expect(git(folder, "status", "--porcelain")).toBe(before);
    expect(readFileSync(join(folder, "docs/events.md"), "utf8")).toBe(changed);
  });

  test("may lie in a folder of its repository, with sources beside it and links within it", async () => {
    const folder = repository("contracts/shop/");
    const project = join(folder, "contracts/shop");
    rmSync(join(project, "docs/events.md"));
    write(folder, { "shared/events.md": events });
    symlinkSync("../../../shared/events.md", join(project, "docs/events.md"));
    commit(folder, {});
    rmSync(join(project, "docs/events.md"));
    write(project, { "docs/events.md": changed });
    expect(await compareIn(project, { against: ["git:HEAD"] })).toMatchObject({ places: typeChange, exitCode: 1 });
  });

  test("brings what its Protobuf files import", async () => {
    const folder = folderWith({});
    git(folder, "init", "-q", "-b", "main");
    const order = (type: string): string =>
      `syntax = "proto3";\npackage shop;\nimport "shop/money.proto";\nmessage Order { ${type} id = 1; Money total = 2; }\n`;
    commit(folder, {
      "concordat.yaml":
        "systems:\n  shop:\n    sources: [{ files: [proto/shop/order.proto, proto/shop/money.proto], reader: protobuf, root: proto }]\n    events: { shop.ordered: shop.Order }\n",
      "proto/shop/money.proto": 'syntax = "proto3";\npackage shop;\nmessage Money { int64 cents = 1; }\n',
      "proto/shop/order.proto": order("string"),
    });
    write(folder, { "proto/shop/order.proto": order("int64") });
    const { places } = await compareIn(folder, { against: ["git:main"], targets: ["protobuf"] });
    expect(places).toEqual(["field.type shop.Order.id"]);
  });

  test("by its merge base is where the branch left the one it goes to", async () => {
    const folder = repository();
    git(folder, "checkout", "-q", "-b", "topic");
    commit(folder, { "docs/events.md": changed });
    git(folder, "checkout", "-q", "main");
    commit(folder, { "docs/events.md": withoutTotal });
    git(folder, "checkout", "-q", "topic");
    for (const options of [{ against: ["git:merge-base"] }, { env: { CI: "true", GITHUB_BASE_REF: "main" } }])
      expect(await compareIn(folder, options)).toMatchObject({ places: typeChange, codes: [] });
    expect((await compareIn(folder, { against: ["git:merge-base:main"] })).places).toEqual(typeChange);
    git(folder, "checkout", "-q", "main");
    expect(await compareIn(folder, { against: ["git:merge-base"] })).toMatchObject({
      codes: ["baseline/same-commit"],
      changes: 0,
      exitCode: 0,
    });
  });

  test("that does not exist is an error, and a shallow clone is told how to deepen", async () => {
    const folder = repository();
    commit(folder, { "docs/events.md": changed });
    const unknown = await compareIn(folder, { against: ["git:v9"] });
    expect(unknown).toMatchObject({ exitCode: 2, codes: ["baseline/unknown-ref"], comparison: undefined });
    const shallow = join(folderWith({}), "clone");
    git(folder, "clone", "-q", "--depth", "1", `file://${folder}`, shallow);
    const { codes, text, exitCode } = await compareIn(shallow, { against: ["git:HEAD~1"] });
    expect({ codes, exitCode }).toEqual({ codes: ["baseline/unknown-ref"], exitCode: 2 });
    expect(text).toContain("git fetch --unshallow");
    git(folder, "checkout", "-q", "--orphan", "other");
    commit(folder, { "docs/events.md": changed });
    expect(await compareIn(folder, { against: ["git:merge-base:main"] })).toMatchObject({
      codes: ["baseline/no-merge-base"],
      exitCode: 2,
    });
  });

  test("takes no option for a name", async () => {
    const folder = repository();
    const { codes } = await compareIn(folder, { against: ["git:--output=x"] });
    expect(codes).toEqual(["baseline/unknown-ref"]);
  });

  test("with --transitive is every release before it as well", async () => {
    const folder = repository();
    git(folder, "tag", "v1.0.0");
    commit(folder, { "docs/events.md": withoutTotal });
    git(folder, "tag", "v1.1.0");
    write(folder, { "docs/events.md": changed });
    const one = await compareIn(folder, { against: ["git:v1.1.0"], targets: ["json-schema"] });
    const all = await compareIn(folder, { against: ["git:v1.1.0"], targets: ["json-schema"], transitive: true });
    expect(one.comparison?.baselines).toEqual(["git:v1.1.0"]);
    expect(all.comparison?.baselines).toEqual(["git:v1.1.0", "git:v1.0.0"]);
    expect(one.places).toEqual(["field.added shop.OrdersOrderPlacedBody.total"]);
    expect(all.places).toEqual(["field.added shop.OrdersOrderPlacedBody.total", ...typeChange]);
  });

  test("says so when there is no repository, no project, or one that does not read", async () => {
    const bare = folderWith(smallProject);
    expect((await compareIn(bare, { against: ["git:HEAD"] })).codes).toEqual(["baseline/no-git"]);
    const folder = folderWith({});
    git(folder, "init", "-q", "-b", "main");
    const empty = commit(folder, { "readme.txt": "" });
    const broken = commit(folder, {
      ...smallProject,
      "docs/events.md": events.replace("| total | number", "| total | mony"),
    });
    write(folder, smallProject);
    expect((await compareIn(folder, { against: [`git:${empty}`] })).codes).toEqual(["baseline/no-project"]);
    const { codes, text, exitCode } = await compareIn(folder, { against: [`git:${broken}`] });
    expect({ codes, exitCode }).toEqual({ codes: ["baseline/broken-project"], exitCode: 2 });
    expect(text).toContain("docs/events.md: ");
  });
});

describe("a baseline elsewhere", () => {
  const both = { ...smallProject, "docs/events.md": changed };

  test("is a folder with a project", async () => {
    const folder = folderWith(both);
    const old = folderWith(smallProject);
    expect((await compareIn(folder, { against: [`dir:${old}`] })).places).toEqual(typeChange);
    expect((await compareIn(folder, { against: ["dir:nowhere"] })).codes).toEqual(["baseline/missing"]);
    expect((await compareIn(folder, { against: ["dir:docs"] })).codes).toEqual(["baseline/no-project"]);
  });

  test("is a published model", async () => {
    const folder = folderWith(both);
    write(folder, { "old.json": await modelOf(folderWith(smallProject)) });
    const { places, exitCode, comparison } = await compareIn(folder, { against: ["file:old.json"] });
    expect({ places, exitCode }).toEqual({ places: typeChange, exitCode: 1 });
    expect(comparison?.entries[0]?.old).toEqual({ path: "docs/events.md" });
  });

  test.each([
    ["{", "baseline/not-a-model"],
    ["[]", "baseline/not-a-model"],
    ['{"irVersion":1,"decls":[{"kind":"message"}]}', "baseline/not-a-model"],
    ['{"irVersion":2,"decls":[]}', "baseline/newer-model"],
    [`{"irVersion":1,"decls":${"[".repeat(200_000)}${"]".repeat(200_000)}}`, "baseline/not-a-model"],
    [
      `{"irVersion":1,"decls":[],"storage":{"x":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}}`,
      "baseline/not-a-model",
    ],
    ["\u0000\ufffd", "baseline/not-a-model"],
  ])("%.60s is no model", async (text, code) => {
    const folder = folderWith({ ...smallProject, "old.json": text });
    expect(await compareIn(folder, { against: ["file:old.json"] })).toMatchObject({ codes: [code], exitCode: 2 });
  });

  test("must fit together: names of nothing and aliases in a circle are no model", async () => {
    const model = JSON.parse(await modelOf(folderWith(smallProject)));
    const origins: never[] = [];
    const alias = (name: string, other: string) => ({
      kind: "alias",
      name,
      system: "shop",
      type: { kind: "named", name: other },
      origins,
    });
    const odd = [
      [alias("shop.A", "shop.Nothing")],
      [alias("shop.A", "shop.B"), alias("shop.B", "shop.A")],
      [model.decls[0]],
    ];
    for (const decls of odd) {
      const text = JSON.stringify({ ...model, decls: [...model.decls, ...decls] });
      const folder = folderWith({ ...smallProject, "old.json": text });
      expect((await compareIn(folder, { against: ["file:old.json"] })).codes).toEqual(["baseline/not-a-model"]);
    }
  });

  test("is the model inside a package that is installed", async () => {
    const folder = folderWith(both);
    const home = "node_modules/@shop/events";
    write(folder, {
      [`${home}/package.json`]: '{ "name": "@shop/events", "version": "1.4.2" }',
      [`${home}/model.json`]: await modelOf(folderWith(smallProject)),
      "node_modules/empty/package.json": '{ "name": "empty", "version": "2.0.0" }',
    });
    for (const range of ["", "@^1.2", "@1.x", "@>=1.4.2 <2", "@1.4.2"])
      expect((await compareIn(folder, { against: [`npm:@shop/events${range}`] })).places, range).toEqual(typeChange);
    expect((await compareIn(folder, { against: ["npm:empty"] })).codes).toEqual(["baseline/no-model-in-package"]);
  });

  test("of a package that cannot be fetched is an error", async () => {
    const folder = folderWith({ ...smallProject, ".npmrc": "offline=true\ncache=.npm\n" });
    const { codes, exitCode } = await compareIn(folder, { against: ["npm:@shop/none-of-that@^1"] });
    expect({ codes, exitCode }).toEqual({ codes: ["baseline/no-package"], exitCode: 2 });
  });

  test.each(["", "main", "git:", "svn:trunk", "npm:../up", "npm:a@file:../x", "npm:a@$(x)", "git:a\u0000b"])(
    "is not called %o",
    async (label) => {
      const folder = folderWith(smallProject);
      expect(await compareIn(folder, { against: [label] })).toMatchObject({
        codes: ["baseline/unknown-form"],
        exitCode: 2,
      });
    },
  );

  test("must be named, and has a history only where versions are kept", async () => {
    const folder = folderWith(smallProject);
    expect(await compareIn(folder, {})).toMatchObject({ codes: ["baseline/none"], exitCode: 2 });
    const old = folderWith(smallProject);
    expect((await compareIn(folder, { against: [`dir:${old}`], transitive: true })).codes).toEqual([
      "baseline/no-history",
    ]);
  });
});

async function modelOf(folder: string): Promise<string> {
  const { project } = await read({ folder });
  if (!project) throw new Error("The project does not load.");
  return printModel(project.model);
}

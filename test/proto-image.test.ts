import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { importDocument, type Model, read } from "../pipeline/index.ts";
import { folderWith } from "./support/project.ts";

/** A compiled image is a source like the files that it was made from. */
const root = join(import.meta.dirname, "..");
const flyte = [
  "flyteidl/event/event.proto",
  "flyteidl/core/identifier.proto",
  "flyteidl/core/execution.proto",
] as const;

/** What the compiler makes of some files below a folder. */
function compile(tree: string, files: readonly string[], ...options: readonly string[]): Uint8Array {
  const home = dirname(createRequire(import.meta.url).resolve("protoc/package.json"));
  const folder = folderWith({});
  const image = join(folder, "image.binpb");
  const answer = spawnSync(
    process.execPath,
    [join(home, "protoc.cjs"), ...options, `--descriptor_set_out=${image}`, `--proto_path=${tree}`, ...files],
    { cwd: folder, encoding: "utf8" },
  );
  expect(answer.stderr).toBe("");
  return new Uint8Array(readFileSync(image));
}

async function readImage(image: Uint8Array, options = "", events = "") {
  const folder = folderWith({
    "concordat.yaml": `systems:\n  acme:\n    sources: [{ files: image.binpb, reader: protobuf${options} }]\n${events}`,
    "image.binpb": image,
  });
  return read({ folder });
}

const setOf = (...file: readonly FileDescriptorProto[]): Uint8Array =>
  toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [...file] }));

const fileOf = (init: Parameters<typeof create<typeof FileDescriptorProtoSchema>>[1]): FileDescriptorProto =>
  create(FileDescriptorProtoSchema, init);

/** A model without its places. */
const factsOf = (model: Model | undefined): unknown =>
  JSON.parse(JSON.stringify(model, (key, value) => (key === "origins" ? undefined : value)));

describe("an image of Flyte's contracts", () => {
  const events =
    "    events:\n" +
    "      flyte.workflow_execution: flyteidl.event.WorkflowExecutionEvent\n" +
    "      flyte.node_execution: flyteidl.event.NodeExecutionEvent\n" +
    "      flyte.task_execution: flyteidl.event.TaskExecutionEvent\n";

  async function ofTexts(): Promise<unknown> {
    const texts = flyte.map((file) => [file, readFileSync(join(root, "schemas/flyte", file), "utf8")] as const);
    const folder = folderWith({
      "concordat.yaml": `systems:\n  acme:\n    sources: [{ files: [${flyte.join(", ")}], reader: protobuf, root: . }]\n${events}`,
      ...Object.fromEntries(texts),
    });
    const { findings, project } = await read({ folder });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    return factsOf(project?.model);
  }

  test("gives the model that the files give, documentation included", async () => {
    const image = compile(join(root, "schemas/flyte"), flyte, "--include_imports", "--include_source_info");
    const { findings, project } = await readImage(image, "", events);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(factsOf(project?.model)).toEqual(await ofTexts());
  });

  test("gives all but the documentation where the image has no source info", async () => {
    const image = compile(join(root, "schemas/flyte"), flyte, "--include_imports");
    const { project } = await readImage(image, "", events);
    const withoutDoc = JSON.parse(JSON.stringify(await ofTexts(), (key, value) => (key === "doc" ? undefined : value)));
    expect(factsOf(project?.model)).toEqual(withoutDoc);
  });

  test("can end or be damaged anywhere: that is a finding, or another model, and never a crash", async () => {
    const image = compile(join(root, "schemas/flyte"), flyte, "--include_imports");
    for (let length = 0; length < image.length; length += 307) {
      const { findings } = await readImage(image.slice(0, length));
      expect(findings.some(({ severity }) => severity === "error")).toBe(true);
    }
    for (let at = 0; at < image.length; at += 131) {
      const damaged = image.slice();
      damaged[at] = (damaged[at] ?? 0) ^ (1 + (at % 255));
      await readImage(damaged);
    }
  });
});

describe("an image that no compiler made", () => {
  const saidOf = async (image: Uint8Array, options = ""): Promise<readonly string[]> =>
    (await readImage(image, options)).findings
      .filter(({ code }) => !code.startsWith("checks/"))
      .map(({ code, message }) => `${code}: ${message}`);

  test("may not be nested without end", async () => {
    let nested = new Uint8Array([10, 1, 77]);
    const wrap = (field: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
      const length: number[] = [];
      for (let rest = bytes.length; ; rest >>>= 7) {
        length.push(rest < 128 ? rest : (rest & 127) | 128);
        if (rest < 128) break;
      }
      return new Uint8Array([(field << 3) | 2, ...length, ...bytes]);
    };
    for (let depth = 0; depth < 500; depth++) nested = new Uint8Array([10, 1, 77, ...wrap(3, nested)]);
    const file = new Uint8Array([...wrap(1, new TextEncoder().encode("a.proto")), ...wrap(4, nested)]);
    expect(await saidOf(wrap(1, file))).toEqual([
      "protobuf/image: image.binpb cannot be read as a descriptor image: it is nested too deeply.",
    ]);
  });

  test("may not import in a circle, and its files may stand in any order", async () => {
    const circle = setOf(
      fileOf({ name: "a.proto", dependency: ["b.proto"] }),
      fileOf({ name: "b.proto", dependency: ["a.proto"] }),
    );
    expect(await saidOf(circle)).toEqual([
      "protobuf/image: image.binpb cannot be read as a descriptor image: the imports of b.proto run in a circle.",
    ]);
    const field = { name: "b", number: 1, label: 1, type: 11, typeName: ".B" };
    const reversed = setOf(
      fileOf({
        name: "a.proto",
        syntax: "proto3",
        dependency: ["b.proto"],
        messageType: [{ name: "A", field: [field] }],
      }),
      fileOf({ name: "b.proto", syntax: "proto3", messageType: [{ name: "B" }] }),
    );
    expect(await saidOf(reversed)).toEqual([]);
  });

  test("may hold a chain of imports that is longer than any stack", async () => {
    const chain = Array.from({ length: 20_000 }, (_, i) =>
      fileOf({ name: `${i}.proto`, syntax: "proto3", dependency: i === 19_999 ? [] : [`${i + 1}.proto`] }),
    );
    expect(await saidOf(setOf(...chain))).toEqual([]);
  });

  test.each([
    ["two types of one name", [{ name: "A" }, { name: "A" }], "it declares A twice."],
    ["a name that is none", [{ name: "A b" }], 'a.proto declares the message "A b", which is no name.'],
    [
      "a type that is nowhere",
      [{ name: "A", field: [{ name: "b", number: 1, label: 1, type: 11, typeName: ".B" }] }],
      "it refers to B, which it does not declare.",
    ],
    [
      "a field of no type",
      [{ name: "A", field: [{ name: "b", number: 1, label: 1, type: 0 }] }],
      "the field A.b has no type that Protobuf knows.",
    ],
    [
      "a field with no number",
      [{ name: "A", field: [{ name: "b", number: 0, label: 1, type: 9 }] }],
      "the field A.b has the number 0.",
    ],
  ])("may not hold %s", async (_, messageType, said) => {
    const image = setOf(fileOf({ name: "a.proto", syntax: "proto3", messageType: messageType as never }));
    expect(await saidOf(image)).toEqual([`protobuf/image: image.binpb cannot be read as a descriptor image: ${said}`]);
  });

  test("may not be of an edition to come", async () => {
    const image = setOf(fileOf({ name: "a.proto", syntax: "editions", edition: 2999 as never }));
    expect((await saidOf(image))[0]).toMatch(/^protobuf\/image: .* edition/);
  });

  test("may hold names that mean something to JavaScript", async () => {
    const image = setOf(
      fileOf({
        name: "__proto__",
        syntax: "proto3",
        messageType: [{ name: "constructor", field: [{ name: "__proto__", number: 1, label: 1, type: 9 }] }],
      }),
    );
    const { project } = await readImage(image);
    expect(project?.model.decls.map(({ name }) => name)).toEqual(["acme", "constructor"]);
  });

  test("may not be larger than any source", async () => {
    expect(await saidOf(new Uint8Array(8_100_000))).toEqual([
      "source/too-large: The file image.binpb has 9 MB; sources may have 8.",
    ]);
  });
});

test("the files that an image stands for can be written from it", async () => {
  const folder = folderWith({
    "orders.binpb": readFileSync(join(root, "readers/protobuf/cases/image/orders.binpb")),
  });
  const { files, findings } = await importDocument({ folder, file: "orders.binpb", dryRun: true });
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(files.map(({ path }) => path)).toEqual(["acme/money.proto", "acme/shop.proto"]);
  expect(files[0]?.content).toContain("// In the smallest unit of the currency.\n  int64 units = 1;");
});

test("the images of the cases are those of the files beside them", () => {
  const folder = join(root, "readers/protobuf/cases/image");
  const image = fromBinary(FileDescriptorSetSchema, new Uint8Array(readFileSync(join(folder, "orders.binpb"))));
  const made = compile(
    join(folder, "from"),
    ["shop/order.proto", "shop/legacy.proto"],
    "--include_imports",
    "--include_source_info",
  );
  expect(image).toEqual(fromBinary(FileDescriptorSetSchema, made));
});

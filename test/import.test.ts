import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Decl, type ImportOptions, importDocument, lock, read, readers } from "../pipeline/index.ts";
import { folderWith, smallProject, textOf } from "./support/project.ts";

/** `concordat import`: what it writes is read again, and must say the same. */
const root = join(import.meta.dirname, "..");
const schemas = (path: string): string => readFileSync(join(root, "schemas", path), "utf8");

const importIn = (folder: string, file: string, options: Partial<ImportOptions> = {}) =>
  importDocument({ folder, file, ...options });

/** The declarations of one source, as its reader and nobody else has them. */
async function declarations(text: string, reader: string, system: string): Promise<readonly Decl[]> {
  const decls = await readers[reader]?.read(
    { path: "page", text },
    {
      system,
      options: {},
      report: () => undefined,
      include: () => undefined,
      compileProto: () => Promise.reject(new Error("There is nothing to compile.")),
    },
  );
  return [...(decls ?? [])].sort((a, b) => (a.name + a.kind < b.name + b.kind ? -1 : 1));
}

async function messagesIn(folder: string): Promise<unknown> {
  const { project } = await read({ folder });
  return withoutPlaces(project?.model.decls.filter(({ kind }) => kind === "message") ?? []);
}

const withoutPlaces = (decls: readonly Decl[]): unknown =>
  JSON.parse(JSON.stringify(decls, (key, value) => (key === "origins" || key === "span" ? undefined : value)));

/** As a browser copies it: no marks, cells parted by blanks. */
const pasted = `Skip to content

Shop Events

Core Event Structure

{
  "event_id": "uuid",
  "event_type": "string",
  "metadata": {}
}

EVENTS | ORDERS

Order placed

Topic: orders

Name Type Description
event_type “orders.order.placed”
order_id uuid The order
total number What it costs | with tax
items string[] *All* of <them>
`;

describe("concordat import", () => {
  test.each([
    ["telemetry", "telemetry/events.md"],
    ["telemetry", "telemetry/service.md"],
    ["h2o", "h2o/events.md"],
  ])("writes a page of %s anew, and it says the same", async (system, path) => {
    const folder = folderWith({ "page.md": schemas(path) });
    const { findings, files, reader } = await importIn(folder, "page.md", { out: "clean", system });
    expect(reader).toBe("markdown");
    expect(findings.filter(({ code }) => code.startsWith("import/"))).toEqual([]);
    const [page] = files;
    if (!page) throw new Error("Nothing was written.");
    expect(page.path).toBe("clean/page.md");
    const [before, after] = await Promise.all(
      [schemas(path), page.content].map((text) => declarations(text, "markdown", system)),
    );
    expect(before?.length).toBeGreaterThan(0);
    expect(withoutPlaces(after ?? [])).toEqual(withoutPlaces(before ?? []));
    // What is clean already stays as it is.
    const again = await importIn(folder, "clean/page.md", { out: "cleaner", system });
    expect(again.files[0]?.content).toBe(page.content);
  });

  test("makes tables of a page that was pasted as text", async () => {
    const folder = folderWith({ "page.txt": pasted });
    const { findings, files, reader } = await importIn(folder, "page.txt", { system: "shop" });
    expect(reader).toBe("wiki-text");
    expect(findings.filter(({ code }) => code.startsWith("import/"))).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(["page.md", "page.overlay.yaml"]);
    expect(files[0]?.content).toMatchInlineSnapshot(`
      "# page

      ## Core Event Structure

      \`\`\`json
      {
        "event_id": "uuid",
        "event_type": "string",
        "metadata": {}
      }
      \`\`\`

      ## EVENTS | ORDERS

      ### Order placed

      Topic: orders

      | Name       | Type                  | Description               |
      | ---------- | --------------------- | ------------------------- |
      | event_type | “orders.order.placed” |                           |
      | order_id   | uuid                  | The order                 |
      | total      | number                | What it costs \\| with tax |
      | items      | string[]              | \\*All\\* of \\<them>        |
      "
    `);
    const before = await declarations(pasted, "wiki-text", "shop");
    const after = await declarations(files[0]?.content ?? "", "markdown", "shop");
    expect(withoutPlaces(after)).toEqual(withoutPlaces(before));
  });

  test("leaves an overlay with an entry for each type that is open", async () => {
    const page = smallProject["docs/events.md"].replace("| note | string | |", "| note | | What else to say |");
    const folder = folderWith({ "page.md": page });
    const { exitCode, files } = await importIn(folder, "page.md", { out: "clean", system: "shop" });
    expect(exitCode).toBe(0);
    expect(files.map(({ path }) => path)).toEqual(["clean/page.md", "clean/page.overlay.yaml"]);
    expect(files[1]?.content).toMatchInlineSnapshot(`
      "# What page.md leaves open. Fill in each TODO with a type and with the reason for it; what is to stay as it is,
      # goes. A number without a width, for example, becomes what \`defaults\` of the system say.

      # 7 fields do not say whether they are always there: \`defaults.presence\` of the system holds for them, and for
      # single ones an entry such as
      #   - at: name.of.the.field
      #     was: unstated
      #     set: { presence: optional }
      #     why: …

      entries:
        # What it costs
        - at: shop.OrdersOrderPlacedBody.total
          was: number
          set: { type: TODO }
          why: TODO

        # What else to say
        - at: shop.OrdersOrderPlacedBody.note
          was: unstated
          set: { type: TODO }
          why: TODO
      "
    `);

    const config =
      "systems:\n  shop:\n    sources: [{ files: page.md, reader: markdown, overlay: page.overlay.yaml }]\n";
    const project = folderWith({
      "concordat.yaml": config,
      "page.md": files[0]?.content ?? "",
      "page.overlay.yaml": files[1]?.content ?? "",
    });
    const codes = (await read({ folder: project })).findings.map(({ code }) => code);
    expect(codes.filter((code) => !code.startsWith("checks/"))).toEqual([
      "model/unstated-type",
      "overlay/to-be-filled",
      "overlay/to-be-filled",
    ]);
  });

  test("puts into the overlay what a page has no words for", async () => {
    const text =
      "_definitions { plan { type: object, properties { name { type: string, minLength: 2, maxLength: 9 } } } }\n";
    const folder = folderWith({ "plan.conf": text });
    const { findings, files } = await importIn(folder, "plan.conf", {
      system: "shop",
      to: "markdown",
      reader: "hocon",
    });
    expect(findings.filter(({ code }) => code.startsWith("import/"))).toEqual([]);
    expect(files[1]?.content).toContain(
      "  - at: shop.plan.name\n    set: { limits: { minLength: 2, maxLength: 9 } }\n",
    );
  });

  test("overwrites nothing", async () => {
    const folder = folderWith({ "page.md": smallProject["docs/events.md"] });
    const result = await importIn(folder, "page.md");
    expect(result.exitCode).toBe(2);
    expect(textOf(folder, result)).toContain("disk/file-exists: page.md exists already");
    expect(existsSync(join(folder, "page.overlay.yaml"))).toBe(false);
  });

  test("a dry run writes nothing", async () => {
    const folder = folderWith({ "page.md": smallProject["docs/events.md"] });
    const { files } = await importIn(folder, "page.md", { out: "clean", dryRun: true });
    expect(files.length).toBe(2);
    expect(existsSync(join(folder, "clean"))).toBe(false);
  });

  test("asks for the reader of a text that no reader recognises", async () => {
    const folder = folderWith({ "letter.txt": "Dear all,\n\nplease find enclosed nothing.\n" });
    const result = await importIn(folder, "letter.txt");
    expect([result.exitCode, result.findings.map(({ code }) => code)]).toEqual([1, ["import/unrecognised"]]);
    expect((await importIn(folder, "letter.txt", { reader: "letters" })).exitCode).toBe(2);
    expect((await importIn(folder, "lettre.txt")).exitCode).toBe(2);
  });

  test("readers recognise the committed sources", () => {
    const best = (path: string) =>
      Object.entries(readers)
        .map(([name, reader]) => [name, reader.recognises?.({ path, text: schemas(path) }) ?? 0] as const)
        .sort((a, b) => b[1] - a[1]);
    for (const [path, expected] of [
      ["telemetry/events.md", "markdown"],
      ["telemetry/service.md", "markdown"],
      ["h2o/events.md", "markdown"],
      ["clearml/events.conf", "hocon"],
      ["clearml/_events_common.conf", "hocon"],
      ["flyte/flyteidl/event/event.proto", "protobuf"],
      ["flyte/flyteidl/core/execution.proto", "protobuf"],
    ] as const) {
      const [first, second] = best(path);
      expect([path, first?.[0]]).toEqual([path, expected]);
      expect((first?.[1] ?? 0) - (second?.[1] ?? 0)).toBeGreaterThan(0.2);
    }
  });
});

const types = `# \`Order\`

What a customer asked for.

- \`id\` - \`string\` - Who asked
- \`lines\` - \`list<Line>\`
- \`total\` - \`int64\`

# \`Line\`

- \`sku\` - \`string\`
- \`kind\` - \`Kind\`

# \`Kind\`

- \`0\` - Plain
- \`1\` - Gift
`;
const lockText = `messages:
  shop.Order:
    fields: { id: 1, lines: 3, total: 4 }
    reserved: [{ number: 2, name: buyer }]
  shop.Line:
    fields: { sku: 1, kind: 2 }
`;
const config = "systems:\n  shop:\n    sources: [{ files: types.md, reader: markdown }]\n";

const reference = `.. _api_file_acme/event/event.proto:

event.proto
===========

.. _api_msg_acme.event.Started:

acme.event.Started
------------------

\`[acme.event.Started proto] <https://example.com/event.proto#L3>\`_

Something began.

.. code-block:: json

  {
    "id": "{...}",
    "tags": [],
    "place": "...",
    "code": "..."
  }

.. _api_field_acme.event.Started.id:

id
  (:ref:\`acme.core.Id <api_msg_acme.core.Id>\`) Which one

.. _api_field_acme.event.Started.tags:

tags
  (\`string <https://developers.google.com/protocol-buffers/docs/proto#scalar>\`_)

.. _api_field_acme.event.Started.place:

place
  (\`string <https://developers.google.com/protocol-buffers/docs/proto#scalar>\`_)

  Only one of :ref:\`place <api_field_acme.event.Started.place>\`, :ref:\`code <api_field_acme.event.Started.code>\` may be set.

.. _api_field_acme.event.Started.code:

code
  (:ref:\`acme.event.Kind <api_enum_acme.event.Kind>\`)

  Only one of :ref:\`place <api_field_acme.event.Started.place>\`, :ref:\`code <api_field_acme.event.Started.code>\` may be set.

.. _api_enum_acme.event.Kind:

Enum acme.event.Kind
--------------------

\`[acme.event.Kind proto] <https://example.com/event.proto#L9>\`_

.. _api_enum_value_acme.event.Kind.PLAIN:

PLAIN
  *(DEFAULT)*

.. _api_enum_value_acme.event.Kind.FANCY:

FANCY
`;

describe("concordat import of types", () => {
  test("refuses to make numbers up", async () => {
    const folder = folderWith({ "concordat.yaml": config, "types.md": types });
    const result = await importIn(folder, "types.md");
    expect(result.files).toEqual([]);
    expect(result.findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "import/no-numbers: shop.Order cannot become Protobuf: there is no number for id, lines, total.",
      "import/no-numbers: shop.Line cannot become Protobuf: there is no number for sku, kind.",
    ]);
  });

  test("takes the numbers of the lock", async () => {
    const folder = folderWith({ "concordat.yaml": config, "types.md": types, "contracts/numbers/shop.yaml": lockText });
    const { findings, files } = await importIn(folder, "types.md");
    expect(findings).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(["types.proto"]);
    expect(files[0]?.content).toMatchInlineSnapshot(`
      "edition = "2023";

      package shop;

      // What a customer asked for.
      message Order {
        reserved 2;
        reserved buyer;
        // Who asked
        string id = 1;
        repeated Line lines = 3;
        int64 total = 4;
      }

      message Line {
        string sku = 1;
        Kind kind = 2;
      }

      enum Kind {
        option features.enum_type = CLOSED;
        PLAIN = 0;
        GIFT = 1;
      }
      "
    `);
  });

  test("makes Protobuf of a reference that was made from Protobuf", async () => {
    const folder = folderWith({
      "concordat.yaml": [
        "systems:",
        "  acme:",
        "    numbers: numbers.yaml",
        "    sources: [{ files: protos/acme/core/id.proto, reader: protobuf, root: protos }]",
        "",
      ].join("\n"),
      "numbers.yaml": [
        "messages:",
        "  acme.event.Started:",
        "    fields: { id: 1, tags: 4, place: 2, code: 7 }",
        "enums:",
        "  acme.event.Kind:",
        "    values: { PLAIN: 0, FANCY: 2 }",
        "",
      ].join("\n"),
      "protos/acme/core/id.proto": 'syntax = "proto3";\npackage acme.core;\nmessage Id { string value = 1; }\n',
      "event.rst": reference,
    });
    const { findings, files, reader } = await importIn(folder, "event.rst", { out: "protos/acme" });
    expect([reader, findings]).toEqual(["rst", []]);
    expect(files.map(({ path }) => path)).toEqual(["protos/acme/event.proto"]);
    expect(files[0]?.content).toMatchInlineSnapshot(`
      "syntax = "proto3";

      package acme.event;

      import "acme/core/id.proto";

      // Something began.
      message Started {
        // Which one
        core.Id id = 1;
        repeated string tags = 4;
        oneof place_or_code {
          string place = 2;
          Kind code = 7;
        }
      }

      enum Kind {
        PLAIN = 0;
        FANCY = 2;
      }
      "
    `);
  });

  test("says the same through Protobuf and an overlay", async () => {
    const page = (reader: string, files: string, more = "") =>
      `systems:\n  telemetry:\n    defaults: { presence: required }\n    sources: [{ files: ${files}, reader: ${reader}${more} }]\n`;
    const folder = folderWith({
      "concordat.yaml": page("markdown", "events.md", ", overlay: events.overlay.yaml"),
      "events.md": schemas("telemetry/events.md"),
      "events.overlay.yaml": schemas("telemetry/events.overlay.yaml"),
    });
    expect((await lock({ folder, all: true })).exitCode).toBe(0);
    const before = await messagesIn(folder);
    const { findings, files } = await importIn(folder, "events.md", { to: "protobuf", out: "protos" });
    expect(findings.filter(({ code }) => /^import\/(?!left-out)/.test(code))).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(["protos/events.proto", "protos/events.overlay.yaml"]);
    const proto = page("protobuf", "protos/events.proto", ", overlay: protos/events.overlay.yaml");
    writeFileSync(join(folder, "concordat.yaml"), proto);
    expect(before).toHaveLength(20);
    expect(await messagesIn(folder)).toEqual(before);
  });

  test("keeps them in Markdown when asked to", async () => {
    const folder = folderWith({ "concordat.yaml": config, "types.md": types });
    const { findings, files } = await importIn(folder, "types.md", { to: "markdown", out: "clean" });
    expect(findings).toEqual([]);
    const [before, after] = await Promise.all(
      [types, files[0]?.content ?? ""].map((text) => declarations(text, "markdown", "shop")),
    );
    expect(withoutPlaces(after ?? [])).toEqual(withoutPlaces(before ?? []));
  });
});

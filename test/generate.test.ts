import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, generateIn, smallProject, textOf } from "./support/project.ts";

const out = (folder: string, path = ""): string => join(folder, "generated", path);
const withEvent = (name: string): string =>
  smallProject["docs/events.md"].replace(
    "### Order placed",
    `### Another\n\nTopic: orders\n\n| Name | Type |\n| --- | --- |\n| event_type | “${name}” |\n\n### Order placed`,
  );

describe("generate", () => {
  test("writes, and then has nothing left to do", async () => {
    const folder = folderWith(smallProject);
    const first = await generateIn(folder);
    expect(textOf(folder, first)).not.toContain("error");
    expect(first.plan?.write.length).toBeGreaterThan(2);
    const before = statSync(out(folder, "shop/index.d.ts")).mtimeMs;
    const second = await generateIn(folder);
    expect(second.plan?.write).toEqual([]);
    expect(second.plan?.unchanged).toBe(first.plan?.write.length);
    expect(statSync(out(folder, "shop/index.d.ts")).mtimeMs).toBe(before);
  });

  test("makes the same bytes wherever the project lies", async () => {
    const [a, b] = [folderWith(smallProject), folderWith(smallProject)];
    await generateIn(a);
    await generateIn(b);
    for (const path of readdirSync(out(a), { recursive: true, withFileTypes: true })) {
      if (!path.isFile()) continue;
      const relative = join(path.parentPath, path.name).slice(out(a).length);
      expect(readFileSync(out(b, relative), "utf8")).toBe(readFileSync(out(a, relative), "utf8"));
    }
  });

  test("keeps the old output when a source has an error, and tells all of them", async () => {
    const folder = folderWith(smallProject);
    await generateIn(folder);
    const before = readFileSync(out(folder, "shop/index.d.ts"), "utf8");
    const broken = smallProject["docs/events.md"]
      .replace("| total | number |", "| total | mony |")
      .replace("| order_id |", "| total |");
    writeFileSync(join(folder, "docs/events.md"), broken);
    const result = await generateIn(folder);
    expect(result.exitCode).toBe(1);
    expect(result.findings.filter(({ severity }) => severity === "error").length).toBeGreaterThanOrEqual(2);
    expect(readFileSync(out(folder, "shop/index.d.ts"), "utf8")).toBe(before);
  });

  test("removes what it generated and nobody calls for, and nothing else", async () => {
    const config = `${smallProject["concordat.yaml"]}  avro: {}\n`;
    const folder = folderWith({
      ...smallProject,
      "concordat.yaml": config,
      "docs/events.md": withEvent("orders.order.paid"),
    });
    await generateIn(folder);
    const orphan = out(folder, "shop/avro/orders.order.paid.avsc");
    expect(existsSync(orphan)).toBe(true);
    mkdirSync(out(folder, "shop/notes"));
    writeFileSync(out(folder, "shop/notes/mine.md"), "written by hand\n");
    writeFileSync(join(folder, "docs/events.md"), smallProject["docs/events.md"]);
    const result = await generateIn(folder);
    expect(result.plan?.remove).toEqual(["shop/avro/orders.order.paid.avsc"]);
    expect(existsSync(orphan)).toBe(false);
    expect(existsSync(out(folder, "shop/notes/mine.md"))).toBe(true);
  });

  test("never overwrites a file without the mark of generation", async () => {
    const folder = folderWith({ ...smallProject, "generated/shop/index.js": "export const mine = 1;\n" });
    const result = await generateIn(folder);
    expect(result.exitCode).toBe(2);
    expect(textOf(folder, result)).toContain("disk/foreign-file");
    expect(readFileSync(out(folder, "shop/index.js"), "utf8")).toBe("export const mine = 1;\n");
    expect(existsSync(out(folder, "shop/index.d.ts"))).toBe(false);
  });

  test("leaves other targets alone when told to make one", async () => {
    const config = `${smallProject["concordat.yaml"]}  avro: {}\n`;
    const folder = folderWith({ ...smallProject, "concordat.yaml": config });
    await generateIn(folder);
    const result = await generateIn(folder, { only: ["avro"] });
    expect(result.plan?.remove).toEqual([]);
    expect(existsSync(out(folder, "shop/index.d.ts"))).toBe(true);
  });
});

describe("generate --check", () => {
  test("names what is missing, changed and orphaned, and writes nothing", async () => {
    const config = `${smallProject["concordat.yaml"]}  avro: {}\n`;
    const folder = folderWith({ ...smallProject, "concordat.yaml": config });
    expect((await generateIn(folder)).exitCode).toBe(0);
    expect((await generateIn(folder, { mode: "check" })).exitCode).toBe(0);

    const types = out(folder, "shop/index.d.ts");
    writeFileSync(types, `${readFileSync(types, "utf8")}// edited\n`);
    writeFileSync(
      join(folder, "docs/events.md"),
      withEvent("orders.order.paid").replaceAll("orders.order.placed", "orders.order.made"),
    );
    writeFileSync(join(folder, "docs/events.overlay.yaml"), "entries: []\n");
    const before = readdirSync(out(folder), { recursive: true }).length;
    const result = await generateIn(folder, { mode: "check" });
    const text = textOf(folder, result);
    expect(result.exitCode).toBe(1);
    expect(text).toContain("drift/missing: generated/shop/avro/orders.order.paid.avsc is missing.");
    expect(text).toContain("drift/changed: generated/shop/index.d.ts");
    expect(text).toContain("drift/orphaned: generated/shop/avro/orders.order.placed.avsc");
    expect(readdirSync(out(folder), { recursive: true }).length).toBe(before);
  });
});

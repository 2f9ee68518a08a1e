import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, generateIn, smallProject, textOf } from "./support/project.ts";

const config = smallProject["concordat.yaml"];

async function findingsOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = folderWith({ ...smallProject, ...files });
  const result = await generateIn(folder);
  return { ...result, text: textOf(folder, result) };
}

describe("the configuration", () => {
  test("is found from any folder below it", async () => {
    const folder = folderWith(smallProject);
    const result = await generateIn(join(folder, "docs"));
    expect(result.exitCode).toBe(0);
    expect(result.plan?.write.map(({ path }) => path)).toContain("shop/index.d.ts");
  });

  test("is asked for when there is none", async () => {
    const { exitCode, text } = await (async () => {
      const folder = folderWith({ "readme.txt": "" });
      const result = await generateIn(folder);
      return { ...result, text: textOf(folder, result) };
    })();
    expect(exitCode).toBe(2);
    expect(text).toContain("config/not-found");
  });

  test("names the nearest key for one it does not know, at its place", async () => {
    const { exitCode, text } = await findingsOf({ "concordat.yaml": config.replace("defaults:", "default:") });
    expect(exitCode).toBe(2);
    expect(text).toContain(
      [
        "concordat.yaml:3:5 - error yaml/unknown-key: The key default is not known in systems.shop.",
        "3 |     default: { presence: required }",
        "  |     ~~~~~~~",
        "  hint: Did you mean defaults?",
      ].join("\n"),
    );
  });

  test("names the nearest reader and generator", async () => {
    const { exitCode, text } = await findingsOf({
      "concordat.yaml": config.replace("reader: markdown", "reader: markdwon").replace("typescript:", "typscript:"),
    });
    expect(exitCode).toBe(2);
    expect(text).toContain("There is no reader markdwon.");
    expect(text).toContain("Did you mean markdown?");
    expect(text).toContain("There is no generator typscript.");
    expect(text).toContain("Did you mean typescript?");
  });

  test("tells every fault of its own in one run", async () => {
    const broken = config.replace("presence: required", "presence: always").replace("files:", "file:");
    const { text } = await findingsOf({ "concordat.yaml": broken });
    expect(text).toContain("concordat.yaml:3:27 - error yaml/wrong-value");
    expect(text).toContain("Use one of required, optional, implicit.");
    expect(text).toContain("The key file is not known in systems.shop.sources.0.");
    expect(text).toContain("The key files is missing in systems.shop.sources.0.");
  });

  test("that is no YAML is a finding with line and column", async () => {
    const { exitCode, text } = await findingsOf({ "concordat.yaml": "systems: [\n" });
    expect(exitCode).toBe(2);
    expect(text).toMatch(/concordat\.yaml:\d+:\d+ - error yaml\/syntax/);
  });

  test("cannot make itself large by aliases", async () => {
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
    for (let i = 0; i < 9; i++)
      bomb.push(
        `b${i}: &b${i} [${Array(9)
          .fill(i === 0 ? "*a" : `*b${i - 1}`)
          .join(",")}]`,
      );
    const { exitCode } = await findingsOf({ "concordat.yaml": bomb.join("\n") });
    expect(exitCode).toBe(2);
  });

  test("asks for the generator whose files another one uses", async () => {
    const { text } = await findingsOf({ "concordat.yaml": config.replace("typescript: {}", "validators: {}") });
    expect(text).toContain("config/missing-requirement");
  });
});

describe("sources that cannot be read", () => {
  const source = (path: string) => ({ "concordat.yaml": config.replace("docs/events.md", path) });

  test("a missing file", async () => {
    const { exitCode, text } = await findingsOf(source("docs/none.md"));
    expect(exitCode).toBe(2);
    expect(text).toContain("concordat.yaml:5:18 - error source/missing-file: The file docs/none.md does not exist.");
  });

  test("a folder", async () => {
    const { exitCode, text } = await findingsOf(source("docs"));
    expect(exitCode).toBe(2);
    expect(text).toContain("source/not-a-file");
  });

  test("a text that is not UTF-8", async () => {
    const { exitCode, text } = await findingsOf({ "docs/events.md": Uint8Array.of(0x23, 0x20, 0xff, 0xfe) });
    expect(exitCode).toBe(2);
    expect(text).toContain("The file docs/events.md is not UTF-8 text.");
  });
});

describe("names on the command line", () => {
  test("that the configuration lacks are told with the nearest", async () => {
    const folder = folderWith(smallProject);
    const result = await generateIn(folder, { only: ["typescritp"], system: ["shpo"] });
    expect(result.exitCode).toBe(2);
    expect(textOf(folder, result)).toContain("Did you mean typescript?");
    expect(textOf(folder, result)).toContain("Did you mean shop?");
  });
});

test("an output that cannot be written leaves everything as it is", async () => {
  const folder = folderWith(smallProject);
  mkdirSync(join(folder, "generated/shop/index.js"), { recursive: true });
  const result = await generateIn(folder);
  expect(result.exitCode).toBe(2);
  expect(textOf(folder, result)).toContain("disk/not-writable");
});

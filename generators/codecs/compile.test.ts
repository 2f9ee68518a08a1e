import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { generate } from "../../pipeline/index.ts";
import { compilers, compileWith, strictest } from "../../test/support/compilers.ts";
import { moduleFolder } from "./testing.ts";

const write = moduleFolder("codecs-types");
const filesOf = async (name: string) => {
  const { files = [] } = await generate({ folder: join(import.meta.dirname, "cases", name), mode: "dry-run" });
  return files;
};

const use = `import { type BinaryEventMap, CodecError, decodeEvent, decodeMap, encodeEvent, encodeMap } from "./shop/codecs/index.js";
import { Map_ } from "./shop/codecs/messages.js";
import type { EventMap, Map } from "./shop/index.js";

const bytes: Uint8Array = encodeMap({ constructor: "c", toString: 1, hasOwnProperty: {}, own: { ticks: 2 } });
const map: Map = decodeMap(bytes);
const event: EventMap["shop.map"] = decodeEvent("shop.map", encodeEvent("shop.map", map));
const name: keyof BinaryEventMap = "shop.constructor";
const ticks: bigint | undefined = Map_.decode(bytes).own?.ticks;
const path = (error: unknown): string | undefined => (error instanceof CodecError ? error.path : undefined);
// @ts-expect-error: no such event
encodeEvent("shop.none", map);
// @ts-expect-error: the message of another event
encodeEvent("shop.constructor", { own: {} });
// @ts-expect-error: the JSON of this system has numbers
encodeMap({ constructor: "c", hasOwnProperty: {}, toString: "1" });
export { event, name, path, ticks };
`;

describe.each(compilers)("with %s", (compiler) => {
  test("the declarations say what the codecs take and give", async () => {
    const settings = JSON.stringify({
      // The library's own declarations name the globals of a browser or of Node.
      compilerOptions: { ...strictest(compiler), lib: ["es2023"] },
      files: ["use.ts"],
    });
    const root = write([
      ...(await filesOf("names")),
      { path: "use.ts", content: use },
      { path: "tsconfig.json", content: settings },
      { path: "package.json", content: '{ "type": "module" }' },
    ]);
    expect(await compileWith(compiler, join(root, "tsconfig.json"))).toBe("");
  });
});

test("who uses one message does not carry the others", async () => {
  const root = write([
    ...(await filesOf("everything")),
    { path: "use.js", content: 'export { decodePart } from "./acme/codecs/index.js";\n' },
    { path: "package.json", content: '{ "type": "module", "sideEffects": false }' },
  ]);
  const { outputFiles } = await build({
    entryPoints: [join(root, "use.js")],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    external: ["@bufbuild/protobuf/wire"],
  });
  const text = outputFiles[0]?.text ?? "";
  expect(text).not.toContain("wrapped_flag");
  expect(text.length).toBeLessThan(16_000);
});

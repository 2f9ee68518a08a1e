// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HOCON writes its substitutions like that
import { expect, test } from "vitest";
import type { Decl, Diagnostic } from "../../../model/index.ts";
import { readHocon } from "../syntax/index.ts";
import { readService } from "./index.ts";

const text = `water {
  "2.1" {
    request { type: object, properties { bed { type: string } } }
    response { type: object, properties { done { type: boolean } } }
  }
  "2.9": \${water."2.1"} {
    request.properties {
      bed.description: "Where to"
      litres { type: number }
    }
  }
}`;

function declarations(source: string): ReadonlyMap<string, Decl> {
  const findings: Diagnostic[] = [];
  const report = (finding: Diagnostic): number => findings.push(finding);
  const { root } = readHocon({ path: "water.conf", text: source }, { report });
  if (root.kind !== "object") throw new Error("The text is an object.");
  const events = { operation: "add", discriminator: "type" };
  const decls = readService(root, { system: "garden", report, events });
  expect(findings).toEqual([]);
  return new Map(decls.map((decl) => [decl.name, decl]));
}

const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length;

test("a field's origins begin in the version that introduced it", () => {
  const request = declarations(text).get("garden.water.v2_9.Request");
  const fields = request?.kind === "message" ? request.fields : [];
  expect(fields.map(({ name, origins }) => [name, ...origins.map(({ span }) => lineOf(span.start))])).toEqual([
    ["bed", 3, 8],
    ["litres", 9],
  ]);
  expect(lineOf(request?.origins[0]?.span.start ?? 0)).toBe(7);
});

test("a body that is taken over unchanged is the type it was, and the version says where from", () => {
  const operation = declarations(text).get("garden.water");
  const version = operation?.kind === "operation" ? operation.versions[1] : undefined;
  expect(version?.response).toMatchObject({ kind: "named", name: ".garden.water.v2_1.Response" });
  const taken = version?.origins.find(({ why }) => why !== undefined);
  expect(taken?.why).toBe('Response unchanged by ${water."2.1"}: garden.water.v2_1.Response.');
  expect(text.slice(taken?.span.start, taken?.span.end)).toBe('${water."2.1"}');
});

test("what a substitution brought says by which", () => {
  const request = declarations(text).get("garden.water.v2_9.Request");
  const fields = request?.kind === "message" ? request.fields : [];
  expect(fields[0]?.origins.map(({ why }) => why)).toEqual(['Taken over by ${water."2.1"}.', undefined]);
});

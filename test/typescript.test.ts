import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compilers, compileWith, strictest } from "./support/compilers.ts";
import { folderWith } from "./support/project.ts";

/**
 * What lies in `generated/`, as three compilers see it, and what somebody who uses it may rely on. A type test says what
 * must not compile by `@ts-expect-error`, which is an error itself where there is none.
 */
const root = join(import.meta.dirname, "..");
const generated = join(root, "generated");
const names = readNames(join(generated, "telemetry/index.d.ts"));

/** The declarations of all four systems and of the generator's own cases. */
const cases = join(root, "generators/typescript/cases");
const declarations = [
  join(generated, "**/*.d.ts"),
  ...readdirSync(cases)
    .filter((name) => readdirSync(join(cases, name)).includes("out"))
    .map((name) => join(cases, name, "out/**/*.d.ts")),
];

describe.each(compilers)("%s", (compiler) => {
  test.each([
    ["nodenext", "nodenext", true],
    ["nodenext", "nodenext", false],
    ["esnext", "bundler", true],
    ["esnext", "bundler", false],
  ] as const)("takes every declaration: %s, resolution %s, exact optional properties %s", async (...how) => {
    const [module, moduleResolution, exactOptionalPropertyTypes] = how;
    const compilerOptions = { ...strictest(compiler), module, moduleResolution, exactOptionalPropertyTypes };
    const folder = folderWith({ "tsconfig.json": JSON.stringify({ compilerOptions, include: declarations }) });
    expect(await compileWith(compiler, folder)).toBe("");
  });

  test.each(Object.entries(usage()))("%s", async (_, text) => {
    const folder = folderWith({
      "package.json": '{ "type": "module" }',
      "tsconfig.json": JSON.stringify({ compilerOptions: strictest(compiler), files: ["usage.ts"] }),
      "usage.ts": text,
    });
    expect(await compileWith(compiler, folder)).toBe("");
  });
});

/** Programs that use the generated types, by what they show. */
function usage(): Readonly<Record<string, string>> {
  const from = (system: string) => JSON.stringify(join(generated, system, "index.js"));
  const assertNever = "const assertNever = (value: never): never => value;";
  const switchOf = (name: string, cases: readonly string[], more = "") => `
    export function ${name}(event: TelemetryEvent): string {
      switch (event.event_type) {
        ${cases.map((item) => `case ${JSON.stringify(item)}: return event.event_id;`).join("\n        ")}
        default:
          ${more}
          return assertNever(event);
      }
    }`;
  return {
    "a switch over all events leaves nothing, and leaves something wherever a case is missing": `
      import type { TelemetryEvent } from ${from("telemetry")};
      ${assertNever}
      ${switchOf("whole", names)}
      ${names.map((name, i) => switchOf(`without${i}`, names.toSpliced(i, 1), `// @ts-expect-error: no case for ${name}`)).join("\n")}
      // @ts-expect-error: an event by another name
      export const isLost = (event: TelemetryEvent): boolean => event.event_type === "xumi.weights.lost";
    `,
    "an event is narrowed by its type": `
      import type { EventMap, TelemetryEvent, XumiWeightsLoadStart } from ${from("telemetry")};
      export function size(event: TelemetryEvent): number | undefined {
        if (event.event_type === "xumi.weights.load.start") {
          event satisfies XumiWeightsLoadStart;
          return event.storage_size;
        }
        // @ts-expect-error: not every event has it
        return event.storage_size;
      }
      export const pick = (event: TelemetryEvent): EventMap["kuber.deploy.free"] | undefined =>
        event.event_type === "kuber.deploy.free" ? event : undefined;
    `,
    "the map of events knows their names and their fields": `
      import { type EventMap, type EventName, events } from ${from("telemetry")};
      export type Known = EventMap["kuber.deploy.start"];
      // @ts-expect-error: there is no such event
      export type Unknown = EventMap["kuber.deploy.stop"];
      export const first: EventName | undefined = events[0];
      // @ts-expect-error: the list of names is read only
      events.push("kuber.deploy.start");
      // @ts-expect-error: there is no such event
      export const name: EventName = "kuber.deploy.stop";
      declare const event: Known;
      export const right: Known = { ...event, version: "1.0" };
      // @ts-expect-error: no other version is current
      export const version: Known = { ...event, version: "2.0" };
      // @ts-expect-error: another event
      export const type: Known = { ...event, event_type: "kuber.deploy.free" };
      // @ts-expect-error: no such field
      export const field: Known = { ...event, deployed: true };
    `,
    "a one-of takes one of its members": `
      import type { EventMap, NodeExecutionEvent } from ${from("flyte")};
      export const none: NodeExecutionEvent = {};
      export const uri: NodeExecutionEvent = { outputUri: "s3://a/b", workflowNodeMetadata: {} };
      export const error: EventMap["flyte.node_execution"] = { error: { code: "E" }, taskNodeMetadata: {} };
      // @ts-expect-error: both results
      export const both: NodeExecutionEvent = { outputUri: "s3://a/b", error: { code: "E" } };
      // @ts-expect-error: both kinds of metadata
      export const two: NodeExecutionEvent = { workflowNodeMetadata: {}, taskNodeMetadata: {} };
      export function result(event: NodeExecutionEvent): string {
        if (event.error !== undefined) {
          event.outputUri satisfies undefined;
          return event.error.message ?? "";
        }
        return event.outputUri ?? "";
      }
      // @ts-expect-error: no value of the enum
      export const phase: NodeExecutionEvent = { phase: "SLEEPING" };
    `,
    "constants of enums are read only": `
      import { AppVisibility } from ${from("h2o")};
      export const value: AppVisibility = Object.values(AppVisibility)[0] as AppVisibility;
      // @ts-expect-error: a constant
      AppVisibility.${readConstant(join(generated, "h2o/index.d.ts"), "AppVisibility")} = 7;
      // @ts-expect-error: no value of the enum
      export const other: AppVisibility = 77;
    `,
    "operations are known by their name and version": `
      import type { OperationMap } from ${from("clearml")};
      export type Known = OperationMap["clearml.add"]["2.1"]["request"];
      // @ts-expect-error: there is no such version
      export type Version = OperationMap["clearml.add"]["1.0"];
      // @ts-expect-error: there is no such operation
      export type Operation = OperationMap["clearml.subtract"];
      export const event: Known = { type: "training_stats_scalar", task: "t", value: 1 };
      // @ts-expect-error: no kind of event
      export const odd: Known = { type: "training_stats_odd", task: "t" };
    `,
  };
}

/** The names in the union of a system's events: the literals of their `event_type`. */
function readNames(path: string): readonly string[] {
  return [...readFileSync(path, "utf8").matchAll(/^ {2}event_type: "(.*)";$/gm)].map(([, name = ""]) => name);
}

/** The first constant of an enum. */
const readConstant = (path: string, name: string): string =>
  new RegExp(`declare const ${name}: \\{\\s+(?:/\\*\\*[^]*?\\*/\\s+)?readonly (\\w+)`).exec(
    readFileSync(path, "utf8"),
  )?.[1] ?? "";

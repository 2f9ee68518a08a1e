import {
  createView,
  type Decl,
  type Diagnostic,
  type Generated,
  type JsonProfile,
  type System,
} from "../../model/index.ts";
import protobuf from "./index.ts";

/** Where all declarations of the tests stand. */
export const origins = [{ span: { path: "shop.md", start: 10, end: 12 }, reader: "test", basis: "stated" }] as const;
/** Where their numbers stand: in a lock. */
export const locked = [
  ...origins,
  { span: { path: "shop.yaml", start: 1, end: 2 }, reader: "lock", basis: "overlay" },
] as const;

const profile: JsonProfile = {
  fieldNames: "declared",
  int64: "string",
  enums: "name",
  timestamp: "rfc3339",
  duration: "seconds-string",
};

/** What the generator made of a model, and what it said. */
export interface Made extends Generated {
  readonly findings: readonly Diagnostic[];
}

/** Runs the generator on declarations of the system `shop`. */
export function make(decls: readonly Decl[], json: Partial<JsonProfile> = {}): Made {
  const findings: Diagnostic[] = [];
  const shop: System = { kind: "system", name: "shop", json: { ...profile, ...json }, origins };
  const view = createView({ irVersion: 1, decls: [shop, ...decls] }, ({ path }) => ({ path, line: 1, column: 1 }));
  const made = protobuf.generate(view, { options: undefined, report: (finding) => findings.push(finding) });
  return { ...made, findings };
}

import { diagnostic, type Field, type Rule, unalias, type View, words } from "../../model/index.ts";

export const missing = diagnostic<{ at: string; unit: string | undefined }>(
  "checks/missing-unit",
  "info",
  (a) => `The name of ${a.at} speaks of a unit, and none is declared.`,
  (a) => `Declare it in an overlay: \`set: { unit: ${a.unit ?? "…"} }\`.`,
);

/** Words that are a unit wherever they stand in a name, with its sign in UCUM. */
const units: ReadonlyMap<string, string> = new Map([
  ["byte", "By"],
  ["bytes", "By"],
  ["millicpu", "10*-3{cpu}"],
  ["ms", "ms"],
  ["millis", "ms"],
  ["milliseconds", "ms"],
  ["seconds", "s"],
  ["secs", "s"],
  ["nanos", "ns"],
  ["nanoseconds", "ns"],
  ["micros", "us"],
  ["microseconds", "us"],
  ["percent", "%"],
  ["pct", "%"],
]);
/** Words that ask for a unit at the end of a name; which one, they do not say. */
const measures: ReadonlySet<string> = new Set(["duration", "elapsed", "latency", "timeout"]);
/** Units of length and amount that are also common words: only at the end, and not the whole name. */
const lastOnly: ReadonlyMap<string, string> = new Map([
  ["kb", "kBy"],
  ["mb", "MBy"],
  ["gb", "GBy"],
  ["minutes", "min"],
  ["hours", "h"],
  ["days", "d"],
]);

/** A unit in a name is for people alone: targets carry what is declared. */
const rule: Rule = {
  id: "missing-unit",
  purpose: "A number whose name speaks of a unit declares it.",
  severity: "info",
  source: "The Unified Code for Units of Measure (UCUM), as OpenTelemetry uses it.",
  explain:
    "`eval_ms` and `memory_bytes` tell a reader of the name what the number counts; schemas, table comments and dashboards " +
    "read the declared unit. Durations and timestamps that carry their encoding in their type need none.",
  check(view, report) {
    const chosen = new Set(view.systems.map(({ name }) => name));
    for (const decl of view.model.decls) {
      if ((decl.kind !== "message" && decl.kind !== "union") || !chosen.has(decl.system)) continue;
      for (const field of decl.fields ?? []) {
        if (field.unit !== undefined || !isNumber(field, view)) continue;
        const parts = words(field.name).map((word) => word.toLowerCase());
        const last = parts.at(-1) ?? "";
        const unit = parts.map((part) => units.get(part)).find((sign) => sign !== undefined) ?? lastUnit(parts);
        if (unit === undefined && !measures.has(last)) continue;
        report(missing(field.origins[0]?.span, { at: `${decl.name}.${field.name}`, unit }));
      }
    }
  },
};

export default rule;

const lastUnit = (parts: readonly string[]): string | undefined =>
  parts.length > 1 ? lastOnly.get(parts.at(-1) ?? "") : undefined;

function isNumber(field: Field, view: View): boolean {
  const type = unalias(field.type, view);
  return type.kind === "scalar" && !type.logical && !["string", "bool", "bytes"].includes(type.scalar);
}

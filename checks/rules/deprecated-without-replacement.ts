import { type Declared, diagnostic, type OperationVersion, type Rule, type Span } from "../../model/index.ts";

export const noReplacement = diagnostic<{ at: string }>(
  "checks/deprecated-without-replacement",
  "info",
  (a) => `${a.at} is deprecated, and nothing is named that takes its place.`,
  () => "Name it in an overlay, `set: { deprecated: { replacedBy: … } }`, or say in `reason` that nothing does.",
);

/** Whoever still uses a deprecated thing asks one question: what now? */
const rule: Rule = {
  id: "deprecated-without-replacement",
  purpose: "What is deprecated names its replacement, or says why it has none.",
  severity: "info",
  source: "Practice; `@deprecated` and `deprecated: true` are shown to every user of the generated types.",
  explain:
    "The mark reaches editors and schemas, where it strikes the name through. Without a replacement people keep using what " +
    "works. A reason counts: it may say that nothing takes the place.",
  check(view, report) {
    const chosen = new Set(view.systems.map(({ name }) => name));
    const look = (item: Declared | OperationVersion, at: string, place?: Span): void => {
      if (!item.deprecated || item.deprecated.replacedBy || item.deprecated.reason) return;
      report(noReplacement(item.origins[0]?.span ?? place, { at }));
    };
    for (const decl of view.model.decls) {
      if (!chosen.has(decl.kind === "system" ? decl.name : (decl.system ?? ""))) continue;
      const place = decl.origins[0]?.span;
      look(decl, decl.name);
      if (decl.kind === "message" || decl.kind === "union")
        for (const field of decl.fields ?? []) look(field, `${decl.name}.${field.name}`, place);
      else if (decl.kind === "enum") for (const value of decl.values) look(value, `${decl.name}.${value.name}`, place);
      else if (decl.kind === "operation")
        for (const version of decl.versions) look(version, `${decl.name} ${version.version}`, place);
    }
  },
};

export default rule;

import type { DiagnosticKind } from "../../model/index.ts";
import { catalogue } from "../catalogue.ts";
import { allRules } from "../compat/rules.ts";
import { rules } from "../plugins.ts";
import { explainCompatibility } from "./compatibility.ts";
import { blank, type Explanation, type FoundFact } from "./explanation.ts";

/** The names under which rules and findings can be asked for. */
export const findingNames = (): readonly string[] => [
  ...rules.map(({ id }) => id),
  ...catalogue().keys(),
  ...new Set(allRules().map(({ id }) => id)),
];

/** Explains a rule by its id, or a finding by its code, or a rule of compatibility; `undefined` when it is none of them. */
export function explainFinding(name: string): Explanation | undefined {
  const rule = rules.find(({ id }) => id === name || `checks/${id}` === name);
  const code = rule ? `checks/${rule.id}` : name;
  const kinds = catalogue().get(code);
  if (!kinds && !rule) return explainCompatibility(name);
  const findings = [...new Map((kinds ?? []).map(shown).map((row) => [row.message, row])).values()];
  const texts = new Set((kinds ?? []).flatMap(({ explain }) => explain ?? []));
  const silence = `suppress: [{ ${rule ? `rule: ${rule.id}` : `code: ${code}`}, at: "<name or path, * for any part>", why: … }]`;
  return {
    ...blank(rule?.id ?? code, rule ? "rule" : "finding"),
    text: rule ? [rule.purpose, rule.explain] : [...texts],
    facts: [
      ...(rule ? [{ name: "code", value: code }] : []),
      { name: "severity", value: rule?.severity ?? [...new Set(findings.map(({ severity }) => severity))].join(", ") },
      ...(rule ? [{ name: "source", value: rule.source }] : []),
      ...(findings.some(({ severity }) => severity !== "error") ? [{ name: "silence", value: silence }] : []),
    ],
    findings,
  };
}

function shown(kind: DiagnosticKind<never>): FoundFact {
  return { code: kind.code, severity: kind.severity, ...kind.template() };
}

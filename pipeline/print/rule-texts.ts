import type { Severity } from "../../model/index.ts";
import { catalogue } from "../catalogue.ts";
import { allRules } from "../compat/rules.ts";
import { rules } from "../plugins.ts";

/** What formats with a list of rules say of one. */
export interface RuleText {
  readonly title: string;
  readonly severity: Severity;
  readonly help?: string;
}

/** Every finding there is, by its code. */
export function ruleTexts(): ReadonlyMap<string, RuleText> {
  const known = new Map<string, RuleText>();
  for (const [code, [kind]] of catalogue()) {
    if (!kind) continue;
    const rule = rules.find(({ id }) => code === `checks/${id}`);
    const help = rule?.explain ?? kind.explain;
    known.set(code, {
      title: rule?.purpose ?? kind.template().message,
      severity: kind.severity,
      ...(help !== undefined && { help }),
    });
  }
  for (const { id, target, fact, why, fix } of allRules())
    if (!known.has(id))
      known.set(id, {
        title: `What ${fact} means for ${target}.`,
        severity: "warning",
        help: fix === undefined ? why : `${why} ${fix}`,
      });
  return known;
}

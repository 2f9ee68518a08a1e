import {
  type Edges,
  edgesOf,
  type Generated,
  type Generator,
  type Report,
  type System,
  type View,
} from "../../model/index.ts";
import { declarationText } from "./declarations.ts";
import * as say from "./diagnostics.ts";
import { environmentFiles } from "./environments.ts";
import { projections } from "./ledger.ts";
import { moduleText } from "./module.ts";
import { runtimeFiles } from "./runtime/index.ts";
import { tagLookup } from "./tag-lookup.ts";
import { type Target, targetsOf } from "./targets.ts";

/** Validators in JavaScript: guards made for each type, and the schemas for whatever a guard refuses. */
const validators: Generator = {
  title: "Validators",
  options: { type: "object", properties: {}, additionalProperties: false },
  requires: ["json-schema", "typescript"],
  generate(view, { report }) {
    const systems = view.systems.map((system) => generateSystem(view, system, report));
    return {
      files: [...systems.flatMap(({ files }) => files), ...runtimeFiles, ...environmentFiles(view)],
      projections: systems.flatMap((generated) => generated.projections),
    };
  },
};
export default validators;

function generateSystem(given: View, system: System, report: Report): Generated {
  const edges = edgesOf(given, system.name);
  const { view } = edges;
  const targets = targetsOf(view, system, edges.documents);
  const tags = tagLookup(view, system);
  checkNames(targets, report);
  checkFeeds(edges, report);
  return {
    files: [
      { path: `${system.name}/validators.js`, content: moduleText(view, system, targets, tags, edges.environments) },
      {
        path: `${system.name}/validators.d.ts`,
        content: declarationText(view, system, targets, tags, edges.environments),
      },
    ],
    projections: projections(given, system),
  };
}

/** Functions of the module that are there for all shapes at once. */
const lookups = ["validateEvent", "validateByType"];

function checkNames(targets: readonly Target[], report: Report): void {
  const byStem = new Map<string, Target>();
  for (const target of targets) {
    const { stem, names, origin } = target;
    const subject = names[0] ?? "";
    const name = `validate${stem}`;
    const other = byStem.get(stem);
    if (!other) byStem.set(stem, target);
    const taken = other?.names[0] ?? (lookups.includes(name) ? "all events" : undefined);
    const related = other?.origin && [{ message: "The other is here.", span: other.origin.span }];
    if (taken !== undefined) report(say.nameCollision(origin?.span, { subject, other: taken, name }, related));
  }
}

function checkFeeds({ undecided }: Edges, report: Report): void {
  for (const { component, variable, field, why } of undecided) {
    const span = component.env.find(({ name }) => name === variable)?.origins[0]?.span ?? component.origins[0]?.span;
    report(say.feedsNothing(span, { component: component.name, variable, field, why: say.feedReasons[why] }));
  }
}

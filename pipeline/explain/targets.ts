import {
  type Decl,
  type Diagnostic,
  eventTypeName,
  isTypeDecl,
  localName,
  type Name,
  type OutputFile,
  type Projection,
  type View,
} from "../../model/index.ts";
import type { RunResult } from "../run.ts";
import type { FoundFact, TargetFact } from "./explanation.ts";
import { fieldsOf, type Named } from "./names.ts";

/** What each target calls it, and the words of the ledger for it. */
export function targetFacts(named: Named, view: View, { made, targets = [] }: RunResult): readonly TargetFact[] {
  const { decl, field } = named;
  const places = new Set(field ? fieldRows(named, view) : [decl.name]);
  const inside = new Set(field ? [] : fieldsOf(decl, view).map((member) => `${decl.name}.${member.field.name}`));
  return targets.flatMap(({ target, projections }): readonly TargetFact[] => {
    const row = projections.find(({ at }) => places.has(at));
    const words = row ? undefined : summary(projections.filter(({ at }) => inside.has(at)));
    const names = field ? [] : namesIn(decl, made?.get(target) ?? []);
    const fidelity = row?.fidelity ?? (words || undefined);
    if (fidelity === undefined && names.length === 0) return [];
    return [{ target, names, ...(fidelity && { fidelity }), ...(row?.why && { why: row.why }) }];
  });
}

/** The ledger speaks of events; a body and an envelope are in it as parts of them. */
function fieldRows({ name, decl, field }: Named, view: View): readonly Name[] {
  const events = view.model.decls.filter(
    (event) =>
      event.kind === "event" &&
      ((event.payload.kind === "named" && event.payload.name === decl.name) || event.envelope?.type === decl.name),
  );
  return [name, ...events.map((event) => `${event.name}.${field?.name}`)];
}

/** `9 exact, 4 widened`. */
function summary(rows: readonly Projection[]): string {
  const words = ["exact", "widened", "lossy", "guessed", "omitted"] as const;
  return words
    .map((word) => ({ word, count: rows.filter(({ fidelity }) => fidelity === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(", ");
}

/** Files of its own, and the lines that declare its name in code. */
function namesIn(decl: Decl, files: readonly OutputFile[]): readonly string[] {
  if (decl.kind !== "event" && !isTypeDecl(decl)) return [];
  const escaped = decl.name.replaceAll(".", "[._]");
  const own = new RegExp(`^${decl.system}/(?:.*/)?(?:${decl.system}[._])?${escaped}(?:\\.(?:open|schema))*\\.\\w+$`);
  const code = decl.kind === "event" ? eventTypeName(decl) : localName(decl.name);
  const declared = new RegExp(
    `^export (?:declare )?(?:interface|type|const|enum|class|function) ((?:is)?${code})\\b`,
    "m",
  );
  return files
    .filter(({ path }) => path.startsWith(`${decl.system}/`))
    .flatMap(({ path, content }) => {
      if (own.test(path)) return [path];
      const found = /\.d\.ts$/.test(path) ? declared.exec(content) : undefined;
      return found ? [`${found[1]} in ${path}:${content.slice(0, found.index).split("\n").length}`] : [];
    });
}

/** The findings about a thing and what is inside of it. */
export function foundAbout({ name, owner, field }: Named, findings: readonly Diagnostic[]): readonly FoundFact[] {
  const names = [name, ...(owner && field ? [`${owner.name}.${field.name}`] : [])];
  return findings
    .filter(
      ({ at }) => at !== undefined && names.some((known) => at === known || (!field && at.startsWith(`${known}.`))),
    )
    .map(({ code, severity, message, hint }) => ({ code, severity, message, ...(hint && { hint }) }));
}

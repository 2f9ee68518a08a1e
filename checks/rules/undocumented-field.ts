import { compareText, diagnostic, type Field, type Message, type Rule, type View } from "../../model/index.ts";

export const undocumented = diagnostic<{ path: string; missing: number; of: number; most: string; there: number }>(
  "checks/undocumented-field",
  "info",
  (a) =>
    `${a.missing} of the ${a.of} fields that ${a.path} declares have no description, ${a.there} of them in ${a.most}.`,
  () => "Say there what they mean, and when they are absent; `concordat explain <type>` shows them.",
);

/** One finding per document, since documents are written in one go: a finding per field would be skipped. */
const rule: Rule = {
  id: "undocumented-field",
  purpose: "Fields say what they mean.",
  severity: "info",
  source: "Practice: descriptions go into types, schemas and the comments of tables.",
  explain:
    "Whoever reads an event a year later has its name and its description. The finding counts the fields of a document " +
    "that have none, and stands at the type that lacks the most. Constants need no description.",
  check(view, report) {
    for (const [path, messages] of documents(view)) {
      const counts = messages
        .map((message) => ({ message, missing: message.fields.filter(lacksDoc) }))
        .sort((a, b) => b.missing.length - a.missing.length || compareText(a.message.name, b.message.name));
      const missing = counts.reduce((sum, count) => sum + count.missing.length, 0);
      const [worst] = counts;
      if (!worst || missing === 0) continue;
      const of = messages.reduce((sum, { fields }) => sum + fields.length, 0);
      const args = { path, missing, of, most: worst.message.name, there: worst.missing.length };
      report(undocumented(worst.message.origins[0]?.span, args));
    }
  },
};

export default rule;

const lacksDoc = (field: Field): boolean => field.doc === undefined && field.type.kind !== "literal";

function documents(view: View): ReadonlyMap<string, readonly Message[]> {
  const chosen = new Set(view.systems.map(({ name }) => name));
  const byPath = new Map<string, Message[]>();
  for (const decl of view.model.decls) {
    const path = decl.origins[0]?.span.path;
    if (decl.kind !== "message" || path === undefined || !chosen.has(decl.system)) continue;
    const others = byPath.get(path);
    if (others) others.push(decl);
    else byPath.set(path, [decl]);
  }
  return byPath;
}

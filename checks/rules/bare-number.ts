import { diagnostic, type Field, type Rule } from "../../model/index.ts";

export const bare = diagnostic<{ at: string; fields: readonly string[]; width: string }>(
  "checks/bare-number",
  "info",
  ({ at, fields: [first = "", ...others] }) =>
    others.length === 0
      ? `The document calls ${first} of ${at} a number and does not say of which kind.`
      : `The document calls ${first} and ${others.length} more of ${at} numbers and does not say of which kind.`,
  (a) => `${a.width} State it in an overlay, \`set: { type: int64 }\` for a count, or set \`defaults.number\`.`,
);

/** The model knows no bare numbers any more; the origin of their width tells which they were. */
const rule: Rule = {
  id: "bare-number",
  purpose: "Documents say of a number whether it is whole, and how large it may be.",
  severity: "info",
  source: "JSON has one kind of number, and no target of Concordat has.",
  explain:
    "A number of which nothing else is said becomes what `defaults.number` of its system says, a 64-bit float unless it " +
    "says otherwise. Counts, sizes and versions are then stored with a fraction and lose their last digits past 2^53. " +
    "There is one finding per type: `concordat explain <type>` shows each field with the origin of its width.",
  check(view, report) {
    const chosen = new Set(view.systems.map(({ name }) => name));
    for (const decl of view.model.decls) {
      if (decl.kind !== "message" && decl.kind !== "union" && decl.kind !== "component") continue;
      if (!chosen.has(decl.system)) continue;
      const fields = (decl.kind === "component" ? decl.env : (decl.fields ?? [])).filter(isAssumed);
      const [first] = fields;
      if (!first) continue;
      const width = first.origins.find(({ basis }) => basis === "default")?.why ?? "";
      report(bare(first.origins[0]?.span, { at: decl.name, fields: fields.map(({ name }) => name), width }));
    }
  },
};

export default rule;

const isAssumed = (field: Field): boolean => field.origins.some(({ basis }) => basis === "default");

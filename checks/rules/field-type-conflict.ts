import {
  compareText,
  diagnostic,
  formatTypeRef,
  type Rule,
  type Span,
  type TypeRef,
  unalias,
  type View,
} from "../../model/index.ts";

export const conflict = diagnostic<{ at: string; field: string; system: string; kinds: string }>(
  "checks/field-type-conflict",
  "warning",
  (a) => `The field ${a.field} has several types in the events of ${a.system}: ${a.kinds}.`,
  () => "Give it one type, or give what is something else another name.",
);

interface Use {
  readonly type: string;
  readonly at: string;
  readonly span: Span | undefined;
  count: number;
}

/** Events of a system are joined and searched together; a key with two types is two things under one name. */
const rule: Rule = {
  id: "field-type-conflict",
  purpose: "A field name means the same type in all events of a system.",
  severity: "warning",
  source: "Tables, dashboards and search indexes over several events; practice.",
  explain:
    "Whoever searches or joins events by a field expects one type for one name. An index that has seen a number refuses " +
    "the text of the next event, and a query over both needs a cast that fails on some rows. Constants count as the type " +
    "of their value, and objects as objects: what is inside of them is compared only where it is the event itself.",
  check(view, report) {
    for (const system of view.systems) {
      for (const [field, uses] of usesOf(view, system.name)) {
        if (uses.length < 2) continue;
        const [rare, ...rest] = [...uses].sort((a, b) => a.count - b.count || compareText(a.type, b.type));
        const related = rest.flatMap(({ type, span }) => (span ? [{ message: `It is ${type} here.`, span }] : []));
        const kinds = [...rest]
          .reverse()
          .concat(rare ?? [])
          .map(({ type, count }) => `${type} in ${count}`)
          .join(", ");
        report(conflict(rare?.span, { at: rare?.at ?? field, field, system: system.name, kinds }, related));
      }
    }
  },
};

export default rule;

function usesOf(view: View, system: string): ReadonlyMap<string, readonly Use[]> {
  const fields = new Map<string, Use[]>();
  for (const event of view.events(system)) {
    for (const field of view.eventMessage(event)?.fields ?? []) {
      const uses = fields.get(field.name) ?? [];
      fields.set(field.name, uses);
      const type = kindOf(field.type, view);
      const same = uses.find((use) => use.type === type);
      if (same) same.count++;
      else uses.push({ type, at: `${event.name}.${field.name}`, span: field.origins[0]?.span, count: 1 });
    }
  }
  return fields;
}

function kindOf(type: TypeRef, view: View): string {
  const target = unalias(type, view);
  if (target.kind === "literal") return typeof target.value === "boolean" ? "bool" : typeof target.value;
  if (target.kind === "list") return `list<${kindOf(target.item, view)}>`;
  if (target.kind !== "named") return formatTypeRef(target);
  const { kind } = view.type(target.name);
  return kind === "enum" ? "enum" : kind === "external" ? "external" : "object";
}

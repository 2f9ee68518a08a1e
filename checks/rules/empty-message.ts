import { diagnostic, type Rule, scopeOf } from "../../model/index.ts";

export const empty = diagnostic<{ at: string; open: boolean }>(
  "checks/empty-message",
  "info",
  (a) => `${a.at} has no fields${a.open ? ", and takes any" : ""}: it says nothing of what is sent.`,
  () => "Describe its fields; if there are none to come, suppress the finding with that as the reason.",
);

/** A message without fields is a hole in the contract, or an honest nothing: its author knows which. */
const rule: Rule = {
  id: "empty-message",
  purpose: "A message has fields.",
  severity: "info",
  source: "Practice: a schema that accepts everything checks nothing.",
  explain:
    "For consumers every object fits a message without fields, so its validator always says yes, and its table stores no " +
    "more than when it came. Requests and responses of operations are left out: there, nothing is an answer.",
  check(view, report) {
    const named = view.model.decls
      .flatMap((decl) => (decl.kind === "operation" ? decl.versions : []))
      .flatMap(({ request, response }) => [request, response])
      .flatMap((type) => (type?.kind === "named" ? [type.name] : []));
    // A Protobuf message may be there for what is declared inside of it.
    const meant = new Set([...named, ...view.model.decls.map(({ name }) => scopeOf(name))]);
    for (const system of view.systems)
      for (const decl of view.types(system.name))
        if (decl.kind === "message" && decl.fields.length === 0 && !meant.has(decl.name))
          report(empty(decl.origins[0]?.span, { at: decl.name, open: decl.open === true }));
  },
};

export default rule;

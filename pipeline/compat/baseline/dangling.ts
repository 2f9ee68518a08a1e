import { isTypeDecl, type Model, namesIn, type TypeRef, typesIn } from "../../../model/index.ts";

/** What keeps a model that fits its schema from being one: names of nothing, two things of one name, aliases in a circle. */
export function dangling(model: Model): string | undefined {
  const types = new Map(model.decls.filter(isTypeDecl).map((decl) => [decl.name, decl]));
  const known = new Set<string>();
  for (const { kind, name } of model.decls) {
    const key = `${isTypes.has(kind) ? "type" : kind} ${name}`;
    if (known.has(key)) return `it has two declarations ${name}`;
    known.add(key);
  }
  for (const decl of model.decls) {
    const used = [
      ...typesIn(decl).flatMap(namesIn),
      ...(decl.kind === "event" && decl.envelope ? [decl.envelope.type] : []),
    ];
    const unknown = used.find((name) => !types.has(name));
    if (unknown !== undefined) return `${decl.name} names the type ${unknown}, which it does not have`;
    if ("system" in decl && decl.system !== undefined && !known.has(`system ${decl.system}`))
      return `${decl.name} names the system ${decl.system}, which it does not have`;
  }
  const target = (type: TypeRef | undefined): string | undefined => (type?.kind === "named" ? type.name : undefined);
  for (const start of types.keys()) {
    const seen = new Set<string>();
    for (let at: string | undefined = start; at !== undefined; ) {
      if (seen.has(at)) return `the alias ${start} stands for itself`;
      seen.add(at);
      const decl = types.get(at);
      at = target(decl?.kind === "alias" ? decl.type : decl?.kind === "external" ? decl.as : undefined);
    }
  }
  return undefined;
}

const isTypes: ReadonlySet<string> = new Set(["message", "enum", "union", "alias", "external"]);

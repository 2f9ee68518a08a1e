import {
  compareText,
  type Enum,
  isTypeDecl,
  type Message,
  type Name,
  namesIn,
  type TopicMessage,
  type TypeRef,
  topicMessages,
  unalias,
  type View,
  walkTypeRef,
} from "../../model/index.ts";

/** What a `.proto` file declares. */
export type ProtoDecl = Message | Enum | TopicMessage;

/** What of a system is printed, what is not, and why. */
export interface Selection {
  readonly printed: ReadonlyMap<Name, ProtoDecl>;
  /** Why a declaration of the system is not. */
  readonly omitted: ReadonlyMap<
    Name,
    { readonly decl: ProtoDecl; readonly why: string; readonly lacksNumbers: boolean }
  >;
  readonly topics: readonly TopicMessage[];
}

/** Messages and enums whose members have numbers: those of the system, its topics', and those of others that they contain. */
export function select(view: View, system: Name): Selection {
  const printed = new Map<Name, ProtoDecl>();
  const omitted = new Map<Name, { decl: ProtoDecl; why: string; lacksNumbers: boolean }>();
  const topics = topicMessages(view, system);
  const own = view.model.decls.filter(
    (decl): decl is Message | Enum => (decl.kind === "message" || decl.kind === "enum") && decl.system === system,
  );
  // A message without fields is one of Protobuf only beside others that have numbers.
  const hasNumbers = [...topics, ...own].some((decl) => decl.kind === "message" && decl.fields.some(isNumbered));
  const open: ProtoDecl[] = [...topics, ...own].reverse();
  for (let decl = open.pop(); decl !== undefined; decl = open.pop()) {
    if (printed.has(decl.name) || omitted.has(decl.name)) continue;
    const lacking = (decl.kind === "enum" ? decl.values : decl.fields).find(({ number }) => number === undefined);
    if (decl.kind === "enum" && decl.values.length === 0)
      omitted.set(decl.name, { decl, why: "An enum of Protobuf has at least one value.", lacksNumbers: false });
    else if (decl.kind === "message" && decl.fields.length === 0 && !hasNumbers)
      omitted.set(decl.name, { decl, why: "No message of its system has numbers.", lacksNumbers: false });
    else if (lacking)
      omitted.set(decl.name, { decl, why: `Its ${nounOf(decl)} ${lacking.name} has no number.`, lacksNumbers: true });
    else {
      printed.set(decl.name, decl);
      for (const name of usedBy(decl, view)) {
        const other = view.type(name);
        if (other.kind === "message" || other.kind === "enum") open.push(other);
      }
    }
  }
  // What travels on its own stands first.
  const isFirst = new Set<ProtoDecl>(topics);
  const inOrder = [...printed].sort(
    ([a, one], [b, other]) => Number(isFirst.has(other)) - Number(isFirst.has(one)) || compareText(a, b),
  );
  return { printed: new Map(inOrder), omitted, topics };
}

/** The messages and enums that the fields of a declaration hold, behind aliases as well. */
export function usedBy(decl: ProtoDecl, view: View): readonly Name[] {
  if (decl.kind === "enum") return [];
  return decl.fields.flatMap(({ type }) => namesIn(unaliased(type, view)));
}

/** A type with what stands behind its aliases. */
export function unaliased(type: TypeRef, view: View, steps = 0): TypeRef {
  const target = unalias(type, view);
  if (steps > 100) return target;
  switch (target.kind) {
    case "list":
      return { ...target, item: unaliased(target.item, view, steps + 1) };
    case "map":
      return { ...target, value: unaliased(target.value, view, steps + 1) };
    case "union":
      return { ...target, variants: target.variants.map((variant) => unaliased(variant, view, steps + 1)) };
    default:
      return target;
  }
}

/** True for a name that a type has. */
export function typeNames(view: View): (name: Name) => boolean {
  const names = new Set(view.model.decls.filter(isTypeDecl).map(({ name }) => name));
  return (name) => names.has(name);
}

/** The first named type in a type that is not printed. */
export const missingIn = (type: TypeRef, printed: ReadonlyMap<Name, ProtoDecl>): Name | undefined =>
  [...walkTypeRef(type)].flatMap((part) => (part.kind === "named" && !printed.has(part.name) ? [part.name] : []))[0];

const isNumbered = ({ number }: { readonly number?: number }): boolean => number !== undefined;

const nounOf = (decl: ProtoDecl): string => (decl.kind === "enum" ? "value" : "field");

import { type JsonForm, type Name, namesIn, typesIn, type View } from "../../model/index.ts";

/** Which types contain themselves, directly or through others. */
export interface Recursion {
  /** The types that a shape leads to, sorted as they were found. */
  readonly reachable: ReadonlySet<Name>;
  readonly isRecursive: (name: Name) => boolean;
  /** True when each of the two contains the other: a step from one to the other may go on for ever. */
  readonly isLoop: (from: Name, to: Name) => boolean;
  /** True when something recursive is among the types that these lead to. */
  readonly leadsToRecursion: (names: readonly Name[]) => boolean;
}

/** Follows references from the given types. */
export function findRecursion(roots: readonly Name[], view: View): Recursion {
  const uses = new Map<Name, readonly Name[]>();
  const usesOf = (name: Name): readonly Name[] => {
    const known = uses.get(name) ?? [...new Set(typesIn(view.type(name)).flatMap(namesIn))];
    uses.set(name, known);
    return known;
  };
  const reached = new Map<Name, ReadonlySet<Name>>();
  const reach = (name: Name): ReadonlySet<Name> => {
    const known = reached.get(name) ?? closure(usesOf(name), usesOf);
    reached.set(name, known);
    return known;
  };
  const isRecursive = (name: Name): boolean => reach(name).has(name);
  return {
    reachable: closure(roots, usesOf),
    isRecursive,
    isLoop: (from, to) => reach(from).has(to) && reach(to).has(from),
    leadsToRecursion: (names) => names.some((name) => isRecursive(name) || [...reach(name)].some(isRecursive)),
  };
}

function closure(roots: readonly Name[], usesOf: (name: Name) => readonly Name[]): ReadonlySet<Name> {
  const found = new Set<Name>();
  const pending = [...roots];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    pending.push(...usesOf(name));
  }
  return found;
}

/** The types a form mentions. */
export function namesInForm(form: JsonForm): readonly Name[] {
  switch (form.kind) {
    case "named":
      return [form.name];
    case "list":
      return namesInForm(form.item);
    case "map":
      return namesInForm(form.value);
    case "union":
      return form.variants.flatMap(namesInForm);
    default:
      return [];
  }
}

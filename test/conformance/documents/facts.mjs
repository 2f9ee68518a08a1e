/** Prose and provenance are no facts: the same contract is told in other words, and at other places. */
const noFacts = new Set(["origins", "doc", "title"]);
const typeKeys = new Set(["type", "payload", "request", "response", "as", "variants"]);

/**
 * Everything a model says, each fact by its path: what is said, and the origins of all that it is said of. The order of
 * fields and values is a fact of its own.
 */
export function factsOf(model, keep = () => true) {
  const facts = new Map();
  for (const decl of model.decls) if (keep(decl)) collect(decl, "", `${decl.kind} ${decl.name}`, [], facts);
  return facts;
}

/** The system that a declaration is of; topics and components of a page are of its system. */
export const systemOf = (decl) => (decl.kind === "system" ? decl.name : decl.system);

function collect(value, key, path, outer, facts) {
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    if (names.length > 1) facts.set(`${path} in order`, { value: names.join(", "), origins: outer, order: true });
    for (const [index, item] of value.entries()) collect(item, key, `${path}[${names[index]}]`, outer, facts);
  } else if (typeof value === "object" && value !== null && !typeKeys.has(key)) {
    const origins = [...outer, ...(value.origins ?? [])];
    for (const [inner, part] of Object.entries(value))
      if (!noFacts.has(inner)) collect(part, inner, `${path}.${inner}`, origins, facts);
  } else facts.set(path, { value: canonical(value), origins: outer, names: textsIn(value) });
}

const nameOf = (item) => item?.name ?? item?.version ?? canonical(item);

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${key}:${canonical(inner)}`).join(",")}}`;
}

/** The texts in a value: some are names of other declarations. */
function textsIn(value) {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What two models say differently, a line each. */
export function differences(expected, found) {
  const lines = [];
  for (const path of [...new Set([...expected.keys(), ...found.keys()])].sort()) {
    const [wanted, got] = [expected.get(path)?.value, found.get(path)?.value];
    if (wanted === got) continue;
    if (got === undefined) lines.push(`${path} is missing: ${wanted}`);
    else if (wanted === undefined) lines.push(`${path} is too much: ${got}`);
    else lines.push(`${path} is ${got} instead of ${wanted}`);
  }
  return lines;
}

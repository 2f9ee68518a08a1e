import { type Enum, enumJson } from "../../model/index.ts";
import type { Place } from "./context.ts";
import { nameCollision } from "./diagnostics.ts";
import { docOf, formerNames, relativeTo } from "./doc.ts";
import { notes, type Shape } from "./ledger.ts";
import { avroSymbol, seeAlso } from "./names.ts";
import { inNumberOrder } from "./order.ts";
import type { AvroEnum } from "./schema.ts";

/** An enum of the model, defined at its first use. */
export function enumShape(decl: Enum, place: Place): Shape {
  if (decl.values.length === 0) return { schema: "string", notes: [notes.emptyEnum] };
  const name = place.names.ofType(decl.name, decl.system);
  place.names.claim(name, { id: decl.name, origins: decl.origins });
  place.reached.add(decl.name);
  const standIn = standInOf(decl);
  const found = decl.open && standIn !== undefined ? [notes.openEnum(standIn)] : [];
  if (place.defined.has(name.full)) return { schema: name.full, notes: found };
  place.defined.add(name.full);

  const symbols = new Map<string, Enum["values"][number]>();
  for (const value of inNumberOrder(decl.values)) {
    const symbol = avroSymbol(value.name);
    const known = symbols.get(symbol);
    if (known)
      place.report(
        nameCollision(
          value.origins[0]?.span,
          { name: symbol, first: `${decl.name}.${known.name}`, second: `${decl.name}.${value.name}` },
          seeAlso(known, "The name is first taken here."),
        ),
      );
    else symbols.set(symbol, value);
  }
  const json = [...symbols]
    .map(([symbol, value]) => [symbol, enumJson(value, place.profile)] as const)
    .filter(([symbol, value]) => symbol !== value);
  const docs = [...symbols].flatMap(([symbol, value]) => {
    const doc = docOf(value) ?? (saysMore(value.label, symbol) ? value.label : undefined);
    return doc === undefined ? [] : [[symbol, doc] as const];
  });
  const doc = docOf(decl);
  const aliases = relativeTo(name, formerNames(decl, place));
  const schema: AvroEnum = {
    type: "enum",
    name: name.name,
    namespace: name.namespace,
    ...(decl.name !== name.full && { wireName: decl.name }),
    ...(doc !== undefined && { doc }),
    ...(aliases.length > 0 && { aliases }),
    symbols: [...symbols.keys()],
    ...(standIn !== undefined && { default: standIn }),
    ...(decl.open && { open: true }),
    ...(json.length > 0 && { json: Object.fromEntries(json) }),
    ...(docs.length > 0 && { symbolDocs: Object.fromEntries(docs) }),
  };
  return { schema, notes: found };
}

/**
 * The symbol a reader takes for one it does not know: the zero, or one that says it stands for nothing. A closed enum
 * without such a value has none, since to refuse an unknown value is better than to mistake it.
 */
function standInOf(decl: Enum): string | undefined {
  const value =
    decl.values.find(({ number }) => number === 0) ??
    decl.values.find(({ name }) => /(?:^|_)(?:unspecified|unknown|undefined)$/i.test(name)) ??
    (decl.open ? decl.values[0] : undefined);
  return value && avroSymbol(value.name);
}

/** True for a label that the symbol does not spell: `Owner only (Private)` says more than `OWNER_ONLY_PRIVATE`. */
const saysMore = (label: string | undefined, symbol: string): boolean =>
  label !== undefined && label.toLowerCase() !== symbol.toLowerCase().replace(/_/g, " ");

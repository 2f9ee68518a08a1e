import { type Enum, type JsonProfile, lastSegment, type Name, upperSnakeCase } from "../../model/index.ts";
import { docOf } from "./doc.ts";
import { folded, protoName } from "./names.ts";

/** An enum of proto3: open, the zero first, and one made where there is none. */
export function enumDecl(decl: Enum, name: Name, profile: JsonProfile): Enum {
  const own = upperSnakeCase(lastSegment(name));
  const taken = new Set<string>();
  const free = (wanted: string, number: number | undefined): string => {
    let symbol = protoName(wanted);
    while (taken.has(withoutPrefix(symbol, own))) symbol = `${symbol}_${number}`.replace("-", "minus_");
    taken.add(withoutPrefix(symbol, own));
    return symbol;
  };
  const values = decl.values.map(({ aliases: _, ...value }) => {
    const symbol = free(value.name, value.number);
    const doc = docOf(
      value,
      saysMore(value.label, symbol) ? value.label : undefined,
      symbol === value.name || profile.enums === "number" ? undefined : `In JSON: ${JSON.stringify(value.name)}.`,
    );
    return { ...value, name: symbol, ...(doc !== undefined && { doc }) };
  });
  const zero = values.find(({ number }) => number === 0) ?? {
    name: free(`${own}_UNSPECIFIED`, 0),
    number: 0,
    doc: "Stands for a value that is absent; no source lists it.",
    origins: decl.origins,
  };
  const doc = docOf(decl);
  return {
    ...decl,
    name,
    ...(doc !== undefined && { doc }),
    open: true,
    values: [zero, ...values.filter((value) => value !== zero)],
  };
}

/** Two values may not be one name once the enum's own is taken off in front and case is forgotten. */
function withoutPrefix(symbol: string, own: string): string {
  const plain = folded(symbol);
  const prefix = folded(own);
  return plain.startsWith(prefix) && plain.length > prefix.length ? plain.slice(prefix.length) : plain;
}

/** True for a label that the symbol does not spell. */
const saysMore = (label: string | undefined, symbol: string): boolean =>
  label !== undefined && label.toLowerCase() !== symbol.toLowerCase().replace(/_/g, " ");

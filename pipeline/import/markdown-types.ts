import { type Enum, formatTypeRef, type Name, type TypeRef } from "../../model/index.ts";

/** How the type of a field is written in a cell. */
export interface TypeWriting {
  readonly system: Name;
  /** The enums that rows of this table list themselves, by full name. */
  readonly listed: ReadonlyMap<Name, Enum>;
}

/** Spellings that people use, where they are not the exact form. */
const spellings: ReadonlyMap<string, string> = new Map([
  ["timestamp(rfc3339)", "timestamp"],
  ["timestamp(epoch-millis)", "epoch ms"],
  ["timestamp(epoch-seconds)", "epoch seconds"],
  ["duration(iso8601)", "iso 8601 duration"],
  ["duration(protobuf)", "duration"],
  ["string(uri)", "uri"],
  ["string(ip)", "ip"],
]);

/** A type as a cell of a table holds it; an unstated one is an empty cell. */
export function writeType(type: TypeRef, writing: TypeWriting): string {
  switch (type.kind) {
    case "unstated":
      return "";
    case "named":
      return writeName(type.name, writing);
    case "list": {
      const item = writeType(type.item, writing);
      if (type.unique) return `set<${item}>`;
      return /^[\w.]+(?:\[\])*$/.test(item) ? `${item}[]` : `list<${item}>`;
    }
    case "map":
      return `map<${type.key}, ${writeType(type.value, writing)}>`;
    case "union":
      return type.variants.map((variant) => writeType(variant, writing)).join(" | ");
    case "literal":
      return typeof type.value === "string" ? `“${type.value}”` : String(type.value);
    case "scalar":
    case "json": {
      const exact = formatTypeRef(type);
      return spellings.get(exact) ?? exact;
    }
  }
}

function writeName(name: Name, { system, listed }: TypeWriting): string {
  const full = name.replace(/^\./, "");
  const own = listed.get(full);
  return own ? `enum: ${own.values.map((value) => value.name).join(", ")}` : titleOf(full, system);
}

/** The heading of a type: its name, without the system that goes without saying. */
export const titleOf = (name: Name, system: Name): string =>
  name.startsWith(`${system}.`) ? name.slice(system.length + 1) : name;

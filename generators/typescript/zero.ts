import {
  enumJson,
  type Field,
  type Json,
  type JsonProfile,
  jsonForm,
  type Message,
  type System,
  unalias,
  type View,
} from "../../model/index.ts";

/**
 * True when whatever may be left out of a system's types stands for the zero of its type. It is then said once, at the head
 * of the file; otherwise each property says it for which it holds.
 */
export function absenceIsAlwaysZero(view: View, system: System): boolean {
  const messages = [
    ...view.types(system.name).filter((decl) => decl.kind === "message"),
    ...view.events(system.name).flatMap((event) => view.eventMessage(event) ?? []),
  ];
  const optional = messages.flatMap(optionalFields);
  return optional.length > 0 && optional.every((field) => field.presence === "implicit");
}

/** What a field stands for when it is left out; `undefined` when for nothing, or when its default says it. */
export function zeroOf(field: Field, profile: JsonProfile, view: View): Json | undefined {
  if (field.presence !== "implicit" || field.default !== undefined) return undefined;
  const type = unalias(field.type, view);
  const form = jsonForm(type, profile);
  switch (form.kind) {
    case "boolean":
      return false;
    case "integer":
    case "number":
      return type.kind === "scalar" && type.logical ? undefined : 0;
    case "string":
      if (form.format === "int64" || form.format === "uint64") return "0";
      return form.format === undefined || form.format === "base64" ? "" : undefined;
    case "list":
      return [];
    case "map":
      return {};
    case "named": {
      const decl = view.type(form.name);
      const zero = decl.kind === "enum" ? decl.values.find((value) => value.number === 0) : undefined;
      return zero && enumJson(zero, profile);
    }
    default:
      return undefined;
  }
}

function optionalFields({ fields, oneofs }: Message): readonly Field[] {
  const choosable = new Set((oneofs ?? []).flatMap((oneof) => oneof.fields));
  return fields.filter((field) => field.presence !== "required" && !choosable.has(field.name));
}

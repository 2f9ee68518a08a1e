import {
  type Declared,
  type Field,
  guessOf,
  type Message,
  type Projection,
  type System,
  type View,
  valueKind,
  type WireField,
  type WireTypes,
} from "../../model/index.ts";
import { sentMessage } from "./targets.ts";

/** What became of every message and event of a system in binary. */
export function projections(view: View, system: System, wire: WireTypes): readonly Projection[] {
  const types = view.types(system.name).flatMap((decl): readonly Projection[] => {
    if (decl.kind === "union") return [omitted(decl, "Protobuf has no type that is one of several.")];
    if (decl.kind !== "message") return [];
    const message = wire.messages.get(decl.name);
    if (!message) return [omitted(decl, wire.without.get(decl.name) ?? "It has no form in Protobuf.")];
    return message.fields.map((field) => fieldRow(field, decl, system, view));
  });
  const events = view
    .events(system.name)
    .filter((event) => !sentMessage(event, view, wire))
    .map((event) =>
      omitted(
        event,
        event.envelope ? "It travels in an envelope, which is no message." : "It is sent as no message of Protobuf.",
      ),
    );
  return [...types, ...events];
}

const omitted = ({ name, origins: [origin] }: Declared, why: string): Projection => ({
  at: name,
  fidelity: "omitted",
  why,
  ...(origin && { origin }),
});

function fieldRow(wire: WireField, { name }: Message, system: System, view: View): Projection {
  const { field } = wire;
  const [origin] = field.origins;
  return { at: `${name}.${field.name}`, ...fidelityOf(wire, system, view), ...(origin && { origin }) };
}

function fidelityOf(wire: WireField, system: System, view: View): Pick<Projection, "fidelity" | "why"> {
  const guess = guessOf(wire.field);
  if (guess)
    return { fidelity: "guessed", why: guess.why ?? "The source does not state it and nobody has confirmed it." };
  const { kind = "", wrapped = false } = valueKind(wire, system.json, view);
  const loss = lossOf(wire, kind, wrapped);
  if (loss !== undefined) return { fidelity: "lossy", why: loss };
  const why = widthOf(wire, kind);
  return why === undefined ? { fidelity: "exact" } : { fidelity: "widened", why };
}

const losses: Readonly<Record<string, string>> = {
  any: "Only a message that is known here can stand in it.",
  empty: "An object with anything in it is refused.",
  "field-mask": "Only paths of fields in lowerCamelCase are taken.",
  null: "Only null is taken.",
  "duration-iso8601": "Years and months have no length of their own and are refused.",
  "duration-seconds": "What is finer than a nanosecond is rounded.",
};

function lossOf({ field, shape }: WireField, kind: string, wrapped: boolean): string | undefined {
  const { presence } = field;
  if (losses[kind] !== undefined) return losses[kind];
  if (shape !== "single" && presence === "optional")
    return `An empty ${shape === "list" ? "list" : "object"} comes back as none.`;
  // Where null is one of two ways to say that nothing is set, nothing is lost.
  if (field.nullable && !wrapped && kind !== "value" && kind !== "json-text" && presence !== "required")
    return "Null comes back as absent.";
  return undefined;
}

function widthOf({ field, type, loses }: WireField, kind: string): string | undefined {
  if (type.kind === "enum" && type.decl.open)
    return "A number that the enum does not list is taken, as newer producers send it.";
  if (kind === "float") return "Digits that 32 bits of float do not hold are rounded.";
  if (kind.endsWith("64-number")) return "Past 2^53 several integers share one JavaScript number.";
  // How a time is written in JSON is said here, by the profile of the system; JSON text is read before it is packed.
  const isTime = type.kind === "known" && (type.name === "Timestamp" || type.name === "Duration");
  const isChecked = isTime || kind.startsWith("json-");
  if (loses !== undefined && !isChecked) return loses;
  const limits = limitsOf(field);
  return limits.length === 0 ? undefined : `Its ${limits.join(", ")} ${limits.length > 1 ? "are" : "is"} not checked.`;
}

const limitsOf = ({ limits = {} }: Field): readonly string[] => Object.keys(limits);

import {
  type Event,
  type Message,
  messageOf,
  type Name,
  type TypeRef,
  unalias,
  type View,
} from "../../pipeline/index.ts";
import { fieldAt, type WireValue } from "../../verify/index.ts";
import { at, isRecord } from "./meaning.ts";

/** Which fields a place in a sample belongs to, by the names that the ledger has for them. */
export interface Places {
  /** The field at a pointer, then those around it. */
  readonly chain: (event: Event, pointer: string) => readonly Name[];
  /** Every field that a value has. */
  readonly all: (event: Event, value: WireValue) => readonly Name[];
  /** The fields of a message of which only one may be set. */
  readonly members: (message: Name) => readonly Name[];
  /** Every field that a sample of the events can have. */
  readonly reachable: (events: readonly Event[]) => ReadonlySet<Name>;
}

/** Pointers that are remembered; keys of maps can be without number. */
const mostKnown = 100_000;

/** Looks places up in a model. */
export function createPlaces(view: View): Places {
  const events = new Map(view.systems.flatMap(({ name }) => view.events(name)).map((event) => [event.name, event]));
  const types = new Map(view.model.decls.map((decl) => [decl.name, decl]));
  const known = new Map<string, readonly Name[]>();
  const chain = (event: Event, pointer: string): readonly Name[] => {
    const key = `${event.name} ${pointer}`;
    const found = known.get(key) ?? lookUp(event, pointer);
    if (known.size < mostKnown) known.set(key, found);
    return found;
  };
  const lookUp = (event: Event, pointer: string): readonly Name[] => {
    const parts = pointer.split("/");
    const names = parts.map((_, i) => fieldAt(view, event, parts.slice(0, parts.length - i).join("/")));
    return [...new Set(names.filter((name) => name !== undefined))];
  };
  return {
    chain,
    all: (event, value) => [...new Set([...pointersIn(value, "")].flatMap((pointer) => chain(event, pointer)))],
    members: (name) => {
      const event = events.get(name);
      const decl = types.get(name);
      const message = event ? view.eventMessage(event) : decl?.kind === "message" ? decl : undefined;
      return (message?.oneofs ?? []).flatMap(({ fields }) => fields.map((field) => `${name}.${field}`));
    },
    reachable: (all) => {
      const names = new Set<Name>();
      for (const event of all) {
        const message = view.eventMessage(event);
        if (!message) visit(event.payload, view, names);
        else if (event.envelope) visitFields(event.name, message, view, names);
        else visitFields(messageOf(event.payload, view)?.name ?? event.name, message, view, names);
      }
      return names;
    },
  };
}

function* pointersIn(value: WireValue, pointer: string): Iterable<string> {
  yield pointer;
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* pointersIn(item, at(pointer, i));
  else if (isRecord(value)) for (const [key, part] of Object.entries(value)) yield* pointersIn(part, at(pointer, key));
}

function visitFields(name: Name, message: Message, view: View, names: Set<Name>): void {
  for (const field of message.fields) {
    const at = `${name}.${field.name}`;
    if (names.has(at)) continue;
    names.add(at);
    visit(field.type, view, names);
  }
}

function visit(type: TypeRef, view: View, names: Set<Name>): void {
  const plain = unalias(type, view);
  if (plain.kind === "list") visit(plain.item, view, names);
  else if (plain.kind === "map") visit(plain.value, view, names);
  else if (plain.kind === "union") for (const variant of plain.variants) visit(variant, view, names);
  else if (plain.kind === "named") {
    const decl = view.type(plain.name);
    if (decl.kind === "message") visitFields(decl.name, decl, view, names);
    else if (decl.kind === "union") for (const variant of decl.variants) visit(variant, view, names);
  }
}

import {
  type Enum,
  type Event,
  localName,
  type Message,
  messageOf,
  type Name,
  type System,
  type SystemDescriptor,
  systemDescriptor,
  type View,
  type WireMessage,
  type WireTypes,
} from "../../model/index.ts";

/** What the module of a system's codecs is made of. */
export interface Contents {
  readonly view: View;
  readonly system: System;
  readonly descriptor: SystemDescriptor;
  /** The messages of the system itself, which get functions. */
  readonly targets: readonly Target[];
  /** The enums that messages hold, sorted by name. */
  readonly enums: readonly Enum[];
  /** The events that are sent as one of the messages. */
  readonly events: readonly { readonly event: Event; readonly message: Message }[];
}

/** A message that gets functions. */
export interface Target {
  readonly message: Message;
  /** What follows `encode` and `decode` in their names: that of its type. */
  readonly stem: string;
}

/** What a system's codecs are made of; `undefined` when it has no message that Protobuf can carry. */
export function contentsOf(view: View, system: System, wire: WireTypes): Contents | undefined {
  const descriptor = systemDescriptor(view, system.name, wire);
  if (descriptor.messages.length === 0) return undefined;
  const targets = descriptor.messages.flatMap(({ message }) =>
    message.system === system.name ? [{ message, stem: localName(message.name) }] : [],
  );
  return {
    view,
    system,
    descriptor,
    targets,
    enums: enumsIn(descriptor.messages),
    events: view.events(system.name).flatMap((event) => {
      const message = sentMessage(event, view, wire);
      return message ? [{ event, message }] : [];
    }),
  };
}

/** The message that an event is sent as, when there is one that Protobuf can carry. */
export function sentMessage(event: Event, view: View, { messages }: WireTypes): Message | undefined {
  if (event.envelope) return undefined;
  const message = messageOf(event.payload, view);
  return message && messages.has(message.name) ? message : undefined;
}

function enumsIn(messages: readonly WireMessage[]): readonly Enum[] {
  const found = new Map<Name, Enum>();
  for (const { fields } of messages)
    for (const { type } of fields) if (type.kind === "enum") found.set(type.decl.name, type.decl);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

import { type Event, type Message, type Name, named } from "../../../model/index.ts";
import type { Service } from "./context.ts";

/** Which requests are events: those an endpoint takes one of, told apart by a field with a fixed value. */
export interface EventRule {
  readonly operation: string;
  readonly discriminator: string;
}

/** The events among the declarations of a service, in the order in which the endpoint lists them. */
export function eventsOf({ decls, system, scope }: Service, rule: EventRule): readonly Event[] {
  const messages = new Map(decls.flatMap((decl) => (decl.kind === "message" ? [[decl.name, decl] as const] : [])));
  const unions = new Map(decls.flatMap((decl) => (decl.kind === "union" ? [[decl.name, decl] as const] : [])));
  const operation = decls.find((decl) => decl.kind === "operation" && decl.name === `${scope}.${rule.operation}`);
  const events = new Map<Name, Event>();
  for (const { request } of operation?.kind === "operation" ? operation.versions : []) {
    const variants = (request?.kind === "named" && unions.get(request.name.slice(1))?.variants) || [];
    for (const variant of variants) {
      const message = variant.kind === "named" ? messages.get(variant.name.slice(1)) : undefined;
      const name = message && eventName(message, system, rule);
      if (!name || events.has(name)) continue;
      const { doc, origins } = message;
      const payload = named(`.${message.name}`);
      events.set(name, { kind: "event", name, system, ...(doc && { doc }), payload, origins });
    }
  }
  return [...events.values()];
}

function eventName(message: Message, system: Name, { discriminator }: EventRule): Name | undefined {
  const type = message.fields.find((field) => field.name === discriminator)?.type;
  return type?.kind === "literal" && typeof type.value === "string" ? `${system}.${type.value}` : undefined;
}

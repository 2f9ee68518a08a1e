import type { Decl, Event, Field, Message, Name, Origin, Report, Span, TypeRef } from "../../../model/index.ts";
import { lastSegment, nearest, snakeCase, unstated } from "../../../model/index.ts";
import { kindContradiction, kindLoop, unknownKind } from "./diagnostics.ts";
import type { Member } from "./members.ts";
import type { Kind, Variant } from "./payload-list.ts";
import { eventSegment, kindStem, sameWords, typeName } from "./words.ts";

/** One event of a kind: what it carries, and the message made for that when no section describes it. */
interface Payload {
  readonly variant: Variant | undefined;
  readonly type: TypeRef;
  readonly made?: Message;
}

/**
 * Makes events and payload types of the payload list: one event per variant of a kind, or one for a kind without any.
 *
 * What a variant contains is its payload itself when that is one message named after an event: its name has the same
 * words as the variant or kind, or ends in `Event`, `Gauge` or a participle in `ed` (`UserEnrolled` of "User Created").
 * Anything else becomes a message with a field per member, in snake case, and is marked as inferred.
 *
 * Each kind has a type of its own name too: the union of its payloads, the message made for it, or an alias.
 */
export function readKinds(
  kinds: readonly Kind[],
  sections: ReadonlySet<string>,
  system: Name,
  report: Report,
): readonly Decl[] {
  const isType = (member: Member): boolean => sections.has(member.name) || /^[A-Z]/.test(member.name);
  const typeOf = (kind: Kind): Name => sectionNamedAs(kind) ?? typeName(kind.name);
  return kinds.flatMap((kind) => (kind.sameAs ? readAlias(kind) : readKind(kind)));

  function readKind(kind: Kind): readonly Decl[] {
    const payloads = payloadsOf(kind);
    const events = payloads.map((payload) => eventOf(kind, payload));
    const made = payloads.flatMap((payload) => payload.made ?? []);
    const shared = sharedOf(kind);
    if (kind.variants.length > 0) {
      const variants = payloads.map((payload) => payload.type);
      return [{ ...shared, kind: "union", variants }, ...made, ...events];
    }
    if (made.length > 0) return [...made, ...events];
    const section = sectionNamedAs(kind);
    const contains = kind.members.map((member) => member.name);
    if (section !== undefined && contains.some((name) => name !== section))
      report(kindContradiction(kind.span, { kind: kind.name, contains: contains.join(", "), section }));
    const aliases = section === undefined ? payloads.map((payload) => payload.type) : [];
    return [...aliases.map((type): Decl => ({ ...shared, kind: "alias", type })), ...events];
  }

  /** "Same as __App Event__": its own events, with the payloads of the other. */
  function readAlias(kind: Kind): readonly Decl[] {
    const target = followAlias(kind, kinds, report);
    if (!target) return [];
    const { span } = kind.sameAs ?? kind;
    const type: TypeRef = { kind: "named", name: typeOf(target), span };
    const events = payloadsOf(target).map((payload) => eventOf(kind, payload, target));
    return [{ ...sharedOf(kind), kind: "alias", type }, ...events];
  }

  function payloadsOf(kind: Kind): readonly Payload[] {
    if (kind.variants.length > 0) return kind.variants.map((variant) => variantPayload(kind, variant));
    const section = sectionNamedAs(kind);
    if (section !== undefined) return [{ variant: undefined, type: { kind: "named", name: section } }];
    const sole = soleMessage(kind.members, kind.name);
    if (sole) return [{ variant: undefined, type: refTo(sole) }];
    return [{ variant: undefined, ...makeMessage(kind, typeName(kind.name)) }];
  }

  function variantPayload(kind: Kind, variant: Variant): Payload {
    const sole = soleMessage(variant.members, variant.path.join(" "));
    if (sole) return { variant, type: refTo(sole) };
    return { variant, ...makeMessage(variant, [kindStem(kind.name), ...variant.path].map(typeName).join("")) };
  }

  function soleMessage(members: readonly Member[], named: string): Member | undefined {
    const [only, ...others] = members;
    if (!only || others.length > 0 || !isType(only)) return undefined;
    const namedAfterEvent = sameWords(only.name, named) || /.(?:Event|Gauge|[A-Z][a-z]*[^e]ed)$/.test(only.name);
    return namedAfterEvent ? only : undefined;
  }

  function makeMessage(of: Kind | Variant, name: string): { readonly type: TypeRef; readonly made: Message } {
    const fields = of.members.map(
      (member): Field => ({
        name: isType(member) ? snakeCase(lastSegment(member.name)) : member.name,
        type: isType(member) ? refTo(member) : unstated,
        presence: "unstated",
        origins: isType(member)
          ? inferred(member.span, "A member that is a type becomes a field named after it.")
          : [{ span: member.span, reader: "markdown", basis: "stated" }],
      }),
    );
    const made: Message = {
      kind: "message",
      name: `${system}.${name}`,
      system,
      ...(of.doc && { doc: of.doc }),
      fields,
      origins: inferred(of.span, "Made of what the payload list says is contained; no section describes it."),
    };
    return { type: { kind: "named", name }, made };
  }

  /** References of an event resolve where the type of its kind stands, so that they follow when that is moved. */
  function eventOf(kind: Kind, payload: Payload, payloadKind: Kind = kind): Event {
    const scope = `${system}.${typeOf(payloadKind)}`;
    const { variant, type } = payload;
    const group = eventSegment(kindStem(kind.name));
    const doc = variant ? variant.doc : kind.doc;
    return {
      kind: "event",
      name: [system, group, ...(variant?.path ?? []).map(eventSegment)].join("."),
      system,
      group,
      ...(doc && { doc }),
      payload: type.kind === "named" ? { ...type, scope } : type,
      origins: [variant?.span ?? kind.span, ...(kind.sameAs ? [kind.span, kind.sameAs.span] : [])].map(
        (span): Origin => ({ span, reader: "markdown", basis: "stated" }),
      ),
    };
  }

  function sharedOf(kind: Kind) {
    const origins: readonly Origin[] = [{ span: kind.span, reader: "markdown", basis: "stated" }];
    return { name: `${system}.${typeName(kind.name)}`, system, ...(kind.doc && { doc: kind.doc }), origins };
  }

  /** A section that has the name of a kind without variants describes it, whatever the list says it contains. */
  function sectionNamedAs(kind: Kind): string | undefined {
    if (kind.variants.length > 0) return undefined;
    return [...sections].find((section) => sameWords(section, kind.name));
  }
}

const refTo = (member: Member): TypeRef => ({ kind: "named", name: member.name, span: member.span });

const inferred = (span: Span, why: string): readonly Origin[] => [{ span, reader: "markdown", basis: "inferred", why }];

/** Follows "same as" to the kind that lists something itself. */
function followAlias(kind: Kind, kinds: readonly Kind[], report: Report): Kind | undefined {
  const passed = new Set([kind]);
  for (let current = kind; current.sameAs; ) {
    const { name: as, span } = current.sameAs;
    const next = kinds.find((other) => sameWords(other.name, as));
    if (!next) {
      const names = kinds.map((other) => other.name);
      if (current === kind) report(unknownKind(span, { kind: kind.name, as, near: nearest(as, names) }));
      return undefined;
    }
    if (!next.sameAs) return next;
    if (passed.has(next)) {
      report(kindLoop(kind.sameAs?.span, { kind: kind.name, as: kind.sameAs?.name ?? as }));
      return undefined;
    }
    passed.add(next);
    current = next;
  }
  return undefined;
}

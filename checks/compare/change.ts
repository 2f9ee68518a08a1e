import type { Enum, EnumValue, Field, JsonProfile, Limits, Name, Oneof, Span, TypeRef } from "../../model/index.ts";

/** One fact that differs between two models, told once and free of any target. */
export type Change = { readonly [Kind in ChangeKind]: ChangeBase<Kind> & ChangeDetails[Kind] }[ChangeKind];

/** What can differ. */
export type ChangeKind = keyof ChangeDetails;

/** A change of one kind. */
export type ChangeOf<Kind extends ChangeKind> = Extract<Change, { readonly kind: Kind }>;

/** What every change says. */
export interface ChangeBase<Kind extends string> {
  readonly kind: Kind;
  /** The place as the ledger names it, by its new name where it has one: `shop.Order.total`. */
  readonly at: Name;
  /** The old fact and the new one, in the fewest words. */
  readonly was?: string;
  readonly now?: string;
  /** Where each is written. */
  readonly old?: Span;
  readonly new?: Span;
  /** The events, and the bodies of endpoints, that carry the place, by the names they have where they are; sorted. */
  readonly reach: readonly Name[];
  /** The system that the place belongs to; topics may belong to none. */
  readonly system?: Name;
  /** The same for the same fact at the same place, and different for every other: what a waiver holds on to. */
  readonly fingerprint: string;
}

/** A declaration or member that went, and another of the same type and place that came. */
interface Suspect {
  /** The name it may have been renamed to, or from. Nobody said so. */
  readonly suspect?: Name;
}

/** The field on both sides. */
interface FieldPair {
  readonly before: Field;
  readonly after: Field;
}

/** A part of a field's type: `""` is all of it, `[]` a list's item, `{}` a map's value, `<n>` a union's variant. */
export type TypePath = string;

/** How the type of a field, an alias or a body changed. */
interface TypeChange {
  readonly from: TypeRef;
  readonly to: TypeRef;
  readonly path: TypePath;
}

/** How the type of a field changed. */
interface FieldTypeChange extends TypeChange {
  readonly field: FieldPair;
}

/** What each kind of change knows. */
export interface ChangeDetails {
  readonly "profile.changed": {
    readonly setting: keyof JsonProfile;
    readonly before: JsonProfile;
    readonly after: JsonProfile;
  };

  readonly "topic.added": Record<never, never>;
  readonly "topic.removed": Record<never, never>;
  /** How a topic is carried, or who writes to it. */
  readonly "topic.changed": { readonly what: "transport" | "producers" | "system" };
  /** A member of the topic's message has another number. */
  readonly "topic.renumbered": Record<never, never>;
  readonly "component.added": Suspect;
  readonly "component.removed": Suspect;
  /** A program that sends events or passes them on: what it is, and what it is configured by. */
  readonly "component.changed": { readonly what: string };

  readonly "event.added": Suspect;
  readonly "event.removed": Suspect;
  readonly "event.renamed": Record<never, never>;
  /** Its payload is another type. */
  readonly "event.retyped": TypeChange;
  readonly "event.moved": Record<never, never>;
  readonly "event.envelope": Record<never, never>;
  readonly "event.identity": Record<never, never>;
  readonly "event.pairing": Record<never, never>;

  readonly "operation.added": Suspect;
  readonly "operation.removed": Suspect;
  readonly "operation.renamed": Record<never, never>;
  readonly "version.added": Record<never, never>;
  readonly "version.removed": Record<never, never>;
  readonly "body.added": { readonly side: "request" | "response" };
  readonly "body.removed": { readonly side: "request" | "response" };
  readonly "body.retyped": TypeChange & { readonly side: "request" | "response" };

  readonly "type.added": Suspect;
  readonly "type.removed": Suspect;
  readonly "type.renamed": Record<never, never>;
  /** A message became an enum, an alias a union. */
  readonly "type.kind": Record<never, never>;
  readonly "type.openness": { readonly opened: boolean };
  readonly "alias.type": TypeChange;

  readonly "field.added": Suspect & {
    readonly field: Field;
    /** The number or the name was reserved before. */
    readonly reused: boolean;
    readonly oneof?: Oneof;
  };
  readonly "field.removed": Suspect & {
    readonly field: Field;
    readonly reserved: { readonly number: boolean; readonly name: boolean };
    readonly oneof?: Oneof;
    /** The field that has its number now. */
    readonly numberTakenBy?: Field;
  };
  readonly "field.renamed": FieldPair & { readonly stated: boolean };
  readonly "field.json-name": FieldPair;
  readonly "field.renumbered": FieldPair & {
    /** The field that had the new number before. */
    readonly takenFrom?: Field;
    /** The field that has the old number now. */
    readonly leftTo?: Field;
  };
  readonly "field.wire": FieldPair;
  readonly "field.type": FieldTypeChange;
  readonly "field.cardinality": FieldTypeChange;
  readonly "field.map-key": FieldTypeChange;
  /** The text or number is read as another instant or span than before. */
  readonly "field.meaning": FieldTypeChange;
  readonly "field.presence": FieldPair;
  readonly "field.nullable": FieldPair;
  readonly "field.default": FieldPair;
  readonly "field.limits": FieldPair & {
    readonly limit: keyof Limits;
    /** What the limit takes now against what it took: fewer values, more, or others. */
    readonly takes: "less" | "more" | "other";
  };
  readonly "field.unit": FieldPair;
  /** The fields of a message stand in another order. */
  readonly "field.reordered": Record<never, never>;

  readonly "value.added": Suspect & { readonly value: EnumValue; readonly enumeration: EnumPair };
  readonly "value.removed": Suspect & {
    readonly value: EnumValue;
    readonly enumeration: EnumPair;
    readonly reserved?: { readonly number: boolean; readonly name: boolean };
  };
  readonly "value.renamed": { readonly before: EnumValue; readonly after: EnumValue; readonly enumeration: EnumPair };
  readonly "value.renumbered": {
    readonly before: EnumValue;
    readonly after: EnumValue;
    readonly enumeration: EnumPair;
  };
  /** Two values have each other's number. */
  readonly "value.swapped": { readonly before: EnumValue; readonly after: EnumValue; readonly enumeration: EnumPair };
  readonly "value.reordered": { readonly enumeration: EnumPair };

  readonly "oneof.added": { readonly fields: readonly string[]; readonly required: boolean };
  readonly "oneof.removed": { readonly fields: readonly string[]; readonly required: boolean };
  readonly "oneof.renamed": Record<never, never>;
  readonly "oneof.required": { readonly required: boolean };
  /** A field that was there before is in the group now; `company` says that others that were outside of it are as well. */
  readonly "oneof.entered": FieldPair & { readonly oneof: string; readonly company: boolean };
  /** `company` says that others that were in it with the field are outside as well, or still in it. */
  readonly "oneof.left": FieldPair & { readonly oneof: string; readonly company: boolean };
  readonly "oneof.moved": FieldPair & { readonly from: string; readonly to: string };

  readonly "variant.added": { readonly variant: TypeRef };
  readonly "variant.removed": { readonly variant: TypeRef };
  readonly "tag.changed": Record<never, never>;

  readonly "reserved.added": { readonly what: string };
  readonly "reserved.removed": { readonly what: string };

  readonly deprecated: { readonly now: string };
  readonly undeprecated: Record<never, never>;
  readonly documentation: Record<never, never>;
  readonly owners: Record<never, never>;

  /** How a generator stores it: a key, a partition, a time to live. */
  readonly storage: { readonly option: string };
}

/** The enum on both sides. */
export interface EnumPair {
  readonly before: Enum;
  readonly after: Enum;
}

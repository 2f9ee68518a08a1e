import {
  type Decl,
  enumJson,
  enumJsonValues,
  type JsonProfile,
  jsonForm,
  jsonKey,
  messageOf,
  type Name,
  type TypeRef,
  typesIn,
  walkTypeRef,
} from "../../model/index.ts";
import type { Change, ChangeKind, ChangeOf, EnumPair } from "./change.ts";
import { reachOf } from "./reach.ts";
import { takesUnlisted } from "./relations/json.ts";
import type { Sides } from "./sides.ts";
import type { Condition } from "./target.ts";

/** A field that came or went. */
type Alone = "field.added" | "field.removed";
/** Names a predicate. */
export const condition = <K extends ChangeKind>(name: string, holds: Condition<K>["holds"]): Condition<K> => ({
  name,
  holds,
});

export const isRequired = condition<Alone>("the field is required", ({ field }) => field.presence === "required");

export const mustBeSet = condition<Alone>(
  "one field of its one-of has to be set",
  ({ oneof }) => oneof?.required === true,
);

export const becomesRequired = condition<"field.presence">(
  "the field becomes required",
  ({ after }) => after.presence === "required",
);

export const stopsRequired = condition<"field.presence">(
  "the field is no longer required",
  ({ before }) => before.presence === "required",
);

export const becomesNullable = condition<"field.nullable">(
  "null becomes a value",
  ({ after }) => after.nullable === true,
);

export const isRequiredGroup = condition<"oneof.added" | "oneof.removed" | "oneof.required">(
  "one of the fields has to be set",
  ({ required }) => required,
);

export const hasCompany = condition<"oneof.entered" | "oneof.left">(
  "other fields share the one-of with it",
  ({ company }) => company,
);

/** The key of a field stays what it was. */
export const keepsJsonKey = condition<"field.renamed" | "field.json-name">("its key in JSON stays", (change, sides) => {
  const [old, next] = profilesOf(change, sides);
  return jsonKey(change.before, old) === jsonKey(change.after, next);
});

/** How both sides write the JSON of the system that a change is in. */
export const profilesOf = ({ system }: Pick<Change, "system">, { old, new: next }: Sides) =>
  [old.profile(system), next.profile(system)] as const;

/** Who writes and who reads, with the profile of each. */
export function profilesFor(change: Pick<Change, "system">, sides: Sides, direction: "backward" | "forward") {
  const [old, next] = profilesOf(change, sides);
  return direction === "backward" ? { writer: old, reader: next } : { writer: next, reader: old };
}

/** The value that the change is about has its JSON form on the other side as well: another name has the same number. */
export const isStillListed = condition<"value.added" | "value.removed">(
  "another value is written alike",
  (change, sides) => {
    const [old, next] = profilesOf(change, sides);
    const { enumeration, value } = change;
    return change.kind === "value.added"
      ? includes(enumJsonValues(enumeration.before, old), enumJson(value, next))
      : includes(enumJsonValues(enumeration.after, next), enumJson(value, old));
  },
);

/** Whether both sides write a value alike. */
export const isWrittenAlike = condition<"value.renamed" | "value.renumbered" | "value.swapped">(
  "it is written as before",
  (change, sides) => {
    const [old, next] = profilesOf(change, sides);
    return enumJson(change.before, old) === enumJson(change.after, next);
  },
);

/** A time that left its form to the profile names now the form that the profile has, or the other way round. */
export const isWrittenAsBefore = condition<"field.meaning">("its form is the same", (change, sides) => {
  const [old, next] = profilesOf(change, sides);
  return timeOf(change.from, old) === timeOf(change.to, next);
});

function timeOf(type: TypeRef, profile: JsonProfile): string | undefined {
  const logical = type.kind === "scalar" ? type.logical : undefined;
  if (logical?.name !== "timestamp" && logical?.name !== "duration") return undefined;
  return `${logical.name} ${logical.encoding === "protobuf" ? profile[logical.name] : logical.encoding}`;
}

/** Whether an enum takes values that it does not list, on both sides. */
export const bothTakeUnlisted = condition<ChangeKind>(
  "the enum takes values that it does not list",
  (change, sides) => {
    if (!("enumeration" in change)) return false;
    const [old, next] = profilesOf(change, sides);
    return takesUnlisted(change.enumeration.before, old) && takesUnlisted(change.enumeration.after, next);
  },
);

const includes = (values: readonly unknown[], value: unknown): boolean => values.includes(value);

/** The enum that changed its openness, on both sides; nothing, where it is a message. */
export function enumOf({ at }: ChangeOf<"type.openness">, { new: next }: Sides): EnumPair["after"] | undefined {
  const decl = next.view.type(at);
  return decl.kind === "enum" ? decl : undefined;
}

/**
 * Nothing of it was in Protobuf on the old side: a number is missing, or a type that Protobuf does not have. The other way
 * round, whatever loses its form loses all the data that has it.
 */
export const hadNoForm = condition<ChangeKind>("it had no form in Protobuf before", (change, sides) => {
  if ("enumeration" in change) return change.enumeration.before.values.some(({ number }) => number === undefined);
  const { view, wireFields } = sides.old;
  const owner = change.kind === "event.retyped" ? change.at : change.at.slice(0, change.at.lastIndexOf("."));
  const decl = view.model.decls.find(({ name }) => sides.renamed(name) === owner);
  if (decl?.kind === "union") return true;
  const message = decl?.kind === "event" ? messageOf(decl.payload, view) : decl;
  return message?.kind === "message" && wireFields(message.name) === undefined;
});

/** Under another profile everything in the system is still written as it was. */
export const writesAlike = condition<"profile.changed">(
  "nothing in the system is written in another form",
  ({ at, setting, before, after }, { old, new: next }) => {
    const now: JsonProfile = { ...before, [setting]: after[setting] };
    return [old, next].every(({ view }) => {
      const reach = reachOf(view.model);
      const own = new Set(view.model.decls.flatMap((decl) => (inSystem(decl, at) ? [decl.name] : [])));
      const carried = (name: Name): boolean => reach(name).some((carrier) => own.has(carrier.replace(version, "")));
      return view.model.decls
        .filter(({ name }) => own.has(name) || carried(name))
        .every((decl) => formsOf(decl, before) === formsOf(decl, now));
    });
  },
);

/** Bodies carry by `<operation>.v<version>.<side>`. */
const version = /\.v[^v]*\.(?:request|response)$/;

const inSystem = (decl: Decl, system: Name): boolean => "system" in decl && decl.system === system;

/** Everything about a declaration that a profile decides, as text to compare. */
function formsOf(decl: Decl, profile: JsonProfile): string {
  const fields = "fields" in decl ? (decl.fields ?? []) : [];
  return JSON.stringify([
    typesIn(decl).flatMap((type) => [
      jsonForm(type, profile),
      [...walkTypeRef(type)].map((part) => timeOf(part, profile)),
    ]),
    fields.map((field) => jsonKey(field, profile)),
    decl.kind === "enum" ? enumJsonValues(decl, profile) : [],
  ]);
}

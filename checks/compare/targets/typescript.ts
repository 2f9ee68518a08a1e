import type { ChangeKind } from "../change.ts";
import {
  becomesNullable,
  becomesRequired,
  bothTakeUnlisted,
  condition,
  enumOf,
  hasCompany,
  isRequired,
  isRequiredGroup,
  isWrittenAlike,
  isWrittenAsBefore,
  keepsJsonKey,
  profilesFor,
  profilesOf,
  stopsRequired,
  writesAlike,
} from "../conditions.ts";
import { takesUnlisted } from "../relations/json.ts";
import { isAssignable } from "../relations/typescript.ts";
import { readingOf, type Sides } from "../sides.ts";
import type { Measure, Target } from "../target.ts";
import type { Verdict } from "../verdict.ts";

/** The parts of a program that was written against the old types. */
export type ProgramPart = "reader" | "writer" | "exhaustive";

type Typed =
  | "event.retyped"
  | "body.retyped"
  | "alias.type"
  | "field.type"
  | "field.cardinality"
  | "field.map-key"
  | "field.meaning";
type Cell<K extends ChangeKind> = Verdict | Measure<K, ProgramPart>;

const parts = <K extends ChangeKind>(
  reader: Cell<K>,
  writer: Cell<K>,
  exhaustive: Cell<K>,
  why: string,
  fix?: string,
) => ({
  reader,
  writer,
  exhaustive,
  why,
  ...(fix !== undefined && { fix }),
});

const next = "Add it beside the old one, deprecate that, and remove it with the next major version.";
const still = [parts<ChangeKind>("safe", "safe", "safe", "The types are the same.")] as const;
const trap = (why: string) => [parts<ChangeKind>("hazard", "hazard", "safe", why, "Add a field beside it.")] as const;

/** What reads needs new values to be old ones; what writes needs old ones to be new. */
const byAssignment: Measure<Typed, ProgramPart> = {
  name: "which type can be assigned to which",
  why: {
    safe: "The compiler takes values of one type for the other.",
    breaking: "The compiler does not take values of one type for the other.",
  },
  of: (change, sides, part) => {
    const direction = part === "reader" ? "forward" : "backward";
    const [from, to] = part === "reader" ? [change.to, change.from] : [change.from, change.to];
    if (part === "exhaustive" && !isChoice(change.from, sides)) return "safe";
    return isAssignable(from, to, readingOf(sides, direction), profilesFor(change, sides, direction)) &&
      (part !== "exhaustive" || isAssignable(change.to, change.from, ...inverse(change, sides)))
      ? "safe"
      : "breaking";
  },
};

const inverse = (change: Parameters<typeof profilesOf>[0], sides: Sides) =>
  [readingOf(sides, "forward"), profilesFor(change, sides, "forward")] as const;

/** A type of which a program may look at every value or variant. */
function isChoice(type: Parameters<typeof isAssignable>[0], { old }: Sides): boolean {
  if (type.kind !== "named") return type.kind === "union" || type.kind === "literal";
  const { kind } = old.view.type(type.name);
  return kind === "enum" || kind === "union";
}

const typed = parts<Typed>(byAssignment, byAssignment, byAssignment, "It has another type.", next);

/** The types of TypeScript, as a program meets them that was compiled against the old ones. */
export const typescript: Target<ProgramPart> = {
  id: "typescript",
  title: "TypeScript",
  directions: ["reader", "writer", "exhaustive"],
  table: {
    "topic.added": still,
    "topic.removed": still,
    "topic.changed": still,
    "topic.renumbered": still,
    "component.added": still,
    "component.removed": still,
    "component.changed": still,
    "event.added": [
      parts("safe", "safe", "hazard", "A switch over all events does not cover it.", "Give such a switch a default."),
    ],
    "event.removed": [parts("breaking", "breaking", "breaking", "Its type and its name are gone.", next)],
    "event.renamed": [parts("breaking", "breaking", "breaking", "It is found under another name.", next)],
    "event.retyped": [typed],
    "event.moved": [parts("hazard", "hazard", "safe", "The name of its topic is another constant.")],
    "event.envelope": [parts("breaking", "breaking", "safe", "Other properties stand around the payload.", next)],
    "event.identity": still,
    "event.pairing": still,
    "operation.added": still,
    "operation.removed": [parts("breaking", "breaking", "safe", "Its types are gone.", next)],
    "operation.renamed": [parts("breaking", "breaking", "safe", "Its types have other names.", next)],
    "version.added": still,
    "version.removed": [parts("breaking", "breaking", "safe", "Its types are gone.", next)],
    "body.added": still,
    "body.removed": [parts("breaking", "breaking", "safe", "Its type is gone.", next)],
    "body.retyped": [typed],
    "type.added": still,
    "type.removed": [
      {
        when: condition("no event and no body carries it", ({ reach }) => reach.length === 0),
        ...parts(
          "breaking",
          "breaking",
          "safe",
          "No data is of the type; it is exported by its name, and programs that import it do not compile.",
          next,
        ),
      },
      parts("breaking", "breaking", "safe", "Programs that name the type do not compile.", next),
    ],
    "type.renamed": [parts("breaking", "breaking", "safe", "Programs that name the type do not compile.", next)],
    "type.kind": [parts("breaking", "breaking", "breaking", "It is another kind of type.", next)],
    "type.openness": [
      {
        when: condition("an enum that travels in a form that others cannot have", (change, sides) => {
          const decl = enumOf(change, sides);
          return decl !== undefined && !takesUnlisted({ ...decl, open: true }, profilesOf(change, sides)[1]);
        }),
        ...parts("safe", "safe", "safe", "The type lists the same values."),
      },
      {
        when: condition(
          "an enum that is open now",
          (change, sides) => change.opened && enumOf(change, sides) !== undefined,
        ),
        ...parts(
          "breaking",
          "safe",
          "breaking",
          "Values may be others than those listed.",
          "Take others from the start.",
        ),
      },
      {
        when: condition("an enum that is closed now", (change, sides) => enumOf(change, sides) !== undefined),
        ...parts("safe", "breaking", "safe", "Other values than those listed are refused.", "Leave it open."),
      },
      {
        when: condition("a message that is open now", ({ opened }) => opened),
        ...parts("safe", "breaking", "safe", "Objects of other interfaces lack the index signature.", next),
      },
      parts("breaking", "breaking", "safe", "Properties that are not declared are gone.", next),
    ],
    "alias.type": [typed],
    "field.added": [
      {
        when: condition<"field.added">(
          "it is required, and in no one-of",
          (change, sides) => isRequired.holds(change, sides) && change.oneof === undefined,
        ),
        ...parts("safe", "breaking", "safe", "What makes a value lacks the property.", "Add it as optional."),
      },
      parts("safe", "safe", "safe", "Programs need not know the property."),
    ],
    "field.removed": [parts("breaking", "breaking", "safe", "The property is gone.", next)],
    "field.renamed": [
      { when: keepsJsonKey, ...parts("safe", "safe", "safe", "The property is the key in JSON, which is the same.") },
      parts("breaking", "breaking", "safe", "The property has another name.", next),
    ],
    "field.json-name": [
      { when: keepsJsonKey, ...parts("safe", "safe", "safe", "The property is the key in JSON, which is the same.") },
      parts("breaking", "breaking", "safe", "The property has another name.", next),
    ],
    "field.renumbered": still,
    "field.reordered": still,
    "field.wire": still,
    "field.type": [typed],
    "field.cardinality": [typed],
    "field.map-key": still,
    "field.meaning": [
      { when: isWrittenAsBefore, ...parts("safe", "safe", "safe", "Its form is the same.") },
      {
        when: condition("the compiler sees the same type", (change, sides) =>
          (["reader", "writer"] as const).every((part) => byAssignment.of(change, sides, part) === "safe"),
        ),
        ...parts("hazard", "hazard", "safe", "The compiler sees the same type, and the value means another time."),
      },
      typed,
    ],
    "field.presence": [
      {
        when: becomesRequired,
        ...parts(
          "safe",
          "breaking",
          "safe",
          "What makes a value may leave it out.",
          "Require it when everybody sends it.",
        ),
      },
      {
        when: stopsRequired,
        ...parts("breaking", "safe", "safe", "What reads a value does not expect it to be absent.", next),
      },
      parts("safe", "safe", "safe", "It may be absent as before."),
    ],
    "field.nullable": [
      { when: becomesNullable, ...parts("breaking", "safe", "safe", "What reads a value does not expect null.", next) },
      parts("safe", "breaking", "safe", "What makes a value may set null.", next),
    ],
    "field.default": still,
    "field.limits": still,
    "field.unit": trap("The compiler sees the same number, and it counts something else."),
    "value.added": [
      { when: bothTakeUnlisted, ...parts("safe", "safe", "safe", "The type takes others as well.") },
      parts(
        "breaking",
        "safe",
        "breaking",
        "What reads the enum does not expect the value.",
        "Make an enum open that is going to grow.",
      ),
    ],
    "value.removed": [
      { when: bothTakeUnlisted, ...parts("breaking", "breaking", "safe", "Its constant is gone.", next) },
      parts("safe", "breaking", "breaking", "What makes or lists values names one that is gone.", next),
    ],
    "value.renamed": [parts("breaking", "breaking", "breaking", "Its constant has another name.", next)],
    "value.renumbered": [
      { when: isWrittenAlike, ...parts("safe", "safe", "safe", "Values travel by name.") },
      parts("breaking", "breaking", "breaking", "Its constant has another value.", next),
    ],
    "value.swapped": [
      { when: isWrittenAlike, ...parts("safe", "safe", "safe", "Values travel by name.") },
      parts("hazard", "hazard", "hazard", "Each of the two constants has the value of the other.", "Keep the numbers."),
    ],
    "value.reordered": still,
    "oneof.added": [
      { when: isRequiredGroup, ...parts("safe", "breaking", "safe", "What makes a value may set none.", next) },
      parts("safe", "safe", "safe", "What fields come into it is told of them."),
    ],
    "oneof.removed": [
      { when: isRequiredGroup, ...parts("breaking", "safe", "safe", "What reads a value expects one of them.", next) },
      parts("safe", "safe", "safe", "What fields leave it is told of them."),
    ],
    "oneof.renamed": still,
    "oneof.required": [
      { when: isRequiredGroup, ...parts("safe", "breaking", "safe", "What makes a value may set none.", next) },
      parts("breaking", "safe", "safe", "What reads a value expects one of them.", next),
    ],
    "oneof.entered": [
      { when: hasCompany, ...parts("safe", "breaking", "safe", "What makes a value may set several.", next) },
      parts("safe", "safe", "safe", "It is alone in the one-of."),
    ],
    "oneof.left": [
      { when: hasCompany, ...parts("breaking", "safe", "safe", "What reads a value expects at most one.", next) },
      parts("safe", "safe", "safe", "It was alone in the one-of."),
    ],
    "oneof.moved": [parts("breaking", "breaking", "safe", "Others may be set beside it.", next)],
    "variant.added": [parts("breaking", "safe", "breaking", "What reads the union does not expect the variant.", next)],
    "variant.removed": [
      parts("safe", "breaking", "breaking", "What makes or lists variants names one that is gone.", next),
    ],
    "tag.changed": [parts("breaking", "breaking", "breaking", "Variants are told apart by another property.", next)],
    "reserved.added": still,
    "reserved.removed": still,
    "profile.changed": [
      { when: writesAlike, ...parts("safe", "safe", "safe", "The system has nothing that it is about.") },
      {
        when: condition(
          "another form of the same times",
          ({ setting, before, after }) => isTime(setting) && isNumber(before[setting]) === isNumber(after[setting]),
        ),
        ...parts(
          "hazard",
          "hazard",
          "safe",
          "The compiler sees the same type, and the value is written in another form.",
        ),
      },
      parts("breaking", "breaking", "breaking", "Properties have other names or types.", next),
    ],
    deprecated: still,
    undeprecated: still,
    documentation: still,
    owners: still,
    storage: still,
  },
};

const isTime = (setting: string): boolean => setting === "timestamp" || setting === "duration";
const isNumber = (form: string): boolean => ["epoch-seconds", "epoch-millis", "seconds", "millis"].includes(form);

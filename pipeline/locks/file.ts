import type { Name, OptionsSchema, Report, SourceFile, Span } from "../../model/index.ts";
import { readYaml, type YamlFile } from "../yaml.ts";
import * as say from "./findings.ts";

const number = { type: "integer" } as const;
const reserved = {
  type: "array",
  description: "What was in use once and is never used again.",
  items: {
    type: "object",
    minProperties: 1,
    additionalProperties: false,
    properties: {
      name: { type: "string", minLength: 1 },
      number: {
        anyOf: [number, { type: "string", pattern: "^\\d+-(?:\\d+|max)$" }],
        description: "One number, or a range with both ends included: `9-11`, `1000-max`.",
      },
    },
  },
} as const;
// A key whose every entry is a comment has no value.
const objectOrNothing = ["object", "null"] as const;
const numbers = { type: objectOrNothing, additionalProperties: number } as const;

/** The JSON Schema of a number lock; published as `numbers.schema.json`. */
export const numbersSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://concordat.invalid/numbers.schema.json",
  title: "Numbers of a system's fields and enum values",
  description:
    "Which number each field and enum value has, for ever. `concordat lock` appends to it and never renumbers.",
  type: objectOrNothing,
  additionalProperties: false,
  properties: {
    $schema: { type: "string" },
    all: { type: "boolean", description: "Every message and enum of the system is locked, not only those listed." },
    messages: {
      type: objectOrNothing,
      additionalProperties: {
        type: objectOrNothing,
        additionalProperties: false,
        properties: { fields: numbers, reserved },
      },
    },
    enums: {
      type: objectOrNothing,
      additionalProperties: {
        type: objectOrNothing,
        additionalProperties: false,
        properties: { values: numbers, reserved },
      },
    },
    topics: {
      type: objectOrNothing,
      description: "By topic: the members of its message, which are the envelope's fields and a field per event.",
      additionalProperties: {
        type: objectOrNothing,
        additionalProperties: false,
        properties: { fields: numbers, reserved },
      },
    },
  },
} as const satisfies OptionsSchema;

/** Numbers that are fixed, of every message and enum that a lock file lists. */
export interface NumberLock {
  readonly path: string;
  /** True when what is not listed is to be listed. */
  readonly all: boolean;
  /** By kind and full name: a message and an enum never share one. */
  readonly entries: ReadonlyMap<Name, LockEntry>;
  /** Likewise by topic: the members of its message. */
  readonly topics: ReadonlyMap<Name, LockEntry>;
}

/** What the lock says of one message or enum, or of the message of a topic. */
export interface LockEntry {
  readonly kind: "message" | "enum" | "topic";
  readonly numbers: ReadonlyMap<string, LockedNumber>;
  readonly reserved: readonly Reservation[];
  readonly span: Span;
}

/** A number, and where the lock says so. */
export interface LockedNumber {
  readonly number: number;
  readonly span: Span;
}

/** Numbers, a name, or both, that were in use once. */
export interface Reservation {
  readonly name?: string;
  readonly numbers?: readonly [number, number];
  readonly span: Span;
}

/** The highest number that a field, or a value of an enum, can have. */
export const highestNumber = { message: 536_870_911, enum: 2_147_483_647, topic: 536_870_911 } as const;
/** Numbers that Protobuf keeps for itself. */
export const keptByProtobuf: readonly [number, number] = [19_000, 19_999];

/** The key under which the numbers of a kind stand. */
export const numbersKey = { message: "fields", enum: "values", topic: "fields" } as const;
/** The key under which the declarations of a kind stand. */
export const declarationsKey = { message: "messages", enum: "enums", topic: "topics" } as const;

interface RawEntry {
  fields?: Record<string, number> | null;
  values?: Record<string, number> | null;
  reserved?: { name?: string; number?: number | string }[];
}
interface RawLock {
  all?: boolean;
  messages?: Record<string, RawEntry | null> | null;
  enums?: Record<string, RawEntry | null> | null;
  topics?: Record<string, RawEntry | null> | null;
}

/** Reads a lock file and checks it by itself; `undefined` after findings when it cannot be used. */
export function readLock(source: SourceFile, report: Report): NumberLock | undefined {
  const file = readYaml(source, numbersSchema, report);
  if (!file) return undefined;
  if (file.value === null)
    return void report(say.emptyLock({ path: source.path, start: 0, end: 0 }, { path: source.path }));
  const raw = file.value as unknown as RawLock;
  const entriesOf = (kind: LockEntry["kind"]) =>
    Object.entries(raw[declarationsKey[kind]] ?? {}).map(
      ([name, entry]) => [name, toEntry(kind, name, entry ?? {}, file)] as const,
    );
  const entries = new Map([...entriesOf("message"), ...entriesOf("enum")]);
  const topics = new Map(entriesOf("topic"));
  let sound = true;
  for (const [name, entry] of [...entries, ...topics])
    checkEntry(name, entry, (finding) => {
      sound = false;
      report(finding);
    });
  return sound ? { path: source.path, all: raw.all ?? false, entries, topics } : undefined;
}

function toEntry(kind: LockEntry["kind"], name: Name, raw: RawEntry, file: YamlFile): LockEntry {
  const at = [declarationsKey[kind], name];
  const key = numbersKey[kind];
  return {
    kind,
    numbers: new Map(
      Object.entries(raw[key] ?? {}).map(([member, value]) => [
        member,
        { number: value, span: file.span([...at, key, member], "key") },
      ]),
    ),
    reserved: (raw.reserved ?? []).map(({ name: once, number: value }, index) => ({
      ...(once !== undefined && { name: once }),
      ...(value !== undefined && { numbers: rangeOf(value, kind) }),
      span: file.span([...at, "reserved", index]),
    })),
    span: file.span(at, "key"),
  };
}

function rangeOf(value: number | string, kind: LockEntry["kind"]): readonly [number, number] {
  if (typeof value === "number") return [value, value];
  const [from = "", to = ""] = value.split("-");
  const ends = [Number(from), to === "max" ? highestNumber[kind] : Number(to)];
  return [Math.min(...ends), Math.max(...ends)];
}

/** The reservation that holds a number, if one does. */
export const reservationOf = (number: number, reserved: readonly Reservation[]): Reservation | undefined =>
  reserved.find(({ numbers }) => numbers !== undefined && numbers[0] <= number && number <= numbers[1]);

/** A lock must not contradict itself: one member a number, none that is reserved, none that no member can have. */
function checkEntry(of: Name, { kind, numbers, reserved }: LockEntry, report: Report): void {
  const first = new Map<number, { readonly name: string; readonly span: Span }>();
  for (const [name, { number, span }] of numbers) {
    const other = first.get(number);
    const at = `${of}.${name}`;
    if (other)
      report(say.sharedNumber(span, { at, other: other.name, number }, say.here("The other stands here.", other)));
    else first.set(number, { name, span });
    if (!isPossible(number, kind)) report(say.numberRange(span, { at, number, kind }));
    const numberTaken = reservationOf(number, reserved);
    if (numberTaken) report(say.reservedNumber(span, { at, number }, say.reservedHere(numberTaken)));
    const nameTaken = reserved.find((reservation) => reservation.name === name);
    if (nameTaken) report(say.reservedName(span, { at }, say.reservedHere(nameTaken)));
  }
}

/** True for a number that a member of the kind can have. */
export const isPossible = (number: number, kind: LockEntry["kind"]): boolean =>
  kind === "enum"
    ? Math.abs(number) <= highestNumber.enum
    : number >= 1 && number <= highestNumber.message && (number < keptByProtobuf[0] || number > keptByProtobuf[1]);

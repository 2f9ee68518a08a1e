import { type Document, isCollection, isMap, isNode, isPair, isScalar, parseDocument, type YAMLMap } from "yaml";
import type { Name, Report } from "../../model/index.ts";
import { type Member, membersOf, type Numbered } from "./apply.ts";
import {
  declarationsKey,
  highestNumber,
  isPossible,
  keptByProtobuf,
  type LockEntry,
  type NumberLock,
  numbersKey,
  type Reservation,
  reservationOf,
} from "./file.ts";
import * as say from "./findings.ts";

/** One change of a lock file. */
export interface LockChange {
  readonly what: "appended" | "reserved" | "renamed";
  readonly at: Name;
  readonly number: number;
}

/** A lock file as it has to be. */
export interface LockUpdate {
  readonly text: string;
  readonly changes: readonly LockChange[];
}

/** What is to be locked: messages and enums, and the messages of topics by topic. */
export interface Listed {
  readonly types: ReadonlyMap<Name, readonly Numbered[]>;
  readonly topics: ReadonlyMap<Name, Numbered>;
}

/**
 * Brings a lock file up to date: appends what has no number, moves what is gone to `reserved`, keeps the number of what was
 * renamed (an alias says so), and touches nothing else; comments and order stay. `listed` are the declarations to lock.
 */
export function updateLock(
  { text, lock, all }: { readonly text: string; readonly lock: NumberLock | undefined; readonly all: boolean },
  { types, topics }: Listed,
  report: Report,
): LockUpdate {
  const document = parseDocument(text, { uniqueKeys: true });
  const changes: LockChange[] = [];
  if (all && !lock?.all) document.set("all", true);
  const gone = [
    ...[...(lock?.entries ?? [])].filter(([name]) => !types.has(name)),
    ...[...(lock?.topics ?? [])].filter(([name]) => !topics.has(name)),
  ];
  for (const [name, entry] of gone) retire(document, name, entry, new Set(entry.numbers.keys()), changes);
  for (const [name, decls] of types) {
    const kind = decls[0]?.kind ?? "message";
    const members = new Map(decls.flatMap(membersOf).map((member) => [member.name, member]));
    updateEntry(document, { name, kind, members, entry: lock?.entries.get(name) }, changes, report);
  }
  for (const [name, message] of topics) {
    const members = new Map(membersOf(message).map((member) => [member.name, member]));
    updateEntry(document, { name, kind: "topic", members, entry: lock?.topics.get(name) }, changes, report);
  }
  return { text: changes.length > 0 || (all && !lock?.all) ? document.toString({ lineWidth: 0 }) : text, changes };
}

interface Target {
  readonly name: Name;
  readonly kind: LockEntry["kind"];
  readonly members: ReadonlyMap<string, Member>;
  readonly entry: LockEntry | undefined;
}

function updateEntry(document: Document, target: Target, changes: LockChange[], report: Report): void {
  const { name: of, kind, members, entry } = target;
  const path = [declarationsKey[kind], of, numbersKey[kind]];
  const numbers = mapAt(document, path);
  const live = new Map([...(entry?.numbers ?? [])].map(([name, { number }]) => [name, number]));
  const stale = new Set([...live.keys()].filter((name) => !members.has(name)));
  for (const [name, member] of members) {
    const former = live.has(name) ? undefined : member.aliases?.find((alias) => stale.has(alias));
    const kept = former === undefined ? undefined : live.get(former);
    if (former === undefined || kept === undefined) continue;
    const pair = pairOf(numbers, former);
    if (pair && isScalar(pair.key)) pair.key.value = name;
    stale.delete(former);
    live.delete(former);
    live.set(name, kept);
    changes.push({ what: "renamed", at: `${of}.${name}`, number: kept });
  }
  retire(document, of, entry, stale, changes);
  const taken: Taken = {
    kind,
    live: new Set([...live.values(), ...[...members.values()].flatMap(({ number }) => number ?? [])]),
    reserved: entry?.reserved ?? [],
  };
  for (const [name, member] of members) {
    if (live.has(name)) continue;
    const number = member.number ?? nextFree(taken);
    if (number === undefined) {
      report(say.noNumberLeft(member.origins[0]?.span, { at: `${of}.${name}` }));
      continue;
    }
    numbers.set(document.createNode(name), document.createNode(number));
    (taken.live as Set<number>).add(number);
    changes.push({ what: "appended", at: `${of}.${name}`, number });
  }
}

interface Taken {
  readonly kind: LockEntry["kind"];
  readonly live: ReadonlySet<number>;
  readonly reserved: readonly Reservation[];
}

/** The number after the highest that is or was in use; when a reservation reaches to the end, the lowest that is free. */
function nextFree({ kind, live, reserved }: Taken): number | undefined {
  const lowest = kind === "enum" ? 0 : 1;
  const ends = reserved.flatMap(({ numbers }) => (numbers && numbers[1] < highestNumber[kind] ? [numbers[1]] : []));
  const highest = [...live, ...ends].reduce((most, number) => Math.max(most, number), lowest - 1);
  for (const from of [highest + 1, lowest])
    for (let number = from; number <= highestNumber[kind]; number++) {
      const range = reservationOf(number, reserved)?.numbers ?? (isPossible(number, kind) ? undefined : keptByProtobuf);
      if (range) number = range[1];
      else if (!live.has(number)) return number;
    }
  return undefined;
}

/** Moves members to `reserved`, with their comments. */
function retire(
  document: Document,
  of: Name,
  entry: LockEntry | undefined,
  stale: ReadonlySet<string>,
  changes: LockChange[],
): void {
  if (!entry || stale.size === 0) return;
  const numbers = mapAt(document, [declarationsKey[entry.kind], of, numbersKey[entry.kind]]);
  const path = [declarationsKey[entry.kind], of, "reserved"];
  for (const name of stale) {
    const number = entry.numbers.get(name)?.number;
    const pair = pairOf(numbers, name);
    if (number === undefined || !pair) continue;
    numbers.delete(name);
    if (!isCollection(document.getIn(path, true))) document.setIn(path, document.createNode([]));
    const reservation = document.createNode({ number, name }, { flow: true });
    const { key, value } = pair;
    if (isNode(key) && key.commentBefore) reservation.commentBefore = key.commentBefore;
    if (isNode(value) && value.comment) reservation.comment = value.comment;
    document.addIn(path, reservation);
    changes.push({ what: "reserved", at: `${of}.${name}`, number });
  }
}

/** The mapping at a path; what is missing or empty on the way is made. */
function mapAt(document: Document, path: readonly string[]): YAMLMap {
  if (!isMap(document.contents)) {
    const { contents } = document;
    document.contents = document.createNode({}) as unknown as typeof contents;
  }
  for (let length = 1; length <= path.length; length++) {
    const part = path.slice(0, length);
    if (!isMap(document.getIn(part, true))) document.setIn(part, document.createNode({}));
  }
  return document.getIn(path, true) as YAMLMap;
}

const pairOf = (map: YAMLMap, name: string) =>
  map.items.find((pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === name);

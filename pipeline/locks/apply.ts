import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Decl, Enum, Message, Name, Report, Span } from "../../model/index.ts";
import type { Config, SystemConfig } from "../config.ts";
import type { SourceStore } from "../source-store.ts";
import { type LockEntry, type NumberLock, type Reservation, readLock, reservationOf } from "./file.ts";
import * as say from "./findings.ts";

/** A declaration whose members can have numbers. */
export type Numbered = Message | Enum;
/** A field or a value of an enum. */
export type Member = Message["fields"][number] | Enum["values"][number];

/** Where the number lock of a system lies, or would lie. */
export const lockPath = (system: Pick<SystemConfig, "name" | "numbers">): string =>
  system.numbers?.path ?? `contracts/numbers/${system.name}.yaml`;

/** The lock of a system. One that the configuration names must exist, unless `begin` says that it may be about to. */
export function loadLock(
  system: Pick<SystemConfig, "name" | "numbers">,
  { folder }: Pick<Config, "folder">,
  store: SourceStore,
  report: Report,
  begin: boolean = system.numbers === undefined,
): NumberLock | undefined {
  const path = lockPath(system);
  if (begin && !existsSync(join(folder, path))) return undefined;
  const source = store.read(path, system.numbers?.span, report);
  return source && readLock(source, report);
}

/** The locks that there are, by system. */
export function loadLocks(config: Config, store: SourceStore, report: Report): ReadonlyMap<Name, NumberLock> {
  return new Map(
    config.systems.flatMap((system) => {
      const lock = loadLock(system, config, store, report);
      return lock ? [[system.name, lock] as const] : [];
    }),
  );
}

/** Gives the members of all systems the numbers that their locks hold, and reports where source and lock disagree. */
export function applyLocks(
  decls: readonly Decl[],
  locks: ReadonlyMap<Name, NumberLock>,
  report: Report,
): readonly Decl[] {
  return [...locks].reduce((all, [system, lock]) => applyLock(all, lock, system, report), decls);
}

/** Applies one lock to the declarations of its system. */
export function applyLock(decls: readonly Decl[], lock: NumberLock, system: Name, report: Report): readonly Decl[] {
  const declared = numberedOf(decls, system);
  for (const [name, entry] of lock.entries) {
    const decls = declared.get(name) ?? [];
    if (decls.every((decl) => decl.kind === entry.kind)) reportStale(name, entry, decls, report);
  }
  const unlisted = new Set<Name>();
  return decls.map((decl) => {
    if (!isNumbered(decl) || decl.system !== system) return decl;
    const entry = lock.entries.get(decl.name);
    if (entry?.kind === decl.kind) return withNumbers(decl, entry, report);
    if (entry) report(say.wrongKind(entry.span, { at: decl.name, kind: entry.kind, is: decl.kind }));
    else if (lock.all && !unlisted.has(decl.name)) {
      unlisted.add(decl.name);
      report(say.missingDeclaration(spanOf(decl), { at: decl.name, kind: decl.kind, path: lock.path }));
    }
    return decl;
  });
}

/** The messages and enums of a system, by name: several sources may describe one of them. */
export function numberedOf(decls: readonly Decl[], system: Name): ReadonlyMap<Name, readonly Numbered[]> {
  const found = new Map<Name, Numbered[]>();
  for (const decl of decls)
    if (isNumbered(decl) && decl.system === system) found.set(decl.name, [...(found.get(decl.name) ?? []), decl]);
  return found;
}

const isNumbered = (decl: Decl): decl is Numbered => decl.kind === "message" || decl.kind === "enum";

/** What has numbers in a declaration. */
export const membersOf = (decl: Numbered): readonly Member[] => (decl.kind === "message" ? decl.fields : decl.values);

const spanOf = (item: Decl | Member): Span | undefined => item.origins[0]?.span;

/** Reports numbers of what is no longer declared. */
export function reportStale(
  name: Name,
  { kind, numbers, span }: LockEntry,
  decls: readonly Numbered[],
  report: Report,
): void {
  if (decls.length === 0) {
    // What is reserved stays, whether its declaration is there or not.
    if (numbers.size > 0) report(say.staleDeclaration(span, { at: name, kind }));
    return;
  }
  const members = new Set(decls.flatMap((decl) => membersOf(decl).map((member) => member.name)));
  for (const [member, entry] of numbers)
    if (!members.has(member)) report(say.staleEntry(entry.span, { at: `${name}.${member}` }));
}

function withNumbers(decl: Numbered, entry: LockEntry, report: Report): Numbered {
  if (decl.kind === "enum") return { ...decl, values: decl.values.map((value) => locked(value, decl, entry, report)) };
  const reserved = mergeReserved(decl.reserved, entry.reserved);
  return {
    ...decl,
    fields: decl.fields.map((field) => locked(field, decl, entry, report)),
    ...(reserved && { reserved }),
  };
}

function locked<T extends Member>(member: T, decl: Numbered, entry: LockEntry, report: Report): T {
  const { name, number: stated } = member;
  const at = `${decl.name}.${name}`;
  const own = entry.numbers.get(name);
  if (!own) {
    reportUnlocked(member, at, entry, report);
    return member;
  }
  const { number, span } = own;
  if (stated === number) return member;
  if (stated !== undefined) {
    report(say.numberDiffers(spanOf(member), { at, stated, locked: number }, say.lockedHere(own)));
    return member;
  }
  const ranges = (decl.kind === "message" ? decl.reserved?.numbers : undefined) ?? [];
  if (ranges.some(([from, to]) => from <= number && number <= to)) report(say.reservedNumber(span, { at, number }));
  return { ...member, number, origins: [...member.origins, { span, reader: "lock", basis: "overlay" }] };
}

/** A member without an entry: most are new, but none may take a name or a number that another has or had. */
export function reportUnlocked(member: Member, at: Name, { numbers, reserved }: LockEntry, report: Report): void {
  const { name, number } = member;
  const span = spanOf(member);
  const sameName = reserved.find((reservation) => reservation.name === name);
  const sameNumber = number === undefined ? undefined : reservationOf(number, reserved);
  const holder = [...numbers].find(([, entry]) => entry.number === number);
  if (sameName) report(say.reservedName(span, { at }, say.reservedHere(sameName)));
  else if (number !== undefined && sameNumber)
    report(say.reservedNumber(span, { at, number }, say.reservedHere(sameNumber)));
  else if (number !== undefined && holder && !member.aliases?.includes(holder[0]))
    report(say.numberTaken(span, { at, number, other: holder[0] }, say.lockedHere(holder[1])));
  else report(say.missingEntry(span, { at }));
}

/** What a source reserves and what its lock does. */
export function mergeReserved(stated: Message["reserved"], locked: readonly Reservation[]): Message["reserved"] {
  const names = new Set([...(stated?.names ?? []), ...locked.flatMap(({ name }) => name ?? [])]);
  const ranges = new Map<string, readonly [number, number]>();
  for (const range of [...(stated?.numbers ?? []), ...locked.flatMap(({ numbers }) => (numbers ? [numbers] : []))])
    ranges.set(range.join("-"), range);
  if (names.size === 0 && ranges.size === 0) return undefined;
  return {
    ...(names.size > 0 && { names: [...names] }),
    ...(ranges.size > 0 && { numbers: [...ranges.values()] }),
  };
}

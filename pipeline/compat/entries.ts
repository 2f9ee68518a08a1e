import {
  type Audience,
  type Change,
  type Comparison,
  isAtLeast,
  type Judgement,
  judge,
  type Mode,
  reachOf,
  type Verdict,
  whom,
} from "../../checks/index.ts";
import type { Model, Name, Severity, Span } from "../../model/index.ts";
import type { Loaded } from "./baseline/loaded.ts";
import { type LockChange, lockChanges, lockFacts } from "./lock-changes.ts";
import type { Entry, FailOn, Judged } from "./report.ts";
import { lockRule, lockTarget } from "./rules.ts";
import { sentence } from "./sentences.ts";
import { worstOf } from "./waive.ts";

/** What is asked about. */
export interface Asked {
  readonly targets: readonly string[];
  readonly mode: Mode;
  readonly failOn: FailOn;
}

/** The changes between two sides that are not safe for everybody, and how many there are in all. */
export function entriesOf(
  before: Loaded,
  after: Loaded,
  comparison: Comparison,
  asked: Asked,
): { readonly entries: readonly Entry[]; readonly fingerprints: readonly string[] } {
  const byChange = new Map<Change, Judgement[]>();
  for (const judgement of judge(comparison, asked)) {
    const known = byChange.get(judgement.change);
    if (known) known.push(judgement);
    else byChange.set(judgement.change, [judgement]);
  }
  const told = [...byChange].filter(([, judgements]) => judgements.some(({ verdict }) => verdict !== "safe"));
  const context: Context = { before, after, comparison, asked, places: placesOf(after.view.model) };
  const locks =
    before.locks && after.locks && asked.targets.includes(lockTarget)
      ? lockChanges(before.locks, after.locks, comparison.changes)
      : [];
  return {
    entries: [
      ...told.map(([change, judgements]) => entryOf(change, judgements, context)),
      ...locks.map((change) => lockEntry(change, context)),
    ],
    fingerprints: [...comparison.changes, ...locks].map(({ fingerprint }) => fingerprint),
  };
}

interface Context {
  readonly before: Loaded;
  readonly after: Loaded;
  readonly comparison: Comparison;
  readonly asked: Asked;
  readonly places: ReadonlyMap<Name, Span>;
}

function entryOf(change: Change, judgements: readonly Judgement[], context: Context): Entry {
  const { kind, at, was, now, fingerprint } = change;
  const judged = judgements.map(({ change: _, when: __, ...rest }) => withSeverity(rest, context.asked.failOn));
  return {
    fact: kind,
    at,
    ...(was !== undefined && { was }),
    ...(now !== undefined && { now }),
    message: sentence(change),
    fingerprint,
    ...placed(change, context),
    audience: whom(change, context.comparison.sides),
    judgements: judged,
    severity: worstOf(judged),
  };
}

function lockEntry(change: LockChange, context: Context): Entry {
  const { fact, at, was, now, message, fingerprint } = change;
  const { mode, failOn } = context.asked;
  const { verdict, why, fix } = lockFacts[fact];
  const judged = (mode === "full" ? (["backward", "forward"] as const) : [mode]).map((direction) =>
    withSeverity({ target: lockTarget, direction, verdict, rule: lockRule(fact), why, fix }, failOn),
  );
  return {
    fact,
    at,
    was,
    ...(now !== undefined && { now }),
    message,
    fingerprint,
    ...placed(change, context),
    audience: audienceOf(change.of, context),
    judgements: judged,
    severity: worstOf(judged),
  };
}

function withSeverity(judged: Omit<Judged, "severity">, failOn: FailOn): Judged {
  const severity = severityOf(judged.verdict, failOn);
  return { ...judged, ...(severity && { severity }) };
}

function severityOf(verdict: Verdict, failOn: FailOn): Severity | undefined {
  if (verdict === "safe") return undefined;
  if (isAtLeast(verdict, failOn)) return "error";
  // That a reader passes over what it does not know is how most formats grow.
  return verdict === "unknown-field" ? "info" : "warning";
}

/** Where a change is written now, or what it was part of; and where it stood. */
function placed(
  { at, new: now, old }: { readonly at: Name; readonly new?: Span; readonly old?: Span },
  { before, places }: Context,
): Pick<Entry, "baseline" | "span" | "old"> {
  const span = now ?? around(at, places);
  const located = old && (before.store?.text(old.path) === undefined ? { path: old.path } : before.store.locate(old));
  return { baseline: before.label, ...(span && { span }), ...(located && { old: located }) };
}

/** What is gone is told at the thing it was part of. */
function around(at: Name, places: ReadonlyMap<Name, Span>): Span | undefined {
  for (let name = at; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf(".")))) {
    const span = places.get(name);
    if (span) return span;
  }
  return undefined;
}

function placesOf({ decls }: Model): ReadonlyMap<Name, Span> {
  const places = new Map<Name, Span>();
  // Types come last, and hold: an event may have the name of one.
  for (const { name, origins } of decls) if (origins[0]) places.set(name, origins[0].span);
  return places;
}

function audienceOf(name: Name, { after, comparison }: Context): Audience {
  const { model } = after.view;
  const onTopic = model.decls.flatMap((decl) => (decl.kind === "event" && decl.topic === name ? [decl.name] : []));
  return whom({ reach: onTopic.length > 0 ? onTopic : reachOf(model)(name) }, comparison.sides);
}

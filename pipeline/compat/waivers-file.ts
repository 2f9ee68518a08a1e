import { type Name, nearest, type OptionsSchema, type Report, type SourceFile, type Span } from "../../model/index.ts";
import { readYaml } from "../yaml.ts";
import * as say from "./diagnostics.ts";
import { allRules } from "./rules.ts";

const text = { type: "string", minLength: 1 } as const;
const oneOrMore = (items: OptionsSchema, description: string) =>
  ({ anyOf: [items, { type: "array", items, minItems: 1 }], description }) as const;

const properties = {
  rule: { ...text, description: "The rule whose verdict is accepted: `compat/avro/field-type`." },
  at: { ...text, description: "The place of the change: `shop.Order.total`." },
  fingerprint: { ...text, description: "The change itself, as the report names it. The next change has another one." },
  target: oneOrMore(text, "The target; the one of the rule, when nothing is said."),
  direction: oneOrMore(
    { enum: ["backward", "forward", "reader", "writer", "exhaustive"] },
    "The directions; all, when nothing is said.",
  ),
  reason: { ...text, description: "Why the change may be made all the same." },
  owner: { ...text, description: "The team that answers for it." },
  expires: { ...text, format: "date", description: "The last day it holds: YYYY-MM-DD." },
} as const;

/** The JSON Schema of `contracts/waivers.yaml`; published as `waivers.schema.json`. */
export const waiversSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://concordat.invalid/waivers.schema.json",
  title: "Waivers of compatibility",
  description: "Changes that hurt somebody and are made all the same: each for one change, by a team, for a while.",
  type: ["object", "null"],
  additionalProperties: false,
  properties: {
    $schema: { type: "string" },
    waivers: {
      type: ["array", "null"],
      items: {
        type: "object",
        required: ["rule", "at", "fingerprint", "reason", "owner", "expires"],
        additionalProperties: false,
        properties,
      },
    },
  },
} as const satisfies OptionsSchema;

/** What lacks a reason, an owner or a day is told as just that, and not as YAML that is not in order. */
const readSchema = {
  ...waiversSchema,
  properties: {
    ...waiversSchema.properties,
    waivers: {
      type: ["array", "null"],
      items: {
        type: "object",
        required: ["rule", "at", "fingerprint"],
        additionalProperties: false,
        properties: { ...properties, reason: {}, owner: {}, expires: {} },
      },
    },
  },
} as const satisfies OptionsSchema;

/** Accepts what one change does to one target, for a while. */
export interface Waiver {
  readonly rule: string;
  readonly at: Name;
  readonly fingerprint: string;
  /** All directions, when there are none. */
  readonly directions?: readonly string[];
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly span: Span;
}

interface RawWaiver {
  rule: string;
  at: string;
  fingerprint: string;
  target?: string | string[];
  direction?: string | string[];
  reason?: unknown;
  owner?: unknown;
  expires?: unknown;
}

/** Reads the waivers; every entry that is not in order is an error of its own, and waives nothing. */
export function readWaivers(source: SourceFile, report: Report): readonly Waiver[] {
  const file = readYaml(source, readSchema, report, {});
  const raw = (file?.value as { waivers?: RawWaiver[] | null } | undefined)?.waivers ?? [];
  const rules = new Map(allRules().map((rule) => [rule.id, rule.target]));
  return raw.flatMap((entry, index) => {
    const { rule, at, fingerprint, target, direction, reason, owner, expires } = entry;
    const span = (key: keyof RawWaiver): Span | undefined =>
      file?.span(entry[key] === undefined ? ["waivers", index] : ["waivers", index, key]);
    const found: boolean[] = [];
    const fail = (finding: Parameters<Report>[0]): void => {
      found.push(true);
      report(finding);
    };
    const of = rules.get(rule);
    if (of === undefined) fail(say.unknownRule(span("rule"), { at, rule, near: nearest(rule, rules.keys()) }));
    for (const name of [target ?? []].flat())
      if (of !== undefined && name !== of) fail(say.otherTarget(span("target"), { at, rule, target: name }));
    if (!isText(reason)) fail(say.noReason(span("reason"), { at }));
    if (!isText(owner)) fail(say.noOwner(span("owner"), { at }));
    if (!isDay(expires))
      fail(say.brokenDate(span("expires"), { at, date: expires === undefined ? "" : String(expires) }));
    if (found.length > 0 || !isText(reason) || !isText(owner) || !isDay(expires)) return [];
    const place = file?.span(["waivers", index]) ?? { path: source.path, start: 0, end: 0 };
    const directions = direction === undefined ? {} : { directions: [direction].flat() };
    return [{ rule, at, fingerprint: String(fingerprint), ...directions, reason, owner, expires, span: place }];
  });
}

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/** A day that there is: no 30th of February. */
export function isDay(value: unknown): value is string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(typeof value === "string" ? value : "") ?? [];
  if (year === undefined) return false;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1];
  return days !== undefined && d >= 1 && d <= days;
}

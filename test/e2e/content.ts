import { createHash } from "node:crypto";
import {
  type JsonProfile,
  jsonForm,
  jsonKey,
  type Message,
  type TypeRef,
  unalias,
  type View,
} from "../../pipeline/index.ts";
import type { WireValue } from "../../verify/index.ts";
import { isRecord, nanosOf, own } from "../agreement/meaning.ts";

/** Reads messages of a type by what they mean. */
export interface Reading {
  readonly view: View;
  readonly profile: JsonProfile;
}

/**
 * What a message says, in one form for all ways in which it can be written: as it is sent and as its table gives it back. What
 * the ledger says that a table loses is left out: fractions of a millisecond, the difference between null and absent, and of
 * free-form JSON the nulls, the empty objects, and which of its scalars are text.
 */
export function contentOf(message: Message, value: WireValue, reading: Reading): string {
  if (!isRecord(value)) return JSON.stringify(String(value));
  const parts = message.fields.flatMap((field) => {
    const content = partOf(field.type, own(value, jsonKey(field, reading.profile)), reading);
    return content === undefined ? [] : [`${field.name}=${content}`];
  });
  return parts.join("\n");
}

function partOf(type: TypeRef, part: WireValue | undefined, reading: Reading): string | undefined {
  if (part === undefined || part === null) return undefined;
  const target = unalias(type, reading.view);
  switch (target.kind) {
    case "scalar": {
      const form = jsonForm(target, reading.profile);
      if (form.kind === "integer") return BigInt(part as string | number | bigint).toString();
      if (form.kind === "number") return String(Number(part));
      if (form.kind !== "string" || typeof part !== "string") return String(part);
      if (form.format === "uuid") return part.toLowerCase();
      if (form.format === "date-time") return millisOf(part);
      return JSON.stringify(part);
    }
    case "list":
      return Array.isArray(part) ? `[${part.map((item) => partOf(target.item, item, reading)).join()}]` : undefined;
    case "map":
      return isRecord(part)
        ? `{${Object.keys(part)
            .sort()
            .map((key) => `${JSON.stringify(key)}:${partOf(target.value, part[key], reading)}`)
            .join()}}`
        : undefined;
    case "named": {
      const decl = reading.view.type(target.name);
      return decl.kind === "message" ? `{${contentOf(decl, part, reading)}}` : freeForm(part);
    }
    default:
      return freeForm(part);
  }
}

function millisOf(text: string): string {
  const nanos = nanosOf(text);
  if (nanos === undefined) return text;
  const rest = nanos % 1_000_000n;
  return ((nanos - (rest < 0n ? rest + 1_000_000n : rest)) / 1_000_000n).toString();
}

/** Paths and their values: a key with a dot and an object within an object are the same to a column of JSON. */
function freeForm(part: WireValue): string {
  if (!isRecord(part)) return scalarOrList(part);
  const paths: string[] = [];
  const walk = (prefix: string, value: WireValue): void => {
    if (value === null) return;
    if (!isRecord(value)) return void paths.push(`${JSON.stringify(prefix)}:${scalarOrList(value)}`);
    for (const [key, member] of Object.entries(value)) walk(prefix === "" ? key : `${prefix}.${key}`, member);
  };
  walk("", part);
  return `{${paths.sort().join()}}`;
}

const scalarOrList = (part: WireValue): string =>
  Array.isArray(part)
    ? `[${part.map((item) => (item === null ? "null" : freeForm(item))).join()}]`
    : JSON.stringify(String(part));

/** A digest of contents in any order; two of the same content do not cancel each other. */
export function createDigest(): { readonly add: (content: string) => void; readonly text: () => string } {
  let sum = 0n;
  return {
    add: (content) => {
      sum += createHash("sha256").update(content).digest().readBigUInt64BE();
    },
    text: () => BigInt.asUintN(64, sum).toString(16).padStart(16, "0"),
  };
}

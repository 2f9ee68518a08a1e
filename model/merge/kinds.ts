import * as say from "../diagnostics.ts";
import type { Decl, EnumValue, Field, Oneof, OperationVersion, TypeRef } from "../model.ts";
import { snakeCase } from "../names.ts";
import { formatTypeRef } from "../type-expression.ts";
import {
  deprecation,
  doc,
  type Fact,
  fact,
  first,
  flag,
  keyed,
  listed,
  mentionedDeprecation,
  nameOf,
  typed,
} from "./facts.ts";

/** What can be said of things of one kind. */
export interface Shape {
  readonly facts: readonly Fact[];
  readonly members?: readonly Members[];
  /** True for what documents mention in many places: all mentions in one file are one thing. */
  readonly mentioned?: boolean;
}

/** A list of things that belong to another: which of two sources' members are one, and what can be said of each. */
export interface Members<T extends object = object> {
  /** The property of the owner that lists them. */
  readonly key: string;
  readonly shape: Shape;
  /** What tells that two are one, the surest first. */
  readonly known: readonly Known<T>[];
  /** What a member is called in the finding that a source lacks it; absent for lists that nobody completes. */
  readonly noun?: string;
  /** The name of a member within its owner. */
  label(item: T): string;
  order?(a: T, b: T): number;
  /** Rewrites what a member says of fields by the names the fields have been merged under. */
  renamed?(item: T, fieldNames: ReadonlyMap<string, string>): T;
}

/** Keys of a member; two that share one are one thing. With `all`, so are several members of one source. */
export interface Known<T> {
  readonly by: (item: T) => readonly string[];
  readonly all?: boolean;
}

type Named = Pick<Field, "name" | "aliases" | "number">;

const said = [doc, deprecation, listed("aliases"), listed("owners")];

/** By name, by a former name, by number, and at last by the words of the name: `taskId` is `task_id` misspelt. */
const knownByName: readonly Known<Named>[] = [
  { by: ({ name }) => [name] },
  { by: ({ name, aliases = [] }) => [name, ...aliases], all: true },
  { by: ({ number }) => (number === undefined ? [] : [String(number)]) },
  { by: ({ name }) => [snakeCase(name)] },
];

const members = <T extends object>(list: Members<T>): Members => list as unknown as Members;

const fieldsIn = (key: string): Members =>
  members<Field>({
    key,
    noun: "The field",
    known: knownByName,
    label: ({ name }) => name,
    shape: {
      facts: [
        nameOf(say.nameDiffers),
        ...said,
        typed("type"),
        fact<Field["presence"]>("presence", say.presenceDiffers, { silent: (presence) => presence === "unstated" }),
        flag("nullable"),
        fact("default", say.defaultDiffers),
        fact("unit", say.unitDiffers),
        fact("number", say.numberDiffers),
        fact("jsonName", say.jsonNameDiffers),
        keyed("wire", say.wireDiffers),
        keyed("limits", say.limitDiffers),
        listed("examples"),
      ],
    },
  });

const values = members<EnumValue>({
  key: "values",
  noun: "The value",
  known: knownByName,
  label: ({ name }) => name,
  shape: {
    facts: [nameOf(say.valueDiffers), ...said, fact("number", say.numberDiffers), fact("label", say.labelDiffers)],
  },
});

/**
 * A field is in one group at most, so groups that share one are one. A field that a source has and leaves out of the group
 * is not in it; one that it does not have may be.
 */
const oneofs = members<Oneof>({
  key: "oneofs",
  known: [{ by: ({ fields }) => fields, all: true }, { by: ({ name }) => [name] }],
  label: ({ name }) => name,
  renamed: (oneof, names) => ({ ...oneof, fields: oneof.fields.map((name) => names.get(name) ?? name) }),
  shape: {
    facts: [
      nameOf(say.nameDiffers),
      doc,
      flag("required"),
      fact<readonly string[]>("fields", say.oneofDiffers, {
        join: (a, b, { held, part }) => {
          const [inA, inB] = [new Set(a), new Set(b)];
          const [onlyA, onlyB] = [a.filter((name) => !inB.has(name)), b.filter((name) => !inA.has(name))];
          const denied = onlyA.some((name) => part.fields.has(name));
          return denied || held.some(({ fields }) => onlyB.some((name) => fields.has(name)))
            ? undefined
            : [...a, ...onlyB];
        },
        show: (names) => names.join(", "),
        shared: true,
      }),
    ],
  },
});

const variants = members<TypeRef>({
  key: "variants",
  noun: "The variant",
  known: [{ by: (type) => [formatTypeRef(type)] }],
  label: formatTypeRef,
  shape: { facts: [] },
});

const versions = members<OperationVersion>({
  key: "versions",
  noun: "The version",
  known: [{ by: ({ version }) => [version] }],
  label: ({ version }) => version,
  order: (a, b) => compareVersions(a.version, b.version),
  shape: { facts: [doc, deprecation, typed("request"), typed("response"), fact("batchOf", say.batchDiffers)] },
});

/** 2.9 before 2.12. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const named = nameOf(say.nameDiffers);

/** What can be said of each kind of declaration. Its kind, its name and its system are what makes two of them one. */
export const kinds: Readonly<Record<Decl["kind"], Shape>> = {
  system: { facts: [named, ...said, fact("title", say.labelDiffers)] },
  topic: {
    mentioned: true,
    facts: [
      named,
      doc,
      mentionedDeprecation,
      listed("aliases"),
      listed("owners"),
      first("system"),
      fact("transport", say.transportDiffers),
      listed("producers"),
      listed("numbers"),
      keyed("reserved", say.numberDiffers),
    ],
  },
  component: {
    facts: [
      named,
      ...said,
      fact("group", say.groupDiffers),
      fact("role", say.roleDiffers),
      fact("language", say.languageDiffers),
      fact("transport", say.transportDiffers),
      keyed("feeds", say.feedDiffers),
    ],
    members: [fieldsIn("env")],
  },
  event: {
    facts: [
      named,
      ...said,
      fact("group", say.groupDiffers),
      fact("topic", say.topicDiffers),
      typed("payload"),
      fact("envelope", say.envelopeDiffers),
      fact("identity", say.identityDiffers),
      fact("follows", say.followsDiffers),
    ],
  },
  operation: { facts: [named, ...said], members: [versions] },
  message: {
    facts: [named, ...said, flag("open"), keyed("reserved", say.numberDiffers)],
    members: [fieldsIn("fields"), oneofs],
  },
  enum: { facts: [named, ...said, flag("open")], members: [values] },
  union: { facts: [named, ...said, keyed("tag", say.tagDiffers)], members: [variants, fieldsIn("fields")] },
  alias: { facts: [named, ...said, typed("type")] },
  external: { facts: [named, ...said, fact("url", say.urlDiffers), typed("as")] },
};

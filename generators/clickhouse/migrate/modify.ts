import type { StepClass } from "../../../model/index.ts";
import { identifier, text } from "../sql.ts";
import { baseOf } from "./convert.ts";
import { keyNames } from "./road-reasons.ts";
import type { ColumnShape } from "./shape.ts";
import { alter, definition, looks, type Whereabouts } from "./statements.ts";
import type { Steps } from "./step.ts";
import { type ColumnChange, codecOf, type TableChange } from "./table-change.ts";
import { hasNullableTuple, printType } from "./type.ts";

type Changed = ColumnChange & { readonly was: ColumnShape };

/** The steps that change what columns are, where they are: types, defaults, codecs, comments. */
export function modifications(change: TableChange, around: Whereabouts, steps: Steps): void {
  const present = change.columns.filter(
    (one): one is Changed => one.was !== undefined && one.change.how !== "copy" && one.change.how !== "apart",
  );
  const changed = present.filter(({ change: { how }, isRevalued }) => how !== "same" || isRevalued);
  for (const group of groupsOf(changed)) modify(group, change, around, steps);

  const rest = present.filter((one) => !changed.includes(one));
  const codecs = rest.filter(({ was, now }) => codecOf(was) !== codecOf(now));
  const codec = ({ name, codec: own }: ColumnShape): string =>
    `MODIFY COLUMN ${identifier(name)} ${own ? `CODEC(${own.sql})` : "REMOVE CODEC"}`;
  if (codecs.length > 0)
    steps.add("before-producers", {
      class: "metadata",
      what: `Compresses columns of ${change.target.name.name} in another way: ${names(codecs)}. Parts that are there stay as they are.`,
      statements: [
        alter(
          change.target,
          codecs.map(({ now }) => codec(now)),
        ),
      ],
      back: [
        alter(
          change.target,
          codecs.map(({ now, was }) => codec({ ...was, name: now.name })),
        ),
      ],
    });
  const comments = rest.filter(({ was, now }) => was.comment !== now.comment);
  const comment = (name: string, words: string): string => `COMMENT COLUMN ${identifier(name)} ${text(words)}`;
  if (comments.length > 0)
    steps.add("before-producers", {
      class: "metadata",
      what: `Describes columns of ${change.target.name.name} in other words: ${names(comments)}.`,
      statements: [
        alter(
          change.target,
          comments.map(({ now }) => comment(now.name, now.comment)),
        ),
      ],
      back: [
        alter(
          change.target,
          comments.map(({ now, was }) => comment(now.name, was.comment)),
        ),
      ],
    });
}

const names = (columns: readonly Changed[]): string => columns.map(({ now }) => now.name).join(", ");

/** Columns that are computed from each other change together: between two ALTERs their expressions would not fit. */
function groupsOf(columns: readonly Changed[]): readonly (readonly Changed[])[] {
  const groups: Changed[][] = [];
  const mentions = (a: Changed, b: Changed): boolean =>
    [a.was, a.now].some(({ value }) =>
      value?.expression.names.some((name) => name === b.now.name || name === b.was.name),
    );
  for (const column of columns) {
    const near = groups.filter((group) => group.some((other) => mentions(column, other) || mentions(other, column)));
    const joined = [...near.flat(), column];
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups;
}

function modify(group: readonly Changed[], { target, old }: TableChange, around: Whereabouts, steps: Steps): void {
  const classes = group.map(classOf);
  const worst = (["preflight", "rewrite", "metadata"] as const).find((one) => classes.includes(one)) ?? "metadata";
  // What only takes values away waits until nobody writes and reads them any more.
  const isNarrower = group.every(({ change }) => change.how === "guarded" && change.narrows);
  const bad = (nameOf: (one: Changed) => string): string =>
    group
      .flatMap((one) => (one.change.how === "guarded" ? [`(${one.change.bad(identifier(nameOf(one)))})`] : []))
      .join(" OR ");
  const whys = [...new Set(group.flatMap(({ change }) => (change.how === "guarded" ? [change.why] : [])))].join("; ");
  const list = names(group);
  const keys = keyNames(old);
  const nullableTuples = group.some(({ now, was }) => hasNullableTuple(now.type) || hasNullableTuple(was.type));
  steps.add(isNarrower ? "after-consumers" : "before-producers", {
    ...(group.length === 1 && { column: list }),
    class: worst,
    what: `Changes ${group.map(told).join(", ")} in ${target.name.name}${whys === "" ? "" : `: ${whys}`}.`,
    ...(whys !== "" && {
      ...looks(
        around,
        [bad(({ now }) => now.name), bad(({ was }) => was.name)],
        `Some values of ${list} in ${target.name.name} are not kept: ${whys}.`,
        nullableTuples,
      ),
    }),
    statements: modifying(group, target, keys),
    back: modifying(group.map(reversed), target, keys),
    ...(worst === "metadata"
      ? {}
      : { backNote: "Values that only the new type holds do not fit: look for them first." }),
  });
}

const reversed = ({ was, now, ...rest }: Changed): Changed => ({ ...rest, was: now, now: { ...was, name: now.name } });

/** The statements that make columns what they shall be; each column has its new name already. */
function modifying(
  group: readonly Changed[],
  target: TableChange["target"],
  keys: ReadonlySet<string>,
): readonly string[] {
  const nullableTuples = group.some(({ now, was }) => hasNullableTuple(now.type) || hasNullableTuple(was.type));
  const waits = group.some(({ change }) => change.how !== "same" && change.how !== "metadata");
  const materialize = ({ now }: Changed): string =>
    alter(target, [`MATERIALIZE COLUMN ${identifier(now.name)}`], { waits: true, nullableTuples });
  // A default that was never written down is computed whenever it is read: it is written before it changes.
  const written = group.filter(
    ({ was, isRevalued }) => isRevalued && isStored(was) && was.value && !keys.has(was.name),
  );
  const removed = group.flatMap(({ was, now }) => [
    ...(was.value && !now.value ? [`MODIFY COLUMN ${identifier(now.name)} REMOVE ${was.value.how}`] : []),
    ...(was.codec && !now.codec ? [`MODIFY COLUMN ${identifier(now.name)} REMOVE CODEC`] : []),
    ...(was.comment !== "" && now.comment === "" ? [`COMMENT COLUMN ${identifier(now.name)} ''`] : []),
  ]);
  const needsZero = group.filter(({ was, now }) => baseOf(was.type).isNull && !baseOf(now.type).isNull && !now.value);
  const computed = group.filter(
    ({ now, isRevalued, change }) => now.value?.how === "MATERIALIZED" && (isRevalued || change.how !== "same"),
  );
  return [
    ...written.map(materialize),
    ...removed.map((action) => alter(target, [action])),
    alter(
      target,
      group.map(({ now }) =>
        modifyAction(
          now,
          needsZero.some((one) => one.now === now),
        ),
      ),
      { waits, nullableTuples },
    ),
    ...needsZero.map(({ now }) => alter(target, [`MODIFY COLUMN ${identifier(now.name)} REMOVE DEFAULT`])),
    ...computed.map(materialize),
  ];
}

const isStored = ({ value }: ColumnShape): boolean => value?.how !== "ALIAS" && value?.how !== "EPHEMERAL";

/** NULL cannot leave a column without a word on what stands in its place, though none is there. */
function modifyAction(column: ColumnShape, needsZero: boolean): string {
  const whole = definition(column);
  if (!needsZero) return `MODIFY COLUMN ${whole}`;
  const type = `${identifier(column.name)} ${printType(column.type)}`;
  const zero = `DEFAULT defaultValueOfTypeName(${text(printType(column.type))})`;
  return `MODIFY COLUMN ${type} ${zero}${whole.slice(type.length)}`;
}

function classOf({ change, isRevalued, was, now }: Changed): StepClass {
  if (change.how === "guarded") return "preflight";
  if (change.how === "rewrite") return "rewrite";
  return isRevalued && (was.value || now.value?.how === "MATERIALIZED") ? "rewrite" : "metadata";
}

const told = ({ was, now, change }: Changed): string =>
  change.how === "same"
    ? `what ${now.name} is when nothing is said`
    : `${now.name} from ${printType(was.type)} to ${printType(now.type)}`;

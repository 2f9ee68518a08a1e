import { jsonKey, unalias } from "../../../model/index.ts";
import type { Context } from "../context.ts";
import { text } from "../sql.ts";
import type { Arrival, Channel } from "./channel.ts";
import type { Tell } from "./record.ts";
import { byteOrderMark } from "./string-test.ts";
import { oneofTests, valueTest } from "./test.ts";
import { any, content, oneOf, type Place, placeOf, plainString, rawAt, type Scope } from "./wire.ts";

/** Where a member of the message is found while it is checked. */
const bodyOf = (key: string): Place => placeOf(`body[${text(key)}]`);

/**
 * The query that reads a queue and judges each message once: `class` is empty when it is good, and `event` names the one
 * table that takes it. Whatever is not good is a dead letter, so that every message lands in exactly one place.
 */
export function checkQuery(channel: Channel, queue: string, context: Context): string {
  const { tell, arrivals } = channel;
  const scope: Scope = { context, around: [], depth: 0 };
  const told = tell && rawAt(bodyOf(tell.key));
  const version = versionTest(arrivals, context);
  const perEvent = (expression: (arrival: Arrival) => string): string =>
    byEvent(
      arrivals.map((arrival) => [arrival.event.name, expression(arrival)]),
      "[]",
    );
  const steps: readonly (readonly [name: string, expression: string])[] = [
    ["body", "CAST(JSONExtractKeysAndValuesRaw(q.raw), 'Map(String, String)')"],
    ["told", told === undefined ? "''" : content(told)],
    ["event", tell ? eventOf(tell) : text(arrivals[0]?.event.name ?? "")],
    ["is_unparsable", `q._error != '' OR JSONType(q.raw) != 'Object' OR startsWith(q.raw, ${byteOrderMark})`],
    ["twice", "arrayFilter((key, nth) -> nth = 2, mapKeys(body), arrayEnumerateUniq(mapKeys(body)))"],
    [
      "missing",
      tell ? `if(${told} = '', [${text(tell.key)}], ${perEvent(missingOf(context))})` : perEvent(missingOf(context)),
    ],
    ["wrong", perEvent(wrongOf(scope, tell?.key, version?.key))],
    [
      "class",
      firstOf(
        [
          ["is_unparsable OR notEmpty(twice)", "'unparsable'"],
          ...(tell ? [[`${told} != '' AND event = ''`, "'unknown-event'"] as const] : []),
          ...(version ? [[version.test, "'unknown-version'"] as const] : []),
          ["notEmpty(missing)", "'missing-field'"],
          ["notEmpty(wrong)", "'wrong-value'"],
        ],
        "''",
      ),
    ],
    [
      "error",
      firstOf(
        [
          ["q._error != ''", "q._error"],
          ["is_unparsable", "'The message is no JSON object.'"],
          ["class = 'unparsable'", sentence("Keys that stand in it more than once: ", list("twice"))],
          ...(told === undefined
            ? []
            : [["class = 'unknown-event'", sentence("No event of this topic: ", shown(told))] as const]),
          ...(version
            ? [
                [
                  "class = 'unknown-version'",
                  sentence("No version of this contract: ", shown(rawAt(bodyOf(version.key)))),
                ] as const,
              ]
            : []),
          ["class = 'missing-field'", sentence("Not there: ", list("missing"))],
          [
            "class = 'wrong-value'",
            sentence(
              "Out of range or of another type: ",
              list(`arrayMap(key -> concat(key, ' = ', ${shown("body[key]")}), wrong)`),
            ),
          ],
        ],
        "''",
      ),
    ],
  ];
  return [
    "WITH",
    steps.map(([name, expression]) => `    ${expression} AS ${name}`).join(",\n"),
    "SELECT",
    "    if(q._error = '', q.raw, q._raw_message) AS raw,",
    "    body,",
    "    event,",
    "    told,",
    "    class,",
    "    error,",
    "    multiIf(class = 'missing-field', missing, class = 'wrong-value', wrong, class = 'unparsable', twice, []) AS fields,",
    "    q._topic AS kafka_topic,",
    "    q._partition AS kafka_partition,",
    "    q._offset AS kafka_offset,",
    "    ifNull(q._timestamp_ms, toDateTime64(0, 3, 'UTC')) AS kafka_time,",
    "    q._key AS kafka_key,",
    "    arrayZip(q.`_headers.name`, q.`_headers.value`) AS kafka_headers",
    ...sourceOf(channel, queue),
  ].join("\n");
}

/** The queue; where its rows are records, with the JSON text that each of them stands for. */
function sourceOf({ record }: Channel, queue: string): readonly string[] {
  if (!record) return [`FROM ${queue} AS q`];
  const problem = record.problem;
  return [
    "FROM",
    "(",
    "    SELECT",
    `        if(r._error = '', ${record.json}, '') AS raw,`,
    `        if(r._error = '', ${problem}, r._error) AS _error,`,
    "        if(r._error = '', raw, r._raw_message) AS _raw_message,",
    "        r._topic AS _topic,",
    "        r._partition AS _partition,",
    "        r._offset AS _offset,",
    "        r._timestamp_ms AS _timestamp_ms,",
    "        r._key AS _key,",
    "        r.`_headers.name` AS `_headers.name`,",
    "        r.`_headers.value` AS `_headers.value`",
    `    FROM ${queue} AS r`,
    ") AS q",
  ];
}

/** The first whose condition holds. */
function firstOf(cases: readonly (readonly [condition: string, value: string])[], otherwise: string): string {
  const rows = cases.map(([condition, value]) => `        ${condition}, ${value},\n`).join("");
  return `multiIf(\n${rows}        ${otherwise})`;
}

const sentence = (words: string, rest: string): string => `concat(${text(words)}, ${rest}, '.')`;
const list = (array: string): string => `arrayStringConcat(${array}, ', ')`;
/** As much of a value as an error needs; the whole message stands beside it. */
const shown = (raw: string): string => `substringUTF8(${raw}, 1, 100)`;

function eventOf({ values }: Tell): string {
  const list = [...values];
  const same = list.every(([name, value]) => name === value);
  const told = list.map(([, value]) => text(value)).join(", ");
  if (same) return `if(told IN (${told}), told, '')`;
  return `transform(told, [${told}], [${list.map(([name]) => text(name)).join(", ")}], '')`;
}

const byEvent = (branches: readonly (readonly [event: string, expression: string])[], otherwise: string): string =>
  firstOf(
    branches.map(([event, expression]) => [`event = ${text(event)}`, expression]),
    otherwise,
  );

const missingOf =
  (context: Context) =>
  ({ message }: Arrival): string => {
    const keys = message.fields
      .filter(({ presence }) => presence === "required")
      .map((field) => text(jsonKey(field, context.profile)));
    return keys.length === 0 ? "[]" : `arrayExcept([${keys.join(", ")}], mapKeys(body))`;
  };

const wrongOf =
  (scope: Scope, ...settled: readonly (string | undefined)[]) =>
  ({ message, table }: Arrival): string => {
    const tests = message.fields.flatMap((field): readonly (readonly [key: string, test: string])[] => {
      const key = jsonKey(field, scope.context.profile);
      // What names the event and the version has been looked at before.
      if (settled.includes(key)) return [];
      const place = bodyOf(key);
      const column = table.columns.find(({ name, role }) => name === key && role === "field")?.type;
      const test = valueTest(field.type, field.limits ?? {}, column, place, scope);
      return [[key, any(oneOf(rawAt(place), field.nullable ? ["", "null"] : [""]), test)]];
    });
    const oneofs = oneofTests(message, (key) => rawAt(bodyOf(key)), scope);
    const names = (message.oneofs ?? []).map(({ name }) => name);
    const rows = [...tests, ...oneofs.map((test, index): readonly [string, string] => [names[index] ?? "", test])]
      .map(([key, test]) => `            if(${test}, '', ${text(key)})`)
      .join(",\n");
    return rows === "" ? "[]" : `arrayFilter(key -> key != '', [\n${rows}])`;
  };

/** The field `version`, when it has one value only: another one is a contract that this one does not know. */
function versionTest(
  arrivals: readonly Arrival[],
  { view, profile }: Context,
): { readonly key: string; readonly test: string } | undefined {
  const values = arrivals.map(({ event, message }) => {
    const field = message.fields.find(({ name }) => /^(?:schema_|contract_)?version$/i.test(name));
    const type = field && unalias(field.type, view);
    return field && type?.kind === "literal" && typeof type.value === "string"
      ? { event: event.name, key: jsonKey(field, profile), value: type.value }
      : undefined;
  });
  const known = values.filter((value) => value !== undefined);
  const [first] = known;
  if (!first || known.length !== values.length || known.some(({ key }) => key !== first.key)) return undefined;
  const raw = rawAt(bodyOf(first.key));
  const isOther = (value: string): string => `${raw} NOT IN ('', ${text(plainString(value) ?? JSON.stringify(value))})`;
  const isSame = known.every(({ value }) => value === first.value);
  return {
    key: first.key,
    test: isSame
      ? isOther(first.value)
      : byEvent(
          known.map(({ event, value }) => [event, isOther(value)]),
          "false",
        ),
  };
}

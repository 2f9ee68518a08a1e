import type { Change, ChangeKind } from "../../checks/index.ts";

/** What each kind of change says, in place of the braces the place and its facts. */
const sentences: Readonly<Record<ChangeKind, string>> = {
  "profile.changed": "{at}: the JSON profile had {was} and has {now}.",
  "topic.added": "{at} is a new topic.",
  "topic.removed": "{at} is no topic any more.",
  "topic.changed": "{at}: the topic was {was} and is {now}.",
  "topic.renumbered": "{at}: in the message of the topic the number was {was} and is {now}.",
  "component.added": "{at} is a new component.",
  "component.removed": "{at} is no component any more.",
  "component.changed": "{at}: the component was {was} and is {now}.",
  "event.added": "{at} is a new event.",
  "event.removed": "{at} is no event any more.",
  "event.renamed": "{at}: the event was called {was}.",
  "event.retyped": "{at}: the payload was {was} and is {now}.",
  "event.moved": "{at}: the event was on {was} and is on {now}.",
  "event.envelope": "{at}: the envelope was {was} and is {now}.",
  "event.identity": "{at}: what makes two deliveries one event was {was} and is {now}.",
  "event.pairing": "{at}: what pairs it with its start was {was} and is {now}.",
  "operation.added": "{at} is a new endpoint.",
  "operation.removed": "{at} is no endpoint any more.",
  "operation.renamed": "{at}: the endpoint was called {was}.",
  "version.added": "{at} is a new version of its endpoint.",
  "version.removed": "{at} is no version of its endpoint any more.",
  "body.added": "{at} has a body now, {now}.",
  "body.removed": "{at} had a body, {was}, and has none.",
  "body.retyped": "{at}: the body was {was} and is {now}.",
  "type.added": "{at} is a new type.",
  "type.removed": "{at} is no type any more.",
  "type.renamed": "{at}: the type was called {was}.",
  "type.kind": "{at}: the {was} is {now} now.",
  "type.openness": "{at}: the type was {was} and is {now}.",
  "alias.type": "{at}: the alias stood for {was} and stands for {now}.",
  "field.added": "{at} is a new field, {now}.",
  "field.removed": "{at} is no field any more; it was {was}.",
  "field.renamed": "{at}: the field was called {was}.",
  "field.json-name": "{at}: the key in JSON was {was} and is {now}.",
  "field.renumbered": "{at}: the number was {was} and is {now}.",
  "field.wire": "{at}: the encoding was {was} and is {now}.",
  "field.type": "{at}: the type was {was} and is {now}.",
  "field.cardinality": "{at}: how many values it holds changed from {was} to {now}.",
  "field.map-key": "{at}: the key of the map was {was} and is {now}.",
  "field.meaning": "{at}: the value was read as {was} and is read as {now}.",
  "field.presence": "{at}: the field was {was} and is {now}.",
  "field.nullable": "{at}: the field was {was} and is {now}.",
  "field.default": "{at}: the default was {was} and is {now}.",
  "field.limits": "{at}: the limit was {was} and is {now}.",
  "field.unit": "{at}: the unit was {was} and is {now}.",
  "field.reordered": "{at}: the fields stand in another order.",
  "value.added": "{at} is a new value, {now}.",
  "value.removed": "{at} is no value any more; it was {was}.",
  "value.renamed": "{at}: the value was called {was}.",
  "value.renumbered": "{at}: the number was {was} and is {now}.",
  "value.swapped": "{at}: the number was {was} and is {now}, that of another value before.",
  "value.reordered": "{at}: the values stand in another order.",
  "oneof.added": "{at} is a new one-of, {now}.",
  "oneof.removed": "{at} is no one-of any more; it was {was}.",
  "oneof.renamed": "{at}: the one-of was called {was}.",
  "oneof.required": "{at}: of the one-of, {was} was set, and {now} is.",
  "oneof.entered": "{at}: the field is part of the one-of {now} now.",
  "oneof.left": "{at}: the field was part of the one-of {was}.",
  "oneof.moved": "{at}: the field was part of the one-of {was} and is part of {now}.",
  "variant.added": "{at} has a new variant, {now}.",
  "variant.removed": "{at} has no variant {was} any more.",
  "tag.changed": "{at}: what tells the variants apart was {was} and is {now}.",
  "reserved.added": "{at}: {now} is reserved now.",
  "reserved.removed": "{at}: {was} is not reserved any more.",
  deprecated: "{at} is deprecated now: {now}.",
  undeprecated: "{at} is not deprecated any more.",
  documentation: "{at}: the description changed.",
  owners: "{at}: the owners were {was} and are {now}.",
  storage: "{at}: how it is stored was {was} and is {now}.",
};

const longest = 120;

/** A change as a sentence, with the rename it may be. */
export function sentence(change: Change): string {
  const { kind, at, was, now } = change;
  const values: Readonly<Record<string, string | undefined>> = { at, was, now };
  // What was never stated has no words of its own.
  const told = sentences[kind].replace(/\{(at|was|now)\}/g, (_, key: string) => shown(values[key]));
  const suspect = "suspect" in change ? change.suspect : undefined;
  if (suspect === undefined) return told;
  return `${told} It may be ${kind.endsWith(".added") ? `${suspect} renamed` : `what is ${suspect} now`}; nobody says so.`;
}

function shown(value: string | undefined): string {
  if (value === undefined || value === "") return "nothing";
  const line = value.replace(/\s+/g, " ").replace(/\.$/, "");
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}

import { diagnostic } from "./diagnostic.ts";

export const duplicateDeclaration = diagnostic<{ kind: string; name: string }>(
  "model/duplicate-declaration",
  "error",
  (a) => `The ${a.kind} ${a.name} is declared twice.`,
  () => "Give one of them another name or, when both are meant, put them into scopes with an overlay.",
  "Two declarations with one name, whether from one document or two. A flat list of names would keep the second " +
    "and lose the fields of the first without a word. An overlay can put each into a scope of its own: `scopes: [{ " +
    "scope: h2o.mlops, why: …, sections: [{ heading: Project, occurrence: 2 }] }]`.",
);
export const duplicateField = diagnostic<{ name: string; of: string }>(
  "model/duplicate-field",
  "error",
  (a) => `The field ${a.name} stands twice in ${a.of}.`,
  () => "Keep one of the two.",
);
export const duplicateNumber = diagnostic<{ name: string; other: string; of: string; number: number }>(
  "model/duplicate-number",
  "error",
  (a) => `${a.name} and ${a.other} of ${a.of} both have the number ${a.number}.`,
  () => "Give each its own number; a number that was once in use stays reserved.",
);
export const unresolvedReference = diagnostic<{ name: string; by: string; near: string | undefined }>(
  "model/unresolved-reference",
  "error",
  (a) => `${a.by} refers to the type ${a.name}, which no source declares.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "Declare the type, or state in an overlay what stands for it."),
  "A type refers to another by a name that is looked for in its own scope and then outwards. No source of the " +
    "configuration declares it: it is misspelt, lies in a document that is not read, or is described nowhere. " +
    "Where it stays unknown, an overlay can declare it as external, with the type it is treated as.",
);
export const extendsNothing = diagnostic<{ field: string; name: string }>(
  "model/extends-nothing",
  "info",
  (a) => `The field ${a.field} is added to ${a.name}, which no source declares.`,
  () => "List the file that declares the message as a source as well, when the message is one of yours.",
  "An extension gives a field to a message that is declared in another file. That file may be imported without being a " +
    "source: then the message is not in the model, and neither is the field that would be added to it.",
);
export const unstatedType = diagnostic<{ at: string }>(
  "model/unstated-type",
  "error",
  (a) => `The type of ${a.at} is not stated.`,
  (a) => `State it in the document, or in an overlay: \`- at: ${a.at}\` with \`set: { type: … }\` and \`why: …\`.`,
  "The document names the field and not its type, and nothing in its form tells it. Concordat does not guess: " +
    "every target would carry the guess on as a fact. The overlay beside the source says the type and why one may " +
    "rely on it; once the document states it, `was` in the entry makes the overlay tell that it is no longer " +
    "needed.",
);
export const unknownTopic = diagnostic<{ event: string; topic: string; near: string | undefined }>(
  "model/unknown-topic",
  "error",
  (a) => `The event ${a.event} is sent to the topic ${a.topic}, which no source declares.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : "Declare the topic in its document."),
);
export const unknownEvent = diagnostic<{ event: string; by: string; near: string | undefined }>(
  "model/unknown-event",
  "error",
  (a) => `${a.by} names the event ${a.event}, which no source declares.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : undefined),
);
export const unknownField = diagnostic<{ event: string; field: string; near: string | undefined }>(
  "model/unknown-field",
  "error",
  (a) => `The event ${a.event} has no field ${a.field}.`,
  (a) => (a.near ? `Did you mean ${a.near}?` : undefined),
);
export const aliasCycle = diagnostic<{ name: string }>(
  "model/alias-cycle",
  "error",
  (a) => `${a.name} stands for itself.`,
  () => "Let one of the names in the circle stand for a type.",
);
export const sameJsonKey = diagnostic<{ name: string; other: string; of: string; key: string }>(
  "model/same-json-key",
  "error",
  (a) => `${a.name} and ${a.other} of ${a.of} are both called ${a.key} in JSON.`,
  () => "Rename one of them, or keep declared names in the JSON profile.",
);
export const bodyWithoutFields = diagnostic<{ event: string }>(
  "model/body-without-fields",
  "error",
  (a) => `The body of ${a.event} is to be merged into an envelope, but it is not a message.`,
  () => "Make it a message, or send the event without the envelope.",
);
export const overlayNoMatch = diagnostic<{ at: string; near: string | undefined }>(
  "overlay/no-match",
  "error",
  (a) => `The overlay entry ${a.at} matches nothing that its source declares.`,
  (a) =>
    a.near ? `Did you mean ${a.near}?` : "Remove the entry, or correct the name; `concordat model` lists all names.",
  "The source has changed under the overlay, or the name was never right. Entries are matched by full names " +
    "after scopes have been applied, such as `telemetry.XumiWeightsLoadStartBody.storage_size`.",
);
export const overlayWasDiffers = diagnostic<{ at: string; was: string; is: string }>(
  "overlay/was-differs",
  "error",
  (a) => `${a.at} was expected to be ${a.was}, but the source says ${a.is}.`,
  () => "The source has changed under the overlay: look at the entry again and correct `was`, or remove the entry.",
);
export const overlayNotApplicable = diagnostic<{ at: string; key: string; kind: string }>(
  "overlay/not-applicable",
  "error",
  (a) => `${a.at} is a ${a.kind}, which has no ${a.key} to set.`,
  () => "Set the fact on the declaration or field that has it.",
);

/** Two sources that say one thing differently: what it is about, what stands here, and what stands there and holds. */
export interface Difference {
  readonly at: string;
  readonly here: string;
  readonly there: string;
  readonly path: string;
}

const differs = (what: string, subject = (at: string) => `The ${what} of ${at} is`) =>
  diagnostic<Difference>(
    `merge/${what.replaceAll(" ", "-")}-differs`,
    "warning",
    (a) => `${subject(a.at)} ${a.here} here, but ${a.there} in ${a.path}, which holds.`,
    () => "Correct the one that is wrong, or state in an overlay of either source what holds.",
    "Several sources describe one thing, and each states this fact otherwise. What an overlay says holds before everything, " +
      "then what the source says that stands first in the configuration. What one source leaves out is no difference: " +
      "the other completes it.",
  );
export const typeDiffers = differs("type");
export const constantDiffers = differs("constant");
export const presenceDiffers = differs("presence");
export const nameDiffers = differs("name");
export const valueDiffers = differs("value", (at) => `The name of the value ${at} is`);
export const numberDiffers = differs("number");
export const labelDiffers = differs("label");
export const defaultDiffers = differs("default");
export const unitDiffers = differs("unit");
export const limitDiffers = differs("limit", (at) => `The limits of ${at} are`);
export const jsonNameDiffers = differs("json name", (at) => `The name of ${at} in JSON is`);
export const wireDiffers = differs("wire", (at) => `The Protobuf type of ${at} is`);
export const deprecationDiffers = differs("deprecation");
export const oneofDiffers = differs("oneof", (at) => `The members of the one-of ${at} are`);
export const tagDiffers = differs("tag");
export const urlDiffers = differs("url");
export const topicDiffers = differs("topic");
export const groupDiffers = differs("group");
export const envelopeDiffers = differs("envelope");
export const identityDiffers = differs("identity");
export const followsDiffers = differs("follows", (at) => `The event that ${at} follows is`);
export const batchDiffers = differs("batch");
export const transportDiffers = differs("transport");
export const roleDiffers = differs("role");
export const languageDiffers = differs("language");
export const feedDiffers = differs("feed", (at) => `The fields that the variables of ${at} feed are`);
export const kindDiffers = differs("kind");
export const systemDiffers = diagnostic<Difference>(
  "merge/system-differs",
  "error",
  (a) => `${a.at} is declared for the system ${a.here} here, but for ${a.there} in ${a.path}.`,
  () => "Let one system declare it, or give each of the two a name of its own.",
);
export const onlyIn = diagnostic<{ what: string; at: string; path: string; others: string }>(
  "merge/only-in",
  "info",
  (a) => `${a.what} ${a.at} stands in ${a.path}, but not in ${a.others}.`,
  () => "Add it where it is missing, or remove it where it is gone; until then it is taken from where it stands.",
);
export const defaultMisfit = diagnostic<{ at: string; value: string }>(
  "model/default-misfit",
  "error",
  (a) => `The default ${a.value} of ${a.at} is no value of its type.`,
  () => "State a default that the field can hold, or another type.",
);
export const limitMisfit = diagnostic<{ at: string; key: string; value: string }>(
  "model/limit-misfit",
  "error",
  (a) => `${a.key} of ${a.at} is ${a.value}.`,
  () => "A bound is a finite number; lengths and counts are whole and not negative.",
);
export const limitsCross = diagnostic<{ at: string; low: string; high: string }>(
  "model/limits-cross",
  "error",
  (a) => `${a.low} of ${a.at} is above its ${a.high}: no value fits.`,
  () => "Exchange the two, or correct one.",
);
export const patternMisfit = diagnostic<{ at: string; pattern: string }>(
  "model/pattern-misfit",
  "error",
  (a) => `The pattern ${a.pattern} of ${a.at} is no regular expression.`,
  () => "Write it as ECMAScript reads it in Unicode mode.",
);

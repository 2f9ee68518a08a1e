import { canonicalJson } from "../json.ts";
import { type JsonForm, jsonForm, jsonKey } from "../json-form.ts";
import type { Component, Event, Field, JsonProfile, Limits, Message, Name, TypeRef } from "../model.ts";
import { formatTypeRef } from "../type-expression.ts";
import { unalias, type View } from "../view.ts";
import { type EdgeTypes, edgeField } from "./edge-types.ts";
import { type TextForm, textFormOf, writtenType } from "./text-form.ts";

/** A variable and what becomes of its text in events. */
export interface FeedingVariable {
  readonly variable: string;
  /** The event field's key in JSON. */
  readonly key: string;
  readonly form: TextForm;
}

/** What a producer is told by its environment, and what that says of its events. */
export interface Environment {
  readonly component: Component;
  /** The component's name within its system. */
  readonly name: string;
  /** The type of the environment, in which every value is text. */
  readonly type: Name;
  /** The fields that it says, as events hold them; absent when it says none. */
  readonly fields?: Name;
  readonly variables: readonly FeedingVariable[];
}

/** A variable that is said to feed a field, and does not. */
export interface UndecidedFeed {
  readonly component: Component;
  readonly variable: string;
  readonly field: string;
  readonly why: "no such variable" | "no such field" | "no one form" | "fed twice";
}

/** The environments of a system's producers. */
export interface Environments extends EdgeTypes {
  readonly environments: readonly Environment[];
  readonly undecided: readonly UndecidedFeed[];
}

/** Derives them from the variables of each component, and from the events that it sends. */
export function environments(
  view: View,
  system: Name,
  profile: JsonProfile,
  give: (wanted: string) => Name,
): Environments {
  const made = view.model.decls.flatMap((decl) =>
    decl.kind === "component" && decl.system === system && decl.role === "producer" && decl.env.length > 0
      ? [environmentOf(decl, view, profile, give)]
      : [],
  );
  return {
    types: made.flatMap(({ types }) => types),
    documents: made.flatMap(({ documents }) => documents),
    environments: made.map(({ environment }) => environment),
    undecided: made.flatMap(({ undecided }) => undecided),
  };
}

function environmentOf(
  component: Component,
  view: View,
  profile: JsonProfile,
  give: (wanted: string) => Name,
): EdgeTypes & { readonly environment: Environment; readonly undecided: readonly UndecidedFeed[] } {
  const { system, origins, env } = component;
  const name = component.name.startsWith(`${system}.`) ? component.name.slice(system.length + 1) : component.name;
  const title = component.aliases?.[0] ?? name;
  const sent = eventsOf(component, view);
  const feeds = new Map(Object.entries(component.feeds ?? {}));
  const fed = env.map((variable) => {
    const field = feeds.get(variable.name);
    return { variable, ...(field !== undefined && { feed: feedOf(field, sent, view, profile) }) };
  });
  // Of two variables that feed one field none is the right one.
  const isOnly = (field: string): boolean => fed.filter(({ feed }) => feed?.name === field).length === 1;
  const said = fed.flatMap(({ variable, feed }) =>
    feed?.form && isOnly(feed.name) ? [{ variable, feed, form: feed.form }] : [],
  );
  const type: Message = {
    kind: "message",
    name: give(`${name} env`),
    system,
    doc: `The environment of ${title}. All values are text, and other variables lie beside these.`,
    fields: fed.map(({ variable, feed }) =>
      variableField(variable, feed && isOnly(feed.name) ? feed : undefined, view, profile),
    ),
    open: true,
    origins,
  };
  const fields: Message | undefined =
    said.length > 0
      ? {
          kind: "message",
          name: give(`${name} fields`),
          system,
          doc: `What the environment of ${title} says of its events.`,
          fields: said.map(({ variable, feed }) => saidField(variable, feed)),
          origins,
        }
      : undefined;
  return {
    types: [type, ...(fields ? [fields] : [])],
    documents: [{ name: `env.${name}`, type }, ...(fields ? [{ name: `env.${name}.fields`, type: fields }] : [])],
    environment: {
      component,
      name,
      type: type.name,
      ...(fields && { fields: fields.name }),
      variables: said.map(({ variable, feed, form }) => ({
        variable: variable.name,
        key: jsonKey({ name: feed.name, ...feed.fields[0] }, profile),
        form,
      })),
    },
    undecided: [...feeds].flatMap(([variable, field]) => {
      if (said.some((one) => one.variable.name === variable)) return [];
      const known = fed.find((one) => one.variable.name === variable)?.feed;
      return [{ component, variable, field, why: known ? whyNot(known) : "no such variable" }];
    }),
  };
}

function whyNot({ fields, form }: Feed): UndecidedFeed["why"] {
  if (fields.length === 0) return "no such field";
  return form ? "fed twice" : "no one form";
}

/** The events of the topics that a component writes to; of its group, where no topic names it. */
function eventsOf({ name, system, group }: Component, view: View): readonly { readonly message: Message }[] {
  const topics = new Set(view.topics.flatMap((topic) => (topic.producers?.includes(name) ? topic.name : [])));
  const all = view.events(system);
  const sent = all.filter((event: Event) => event.topic !== undefined && topics.has(event.topic));
  return (sent.length > 0 ? sent : all.filter((event) => event.group === group)).flatMap((event) => {
    const message = view.eventMessage(event);
    return message ? [{ message }] : [];
  });
}

interface Feed {
  readonly name: string;
  /** The field as the events have it, once for each of them. */
  readonly fields: readonly Field[];
  readonly form: TextForm | undefined;
}

function feedOf(name: string, sent: readonly { readonly message: Message }[], view: View, profile: JsonProfile): Feed {
  const fields = sent.flatMap(({ message }) => message.fields.filter((field) => field.name === name));
  const forms = new Set(fields.map(({ type }) => textFormOf(type, view, profile)));
  return { name, fields, form: forms.size === 1 ? [...forms][0] : undefined };
}

const distinctTypes = (fields: readonly Field[]): readonly TypeRef[] => [
  ...new Map(fields.map(({ type }) => [formatTypeRef(type), type])).values(),
];

/** A variable holds text: of the type that its source or its field asks for, or digits and the like. */
function variableField(variable: Field, feed: Feed | undefined, view: View, profile: JsonProfile): Field {
  const { name, origins, unit } = variable;
  const own = textFormOf(variable.type, view, profile);
  const form = feed?.form && own === "text" ? feed.form : own;
  const [type, ...others] = feed?.form === "text" ? distinctTypes(feed.fields) : [];
  const isPlain = formatTypeRef(variable.type) === "string";
  const wanted: TypeRef = isPlain && type && others.length === 0 ? type : variable.type;
  const written =
    form === undefined || form === "text"
      ? { type: form ? wanted : variable.type, limits: textLimits(variable, wanted, view, profile) }
      : writtenType(form, numberForm(feed?.fields[0] ?? variable, view, profile));
  const told = feed?.form && `Feeds the field ${feed.name} of the events.`;
  const doc = [variable.doc, told].filter((part) => part !== undefined).join("\n\n");
  return edgeField(name, written.type, doc === "" ? undefined : doc, origins.map(settled), {
    presence: presenceOf(variable),
    ...(written.limits && { limits: written.limits }),
    ...(unit !== undefined && { unit }),
  });
}

/** A variable that is set to nothing is as good as none: where there is no other form, at least a character is asked for. */
function textLimits({ limits }: Field, type: TypeRef, view: View, profile: JsonProfile): Limits | undefined {
  const form = jsonForm(unalias(type, view), profile);
  if (form.kind !== "string" || form.format !== undefined) return limits;
  return { ...limits, minLength: Math.max(1, limits?.minLength ?? 1) };
}

const numberForm = ({ type, limits }: Field, view: View, profile: JsonProfile): JsonForm =>
  jsonForm(unalias(type, view), profile, limits);

/** That an environment holds text is nothing that anyone has to confirm. */
const settled = (origin: Field["origins"][number]): Field["origins"][number] =>
  origin.basis === "inferred" ? { span: origin.span, reader: origin.reader, basis: "stated" } : origin;

const presenceOf = ({ presence }: Field): Field["presence"] => (presence === "required" ? "required" : "optional");

/** The event's field, as far as the environment says it. */
function saidField(variable: Field, feed: Feed): Field {
  const types = distinctTypes(feed.fields);
  const [first] = feed.fields;
  const [type = variable.type] = types;
  const { jsonName, limits, unit } = first ?? {};
  const isAgreed = feed.fields.every((field) => sameLimits(field.limits, limits));
  return {
    name: feed.name,
    ...(jsonName !== undefined && { jsonName }),
    type: types.length > 1 ? { kind: "union", variants: types } : type,
    presence: presenceOf(variable),
    doc: `From the variable ${variable.name}.`,
    ...(limits && isAgreed && types.length === 1 && { limits }),
    ...(unit !== undefined && { unit }),
    origins: first?.origins ?? variable.origins,
  };
}

const sameLimits = (a: Limits = {}, b: Limits = {}): boolean => canonicalJson({ ...a }) === canonicalJson({ ...b });

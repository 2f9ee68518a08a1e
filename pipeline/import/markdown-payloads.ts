import { type Decl, type Event, isTypeDecl, type Message, type Name, type TypeDecl } from "../../model/index.ts";
import { code, escapeText } from "./markdown-text.ts";

/** The numbered list of payload kinds, and the declarations that it says. */
export interface PayloadList {
  readonly lines: readonly string[];
  readonly printed: ReadonlySet<Decl>;
}

/** A kind of event: what its events have in common, under the name that the list shows. */
interface Kind {
  readonly title: string;
  /** The title without its last word `Event`, as it begins the names of messages made for its variants. */
  readonly stem: string;
  readonly decl: TypeDecl | undefined;
  readonly events: readonly Event[];
}

/**
 * Prints events whose payloads are types of sections, as the list that they were read from: a kind is an entry, a variant
 * what stands below it. Names are respelt from what they became: `AppInstanceEvent` of the group `app_instance` is
 * "App Instance Event".
 */
export function payloadList(decls: readonly Decl[], system: Name): PayloadList {
  const types = new Map(decls.filter(isTypeDecl).map((decl) => [decl.name, decl]));
  const kinds = kindsOf(decls, system, types);
  const printed = new Set<Decl>();
  const lines = kinds.flatMap((kind, index) => {
    for (const part of [...kind.events, ...(kind.decl && kind.decl.kind !== "message" ? [kind.decl] : [])])
      printed.add(part);
    return [`${index + 1}. ${escapeText(kind.title)}`, ...body(kind).map((line) => (line === "" ? "" : `    ${line}`))];
  });
  return { lines: lines.length === 0 ? [] : [`## ${code("payload")}`, "", ...lines, ""], printed };

  function body(kind: Kind): readonly string[] {
    const [only] = kind.events;
    const notes = docLines(kind.decl?.doc ?? (hasVariants(kind, system) ? undefined : only?.doc)).map(
      (text) => `- ${text}`,
    );
    const same = sameAs(kind);
    if (same) return [`- Same as __${escapeText(same.title)}__`, ...notes];
    if (!hasVariants(kind, system)) return [...notes, ...contents(only).map((text) => `- ${text}`)];
    return [...notes, "- Can be one of following events", ...variants(kind, kind.events, 0)];
  }

  /** The kind that an alias stands for; an alias of a section is the payload itself. */
  function sameAs({ decl }: Kind): Kind | undefined {
    if (decl?.kind !== "alias" || decl.type.kind !== "named") return undefined;
    const full = fullName(decl.type.name, system);
    return kinds.find((kind) => kind.decl?.name === full && kind.decl !== decl);
  }

  function variants(kind: Kind, events: readonly Event[], depth: number): readonly string[] {
    const lines: string[] = [];
    for (let at = 0; at < events.length; ) {
      const event = events[at];
      if (!event) break;
      const path = pathOf(event, system);
      const title = spelt(kind, event)[depth] ?? event.name;
      if (path.length === depth + 1) {
        const [said] = contents(event);
        lines.push(`    - ${escapeText(title)}${said === undefined ? "" : ` - ${said}`}`);
        for (const text of docLines(event.doc)) lines.push("", `      ${text}`, "");
        at++;
        continue;
      }
      const group = takeWhile(events.slice(at), (other) => pathOf(other, system)[depth] === path[depth]);
      lines.push(`    - ${escapeText(title)}`, "        - Can be one of following events");
      lines.push(...variants(kind, group, depth + 1).map((line) => (line === "" ? "" : `        ${line}`)));
      at += group.length;
    }
    return lines;
  }

  /** The title of each part of a variant's path: as the name of its message spells it, if one was made for it. */
  function spelt({ stem }: Kind, event: Event): readonly string[] {
    const path = pathOf(event, system);
    const made = madeFor(event);
    const start = `${system}.${stem.replaceAll(" ", "")}`;
    const rest = made?.name.startsWith(start) ? made.name.slice(start.length) : "";
    const letters = path.join("").replaceAll("_", "");
    const source = rest.toLowerCase() === letters ? rest : letters;
    let from = 0;
    return path.map((part) => {
      const title = spell(source.slice(from, from + part.replaceAll("_", "").length), part.split("_"));
      from += part.replaceAll("_", "").length;
      return title;
    });
  }

  function madeFor(event: Event | undefined): Message | undefined {
    const decl = event?.payload.kind === "named" ? types.get(fullName(event.payload.name, system)) : undefined;
    return decl?.kind === "message" && decl.origins[0]?.basis === "inferred" ? decl : undefined;
  }

  function contents(event: Event | undefined): readonly string[] {
    const made = madeFor(event);
    if (made) printed.add(made);
    const names = made
      ? made.fields.map(({ name, type }) => (type.kind === "named" ? type.name : name))
      : event?.payload.kind === "named"
        ? [event.payload.name]
        : [];
    if (names.length === 0) return [];
    const listed = names.map(code);
    const last = listed.pop() ?? "";
    return [`Contains ${listed.length > 0 ? `${listed.join(", ")} & ` : ""}${last} details`];
  }
}

const fullName = (name: Name, system: Name): Name => (name.startsWith(".") ? name.slice(1) : `${system}.${name}`);
const pathOf = ({ name, system }: Event, of: Name): readonly string[] =>
  name
    .slice((system || of).length + 1)
    .split(".")
    .slice(1);
const hasVariants = ({ events }: Kind, system: Name): boolean =>
  events.some((event) => pathOf(event, system).length > 0);

const docLines = (doc: string | undefined): readonly string[] =>
  (doc ?? "")
    .split(/\n{2,}/)
    .filter((text) => text !== "")
    .map((text) => escapeText(text.replace(/\s*\n\s*/g, " ")));

function takeWhile<T>(items: readonly T[], fits: (item: T) => boolean): readonly T[] {
  const end = items.findIndex((item) => !fits(item));
  return end < 0 ? items : items.slice(0, end);
}

/** Cuts a name into words that have the lengths of the given ones, each with a capital. */
function spell(name: string, words: readonly string[]): string {
  let from = 0;
  const titles = words.map((word) => {
    const part = name.slice(from, from + word.length);
    from += word.length;
    return part.charAt(0).toUpperCase() + part.slice(1);
  });
  return [...titles, ...(from < name.length ? [name.slice(from)] : [])].join(" ");
}

function kindsOf(decls: readonly Decl[], system: Name, types: ReadonlyMap<Name, TypeDecl>): readonly Kind[] {
  const groups = new Map<Name, Event[]>();
  for (const decl of decls)
    if (
      decl.kind === "event" &&
      decl.group !== undefined &&
      decl.payload.kind === "named" &&
      !decl.payload.name.startsWith(".")
    )
      groups.set(decl.group, [...(groups.get(decl.group) ?? []), decl]);
  return [...groups].map(([group, events]) => {
    const letters = group.replaceAll("_", "");
    const scope = events[0]?.payload.kind === "named" ? events[0].payload.scope : undefined;
    const named = [...types.values()].find(({ name }) => {
      const own = name.slice(system.length + 1).toLowerCase();
      return own === letters || own === `${letters}event`;
    });
    const decl = named ?? (scope === undefined ? undefined : types.get(scope));
    const own = decl?.name.slice(system.length + 1) ?? letters;
    const words = group.split("_");
    return { title: spell(own, words), stem: spell(own.slice(0, letters.length), words), decl, events };
  });
}

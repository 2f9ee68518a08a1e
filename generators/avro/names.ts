import {
  type Declared,
  type Event,
  eventTypeName,
  isTypeDecl,
  type Model,
  type Name,
  pascalCase,
  type Report,
} from "../../model/index.ts";
import { nameCollision, nameIsNamespace } from "./diagnostics.ts";

/** A name and its namespace; `full` joins them with a dot. */
export interface FullName {
  readonly name: string;
  readonly namespace: string;
  readonly full: string;
}

/** A legal Avro name that differs from the text as little as it can. */
export function avroName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_]/gu, "_").replace(/^(?=[0-9]|$)/, "_");
  // Legal, but JavaScript records lose a field of that name.
  return name === "__proto__" ? "_proto_" : name;
}

/** A legal Avro symbol. What every object of JavaScript has is legal, but avsc takes it for a symbol it has seen before. */
export function avroSymbol(text: string): string {
  const symbol = avroName(text);
  return inherited.has(symbol) ? `_${symbol}` : symbol;
}

const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Gives every declaration its name in Avro, and finds those that would share one. */
export interface Names {
  /**
   * `h2o.mlops.Project` stays; `flyteidl.core.TaskLog.Format` is `flyteidl.core.TaskLogFormat`. A name without scope gets
   * its system as namespace.
   */
  readonly ofType: (name: Name, system: Name) => FullName;
  /** The record of an event that merges its payload into an envelope: `telemetry.KuberDeployStart`. */
  readonly ofEvent: (event: Pick<Event, "name" | "system">) => FullName;
  /** A type that has no name in the model, beside the one it belongs to. */
  readonly beside: (owner: FullName, suffix: string) => FullName;
  /** Says who has a name; reports it when somebody else has it already. */
  readonly claim: (name: FullName, owner: Owner) => void;
  /** Reports names that are also namespaces. Call it when all names are claimed. */
  readonly finish: () => void;
}

/** Who has a name: the same owner may claim it again. */
export interface Owner {
  readonly id: string;
  readonly origins: Declared["origins"];
}

/** Starts a set of names. `prefix` stands before every namespace. */
export function createNames(model: Model, prefix: string, report: Report): Names {
  const types = new Set(model.decls.filter(isTypeDecl).map((decl) => decl.name));
  const owners = new Map<string, Owner & { readonly namespace: string }>();
  const reported = new Set<string>();
  const fullName = (namespace: readonly string[], name: string): FullName => {
    const scope = [...(prefix === "" ? [] : [prefix]), ...namespace.map(avroName)].join(".");
    return { name, namespace: scope, full: `${scope}.${name}` };
  };

  return {
    ofType(name, system) {
      const segments = name.split(".");
      // A type within a type: Avro cannot nest, and its namespace would be the outer type's name.
      let scope = 0;
      while (scope < segments.length - 1 && !types.has(segments.slice(0, scope + 1).join("."))) scope++;
      const own = segments.slice(scope).join("_");
      return fullName(scope === 0 ? [system] : segments.slice(0, scope), avroName(pascalCase(own) || own));
    },
    ofEvent: (event) => fullName([event.system], avroName(eventTypeName(event) || event.name)),
    beside({ namespace, name }, suffix) {
      const joined = avroName(`${name}${pascalCase(suffix) || avroName(suffix)}`);
      return { name: joined, namespace, full: `${namespace}.${joined}` };
    },
    claim({ full, namespace }, owner) {
      const known = owners.get(full);
      if (!known) owners.set(full, { ...owner, namespace });
      else if (known.id !== owner.id && !reported.has(`${full} ${owner.id}`)) {
        reported.add(`${full} ${owner.id}`);
        report(
          nameCollision(
            owner.origins[0]?.span,
            { name: full, first: known.id, second: owner.id },
            seeAlso(known, "The name is first taken here."),
          ),
        );
      }
    },
    finish() {
      for (const second of owners.values())
        for (const name of prefixes(second.namespace)) {
          const first = owners.get(name);
          if (!first || reported.has(name)) continue;
          reported.add(name);
          const related = seeAlso(second, "The namespace comes from here.");
          report(nameIsNamespace(first.origins[0]?.span, { name, first: first.id, second: second.id }, related));
        }
    },
  };
}

/** The place of a declaration, as a related place of a finding. */
export const seeAlso = ({ origins }: Pick<Declared, "origins">, message: string) => {
  const span = origins[0]?.span;
  return span && [{ message, span }];
};

const prefixes = (namespace: string): readonly string[] =>
  namespace.split(".").map((_, index, all) => all.slice(0, index + 1).join("."));

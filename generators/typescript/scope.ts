import {
  compareText,
  type Declared,
  type Edges,
  edgesOf,
  type JsonProfile,
  localName,
  type Name,
  type Report,
  type Span,
  type System,
  snakeCase,
  type View,
} from "../../model/index.ts";
import { nameCollision, unusableName } from "./diagnostics.ts";
import type { HelperName } from "./helpers.ts";
import { absenceIsAlwaysZero } from "./zero.ts";

/** What the writers of one system's files share: how things are called there, and what the files turn out to need. */
export interface Scope {
  readonly view: View;
  readonly system: System;
  readonly edges: Edges;
  readonly profile: JsonProfile;
  /** True when the head of the file says for all properties what it means that one is left out. */
  readonly saysZero: boolean;
  /** How a type is written where it is used; types of other systems are imported. */
  readonly typeName: (name: Name) => string;
  /** The name of a helper type, which the file then declares. */
  readonly helper: (name: HelperName) => HelperName;
  /** Takes a name of the file for what is declared under it; a name that is taken is reported. */
  readonly claim: (name: string, subject: string, declared?: Declared) => void;
  readonly helpers: () => readonly HelperName[];
  /** The other systems whose types are used, and what each is called here. */
  readonly imports: () => readonly { readonly system: Name; readonly as: string }[];
}

/** An empty scope for one system. */
export function createScope(given: View, system: System, report: Report): Scope {
  const edges = edgesOf(given, system.name);
  const { view } = edges;
  const helpers = new Set<HelperName>();
  const imports = new Set<Name>();
  const claims = new Map<string, { readonly subject: string; readonly span: Span | undefined }>();
  return {
    view,
    system,
    edges,
    profile: system.json,
    saysZero: absenceIsAlwaysZero(view, system),
    typeName: (name) => {
      const owner = view.type(name).system;
      if (owner === system.name) return localName(name);
      imports.add(owner);
      return `${importName(owner)}.${localName(name)}`;
    },
    helper: (name) => {
      helpers.add(name);
      return name;
    },
    claim: (name, subject, declared) => {
      const span = declared?.origins[0]?.span;
      const taken = claims.get(name);
      if (!/^[A-Za-z_$][\w$]*$/.test(name)) report(unusableName(span, { subject, name }));
      else if (!taken) claims.set(name, { subject, span });
      else {
        const related = taken.span && [{ message: `The name is first given to ${taken.subject}.`, span: taken.span }];
        report(nameCollision(span ?? taken.span, { subject, other: taken.subject, name }, span && related));
      }
    },
    helpers: () => [...helpers].sort(compareText),
    imports: () => [...imports].sort(compareText).map((name) => ({ system: name, as: importName(name) })),
  };
}

/** Begins with a sign that no type's name begins with, so that the two cannot meet. */
const importName = (system: Name): string => `$${snakeCase(system)}`;

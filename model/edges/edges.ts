import type { Name, Origin, TypeDecl } from "../model.ts";
import type { View } from "../view.ts";
import { type Environment, environments, type UndecidedFeed } from "./environment.ts";
import { nameGiver } from "./names.ts";
import { type ProducedTopic, producedTopics } from "./produce.ts";

/** Something that is sent or set beside the events and has a schema and validators of its own. */
export interface EdgeDocument {
  /** What it is found by, `rest.v2.xumi_load.request`. */
  readonly name: string;
  readonly type: Name;
  readonly doc?: string;
  readonly origins: readonly Origin[];
}

/**
 * Where a system meets what lies around it: what producers wrap their events in for a proxy, and what they are told by their
 * environment. All of it follows from topics and components; the types are declared here as if a source had declared them.
 */
export interface Edges {
  /** The view in which the types of the edges are types of the system. */
  readonly view: View;
  readonly types: readonly TypeDecl[];
  readonly documents: readonly EdgeDocument[];
  readonly topics: readonly ProducedTopic[];
  readonly environments: readonly Environment[];
  /** Variables that feed no field, or one that their text cannot be turned into. */
  readonly undecided: readonly UndecidedFeed[];
}

/** The edges of a system. */
export function edgesOf(view: View, system: Name): Edges {
  const profile = view.systems.find(({ name }) => name === system)?.json;
  if (!profile) throw new Error(`The system ${system} is not in the view.`);
  const give = nameGiver(view, system);
  const produced = producedTopics(view, system, profile, give);
  const configured = environments(view, system, profile, give);
  const types = [...produced.types, ...configured.types];
  const own = new Map<Name, TypeDecl>([...types, ...produced.events].map((decl) => [decl.name, decl]));
  return {
    view: {
      ...view,
      types: (name) => (name === system ? [...view.types(name), ...types] : view.types(name)),
      type: (name) => own.get(name) ?? view.type(name),
    },
    types,
    documents: [...produced.documents, ...configured.documents].map(({ name, type }) => ({
      name,
      type: type.name,
      ...(type.doc !== undefined && { doc: type.doc }),
      origins: type.origins,
    })),
    topics: produced.topics,
    environments: configured.environments,
    undecided: configured.undecided,
  };
}

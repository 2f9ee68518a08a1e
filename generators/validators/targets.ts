import {
  type EdgeDocument,
  type Event,
  eventStem,
  eventTypeName,
  type JsonForm,
  jsonForm,
  localName,
  type Message,
  named,
  type Operation,
  type OperationVersion,
  type Origin,
  pascalCase,
  type System,
  type TypeRef,
  type View,
} from "../../model/index.ts";

/** A shape that gets validators: what one or several events, requests and responses look like. */
export interface Target {
  /** What follows `is`, `validate` and `assert` in the names of its functions. */
  readonly stem: string;
  /** The names it is found by; its schema has the first of them. */
  readonly names: readonly string[];
  /** Those of the names that stand for a batch, of whose request a value is one line. */
  readonly batches: readonly string[];
  /** Its type, relative to the module of the system's types. */
  readonly type: string;
  readonly shape: Message | JsonForm;
  readonly origin?: Origin;
}

/** The name of a validator within its module; the underscores keep it apart from everything global, and from numbers. */
export const validatorName = ({ stem }: Target): string => (/^\d/.test(stem) ? `_${stem}_` : `${stem}_`);

/** All shapes of a system, in the order of their events, operations and edges; what several share comes once. */
export function targetsOf(view: View, system: System, edges: readonly EdgeDocument[]): readonly Target[] {
  const byKey = new Map<string, Target>();
  const add = (key: string, target: Target): void => {
    const known = byKey.get(key);
    const { names, batches } = target;
    byKey.set(
      key,
      known ? { ...known, names: [...known.names, ...names], batches: [...known.batches, ...batches] } : target,
    );
  };
  for (const event of view.events(system.name)) addEvent(event, view, system, add);
  for (const operation of view.operations(system.name))
    for (const version of operation.versions) addVersion(operation, version, view, system, add);
  for (const { name, type, origins } of edges)
    addUse(name, named(type), { stem: "", type: "", json: system.json, origin: originOf(origins) }, add);
  return [...byKey.values()];
}

type Add = (key: string, target: Target) => void;

function addEvent(event: Event, view: View, { json }: System, add: Add): void {
  const { name, payload } = event;
  const type = `EventMap[${JSON.stringify(name)}]`;
  const origin = originOf(event.origins);
  const stem = eventTypeName(event);
  const message = event.envelope && view.eventMessage(event);
  if (message) add(`event ${name}`, { stem, names: [name], batches: [], type: stem, shape: message, ...origin });
  else if (!event.envelope) addUse(name, payload, { stem, type, json, origin }, add);
}

function addVersion(operation: Operation, version: OperationVersion, view: View, { json }: System, add: Add): void {
  const side = (at: "request" | "response", type: TypeRef | undefined, isLine = false): void => {
    if (!type) return;
    const name = `${operation.name}.v${version.version}.${at}`;
    const path = [operation.name, version.version, at].map((key) => `[${JSON.stringify(key)}]`).join("");
    const stem = pascalCase(`${eventStem(operation)} v${version.version} ${at}`);
    const text = `OperationMap${path}${isLine ? "[number]" : ""}`;
    addUse(name, type, { stem, type: text, json, origin: originOf(version.origins), isLine }, add);
  };
  if (version.request) side("request", version.request);
  // What stands on each line of a batch: a request of the operation it batches.
  else side("request", batchLine(version, view, operation.system), true);
  side("response", version.response);
}

interface Use {
  readonly stem: string;
  readonly type: string;
  readonly json: System["json"];
  readonly origin: { readonly origin?: Origin };
  readonly isLine?: boolean;
}

/** A type with a name lends it to its validators, wherever it is used; any other shape is called by its use. */
function addUse(name: string, type: TypeRef, { stem, type: text, json, origin, isLine }: Use, add: Add): void {
  const shape = jsonForm(type, json);
  const own = shape.kind === "named" ? localName(shape.name) : undefined;
  const key = shape.kind === "named" ? `type ${shape.name}` : `use ${name}`;
  const batches = isLine ? [name] : [];
  add(key, { stem: own ?? stem, names: [name], batches, type: own ?? text, shape, ...origin });
}

function batchLine({ batchOf }: OperationVersion, view: View, system: string): TypeRef | undefined {
  const operation = view.operations(system).find(({ name }) => name === batchOf?.operation);
  return operation?.versions.find(({ version }) => version === batchOf?.version)?.request;
}

const originOf = ([origin]: readonly Origin[]): { readonly origin?: Origin } => (origin ? { origin } : {});

import {
  type Event,
  type Generator,
  type Message,
  type Name,
  namesIn,
  nearest,
  type OutputFile,
  type Report,
  type System,
  typesIn,
  type View,
} from "../../model/index.ts";
import { columnsOf } from "./columns.ts";
import type { Context } from "./context.ts";
import { deploymentOf } from "./deployment.ts";
import * as say from "./diagnostics.ts";
import { checkUnstated } from "./identity.ts";
import type { Arrival } from "./ingest/channel.ts";
import { ingestFiles } from "./ingest/files.ts";
import { layOut } from "./layout.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { planMigration } from "./migrate/plan.ts";
import { checkColumnNames, tableNames } from "./names.ts";
import { type Options, optionsSchema } from "./options.ts";
import { printTable } from "./print-table.ts";
import { omitted } from "./reasons.ts";
import { ingestNames } from "./table.ts";

/** A table per event, each in a file of its own, and the files that bring the messages of topics into them. */
const clickhouse: Generator<Options> = {
  title: "ClickHouse tables",
  options: optionsSchema,
  generate(view, { options, report }) {
    checkEventOptions(view, options, report);
    checkTopicOptions(view, options, report);
    const ledger = createLedger();
    const tables = [...tableNames(view, report)];
    const files = view.systems.flatMap((system) => {
      const own = tables.filter(([, event]) => event.system === system.name);
      return generateSystem(system, own, view, options, ledger, report);
    });
    return { files, projections: ledger.projections() };
  },
  migrate: planMigration,
};
export default clickhouse;

function generateSystem(
  system: System,
  tables: readonly (readonly [name: string, event: Event])[],
  view: View,
  options: Options,
  ledger: Ledger,
  report: Report,
): readonly OutputFile[] {
  const context: Context = { view, profile: system.json, options, ledger };
  const ingest = ingestNames(options.ingestPrefix);
  const header = view.header(system.name);
  const deployment = deploymentOf(options);
  const arrivals: Arrival[] = [];
  const files: OutputFile[] = [];
  for (const [name, event] of tables) {
    const message = view.eventMessage(event);
    if (!message) {
      report(say.noTable(event.origins[0]?.span, { event: event.name }));
      ledger.omit(event.name, omitted.noRecord, event.origins[0]);
      continue;
    }
    const body = columnsOf(message, ingest, context, report);
    checkColumnNames(event.name, body.columns, ingest, report);
    const table = layOut(name, event, message, body, ingest, context, report);
    arrivals.push({ event, message, table });
    files.push({ path: `${system.name}/clickhouse/${name}.sql`, content: printTable(table, header, deployment) });
  }
  const events = tables.map(([, event]) => event);
  checkUnstated(system, events, view, options, report);
  leaveOut(
    system,
    arrivals.map(({ message }) => message),
    view,
    ledger,
  );
  return [...files, ...ingestFiles(system, arrivals, header, context, report)];
}

/** A row for what has no table: operations, which stand for their requests and responses, and types of no event. */
function leaveOut(system: System, stored: readonly Message[], view: View, ledger: Ledger): void {
  const operations = view.operations(system.name);
  for (const { name, origins } of operations) ledger.omit(name, omitted.operation, origins[0]);
  const reached = new Set<Name>();
  for (const decl of [...stored, ...operations]) {
    reached.add(decl.name);
    for (const type of typesIn(decl)) for (const name of namesIn(type)) reach(name, reached, view);
  }
  for (const decl of view.types(system.name))
    if ((decl.kind === "message" || decl.kind === "union") && !reached.has(decl.name))
      ledger.omit(decl.name, omitted.notInEvents, decl.origins[0]);
}

function reach(name: Name, reached: Set<Name>, view: View): void {
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...typesIn(view.type(next)).flatMap(namesIn));
  }
}

function checkEventOptions(view: View, { events = {} }: Options, report: Report): void {
  const known = view.model.decls.flatMap((decl) => (decl.kind === "event" ? [decl.name] : []));
  for (const event of Object.keys(events))
    if (!known.includes(event)) report(say.unknownEvent(undefined, { event, near: nearest(event, known) }));
}

function checkTopicOptions({ topics }: View, { ingest }: Options, report: Report): void {
  const known = topics.map(({ name }) => name);
  for (const topic of Object.keys(ingest === false ? {} : (ingest?.topics ?? {})))
    if (!known.includes(topic)) report(say.unknownTopic(undefined, { topic, near: nearest(topic, known) }));
}

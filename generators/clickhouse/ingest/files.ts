import type { OutputFile, Report, System } from "../../../model/index.ts";
import type { Context } from "../context.ts";
import { deploymentOf } from "../deployment.ts";
import * as say from "../diagnostics.ts";
import { ingestNames } from "../table.ts";
import { type Arrival, channelsOf } from "./channel.ts";
import { printChannel } from "./channel-file.ts";
import { printPairs } from "./pairs.ts";
import { printRollout } from "./rollout.ts";
import { printUsage } from "./usage.ts";

/** The files that bring a system's events into their tables: one per topic and encoding, and what is built on the tables. */
export function ingestFiles(
  system: System,
  arrivals: readonly Arrival[],
  header: string,
  context: Context,
  report: Report,
): readonly OutputFile[] {
  const { options } = context;
  const folder = `${system.name}/clickhouse/ingest`;
  const deployment = deploymentOf(options);
  const names = ingestNames(options.ingestPrefix);
  const channels = channelsOf(system, arrivals, context, report);
  const usage = printUsage(system.name, arrivals, header, names, context, deployment);
  const pairs = printPairs(arrivals, header, context, deployment);
  if (channels.length === 0 && !usage && !pairs) return [];
  const files = [
    ...(usage ? [{ path: `${folder}/usage.sql`, content: usage.text }] : []),
    ...(pairs ? [{ path: `${folder}/pairs.sql`, content: pairs.text }] : []),
    ...channels.map((channel) => ({
      path: `${folder}/${channel.file}`,
      content: printChannel(channel, header, names, context, deployment),
    })),
  ];
  checkNames(arrivals, files, report);
  const rollout = printRollout(
    {
      title: system.title ?? system.name,
      header,
      arrivals,
      channels,
      ...(usage && { usage }),
      pairs: pairs?.finishes ?? [],
      options,
    },
    deployment,
  );
  return [{ path: `${system.name}/clickhouse/ROLLOUT.md`, content: rollout }, ...files];
}

/** Reports events whose table has the name of something that the ingest makes. */
function checkNames(arrivals: readonly Arrival[], files: readonly OutputFile[], report: Report): void {
  const create = /^CREATE (?:OR REPLACE )?(?:MATERIALIZED )?(?:TABLE|VIEW) (?:IF NOT EXISTS )?`[^`]*`\.`([^`]*)`/gm;
  const made = new Set(files.flatMap(({ content }) => [...content.matchAll(create)].map(([, name]) => name)));
  for (const { event, table } of arrivals)
    if (made.has(table.name))
      report(say.packCollision(event.origins[0]?.span, { event: event.name, table: table.name }));
}

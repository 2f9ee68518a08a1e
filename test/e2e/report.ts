import type { RunResult } from "./run.ts";

/** The closing table of a run. */
export function reportText({ options, topics, stages, faults, faultCount, redelivered }: RunResult): string {
  const { encodings, events, shuffle, allTopics } = options;
  const head = ["topic", "encoding", "sent", "landed", "dead", "duplicate", "lost", "content"];
  const rows = topics.map(({ topic, encoding, sent, landed, dead, duplicate, lost, wanted, found }) => [
    topic,
    encoding,
    ...[sent, landed, dead, duplicate, lost].map(number),
    wanted === found ? found : `${found} for ${wanted}`,
  ]);
  const sum = (key: "sent" | "landed" | "dead" | "duplicate" | "lost"): string =>
    number(topics.reduce((total, topic) => total + topic[key], 0));
  const total = ["all", "", sum("sent"), sum("landed"), sum("dead"), sum("duplicate"), sum("lost"), ""];
  const order = `${shuffle ? "shuffled" : "in order"}, ${allTopics ? "all topics at once" : "one topic after the other"}`;
  return [
    `${number(events)} events per topic and encoding (${encodings.join(", ")}), ${order}`,
    "",
    ...table([head, ...rows, total]),
    "",
    ...table([["stage", "seconds"], ...stages.map(({ name, seconds }) => [name, seconds.toFixed(1)])]),
    "",
    `${number(redelivered)} rows were written twice around the crash and counted once.`,
    ...(faultCount > 0 ? ["", `${number(faultCount)} faults:`, ...faults] : []),
    `${sum("sent")} sent, ${sum("landed")} landed, ${sum("dead")} dead, ${sum("duplicate")} duplicate, ${sum("lost")} lost, ${faultCount} faults`,
  ].join("\n");
}

const number = (value: number): string => value.toString().replace(/\B(?=(?:\d{3})+$)/g, ",");

/** Columns side by side: the first to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? "").length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

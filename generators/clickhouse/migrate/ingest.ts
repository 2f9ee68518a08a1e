import type { MigrationStep } from "../../../model/index.ts";
import type { Shape, TableShape, ViewShape } from "./shape.ts";
import { isRemade, isSameView, keyOf, type Sides } from "./sides.ts";
import { keepsRows, sqlName } from "./statements.ts";

/** The steps around the tables: what is taken away before them, what is made behind them, and what goes last. */
export interface Ingest {
  readonly stop: readonly MigrationStep[];
  readonly start: readonly MigrationStep[];
  readonly end: readonly MigrationStep[];
}

/** What has to be taken away while tables change, and how it comes back. */
export function ingestOf(sides: Sides, reshaped: ReadonlySet<string>, running: boolean): Ingest {
  const old = running ? assumed(sides) : sides.old;
  const { views, tables } = inTheWay({ ...sides, old }, reshaped);
  const isPaused = ([key]: readonly [string, Shape]): boolean => views.has(key) || tables.has(key);
  const paused = [...old].filter(isPaused);
  const stop = paused.map(([, shape]) => shape);
  const coming = [...sides.now].filter(([key, shape]) => isComing(key, shape, { ...sides, old }, isPaused));
  const start = coming.map(([, shape]) => shape);
  const gone = [...old].filter(
    ([key, shape]) => !sides.now.has(key) && !sides.renamed.has(key) && !isPaused([key, shape]),
  );
  const end = gone
    .map(([, shape]) => shape)
    .filter((shape) => shape.kind === "view" || (shape.kind === "table" && !keepsRows(shape)));
  return { stop: stopping(stop), start: starting(start, stop, old), end: ending(end) };
}

/** Of a running system only tables are told: its views are taken to have the names that ours have. */
const assumed = ({ old, now }: Sides): ReadonlyMap<string, Shape> =>
  new Map([...old, ...[...now].filter(([, { kind }]) => kind === "view")]);

/** The views that have to go while tables change, and the tables without rows that are made again. */
function inTheWay(sides: Sides, reshaped: ReadonlySet<string>) {
  const { old, now } = sides;
  const views = new Set<string>();
  const tables = new Set<string>();
  for (const [key, shape] of old) {
    const next = now.get(key);
    if (shape.kind === "table" && next?.kind === "table" && !keepsRows(shape) && isRemade(shape, next, sides))
      tables.add(key);
    if (shape.kind === "view" && next?.kind === "view" && !isSameView(shape, next)) views.add(key);
  }
  const all = [...old].flatMap(([key, shape]) => (shape.kind === "view" ? [[key, shape] as const] : []));
  const isTouched = (key: string): boolean => reshaped.has(key) || tables.has(key);
  for (const [key, { materialized, sources, to }] of all)
    if (materialized && [...sources, ...(to ? [to] : [])].some((name) => isTouched(keyOf(name)))) views.add(key);
  // Whatever writes to where a view reads would go on, and nobody would take what it brings.
  for (let size = -1; size !== views.size; ) {
    size = views.size;
    for (const [key, view] of all) {
      const isRead = all.some(
        ([other, { sources, materialized }]) =>
          views.has(other) &&
          materialized &&
          view.to &&
          sources.some((source) => keyOf(source) === keyOf(view.to ?? view.name)),
      );
      if (isRead) views.add(key);
    }
  }
  for (const [key, shape] of old) {
    // Inserts into a table that keeps nothing fail as long as no view takes them, instead of being lost.
    const isEntry =
      shape.kind === "table" &&
      shape.engine.name === "Null" &&
      all.some(([name, { sources }]) => views.has(name) && sources.some((source) => keyOf(source) === key)) &&
      !all.some(([, { to }]) => to && keyOf(to) === key);
    if (isEntry && now.has(key)) tables.add(key);
  }
  return { views, tables };
}

function isComing(
  key: string,
  shape: Shape,
  { old, renamed }: Sides,
  isPaused: (entry: readonly [string, Shape]) => boolean,
): boolean {
  if (isPaused([key, shape])) return true;
  return !old.has(key) && ![...renamed.values()].includes(key);
}

const dropOf = (shape: Shape): string =>
  `DROP ${shape.kind === "view" ? "VIEW" : "TABLE"} IF EXISTS ${sqlName(shape.name)}${shape.onCluster} SYNC`;
const list = (shapes: readonly Shape[]): string => shapes.map(({ name }) => name.name).join(", ");

function stopping(shapes: readonly Shape[]): readonly MigrationStep[] {
  if (shapes.length === 0) return [];
  // Made last is what reads first: a queue is read by nobody once its view is gone.
  const order = [...shapes].reverse();
  const fromKafka = "Kafka keeps what comes meanwhile, and the place up to which was read.";
  return [
    {
      place: "before-producers",
      class: "metadata",
      at: "ingest",
      what: `Stops what reads and writes: ${list(order)}. ${fromKafka}`,
      statements: [...order.filter(({ kind }) => kind === "view"), ...order.filter(({ kind }) => kind === "table")].map(
        dropOf,
      ),
      back: creating(shapes),
    },
  ];
}

/** The statements as they stand in the files, under the setting that a tuple needs that may be NULL. */
function creating(shapes: readonly Shape[]): readonly string[] {
  const statements = shapes.map(({ statement }) => statement);
  const isSet = statements.some((one) => /Nullable\(\s*Tuple\b/.test(one));
  return [...(isSet ? ["SET enable_nullable_tuple_type = 1"] : []), ...statements];
}

function starting(
  shapes: readonly Shape[],
  stopped: readonly Shape[],
  old: ReadonlyMap<string, Shape>,
): readonly MigrationStep[] {
  if (shapes.length === 0) return [];
  const created = shapes.filter(
    (shape) => shape.kind !== "view" || shape.materialized || !old.has(keyOf(shape.name)) || stopped.length > 0,
  );
  const was = new Map(stopped.map((shape) => [keyOf(shape.name), shape]));
  const regrouped = shapes.flatMap((shape) => {
    const before = was.get(keyOf(shape.name));
    const [from, to] = [before, shape].map((one) =>
      one?.kind === "table" ? one.settings.get("kafka_group_name") : undefined,
    );
    return from !== undefined && from !== to ? [shape.name.name] : [];
  });
  const note =
    regrouped.length > 0
      ? ` As a new consumer group reads ${regrouped.join(", ")}: from the oldest message that Kafka has.`
      : "";
  return [
    {
      place: "before-producers",
      class: "metadata",
      at: "ingest",
      what: `Makes what is new, and starts what was stopped: ${list(created)}.${note}`,
      statements: creating(created),
      back: [...created]
        .reverse()
        .filter((shape) => shape.kind === "view" || !keeps(shape))
        .map(dropOf),
      backNote: "New tables stay, with what is in them by then.",
    },
  ];
}

const keeps = (shape: Shape): boolean => shape.kind === "database" || (shape.kind === "table" && keepsRows(shape));

function ending(shapes: readonly (ViewShape | TableShape | Shape)[]): readonly MigrationStep[] {
  if (shapes.length === 0) return [];
  const order = [...shapes].reverse();
  const views = order.filter(({ kind }) => kind === "view");
  return [
    {
      place: "after-consumers",
      class: "metadata",
      at: "ingest",
      what: `Drops what nobody sends any more: ${list(order)}. There are no rows in it.`,
      statements: [...views, ...order.filter(({ kind }) => kind === "table")].map(dropOf),
      back: creating(shapes),
    },
  ];
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Field,
  formatTypeRef,
  messageOf,
  type OperationVersion,
  read,
  type TypeRef,
  unalias,
  type View,
} from "../../pipeline/index.ts";

const projectRoot = join(import.meta.dirname, "../..");

/*
 * Written from `events.conf`, the file it includes, and the decisions of the overlay, not from what the tool prints.
 * `?` marks what may be left out, `= value` a stated default, `millis` a moment in ms since the Unix epoch, and words with
 * bars between them the only values of a string. Where a type has no name of its own its fields stand in braces.
 */

const eventDefinitions = {
  metrics_scalar_event:
    'timestamp?: millis, type: "training_stats_scalar", task: string, iter?: integer, metric?: string, variant?: string, value?: number',
  // Alone among the five it can do without its type.
  metrics_vector_event:
    'timestamp?: millis, type?: "training_stats_vector", task: string, iter?: integer, metric?: string, variant?: string, values?: list<number>',
  metrics_image_event:
    'timestamp?: millis, type: "training_debug_image", task: string, iter?: integer, metric?: string, variant?: string, key?: string, url?: string',
  metrics_plot_event:
    'timestamp?: millis, type: "plot", task: string, iter?: integer, metric?: string, variant?: string, plot_str?: string, skip_validation?: boolean',
  task_log_event:
    'timestamp?: millis, type: "log", task: string, level?: log_level_enum, worker?: string, msg?: string',
};

const ownDefinitions = {
  ...eventDefinitions,
  log_level_enum: "notset|debug|verbose|info|warn|warning|error|fatal|critical",
  event_type_enum: "training_stats_scalar|training_stats_vector|training_debug_image|plot|log",
  task_metric: "task: string, metric?: string",
  task_metric_variants: "task: string, metric?: string, variants?: list<string>",
  debug_image_sample_response: "scroll_id?: string, event?: object, min_iteration?: integer, max_iteration?: integer",
  plot_sample_response: "scroll_id?: string, events?: list<object>, min_iteration?: integer, max_iteration?: integer",
};

const includedDefinitions = {
  scalar_key_enum: "iter|timestamp|iso_time",
  metric_variants: "metric?: string, variants?: list<string>",
  debug_images_response_task_metrics: "task?: string, iterations?: list<{ iter?: integer, events?: list<object> }>",
  debug_images_response: "scroll_id?: string, metrics?: list<debug_images_response_task_metrics>",
  plots_response_task_metrics: "task?: string, iterations?: list<{ iter?: integer, events?: list<object> }>",
  plots_response: "scroll_id?: string, metrics?: list<plots_response_task_metrics>",
};

const anyEvent = Object.keys(eventDefinitions).join(" | ");
const modelEvents = "model_events?: boolean = false";
const noScroll = "no_scroll?: boolean = false";
const pages = "iters?: integer, navigate_earlier?: boolean, refresh?: boolean, scroll_id?: string";

/**
 * Every version of every endpoint with what its request consists of. A version `from` another has that one's request as
 * well; what stands beside it is what it adds or changes.
 */
const requests: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  add: {
    "2.1": anyEvent,
    "2.22 from 2.1": "model_event?: boolean = false, allow_locked?: boolean = false",
  },
  add_batch: { "2.1": "batch of add 2.1", "2.22 from 2.1": "batch of add 2.22" },
  clear_scroll: { "2.18": "scroll_id: string" },
  clear_task_log: { "2.19": "task: string, allow_locked?: boolean = false, threshold_sec?: integer" },
  debug_images: {
    "2.1": "task: string, iters?: integer, scroll_id?: string",
    "2.7": `metrics: list<task_metric>, ${pages}`,
    "2.14 from 2.7": "metrics: list<task_metric_variants>",
    "2.22 from 2.14": modelEvents,
  },
  delete_for_model: { "2.22": "model: string, allow_locked?: boolean = false" },
  delete_for_task: { "2.1": "task: string, allow_locked?: boolean = false" },
  download_task_log: {
    "2.1": 'task: string, line_type?: json|text, line_format?: string = "{asctime} {worker} {level} {msg}"',
  },
  get_debug_image_sample: {
    "2.12": "task: string, metric: string, variant: string, iteration?: integer, refresh?: boolean, scroll_id?: string",
    "2.20 from 2.12": "navigate_current_metric?: boolean = true",
    "2.22 from 2.20": modelEvents,
  },
  get_multi_task_plots: {
    "2.1": "tasks: list<string>, iters?: integer, scroll_id?: string",
    "2.16 from 2.1": noScroll,
    "2.22 from 2.16": modelEvents,
  },
  get_plot_sample: {
    "2.20":
      "task: string, metric: string, iteration?: integer, refresh?: boolean, scroll_id?: string, navigate_current_metric?: boolean = true",
    "2.22 from 2.20": modelEvents,
  },
  get_scalar_metric_data: {
    "2.1": "task?: string, metric?: string",
    "2.16 from 2.1": noScroll,
    "2.22 from 2.16": modelEvents,
  },
  get_scalar_metrics_and_variants: { "2.1": "task: string", "2.22 from 2.1": modelEvents },
  get_task_events: {
    "2.1": "task: string, order?: asc|desc, scroll_id?: string, batch_size?: integer, event_type?: string",
    "2.22 from 2.1": modelEvents,
  },
  get_task_latest_scalar_values: { "2.1": "task: string" },
  get_task_log: {
    "1.5": "task: string, order?: asc|desc, scroll_id?: string, batch_size?: integer",
    "1.7": "task: string, order?: asc|desc, from?: head|tail, scroll_id?: string, batch_size?: integer",
    "2.9": "task: string, batch_size?: integer, navigate_earlier?: boolean, from_timestamp?: number, order?: asc|desc",
  },
  get_task_metrics: { "2.7": "tasks: list<string>, event_type?: event_type_enum", "2.22 from 2.7": modelEvents },
  get_task_plots: {
    "2.1": "task: string, iters?: integer, scroll_id?: string",
    "2.14 from 2.1": "metrics?: list<metric_variants>",
    "2.16 from 2.14": noScroll,
    "2.22 from 2.16": modelEvents,
  },
  get_task_single_value_metrics: { "2.20": "tasks: list<string>", "2.22 from 2.20": modelEvents },
  get_vector_metrics_and_variants: { "2.1": "task: string", "2.22 from 2.1": modelEvents },
  multi_task_scalar_metrics_iter_histogram: {
    "2.1": "tasks: list<string>, samples?: integer, key?: scalar_key_enum",
    "2.22 from 2.1": modelEvents,
  },
  next_debug_image_sample: {
    "2.12": "task: string, scroll_id: string, navigate_earlier?: boolean",
    "2.22 from 2.12": `next_iteration?: boolean = false, ${modelEvents}`,
  },
  next_plot_sample: {
    "2.20": "task: string, scroll_id: string, navigate_earlier?: boolean",
    "2.22 from 2.20": `next_iteration?: boolean = false, ${modelEvents}`,
  },
  plots: { "2.20": `metrics: list<task_metric_variants>, ${pages}`, "2.22 from 2.20": modelEvents },
  scalar_metrics_iter_histogram: {
    "2.1": "task: string, samples?: integer, key?: scalar_key_enum",
    "2.14 from 2.1": "metrics?: list<metric_variants>",
    "2.22 from 2.14": modelEvents,
  },
  scalar_metrics_iter_raw: {
    "2.16": `task: string, metric: metric_variants, key?: scalar_key_enum, batch_size?: integer = 10000, count_total?: boolean = false, scroll_id?: string`,
    "2.22 from 2.16": modelEvents,
  },
  vector_metrics_iter_histogram: {
    "2.1": "task: string, metric: string, variant: string",
    "2.22 from 2.1": modelEvents,
  },
};

const counts = "returned?: integer, total?: number";

/** The responses, by the version that brought each; versions after it have the same. */
const responses: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  add: { "2.1": "object" },
  add_batch: { "2.1": "{ added?: integer, errors?: integer, errors_info?: object }" },
  clear_scroll: { "2.18": "{ }" },
  clear_task_log: { "2.19": "{ deleted?: integer }" },
  debug_images: {
    "2.1": `{ task?: string, images?: list<object>, ${counts}, scroll_id?: string }`,
    "2.7": "debug_images_response",
  },
  delete_for_model: { "2.22": "{ deleted?: boolean }" },
  delete_for_task: { "2.1": "{ deleted?: boolean }" },
  download_task_log: { "2.1": "string" },
  get_debug_image_sample: { "2.12": "debug_image_sample_response" },
  get_multi_task_plots: { "2.1": `{ plots?: object, ${counts}, scroll_id?: string }` },
  get_plot_sample: { "2.20": "plot_sample_response" },
  get_scalar_metric_data: {
    "2.1": "{ events?: list<object>, returned?: integer, total?: integer, scroll_id?: string }",
  },
  get_scalar_metrics_and_variants: { "2.1": "{ metrics?: object }" },
  get_task_events: { "2.1": `{ events?: list<object>, ${counts}, scroll_id?: string }` },
  get_task_latest_scalar_values: {
    "2.1":
      "{ metrics?: list<{ name?: string, variants?: list<{ name?: string, last_value?: number, last_100_value?: number }> }> }",
  },
  get_task_log: {
    "1.5": "{ events?: list<object>, returned?: integer, total?: integer, scroll_id?: string }",
    "1.7": `{ events?: list<object>, ${counts}, scroll_id?: string }`,
    "2.9": `{ events?: list<object>, ${counts} }`,
  },
  get_task_metrics: { "2.7": "{ metrics?: list<object> }" },
  get_task_plots: { "2.1": `{ plots?: list<object>, ${counts}, scroll_id?: string }` },
  get_task_single_value_metrics: {
    "2.20":
      "{ tasks?: list<{ task?: string, values?: list<{ metric?: string, variant?: string, value?: number, timestamp?: number }> }> }",
  },
  get_vector_metrics_and_variants: { "2.1": "{ metrics?: list<object> }" },
  multi_task_scalar_metrics_iter_histogram: { "2.1": "object" },
  next_debug_image_sample: { "2.12": "debug_image_sample_response" },
  next_plot_sample: { "2.20": "plot_sample_response" },
  plots: { "2.20": "plots_response" },
  scalar_metrics_iter_histogram: { "2.1": "{ images?: list<object> }" },
  scalar_metrics_iter_raw: {
    "2.16": "{ variants?: object, total?: integer|null, returned?: integer, scroll_id?: string }",
  },
  vector_metrics_iter_histogram: { "2.1": "{ images?: list<object> }" },
};

/** One version of an endpoint as its table has it: the request in full, each part with the version that brought it. */
interface Expected {
  readonly base?: string;
  readonly parts: ReadonlyMap<string, { readonly text: string; readonly since: string }>;
  readonly response: string;
}

const expected = new Map(Object.keys(requests).map((endpoint) => [endpoint, expectedVersions(endpoint)]));

let view: View;
let source: string;
beforeAll(async () => {
  const { project, findings } = await read({ folder: projectRoot, system: ["clearml"] });
  expect(
    findings.filter(
      ({ code, severity, span }) =>
        severity !== "info" && span?.path.startsWith("schemas/clearml/") && !code.startsWith("checks/"),
    ),
  ).toEqual([]);
  if (!project) throw new Error("The project cannot be read.");
  view = project.view;
  source = readFileSync(join(projectRoot, "schemas/clearml/events.conf"), "utf8");
});

describe("the events service of ClearML", () => {
  test("has 5 events, named by the constants of their types", () => {
    expect(view.events("clearml").map(({ name, payload }) => `${name} ${formatTypeRef(payload)}`)).toEqual([
      "clearml.log clearml.task_log_event",
      "clearml.plot clearml.metrics_plot_event",
      "clearml.training_debug_image clearml.metrics_image_event",
      "clearml.training_stats_scalar clearml.metrics_scalar_event",
      "clearml.training_stats_vector clearml.metrics_vector_event",
    ]);
    expect(view.events("clearml").filter(({ envelope, topic }) => envelope || topic)).toEqual([]);
  });

  test.each(Object.entries({ ...ownDefinitions, ...includedDefinitions }))("defines %s", (name, content) => {
    expect(inside(`clearml.${name}`).replace(/^\{ (.*) \}$/, "$1")).toBe(content);
  });

  test("takes 6 of its 17 definitions from the included file", () => {
    const placed = (file: string) =>
      view
        .types("clearml")
        .filter(({ name, origins }) => !name.slice(8).includes(".") && origins[0]?.span.path.endsWith(`/${file}`))
        .map(({ name }) => name.slice(8));
    expect(placed("events.conf")).toEqual(Object.keys(ownDefinitions).sort());
    expect(placed("_events_common.conf")).toEqual(Object.keys(includedDefinitions).sort());
  });

  test("has 27 operations with 57 versions, 2.9 after 1.7 and 2.22 after 2.14", () => {
    const versions = view
      .operations("clearml")
      .map(({ name, versions }) => [name, versions.map((item) => item.version)]);
    expect(Object.fromEntries(versions)).toEqual(
      Object.fromEntries([...expected].map(([endpoint, table]) => [`clearml.${endpoint}`, [...table.keys()]])),
    );
    const rows = [...expected.values()].flatMap((table) => [...table.values()]);
    expect([expected.size, rows.length, rows.filter(({ base }) => base).length]).toEqual([27, 57, 27]);
  });

  test("has 211 fields in its requests, 40 with a default, and 95 in responses of its own beside 46 of definitions", () => {
    const versions = view.operations("clearml").flatMap((operation) => operation.versions);
    const taken = versions.flatMap(({ request }) => (request ? fieldsOf(request) : []));
    expect([taken.length, taken.filter((field) => field.default !== undefined).length]).toEqual([211, 40]);
    const given = versions.flatMap(({ response }) => (response ? [response] : []));
    const own = given.filter((type) => !(written(type) in { ...ownDefinitions, ...includedDefinitions }));
    expect(own.flatMap(fieldsOf)).toHaveLength(95);
    expect(given.flatMap(fieldsOf)).toHaveLength(95 + 46);
  });

  describe.each([...expected])("%s", (endpoint, table) => {
    test.each([...table])("%s takes and gives what the document says", (number, { parts, response }) => {
      const { request, response: answer, batchOf } = versionOf(endpoint, number);
      const taken = batchOf ? `batch of ${batchOf.operation.slice(8)} ${batchOf.version}` : request && content(request);
      expect(taken).toBe([...parts.values()].map(({ text }) => text).join(", "));
      expect(answer && written(answer)).toBe(response);
    });

    test("knows which version brought each field of a request", () => {
      for (const [number, { parts }] of table) {
        const { request } = versionOf(endpoint, number);
        const found = (request ? fieldsOf(request) : []).map((field) => [field.name, broughtBy(field)]);
        const brought = [...parts].filter(([name]) => !name.includes(" ")).map(([name, { since }]) => [name, since]);
        expect(Object.fromEntries(found), number).toEqual(
          Object.fromEntries(brought.map(([name, since]) => [name, `${endpoint} ${since}`])),
        );
      }
    });

    test("names its own types after the version that brought them", () => {
      for (const [number, { base }] of table) {
        const { request, response } = versionOf(endpoint, number);
        const scope = `clearml.${endpoint}.v${number.replace(".", "_")}`;
        if (request) expect(formatTypeRef(request)).toBe(`${scope}.Request`);
        if (base) expect(response).toEqual(versionOf(endpoint, base).response);
        else if (response && table.get(number)?.response.startsWith("{ "))
          expect(formatTypeRef(response)).toBe(`${scope}.Response`);
      }
    });
  });

  test("lands every reference to an included definition on it", () => {
    const uses = new Map<string, number>();
    for (const { versions } of view.operations("clearml"))
      for (const { request, response } of versions) {
        const types = [...(request ? fieldsOf(request).map(({ type }) => type) : []), ...(response ? [response] : [])];
        for (const name of types.flatMap((type) => written(type).match(/\w+/g) ?? []))
          if (name in includedDefinitions) uses.set(name, (uses.get(name) ?? 0) + 1);
      }
    expect(Object.fromEntries(uses)).toEqual({
      debug_images_response: 3,
      plots_response: 2,
      metric_variants: 7,
      scalar_key_enum: 7,
    });
  });
});

function expectedVersions(endpoint: string): ReadonlyMap<string, Expected> {
  const versions = new Map<string, Expected>();
  for (const [key, row] of Object.entries(requests[endpoint] ?? {})) {
    const [since = "", base] = key.split(" from ");
    const inherited = base === undefined ? undefined : versions.get(base);
    const own = row.split(", ").map((text) => [text.replace(/\??: .*$/, ""), { text, since }] as const);
    const parts = new Map(row.startsWith("batch of") ? own : [...(inherited?.parts ?? []), ...own]);
    const response = responses[endpoint]?.[since] ?? inherited?.response ?? "nothing";
    versions.set(since, { ...(base !== undefined && { base }), parts, response });
  }
  return versions;
}

function versionOf(endpoint: string, number: string): OperationVersion {
  const operation = view.operations("clearml").find(({ name }) => name === `clearml.${endpoint}`);
  const version = operation?.versions.find((item) => item.version === number);
  if (!version) throw new Error(`There is no ${endpoint} ${number}.`);
  return version;
}

/** The version of the endpoint in whose block of the document a field stands; the last one, where several add to it. */
function broughtBy({ origins }: Field): string | undefined {
  const blocks = origins
    .filter(({ span }) => span.path.endsWith("/events.conf"))
    .map(({ span }) => {
      const before = source.slice(0, span.start);
      const [endpoint] = [...before.matchAll(/^(\w+) ?\{/gm)].slice(-1);
      const [version] = [...before.matchAll(/^ {4}"([\d.]+)"/gm)].slice(-1);
      return `${endpoint?.[1]} ${version?.[1]}`;
    });
  return blocks.at(-1);
}

/** The fields of a message, or those beside the variants of a union. */
function fieldsOf(type: TypeRef): readonly Field[] {
  const message = messageOf(type, view);
  if (message) return message.fields;
  const target = unalias(type, view);
  const decl = target.kind === "named" ? view.type(target.name) : undefined;
  return decl?.kind === "union" ? (decl.fields ?? []) : [];
}

const words: Readonly<Record<string, string>> = {
  int64: "integer",
  float64: "number",
  bool: "boolean",
  "timestamp(epoch-millis)": "millis",
};

/** A type in the words of the tables: a definition by its name, any other type by what it consists of. */
function written(type: TypeRef): string {
  if (type.kind === "list") return `list<${written(type.item)}>`;
  if (type.kind === "union") return type.variants.map(written).join("|");
  if (type.kind === "named") {
    const short = type.name.replace(/^clearml\./, "");
    return short.includes(".") ? inside(type.name) : short;
  }
  const text = formatTypeRef(type);
  return words[text] ?? text;
}

function inside(name: string): string {
  const decl = view.type(name);
  switch (decl.kind) {
    case "message":
      if (decl.fields.length === 0) return decl.open ? "object" : "{ }";
      return `{ ${decl.fields.map(fieldWritten).join(", ")} }`;
    case "enum":
      return decl.values.map((value) => value.name).join("|");
    case "union":
      return [decl.variants.map(written).join(" | "), ...(decl.fields ?? []).map(fieldWritten)].join(", ");
    case "alias":
      return written(decl.type);
    default:
      return decl.kind;
  }
}

const content = (type: TypeRef): string => written(type).replace(/^\{ (.*) \}$/, "$1");

function fieldWritten(field: Field): string {
  const value = field.default === undefined ? "" : ` = ${JSON.stringify(field.default)}`;
  const type = `${written(field.type)}${field.nullable ? "|null" : ""}`;
  return `${field.name}${field.presence === "required" ? "" : "?"}: ${type}${value}`;
}

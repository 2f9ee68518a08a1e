import {
  assertNever,
  type Decl,
  type Declared,
  type Field,
  formatTypeRef,
  guessOf,
  type Message,
  type OperationVersion,
  type View,
  type Wire,
} from "../../model/index.ts";

/**
 * The model as a text that people read and reviews compare: a declaration a paragraph, a field a line, each with the line of
 * its source and a mark where it is inferred (`?`) or comes from an overlay (`+`).
 */
export function modelTree(view: View): string {
  const chosen = new Set(view.systems.map((system) => system.name));
  const decls = view.model.decls.filter((decl) =>
    decl.kind === "system" ? chosen.has(decl.name) : chosen.has(("system" in decl ? decl.system : undefined) ?? ""),
  );
  return (
    decls.map((decl) => [head(decl, view), ...body(decl, view).map((line) => `  ${line}`)].join("\n")).join("\n\n") +
    "\n"
  );
}

function head(decl: Decl, view: View): string {
  const facts: string[] = [];
  if (decl.kind === "event") {
    facts.push(`payload ${formatTypeRef(decl.payload)}`);
    if (decl.envelope) facts.push(`${decl.envelope.how} ${decl.envelope.type}`);
    if (decl.topic) facts.push(`topic ${decl.topic}`);
    if (decl.group) facts.push(`group ${decl.group}`);
    if (decl.identity) facts.push(`identity ${decl.identity.join(", ")}`);
    if (decl.follows) facts.push(`follows ${decl.follows.event} (${decl.follows.by} = ${decl.follows.key})`);
  } else if (decl.kind === "topic") {
    if (decl.transport) facts.push(decl.transport);
    if (decl.producers) facts.push(`producers ${decl.producers.join(", ")}`);
    if (decl.numbers) facts.push(`numbers ${decl.numbers.map(({ name, number }) => `${name} #${number}`).join(", ")}`);
  } else if (decl.kind === "component") {
    facts.push(decl.role, `group ${decl.group}`);
    if (decl.language) facts.push(decl.language);
    if (decl.transport) facts.push(`transport ${decl.transport}`);
  } else if (decl.kind === "message" && decl.open) facts.push("open");
  else if (decl.kind === "enum" && decl.open) facts.push("open");
  else if (decl.kind === "alias") facts.push(`= ${formatTypeRef(decl.type)}`);
  else if (decl.kind === "external" && decl.as) facts.push(`as ${formatTypeRef(decl.as)}`);
  else if (decl.kind === "system")
    facts.push(
      Object.entries(decl.json)
        .map(([key, value]) => `${key} ${value}`)
        .join(", "),
    );
  return `${decl.kind} ${decl.name}${facts.length > 0 ? ` · ${facts.join(" · ")}` : ""}${common(decl, view)}`;
}

function body(decl: Decl, view: View): readonly string[] {
  switch (decl.kind) {
    case "message":
      return [
        ...decl.fields.map((field) => fieldLine(field, view)),
        ...(decl.oneofs ?? []).map(
          ({ name, fields, required, origins = [] }) =>
            `oneof ${name}: ${fields.join(" | ")}${required ? " (one is required)" : ""}${common({ name, origins }, view)}`,
        ),
        ...reservedLines(decl.reserved),
      ];
    case "union":
      return [
        ...decl.variants.map((variant) => `| ${formatTypeRef(variant)}`),
        ...(decl.fields ?? []).map((field) => fieldLine(field, view)),
      ];
    case "enum":
      return decl.values.map(
        (value) =>
          `${value.name}${value.number === undefined ? "" : ` = ${value.number}`}${value.label ? ` "${value.label}"` : ""}${common(value, view)}`,
      );
    case "operation":
      return decl.versions.map((version) => versionLine(version));
    case "component":
      return [
        ...decl.env.map((field) => fieldLine(field, view)),
        ...Object.entries(decl.feeds ?? {}).map(([variable, field]) => `${variable} feeds ${field}`),
      ];
    case "topic":
      return reservedLines(decl.reserved);
    case "system":
    case "event":
    case "alias":
    case "external":
      return [];
    default:
      return assertNever(decl);
  }
}

function reservedLines(reserved: Message["reserved"]): readonly string[] {
  const { names, numbers } = reserved ?? {};
  const ranges = numbers?.map(([from, to]) => (from === to ? from : `${from}-${to}`));
  return [...(names ? [`reserved ${names.join(", ")}`] : []), ...(ranges ? [`reserved ${ranges.join(", ")}`] : [])];
}

function fieldLine(field: Field, view: View): string {
  const facts: string[] = [field.presence];
  if (field.nullable) facts.push("nullable");
  if (field.number !== undefined) facts.push(`#${field.number}`);
  if (field.jsonName) facts.push(`JSON ${field.jsonName}`);
  if (field.wire) facts.push(`wire ${wireText(field.wire)}`);
  if (field.unit) facts.push(`unit ${field.unit}`);
  if (field.default !== undefined) facts.push(`default ${JSON.stringify(field.default)}`);
  for (const [key, value] of Object.entries(field.limits ?? {})) facts.push(`${key} ${value}`);
  return `${field.name}: ${formatTypeRef(field.type)} · ${facts.join(" · ")}${common(field, view)}`;
}

const wireText = ({ key, type, delimited }: Wire): string =>
  [...(key ? [`key ${key}`] : []), ...(type ? [type] : []), ...(delimited ? ["delimited"] : [])].join(", ");

function versionLine({ version, request, response, batchOf }: OperationVersion): string {
  const parts = [
    request && `request ${formatTypeRef(request)}`,
    batchOf && `batch of ${batchOf.operation} ${batchOf.version}`,
    response && `response ${formatTypeRef(response)}`,
  ];
  return `${version}: ${parts.filter((part) => part).join(" · ") || "no body"}`;
}

/** What every declared thing can carry, and where it is written. */
function common(item: Declared, view: View): string {
  const facts: string[] = [];
  if (item.deprecated) facts.push("deprecated");
  if (item.owners?.length) facts.push(`owners ${item.owners.join(", ")}`);
  if (item.aliases?.length) facts.push(`also ${item.aliases.join(", ")}`);
  if (item.origins.length > 0) {
    const overlaid = item.origins.some(({ basis }) => basis === "overlay");
    facts.push(`${placesOf(item, view).join(" & ")}${overlaid ? " +" : guessOf(item) ? " ?" : ""}`);
  }
  return facts.length > 0 ? ` · ${facts.join(" · ")}` : "";
}

/** The first place in each file that tells of it; overlays only where nothing else does. */
function placesOf({ origins }: Declared, view: View): readonly string[] {
  const written = origins.filter(({ basis }) => basis !== "overlay");
  const firsts = new Map<string, string>();
  for (const { span } of written.length > 0 ? written : origins)
    if (!firsts.has(span.path)) firsts.set(span.path, `${span.path}:${view.locate(span).line}`);
  return [...firsts.values()];
}

import { brief, type PageContext } from "../event-pages/context.ts";
import { type PageCell, partOf } from "../event-pages/page.ts";
import { joinedRow, rowWithoutOwner } from "./diagnostics.ts";
import type { Header } from "./header.ts";
import { joined, type Line } from "./lines.ts";

/** Teams as documents name them; the configuration adds others. */
const knownOwners: readonly string[] = [
  "backend",
  "data",
  "design",
  "devops",
  "frontend",
  "infra",
  "ml",
  "mobile",
  "ops",
  "platform",
  "product",
  "qa",
  "research",
  "security",
  "sre",
  "web",
];

/** Tells owners at the end of a row from its description. */
export type Owners = (text: string) => string;

/** Finds the list of known owners that a text ends in; there may be none. */
export function ownersAtEnd(added: readonly string[]): Owners {
  const names = [...new Set([...knownOwners, ...added])]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const one = `(?:${names.join("|")})`;
  const pattern = new RegExp(`(?<!\\S)${one}(?:\\s*,\\s*${one})*$`, "iu");
  return (text) => pattern.exec(text)?.[0] ?? "";
}

/** True for a line that begins a row of components: only known patterns do. */
export function beginsComponent(text: string, owners: Owners): boolean {
  const owner = owners(text);
  return componentSize(text.slice(0, text.length - owner.length).trimEnd()) > 0;
}

/** True for a line that is certainly a row of components: it has an owner as well. */
export const looksLikeComponent = ({ text }: Line, owners: Owners): boolean =>
  owners(text) !== "" && !/^Events\b/i.test(text) && beginsComponent(text, owners);

/** Joins the lines of a table of components to rows of cells, in the order of the header. A row ends with its owner. */
export function componentRows(
  path: string,
  header: Header,
  lines: readonly Line[],
  owners: Owners,
  { report }: PageContext,
): readonly (readonly PageCell[])[] {
  const owned = header.columns.includes("owner");
  const rows: Line[][] = [];
  let open = false;
  for (const line of lines) {
    if (open && !beginsComponent(line.text, owners)) rows.at(-1)?.push(line);
    else rows.push([line]);
    open = !owned || owners(line.text) === "";
  }
  return rows.map((row) => cellsOf(joined(path, row), row.length));

  function cellsOf(row: PageCell, parts: number): readonly PageCell[] {
    const owner = owned ? owners(row.text) : "";
    const end = row.text.length - owner.length;
    const named = componentSize(row.text.slice(0, end).trimEnd());
    // A row of no known pattern is a component as a whole, for the finding that says so.
    const size = named > 0 ? named : row.text.slice(0, end).trimEnd().length;
    const rest = row.text.slice(size, end);
    const from = size + rest.length - rest.trimStart().length;
    const component = partOf(row, 0, size);
    if (owned && owner === "") report(rowWithoutOwner(component.span, { row: brief(component.text) }));
    if (parts > 1) report(joinedRow(component.span, { row: brief(component.text), lines: parts }));
    return header.columns.map((column) => {
      if (column === "component") return component;
      if (column === "owner") return partOf(row, end, row.text.length);
      return column === "description" ? partOf(row, from, from + rest.trim().length) : partOf(row, end, end);
    });
  }
}

/** How much of a row without its owner is the component. */
function componentSize(text: string): number {
  const topics = /^Kafka Topics(?![^\s])(?:\s+([\w.-]+(?:\s*,\s*[\w.-]+)*))?/i.exec(text);
  if (topics) {
    // "Kafka Topics Messages about …" lists none: the names of topics are lists, or not written like sentences.
    const listed = topics[1] !== undefined && (/[,_.-]/.test(topics[1]) || !/^[A-Z]/.test(topics[1]));
    return listed ? topics[0].length : "Kafka Topics".length;
  }
  const pattern = [
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?!\S)/,
    /^Kafka REST Proxy(?!\S)/i,
    /^(?:\S+\s+){1,2}?Event Service(?!\S)/i,
    /^Events$/i,
  ].find((each) => each.test(text));
  return pattern?.exec(text)?.[0].length ?? 0;
}

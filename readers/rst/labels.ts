import type { Span } from "../../model/index.ts";
import type { Line } from "./lines.ts";

/** What protodoc gives labels to. */
export type LabelKind = "file" | "msg" | "enum" | "field" | "enum_value";

/** A label of protodoc: what it is about, and the name of that. */
export interface LabelName {
  readonly kind: LabelKind;
  /** Full, with dots between its parts; the path of a file. */
  readonly name: string;
}

/** A line that is a label. */
export interface Label {
  /** The label as it is written, without its markup. */
  readonly text: string;
  /** Nothing for a label that protodoc does not make. */
  readonly of: LabelName | undefined;
  /** True when its markup is damaged. */
  readonly broken: boolean;
  readonly span: Span;
}

/** No name is longer; a text that is would be searched for too long. */
const longest = 2000;
const known = /^(?:\w+?_)??api_(file|msg|enum_value|enum|field)_([\w./-]+)$/;
const typeName = /^\w+(?:\.\w+)*$/;
const memberName = /^\w+(?:\.\w+)+$/;
const damaged = /^[^\w`]{0,6}_?((?:\w+?_)??api_(?:file|msg|enum_value|enum|field)_[\w./-]+)[^\w`]{0,3}$/;

/** What a label of protodoc is about; `undefined` for any other. */
export function labelName(text: string): LabelName | undefined {
  const [, kind, name] = (text.length <= longest && known.exec(text)) || [];
  if (kind === undefined || name === undefined) return undefined;
  if (kind !== "file" && !(kind === "field" || kind === "enum_value" ? memberName : typeName).test(name))
    return undefined;
  return { kind: kind as LabelKind, name };
}

/** Reads a line as a label, its markup damaged or not; `undefined` when it is none. */
export function labelIn(line: Line): Label | undefined {
  const { text } = line;
  if (text.length > longest) return undefined;
  const whole = /^\.\. _([^\s`:]+):[ \t]*$/.exec(text)?.[1];
  const label = whole ?? damaged.exec(text)?.[1];
  if (label === undefined) return undefined;
  const start = text.indexOf(label);
  return {
    text: label,
    of: labelName(label),
    broken: whole === undefined,
    span: line.span(start, start + label.length),
  };
}

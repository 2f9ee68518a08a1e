import {
  type Enum,
  jsonAny,
  type Limits,
  literal,
  mapTypeRef,
  type Name,
  parseTypeExpression,
  scalar,
  type TypeRef,
  unstated,
  walkTypeRef,
} from "../../model/index.ts";
import { brief, inferred, type PageContext, stated } from "./context.ts";
import { misspeltType, nullWithin, unknownType } from "./diagnostics.ts";
import type { PageCell } from "./page.ts";
import type { Phrases } from "./phrases.ts";
import { parseType, type TypeNode } from "./type-grammar.ts";

/** What a cell says of a type, and of what a type alone cannot say. */
export interface TypeRead {
  readonly type: TypeRef;
  readonly nullable?: true;
  readonly limits?: Limits;
}

/** What a type is read for. */
export interface TypeUse {
  /** The field, as a message names it. */
  readonly subject: string;
  /** The name of the enum, if the type lists its values. */
  readonly enumName: Name;
  readonly declare: (decl: Enum) => void;
  readonly phrases: Phrases;
  readonly context: PageContext;
}

/** Reads a whole cell as a type; an empty one leaves the type unstated, one that cannot be read is reported. */
export function readType(cell: PageCell, use: TypeUse): TypeRead {
  const { subject, phrases, context } = use;
  const { report } = context;
  const { span } = cell;
  if (cell.text === "") return { type: unstated };
  const parsed = parseType(cell.text, phrases);
  if (parsed?.end !== cell.text.length || (parsed.node.kind === "word" && parsed.node.text === cell.text)) {
    // What people write comes first; the exact form, as we print it, has spellings that nobody writes.
    const expression = parseTypeExpression(cell.text);
    if (expression && isSelfContained(expression)) return { type: expression };
    return { type: unknown(cell.text) };
  }
  const [node, nullable] = withoutNull(parsed.node);
  return {
    type: typeOf(node),
    ...(nullable && { nullable }),
    ...(node.kind === "text" && { limits: { maxLength: node.maxLength } }),
  };

  function typeOf(node: TypeNode): TypeRef {
    switch (node.kind) {
      case "type":
        return node.type;
      case "phrase": {
        const { type, meant } = node.phrase;
        if (meant !== undefined) report(misspeltType(span, { field: subject, type: node.written, meant }));
        return mapTypeRef(type, (leaf) => (leaf.kind === "named" ? { ...leaf, span } : leaf));
      }
      case "text":
        return scalar("string");
      case "literal":
        return literal(node.value);
      case "word":
        return unknown(node.text);
      case "null":
        return unknown("null");
      case "list": {
        const item = typeOf(notNull(node.item));
        return node.unique ? { kind: "list", item, unique: true } : { kind: "list", item };
      }
      case "map":
        return { kind: "map", key: node.key, value: typeOf(notNull(node.value)) };
      case "values":
        return declareEnum(node.values);
      case "either":
        return choiceOf(node.parts);
    }
  }

  /** Texts in quotes are values; so are words that are no types, when all the others are, too. */
  function choiceOf(parts: readonly TypeNode[]): TypeRef {
    const values = parts.flatMap((part) =>
      part.kind === "word" ? part.text : part.kind === "literal" && typeof part.value === "string" ? part.value : [],
    );
    if (values.length < parts.length) return { kind: "union", variants: parts.map(typeOf) };
    const why = "The words between the bars are no types.";
    return declareEnum(values, parts.some((part) => part.kind === "word") ? why : undefined);
  }

  function declareEnum(values: readonly string[], why?: string): TypeRef {
    const origins = why === undefined ? stated(context, span) : inferred(context, span, why);
    use.declare({
      kind: "enum",
      name: use.enumName,
      system: context.system,
      values: values.map((name) => ({ name, origins })),
      open: false,
      origins,
    });
    return { kind: "named", name: `.${use.enumName}`, span };
  }

  function unknown(word: string): TypeRef {
    report(unknownType(span, { field: subject, type: brief(word), near: phrases.near(word) }));
    return jsonAny; // the finding above is enough: an unstated type would be reported again
  }

  /** The model has a null for a field, and none for what a list or a map holds. */
  function notNull(node: TypeNode): TypeNode {
    const [rest, nullable] = withoutNull(node);
    if (nullable) report(nullWithin(span, { field: subject }));
    return rest;
  }
}

/** Takes the null out of a choice. */
function withoutNull(node: TypeNode): readonly [TypeNode, true?] {
  if (node.kind !== "either") return [node];
  const flat = node.parts.flatMap((part) => (part.kind === "either" ? part.parts : part));
  const parts = flat.filter((part) => part.kind !== "null");
  const [first] = parts;
  if (!first) return [{ kind: "null" }];
  const rest: TypeNode = parts.length === 1 ? first : { kind: "either", parts };
  return parts.length < flat.length ? [rest, true] : [rest];
}

const isSelfContained = (type: TypeRef): boolean =>
  [...walkTypeRef(type)].every((part) => part.kind !== "named" && part.kind !== "unstated");

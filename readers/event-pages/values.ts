import type { Json, TypeRef } from "../../model/index.ts";
import { quoted } from "./quotes.ts";
import type { TypeRead } from "./type-cell.ts";

/** The value of a Default or Example cell: there is none, or one, or the text is no value of the type. */
export type ValueRead = { readonly value?: Json } | "unread";

/** Reads a value as the field's type has it. The values of an enum that the field lists are given beside it. */
export function readValue(text: string, { type, nullable }: TypeRead, values?: readonly string[]): ValueRead {
  const word = quoted(text) ?? text;
  if (values?.includes(word)) return { value: word };
  if (/^(?:[-–—]|n\/a|none)?$/i.test(text)) return {};
  if (/^null$/i.test(text)) return nullable ? { value: null } : {};
  if (values) return "unread";
  return typedValue(text, word, type);
}

function typedValue(text: string, word: string, type: TypeRef): ValueRead {
  switch (type.kind) {
    case "scalar":
      if (type.scalar === "bool") return /^(?:true|false)$/i.test(word) ? { value: /^t/i.test(word) } : "unread";
      if (type.scalar === "string" || type.scalar === "bytes") return { value: word };
      return numberOf(word, /int/.test(type.scalar));
    case "literal":
      return String(type.value) === word ? { value: type.value } : "unread";
    case "list":
      return parsed(text, Array.isArray);
    case "map":
      return parsed(text, isObject);
    case "json":
      return parsed(text, type.only ? isObject : () => true);
    case "named":
      return parsed(text, () => true);
    case "union": {
      for (const variant of type.variants) {
        const read = typedValue(text, word, variant);
        if (read !== "unread") return read;
      }
      return "unread";
    }
    case "unstated":
      return { value: word };
  }
}

function numberOf(word: string, whole: boolean): ValueRead {
  const plain = word.replaceAll("_", "");
  const value = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
  return (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) ? { value } : "unread";
}

function parsed(text: string, fits: (value: unknown) => boolean): ValueRead {
  try {
    const value = JSON.parse(text) as Json;
    return fits(value) ? { value } : "unread";
  } catch {
    return "unread";
  }
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

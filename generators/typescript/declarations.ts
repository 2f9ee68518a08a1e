import {
  assertNever,
  jsonForm,
  jsonKey,
  localName,
  type Message,
  type Oneof,
  type TypeDecl,
  type TypeRef,
  type Union,
} from "../../model/index.ts";
import { typeDoc, writeDoc } from "./docs.ts";
import { writeEnumType } from "./enums.ts";
import { block, type Part, writeMembers, writeParts, writeProperties } from "./parts.ts";
import type { Printer } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { hasOneof, newFields } from "./sharing.ts";
import { quote } from "./text.ts";
import { typeText } from "./types.ts";
import { writeUnion } from "./unions.ts";

/** Writes a type under its own name; `base` is the type that it adds to. */
export function writeType(out: Printer, scope: Scope, decl: TypeDecl, base?: Message | Union): void {
  const name = localName(decl.name);
  const text = (type: TypeRef): string => typeText(jsonForm(type, scope.profile), scope);
  writeDoc(out, typeDoc(decl, scope));
  switch (decl.kind) {
    case "message":
      writeMessage(out, scope, name, decl, base?.kind === "message" ? base : undefined);
      break;
    case "enum":
      writeEnumType(out, scope, name, decl);
      break;
    case "union":
      writeUnion(out, scope, name, decl, base?.kind === "union" ? base : undefined);
      break;
    case "alias":
      out.line(`export type ${name} = ${text(decl.type)};`);
      break;
    case "external":
      out.line(`export type ${name} = ${decl.as ? text(decl.as) : "unknown"};`);
      break;
    default:
      assertNever(decl);
  }
}

/**
 * Writes a message: an interface or, where it has one-ofs, an intersection, because an interface cannot say them.
 * Properties are mutable: producers fill events in step by step, and code that takes a plain list refuses a readonly one.
 */
export function writeMessage(out: Printer, scope: Scope, name: string, message: Message, base?: Message): void {
  const oneofs = (message.oneofs ?? []).filter((oneof) => oneof.fields.length > 1 || oneof.required);
  const choosable = new Set(oneofs.flatMap((oneof) => oneof.fields));
  const fields = newFields(message.fields, base?.fields ?? []).map((field) =>
    // A required one-of says itself that one of its members is there.
    choosable.has(field.name) ? { ...field, presence: "optional" as const } : field,
  );
  const open = message.open === true && !base?.open;
  const isEmpty = fields.length === 0 && !open;
  const object = isEmpty ? "{}" : block("{", "}", () => writeProperties(out, scope, fields, open));
  const extended = base && scope.typeName(base.name);

  if (oneofs.length === 0) {
    const [head, heritage] = [`export interface ${name}`, extended ? ` extends ${extended}` : ""];
    const fits = head.length + heritage.length + 2 <= out.room();
    if (!fits) out.line(head);
    writeParts(out, fits ? head + heritage : ` ${heritage}`, [object], "");
    return;
  }
  const choices = oneofs.filter((oneof) => !base || !hasOneof(base, oneof)).map((oneof) => choice(out, scope, oneof));
  writeParts(out, `export type ${name} =`, [...(extended ? [extended] : []), ...(isEmpty ? [] : [object]), ...choices]);
}

function choice(out: Printer, scope: Scope, oneof: Oneof): Part {
  const helper = scope.helper(oneof.required ? "ExactlyOne" : "AtMostOne");
  const keys = oneof.fields.map((name) => quote(jsonKey({ name }, scope.profile)));
  const text = `${helper}<${keys.join(" | ")}>`;
  return text.length <= 80 ? text : block(`${helper}<`, ">", () => writeMembers(out, keys));
}

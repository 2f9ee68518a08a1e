import { jsonForm, jsonKey, messageOf, type Union } from "../../model/index.ts";
import { block, writeMembers, writeParts, writeProperties } from "./parts.ts";
import type { Printer } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { newFields } from "./sharing.ts";
import { propertyKey, quote } from "./text.ts";
import { memberTexts, typeText } from "./types.ts";

/** Writes a union of whole shapes, with the fields that all of them have beside their own; `base` is the union it adds to. */
export function writeUnion(out: Printer, scope: Scope, name: string, union: Union, base?: Union): void {
  const added = newFields(union.fields ?? [], base?.fields ?? []);
  const members = base ? [] : variantTexts(union, scope);
  if (!base && added.length === 0) {
    writeMemberType(out, name, members);
    return;
  }
  writeParts(out, `export type ${name} =`, [
    base ? scope.typeName(base.name) : block("(", ")", () => writeMembers(out, members)),
    block("{", "}", () => writeProperties(out, scope, added, false)),
  ]);
}

/** Writes a union of types, on one line when they fit. */
export function writeMemberType(out: Printer, name: string, texts: readonly string[]): void {
  const line = `export type ${name} = ${texts.join(" | ")};`;
  if (line.length <= out.room()) {
    out.line(line);
    return;
  }
  out.line(`export type ${name} =`);
  out.indented(() => {
    if (texts.length > 1) writeMembers(out, texts, ";");
    else out.line(`${texts.join()};`);
  });
}

/** The variants; where the union itself tags them, because they do not declare the tag, each with its tag. */
function variantTexts(union: Union, scope: Scope): readonly string[] {
  const { tag, variants } = union;
  const forms = variants.map((variant) => jsonForm(variant, scope.profile));
  const declares = (variant: Union["variants"][number]): boolean =>
    messageOf(variant, scope.view)?.fields.some((field) => field.name === tag?.field) ?? false;
  if (!tag || variants.every(declares)) return memberTexts(forms, scope);
  const key = propertyKey(jsonKey({ name: tag.field }, scope.profile));
  return forms.map((form) => {
    const values = Object.keys(tag.values).filter((value) => form.kind === "named" && tag.values[value] === form.name);
    const text = typeText(form, scope);
    return values.length > 0 ? `(${text} & { ${key}: ${values.map(quote).join(" | ")} })` : text;
  });
}

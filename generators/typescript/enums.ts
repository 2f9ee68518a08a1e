import { type Enum, type EnumValue, enumJson, type JsonProfile } from "../../model/index.ts";
import { declaredDoc, writeDoc } from "./docs.ts";
import type { Printer } from "./printer.ts";
import type { Scope } from "./scope.ts";
import { propertyKey, quote } from "./text.ts";
import { writeMemberType } from "./unions.ts";

/** Writes what an enum is to the compiler: the constants' object and, under the same name, the union of their values. */
export function writeEnumType(out: Printer, scope: Scope, name: string, decl: Enum): void {
  out.line(`export declare const ${name}: {`);
  out.indented(() => {
    for (const value of decl.values) {
      writeDoc(out, { ...declaredDoc(value, scope.view), text: meaning(value), see: [] });
      out.line(`readonly ${propertyKey(value.name)}: ${valueText(value, scope.profile)};`);
    }
  });
  out.line("};");
  const values = `(typeof ${name})[keyof typeof ${name}]`;
  writeMemberType(out, name, [values, ...unlisted(decl, scope.profile)]);
}

/** Writes what an enum is at run time. */
export function writeEnumObject(out: Printer, profile: JsonProfile, name: string, decl: Enum, freeze: string): void {
  out.line(`export const ${name} = /* @__PURE__ */ ${freeze}({`);
  out.indented(() => {
    for (const value of decl.values) {
      // Any other spelling of this key sets the prototype.
      const key = value.name === "__proto__" ? '["__proto__"]' : propertyKey(value.name);
      out.line(`${key}: ${valueText(value, profile)},`);
    }
  });
  out.line("});");
}

const valueText = (value: EnumValue, profile: JsonProfile): string => {
  const json = enumJson(value, profile);
  return typeof json === "string" ? quote(json) : String(json);
};

const meaning = ({ label, doc }: EnumValue): string | undefined =>
  label !== undefined && doc !== undefined ? `${label}\n\n${doc}` : (label ?? doc);

/**
 * The values that an open enum takes beside its own, written so that its own are still offered and told apart. Where values
 * have numbers and travel by name, one that is not listed has no name to travel by.
 */
function unlisted(decl: Enum, profile: JsonProfile): readonly string[] {
  if (!decl.open || (profile.enums === "name" && decl.values.some((value) => value.number !== undefined))) return [];
  return [...new Set(decl.values.map((value) => typeof enumJson(value, profile)))].map((type) => `(${type} & {})`);
}

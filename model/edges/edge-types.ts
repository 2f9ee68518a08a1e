import type { Field, Message, Origin, TypeDecl, TypeRef } from "../model.ts";

/** What one side of the edges adds to a system: types, and those of them that are documents of their own. */
export interface EdgeTypes {
  readonly types: readonly TypeDecl[];
  readonly documents: readonly { readonly name: string; readonly type: Message }[];
}

/** What the field of a derived message can say beside its name, type and meaning. */
type FieldFacts = Partial<Pick<Field, "presence" | "nullable" | "limits" | "unit">>;

/** A field that has the same key under every profile: it is not ours to spell. What only the protocol says has no origins. */
export const edgeField = (
  name: string,
  type: TypeRef,
  doc: string | undefined,
  origins: readonly Origin[],
  facts: FieldFacts = {},
): Field => ({
  name,
  jsonName: name,
  type,
  presence: "required",
  ...(doc !== undefined && { doc }),
  ...facts,
  origins,
});

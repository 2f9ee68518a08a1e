import { type JsonProfile, jsonKey, messageOf, type Name, type Union, type View } from "../../model/index.ts";

/** The values of a union's tag that stand for one variant. */
export interface TagMember {
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Per variant the tag that a union adds to it; `undefined` when the union has no tag, or when its variants all declare the
 * field themselves: then what they declare decides.
 */
export function tagMembers(
  union: Union,
  view: View,
  profile: JsonProfile,
): readonly (TagMember | undefined)[] | undefined {
  const { tag } = union;
  if (!tag) return undefined;
  const declares = (variant: Union["variants"][number]) =>
    messageOf(variant, view)?.fields.some((field) => field.name === tag.field) ?? false;
  if (union.variants.every(declares)) return undefined;
  const key = jsonKey({ name: tag.field }, profile);
  return union.variants.map((variant) => {
    const values = variant.kind === "named" ? valuesOf(tag.values, variant.name) : [];
    return values.length > 0 ? { key, values } : undefined;
  });
}

const valuesOf = (values: Readonly<Record<string, Name>>, name: Name): readonly string[] =>
  Object.entries(values).flatMap(([value, variant]) => (variant === name ? [value] : []));

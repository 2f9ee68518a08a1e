import type { Declared } from "../../model/index.ts";

/** What a thing means, that it is deprecated and why; further sentences follow what it means. */
export function docOf(
  { doc, deprecated }: Pick<Declared, "doc" | "deprecated">,
  ...more: readonly (string | undefined)[]
): string | undefined {
  const { reason, replacedBy } = deprecated ?? {};
  const parts = [doc, ...more, reason, replacedBy && `Use ${replacedBy}.`].filter(
    (part) => part !== undefined && part !== "",
  );
  return parts.length > 0 ? parts.join("\n\n") : undefined;
}

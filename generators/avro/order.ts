/**
 * Members by their numbers where all have one, so that a message is the same record whoever reads it: a Protobuf file may list its
 * fields in any order. Without numbers the order is that of the document.
 */
export function inNumberOrder<T extends { readonly number?: number }>(members: readonly T[]): readonly T[] {
  if (members.some(({ number }) => number === undefined)) return members;
  return [...members].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
}

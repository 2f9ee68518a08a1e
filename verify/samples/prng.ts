/** A source of numbers that looks like chance and is none: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** A whole number from 0 up to, not including, the limit. */
  readonly below: (limit: number) => number;
  /** True in so many of a hundred cases. */
  readonly percent: (chance: number) => boolean;
  /** One of several; of none, `undefined`. */
  readonly pick: <T>(items: readonly T[]) => T | undefined;
}

/**
 * Mulberry32: a counter that steps by an odd constant through all 32-bit numbers, its bits mixed by two multiplications.
 * Small, quick, and made of nothing but 32-bit arithmetic, which is the same everywhere.
 */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
  return {
    below,
    percent: (chance) => below(100) < chance,
    pick: (items) => items[below(items.length)],
  };
}

/** A seed made of a seed and a text, so that every subject has numbers of its own. */
export function seedFor(seed: number, text: string): number {
  let hash = seed ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
}

/** A number of 53 bits that stands for a text; of a million texts, two have the same one in a case out of ten thousand. */
export function fingerprint(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (b & 0x1fffff) * 2 ** 32 + (a >>> 0);
}

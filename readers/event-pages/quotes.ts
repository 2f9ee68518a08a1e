const double = `"“”„«»`;
const single = `'‘’‚`;

/** A text in quotes, straight or typographic, at an offset: what stands between them, and where it ends. */
export function quotedAt(text: string, offset: number): { readonly value: string; readonly end: number } | undefined {
  const open = text.charAt(offset);
  if (open === "") return undefined;
  const closing = double.includes(open) ? double : single.includes(open) ? single : open === "`" ? "`" : undefined;
  if (closing === undefined) return undefined;
  for (let end = offset + 1; end < text.length; end++)
    if (closing.includes(text.charAt(end))) return { value: text.slice(offset + 1, end), end: end + 1 };
  return undefined;
}

/** The text between quotes; `undefined` when there are none around all of it. */
export function quoted(text: string): string | undefined {
  const found = quotedAt(text, 0);
  return found?.end === text.length ? found.value : undefined;
}

/** True when a quote stands anywhere in a text. */
export const hasQuote = (text: string): boolean => /["“”„«»'‘’‚`]/.test(text);

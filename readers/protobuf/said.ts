/** The compiler's words as the second half of a sentence of ours. */
export function said(text: string, character: string): string {
  // The compiler says this once per byte; the reader of the finding sees one character.
  if (text.startsWith("Interpreting non ascii codepoint"))
    return `the character ${character} may stand in comments and strings only.`;
  if (text.startsWith("Invalid control characters")) return "a control character stands in the text.";
  const words = text.replace(/\s+/g, " ").trim();
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

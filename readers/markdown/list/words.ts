/** The words of a heading or label, joined: `H2O engine` keeps `H2O` whole, since people part words by blanks here. */
export function joinWords(text: string, by: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .join(by);
}

/** `AppInstance` of "App Instance": every word begins with a capital and is otherwise kept. */
export const typeName = (text: string): string =>
  joinWords(text, " ").replace(/(?:^| )(.)/g, (_, c: string) => c.toUpperCase());

/** `app_instance` of "App Instance". */
export const eventSegment = (text: string): string => joinWords(text, "_").toLowerCase();

/** "App Instance" of "App Instance Event": that a kind is an event goes without saying in the names of its variants. */
export const kindStem = (kind: string): string => kind.replace(/\s+Event$/i, "");

/** True when two names are the same but for case, blanks and marks. */
export const sameWords = (a: string, b: string): boolean =>
  joinWords(a, "").toLowerCase() === joinWords(b, "").toLowerCase();

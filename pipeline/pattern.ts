/**
 * Matches names and paths: `*` stands for any part of them. The first and last parts stand at the ends; each part between is
 * looked for behind the one before it, which takes no longer for many stars.
 */
export function pattern(text: string): (name: string) => boolean {
  const [first = "", ...rest] = text.split("*");
  const last = rest.pop();
  return (name) => {
    if (last === undefined) return name === text;
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
    let from = first.length;
    for (const part of rest) {
      const at = name.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= name.length - last.length;
  };
}

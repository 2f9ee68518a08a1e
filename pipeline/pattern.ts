/** Matches names and paths: `*` stands for any part of them. */
export function pattern(text: string): (name: string) => boolean {
  const parts = text.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`);
  return (name) => expression.test(name);
}

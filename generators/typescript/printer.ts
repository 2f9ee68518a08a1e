/** Collects lines, indented as blocks nest. */
export interface Printer {
  readonly line: (text?: string) => void;
  /** Runs `body` with its lines two columns further in. */
  readonly indented: (body: () => void) => void;
  /** How long a line may be at the present depth. */
  readonly room: () => number;
  readonly text: () => string;
}

const lineWidth = 120;

/** An empty printer; the text is joined once, when it is asked for. */
export function createPrinter(): Printer {
  const lines: string[] = [];
  let margin = "";
  return {
    line: (text = "") => {
      lines.push(text === "" ? "" : margin + text);
    },
    indented: (body) => {
      margin += "  ";
      body();
      margin = margin.slice(2);
    },
    room: () => lineWidth - margin.length,
    text: () => `${lines.join("\n")}\n`,
  };
}

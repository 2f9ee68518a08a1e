/** How parts of a printed finding are set off from one another. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly place: (text: string) => string;
  readonly faint: (text: string) => string;
}

const same = (text: string): string => text;

/** No colour at all. */
export const plain: Paint = { error: same, warning: same, info: same, place: same, faint: same };

const ansi = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** The sixteen colours every terminal has. */
export const coloured: Paint = { error: ansi(31), warning: ansi(33), info: ansi(34), place: ansi(36), faint: ansi(90) };

/** Turns the compiler's places into offsets of the text it compiled. */
export interface Positions {
  /** The UTF-16 offset of a line and column, both counted from 0 and columns as the compiler counts them. */
  readonly offset: (line: number, column: number) => number;
}

const tabWidth = 8;
// Without tabs and with one byte per character, columns are offsets.
const needsTable = /[\t\u0080-\uffff]/;

/**
 * The compiler counts columns in bytes of UTF-8 and lets a tab run to the next multiple of eight; a byte order mark is three
 * bytes like any other character of its size. Only a line feed ends a line. Places past the end are moved to the end.
 */
export function createPositions(text: string): Positions {
  const starts = lineStarts(text);
  const tables = new Map<number, readonly number[]>();

  return {
    offset: (line, column) => {
      const start = starts[line];
      if (start === undefined) return text.length;
      const end = (starts[line + 1] ?? text.length + 1) - 1;
      let table = tables.get(line);
      if (table === undefined) {
        table = needsTable.test(text.slice(start, end)) ? columnTable(text, start, end) : [];
        tables.set(line, table);
      }
      return table.length === 0 ? Math.min(start + column, end) : (table[column] ?? end);
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The offset of every column of a line; a column inside a character belongs to the character's start. */
function columnTable(text: string, start: number, end: number): readonly number[] {
  const table: number[] = [];
  for (let at = start; at < end; ) {
    const code = text.codePointAt(at) ?? 0;
    const width = code === 0x09 ? tabWidth - (table.length % tabWidth) : utf8Length(code);
    for (let column = 0; column < width; column++) table.push(at);
    at += code > 0xffff ? 2 : 1;
  }
  return table;
}

const utf8Length = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/**
 * Cuts delimited text into records, piece by piece. Any of CRLF, LF and CR ends a record, also mixed in one file; inside quotation marks
 * they belong to the cell. papaparse knows one line end a file and cannot tell a CR inside quotation marks from half of a CRLF after them,
 * so it is used as the judge of this scanner in its tests and not here.
 */

/** What is wrong with the form of a record. */
export type Flaw = 'open' | 'trailing' | 'long' | null;

/** Called for each record; `false` stops. `quoted` is true when a cell stood in quotation marks. */
export type OnRecord = (cells: string[], flaw: Flaw, quoted: boolean) => boolean | void;

export interface Scanner {
  /** Takes the next piece of text. False when the receiver wants no more. */
  readonly push: (text: string) => boolean;
  /** Takes the end of the file. */
  readonly end: () => void;
}

const [quote, lf, cr, space, tab] = [34, 10, 13, 32, 9];
/** A record may be this many characters long; past it a quotation mark has been left open, or the file is no table. */
export const longestRecord = 8_000_000;
const mostCells = 16_384;

/** A scanner for one file with one delimiter. */
export function scanner(delimiter: string, onRecord: OnRecord): Scanner {
  const mark = delimiter.charCodeAt(0);
  let kept = '';
  let going = true;

  /** Reads whole records from `text`; returns where the first unfinished one begins. */
  function scan(text: string, last: boolean): number {
    const length = text.length;
    let start = 0;
    while (start < length) {
      const cells: string[] = [];
      let flaw: Flaw = null;
      let quoted = false;
      let at = start;
      for (;;) {
        if (at < length && text.charCodeAt(at) === quote) {
          quoted = true;
          const close = closing(text, at + 1);
          if (close === -1 || (close === length - 1 && !last)) {
            if (!last) return start;
            if (close === -1) {
              cells.push(text.slice(at + 1));
              onRecord(cells, 'open', true);
              return length;
            }
          }
          const inner = text.slice(at + 1, close);
          let next = close + 1;
          while (next < length && isBlank(text.charCodeAt(next))) next += 1;
          if (next >= length && !last) return start;
          if (next < length && !ends(text.charCodeAt(next))) {
            // Something stands behind the closing mark: the record is damaged, the next line end closes it.
            flaw = 'trailing';
            while (next < length && !ends(text.charCodeAt(next))) next += 1;
            cells.push(inner + text.slice(close + 1, next));
          } else {
            cells.push(inner.includes('"') ? inner.replaceAll('""', '"') : inner);
          }
          at = next;
        } else {
          let next = at;
          for (; next < length; next += 1) {
            const code = text.charCodeAt(next);
            if (code === mark || code === lf || code === cr) break;
          }
          cells.push(text.slice(at, next));
          at = next;
        }
        if (at >= length) {
          if (!last) return start;
          break;
        }
        const code = text.charCodeAt(at);
        at += 1;
        if (code === mark) {
          if (cells.length >= mostCells) flaw = 'long';
          if (cells.length > mostCells) cells.length = mostCells;
          continue;
        }
        if (code === cr) {
          if (at >= length && !last) return start;
          if (text.charCodeAt(at) === lf) at += 1;
        }
        break;
      }
      start = at;
      if (onRecord(cells, flaw, quoted) === false) {
        going = false;
        return start;
      }
    }
    return start;
  }

  const isBlank = (code: number): boolean => code !== mark && (code === space || code === tab);
  const ends = (code: number): boolean => code === mark || code === lf || code === cr;

  const push = (text: string): boolean => {
    if (!going) return false;
    const all = kept === '' ? text : kept + text;
    const done = scan(all, false);
    kept = all.slice(done);
    if (going && kept.length > longestRecord) {
      going = false;
      onRecord([kept.slice(0, 200)], kept.includes('"') ? 'open' : 'long', true);
    }
    if (!going) kept = '';
    return going;
  };
  const end = (): void => {
    if (going && kept !== '') scan(kept, true);
    going = false;
    kept = '';
  };
  return { push, end };
}

/** Index of the quotation mark that closes a cell, or -1. Doubled ones belong to the cell. */
function closing(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2);
  return at;
}

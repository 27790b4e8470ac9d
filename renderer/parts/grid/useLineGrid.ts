import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { chosen, type Found, type GridColumn, type GridRules } from './columns.ts';
import { type Led, type Spot, walked } from './moving.ts';
import { laidOut } from './pasting.ts';
import { answered, answeredAll, atLeast, type Cell, cellOf, type History, inserted, isBlank, isEmpty, newRow, noHistory, nothing, overlaid, remember, type Row, type Rows, stepped, withCell, without } from './sheet.ts';

/** Where the lines are kept: by who uses the grid, so that they outlive it. */
export interface Sheet {
  readonly now: () => Rows;
  readonly set: (rows: Rows) => void;
}

/** A cell that is being typed in. */
interface Typing {
  readonly row: number;
  readonly key: string;
  readonly before: Rows;
}

export interface Pasted {
  readonly lines: number;
  /** Texts that name nothing. */
  readonly unknown: number;
  /** Columns that had no place. */
  readonly over: number;
}

interface Given {
  readonly sheet: Sheet;
  readonly columns: readonly GridColumn[];
  readonly rules: GridRules;
  readonly most: number;
  readonly pasted: (what: Pasted) => void;
}

export interface LineGridWork {
  readonly active: Spot;
  readonly typing: boolean;
  /** To a cell, taking the focus along. */
  readonly go: (spot: Spot) => void;
  /** True once after `go`: the input takes the focus. */
  readonly takeFocus: () => boolean;
  /** What is typed goes into the cell at once; it is settled when the cell is left. */
  readonly type: (text: string) => void;
  /** Ends the typing; with the offer that was chosen, where there is one. */
  readonly end: (offer?: Found | 'none') => void;
  readonly cancel: () => void;
  readonly step: (step: 1 | -1) => boolean;
  readonly follow: (led: Led) => void;
  readonly put: (text: string) => void;
  readonly missing: () => string | null;
  readonly copyAbove: () => void;
  readonly removeLine: (at?: number) => void;
  readonly insertLine: () => void;
  readonly clear: () => void;
  /** Puts these lines in the place of all, as one step that can be taken back, and goes to a cell. */
  readonly lay: (next: Rows, to: Spot) => void;
  readonly undo: (way: 'undo' | 'redo') => boolean;
  readonly paste: (cells: readonly (readonly string[])[]) => void;
  /** Ends the typing and waits until every lookup has its answer. */
  readonly settle: () => Promise<void>;
}

/** What can be done in a grid of lines. */
export function useLineGrid(given: Given): LineGridWork {
  const latest = useRef(given);
  useLayoutEffect(() => {
    latest.current = given;
  });
  const [active, setActive] = useState<Spot>({ row: 0, col: 0 });
  const [typing, setTyping] = useState<Typing | null>(null);
  const spot = useRef(active);
  const now = useRef<Typing | null>(null);
  const history = useRef<History>(noHistory);
  const focusing = useRef(false);
  const waiting = useRef(new Set<Promise<void>>());

  const columnAt = useCallback((col: number): GridColumn => {
    const { columns } = latest.current;
    const found = columns[Math.min(col, columns.length - 1)];
    if (!found) throw new Error('A grid has no columns.');
    return found;
  }, []);

  const work = useMemo<Omit<LineGridWork, 'active' | 'typing'>>(() => {
    const rows = (): Rows => latest.current.sheet.now();
    const set = (next: Rows): void => latest.current.sheet.set(next);
    const begin = (): void => {
      history.current = remember(history.current, rows());
    };
    const settled = (row: Row, key: string): Row => latest.current.rules.settle?.(row, key) ?? row;
    const settleAt = (all: Rows, at: number, key: string): Rows => all.map((row, index) => (index === at ? settled(row, key) : row));
    const change = (next: Rows): void => {
      begin();
      set(next);
    };
    const typed = (value: Typing | null): void => {
      now.current = value;
      setTyping(value);
    };
    const wait = (promise: Promise<void>): void => {
      waiting.current.add(promise);
      void promise.finally(() => waiting.current.delete(promise));
    };

    /** What a text in a cell means: at once, or after a lookup. */
    const mean = (row: Row, column: GridColumn, text: string, offer?: Found | 'none'): Cell => {
      const { lookup } = column;
      if (text.trim() === '') return nothing;
      if (!lookup) return column.read(text);
      if (offer === 'none') return { text, value: null, problem: lookup.unknown(text.trim()) };
      if (offer) return chosen(offer);
      const ask = async (): Promise<void> => {
        const [first] = await lookup.find(text.trim()).catch(() => []);
        set(answered(rows(), row.key, column.key, text, first ? chosen(first) : { text, value: null, problem: lookup.unknown(text.trim()) }));
      };
      wait(ask());
      return { text, value: null, waiting: true };
    };

    const end = (offer?: Found | 'none'): void => {
      const one = now.current;
      if (!one) return;
      typed(null);
      const at = rows().findIndex((row) => row.key === one.row);
      const column = latest.current.columns.find((each) => each.key === one.key);
      const row = rows()[at];
      if (!row || !column) return;
      set(settleAt(withCell(rows(), at, one.key, mean(row, column, cellOf(row, one.key).text, offer)), at, one.key));
    };
    const go = (to: Spot): void => {
      end();
      focusing.current = true;
      spot.current = to;
      setActive(to);
    };
    const key = (): string => columnAt(spot.current.col).key;
    const put = (text: string): void => {
      typed(null);
      const { row: at, col } = spot.current;
      const row = rows()[at];
      if (!row) return;
      const column = columnAt(col);
      const cell = mean(row, column, text);
      change(settleAt(withCell(rows(), at, column.key, cell), at, column.key));
    };
    const add = (): void => {
      const all = rows();
      if (all.length >= latest.current.most) return;
      change([...all, newRow()]);
    };

    return {
      go,
      end,
      put,
      takeFocus: () => {
        const wanted = focusing.current;
        focusing.current = false;
        return wanted;
      },
      type: (text) => {
        const { row: at, col } = spot.current;
        const row = rows()[at];
        if (!row) return;
        const column = columnAt(col);
        if (now.current?.row !== row.key || now.current.key !== column.key) {
          end();
          typed({ row: row.key, key: column.key, before: rows() });
          begin();
        }
        const cell: Cell = column.lookup ? { text, value: null, waiting: true } : { ...column.read(text), text };
        set(withCell(rows(), at, column.key, cell));
      },
      cancel: () => {
        const one = now.current;
        if (!one) return;
        typed(null);
        history.current = { ...history.current, past: history.current.past.slice(0, -1) };
        set(one.before);
        focusing.current = true;
        setActive((before) => ({ ...before }));
      },
      step: (step) => {
        end();
        const all = rows();
        const { columns, rules } = latest.current;
        const skips = ({ row, col }: Spot): boolean => {
          const [line, column] = [all[row], columns[col]];
          return line !== undefined && column !== undefined && rules.skips?.(line, column.key) === true;
        };
        const led = walked(spot.current, { rows: all.length, cols: columns.length, page: 1 }, step, skips);
        // At the end of a line in which nothing stands, with nothing after it, Tab leads out.
        const ended = step === 1 && (led === 'add' || (led !== 'leave' && led.row > spot.current.row)) && all.slice(spot.current.row).every(isBlank);
        if (led === 'leave' || ended) return false;
        if (led === 'add') {
          add();
          go({ row: Math.min(all.length, rows().length - 1), col: 0 });
        } else go(led);
        return true;
      },
      follow: (led) => {
        if (led === 'leave') return;
        if (led !== 'add') return go(led);
        end();
        const last = rows().at(-1);
        if (last && isBlank(last)) return;
        add();
        go({ row: rows().length - 1, col: spot.current.col });
      },
      missing: () => (columnAt(spot.current.col).figures ? (latest.current.rules.missing?.(rows(), spot.current.row, key()) ?? null) : null),
      copyAbove: () => {
        const { row: at } = spot.current;
        const above = cellOf(rows()[at - 1], key());
        if (at === 0 || isEmpty(above)) return;
        typed(null);
        change(settleAt(withCell(rows(), at, key(), above), at, key()));
        focusing.current = true;
        setActive({ ...spot.current });
      },
      removeLine: (at = spot.current.row) => {
        end();
        change(without(rows(), at));
        const to = spot.current.row > at || spot.current.row >= rows().length ? spot.current.row - 1 : spot.current.row;
        go({ row: Math.max(0, to), col: spot.current.col });
      },
      insertLine: () => {
        end();
        if (rows().length >= latest.current.most) return;
        change(inserted(rows(), spot.current.row));
        go({ ...spot.current });
      },
      clear: () => {
        typed(null);
        if (!isEmpty(cellOf(rows()[spot.current.row], key()))) change(withCell(rows(), spot.current.row, key(), nothing));
      },
      lay: (next, to) => {
        end();
        change(next);
        go(to);
      },
      undo: (way) => {
        end();
        const back = stepped(history.current, rows(), way);
        if (!back) return false;
        history.current = back.history;
        set(back.rows);
        go({ row: Math.min(spot.current.row, back.rows.length - 1), col: spot.current.col });
        return true;
      },
      paste: (cells) => {
        end();
        const { columns, rules, most, pasted } = latest.current;
        const { lines, over } = laidOut(
          cells,
          key(),
          columns.map((column) => ({ key: column.key, names: column.names, ...(column.figures ? { reads: (text: string) => column.read(text).problem === undefined } : {}) })),
          rules.orders ?? [],
        );
        const top = spot.current.row;
        const room = lines.slice(0, most - top);
        const patches = room.map((line) =>
          Object.fromEntries(
            columns.flatMap((column) => {
              const text = line[column.key];
              if (text === undefined) return [];
              const cell: Cell = text === '' ? nothing : column.lookup ? { text, value: null, waiting: true } : column.read(text);
              return [[column.key, cell] as const];
            }),
          ),
        );
        const keys = columns.filter((column) => column.figures && room.some((line) => (line[column.key] ?? '') !== '')).map((column) => column.key);
        const laid = overlaid(rows(), top, patches).map((row, at) => (at < top || at >= top + room.length ? row : keys.reduce((one, each) => (isEmpty(cellOf(one, each)) ? one : settled(one, each)), row)));
        change(atLeast(laid, top + room.length));
        focusing.current = true;
        setActive({ ...spot.current });
        const matching = async (): Promise<void> => {
          let unknown = 0;
          for (const column of columns) {
            const { lookup } = column;
            const texts = lookup ? [...new Set(room.map((line) => line[column.key] ?? '').filter((text) => text !== ''))] : [];
            const found = new Map<string, Found | null>();
            for (let at = 0; lookup && at < texts.length; at += 1000) {
              const part = texts.slice(at, at + 1000);
              const all = await lookup.match(part).catch(() => []);
              part.forEach((text, index) => found.set(text, all[index] ?? null));
            }
            if (!lookup || texts.length === 0) continue;
            unknown += room.filter((line) => found.get(line[column.key] ?? '') === null).length;
            set(answeredAll(rows(), column.key, (text) => {
              const one = found.get(text);
              return one === undefined ? undefined : one === null ? { text, value: null, problem: lookup.unknown(text) } : chosen(one);
            }));
          }
          pasted({ lines: room.length, unknown, over: over + (lines.length > room.length ? 1 : 0) });
        };
        wait(matching());
      },
      settle: async () => {
        end();
        while (waiting.current.size > 0) await Promise.all(waiting.current);
      },
    };
  }, [columnAt]);
  return { ...work, active, typing: typing !== null };
}

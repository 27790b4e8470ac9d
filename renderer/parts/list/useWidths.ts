import { useMemo, useState } from 'react';
import { type Column, resized, spread } from './columns.ts';

interface Widths {
  readonly columns: readonly Column[];
  readonly resize: (key: string, width: number, done: boolean) => void;
}

/** The columns in the room that the list has. While an edge is dragged all others stay where they are; its width is kept when it is let go. */
export function useWidths(own: readonly Column[], room: number, keep: (key: string, width: number) => void): Widths {
  const [dragged, setDragged] = useState<readonly Column[] | null>(null);
  const fitted = useMemo(() => spread(own, room), [own, room]);
  const columns = dragged ?? fitted;
  const resize = (key: string, width: number, done: boolean): void => {
    setDragged(done ? null : resized(columns, key, width));
    if (done) keep(key, width);
  };
  return { columns, resize };
}

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useAfterPicture } from '../afterPicture.ts';

export const headHeight = 28;
/** Rows drawn above and below what is seen, so that a turn of the wheel finds them ready: once the first picture is there. */
const most = 10;
/** What stands around the rows of a list, about, and its scroll bar: how many rows a first drawing needs is guessed, and put right before it is seen. */
const [around, bar] = [95, 10];

/** As the last list was, or as large as the room for one is: a first drawing that fits needs no second. */
let latest: { readonly fit: number; readonly room: number } | null = null;
const guess = (rowHeight: number): { first: number; fit: number; room: number } => {
  if (latest) return { first: 0, ...latest };
  const main = document.querySelector('main');
  return { first: 0, fit: Math.max(1, Math.floor(((main?.clientHeight ?? 900) - around) / rowHeight)), room: Math.max(0, (main?.clientWidth ?? 0) - bar) };
};

interface Asked {
  readonly count: number;
  readonly rowHeight: number;
  /** Where to begin: a list that one comes back to stands as it was left. */
  readonly top: number;
  /** Another question begins at the top. */
  readonly question: unknown;
  readonly see: (first: number, last: number) => void;
}

export interface RowWindow {
  /** For the `ref` of the scroller. */
  readonly attach: (scroller: HTMLDivElement | null) => void;
  readonly scroller: HTMLDivElement | null;
  /** Rows to draw. */
  readonly items: readonly number[];
  /** Width that the columns may fill. */
  readonly room: number;
  /** Rows that fit at once. */
  readonly page: number;
  /** At most so many are drawn; rows that far apart may share an element. */
  readonly pool: number;
  readonly show: (row: number) => void;
}

/**
 * Which rows of any number are on screen. All rows are equally high, so this is arithmetic: a million rows of 24 px stay below the
 * 33.5 million px that Chromium can scroll. The head stands in the same scroller and covers its first 28 px.
 */
export function useRowWindow({ count, rowHeight, top, question, see }: Asked): RowWindow {
  const [scroller, attach] = useState<HTMLDivElement | null>(null);
  const [view, setView] = useState(() => guess(rowHeight));
  const spare = useAfterPicture() ? most : 0;

  useLayoutEffect(() => {
    if (!scroller) return undefined;
    const look = (): void => {
      const first = Math.floor(scroller.scrollTop / rowHeight);
      const fit = Math.max(1, Math.floor((scroller.clientHeight - headHeight) / rowHeight));
      const room = scroller.clientWidth;
      latest = { fit, room };
      setView((before) => (before.first === first && before.fit === fit && before.room === room ? before : { first, fit, room }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, [scroller, rowHeight]);

  const from = Math.max(0, Math.min(view.first, count - 1) - spare);
  const to = Math.min(count, view.first + view.fit + 1 + spare);
  const items = useMemo(() => Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at), [from, to]);
  useEffect(() => see(Math.min(view.first, Math.max(0, count - 1)), Math.min(count, view.first + view.fit)), [see, view, count]);

  // A list far down can be scrolled to only once it is known how long it is.
  const begun = useRef(top === 0);
  useLayoutEffect(() => {
    if (begun.current || !scroller || count * rowHeight < top) return;
    begun.current = true;
    scroller.scrollTo({ top });
  }, [scroller, count, rowHeight, top]);
  const asked = useRef(question);
  useLayoutEffect(() => {
    if (asked.current === question) return;
    asked.current = question;
    scroller?.scrollTo({ top: 0 });
  }, [scroller, question]);

  const show = useCallback(
    (row: number): void => {
      if (!scroller) return;
      const room = scroller.clientHeight - headHeight;
      const above = row * rowHeight;
      if (above < scroller.scrollTop) scroller.scrollTo({ top: above });
      else if (above + rowHeight > scroller.scrollTop + room) scroller.scrollTo({ top: above + rowHeight - room });
    },
    [scroller, rowHeight],
  );
  return { attach, scroller, room: view.room, items, page: Math.max(1, view.fit - 1), pool: view.fit + 1 + 2 * most, show };
}

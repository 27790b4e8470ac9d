import type { ReactNode } from 'react';
import type { AnyRow, Entity } from '#contract/kit/entity.ts';
import type { NameOf } from '../fields/show.ts';
import type { Column, Sorting } from './columns.ts';
import type { Box, Pick } from './pick.ts';

export interface GridProps {
  readonly entity: Entity;
  readonly label: string;
  readonly columns: readonly Column[];
  readonly count: number;
  readonly at: (index: number) => AnyRow | undefined;
  readonly see: (first: number, last: number) => void;
  readonly nameOf: NameOf;
  readonly currency: string;
  readonly sorting: Sorting;
  readonly rowHeight: number;
  readonly ticks: boolean;
  readonly pick: Pick;
  readonly setPick: (pick: Pick) => void;
  /** Takes the focus when it appears: the list is all there is on screen. */
  readonly focused: boolean;
  /** What the list was asked: another question begins at the top. */
  readonly question: unknown;
  /** Scroll position to begin with, and where it is kept. */
  readonly top: number;
  readonly keepTop: (top: number) => void;
  readonly editable: (column: Column, row: AnyRow) => boolean;
  readonly save: (row: AnyRow, key: string, value: unknown) => void;
  readonly open: (row: AnyRow) => void;
  readonly peek: (row: AnyRow) => void;
  /** The active row changed while the keys moved: a peek follows. */
  readonly moved: (row: AnyRow) => void;
  readonly sort: (column: Column) => void;
  readonly menu: (column: Column, at: HTMLElement) => void;
  /** Keeps the width that the user gave a column. */
  readonly resize: (key: string, width: number) => void;
  readonly reorder: (key: string, to: number) => void;
  readonly copy: (box: Box) => void;
  readonly paste: (text: string) => void;
  /** Stands over the body while there are no rows: nothing here, loading, error. */
  readonly notice?: ReactNode;
}

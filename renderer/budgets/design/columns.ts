import { useMemo } from 'react';
import { rowKinds } from '#contract/budgets/design.ts';
import type { Found, GridColumn, GridRules, Lookup } from '../../parts/grid/columns.ts';
import { type Cell, cellOf, nothing, type Row } from '../../parts/grid/sheet.ts';
import { type Translate, useT } from '../../t.ts';
import { isFigured, kindOf } from './model.ts';

/** The columns in which the rows of a design are typed. */

const plain = (text: string): Cell => (text.trim() === '' ? nothing : { text: text.trim(), value: text.trim() });

/** Kinds of rows by the beginning of their name, here or in the other language's own word. */
function kindLookup(t: Translate): Lookup {
  const all = rowKinds.map((kind, at): Found & { readonly kind: string } => ({ id: at + 1, code: '', name: t(`budgets.design.kinds.${kind}`), kind }));
  const like = (text: string): readonly Found[] => {
    const wanted = text.trim().toLowerCase();
    const begins = all.filter((one) => one.name.toLowerCase().startsWith(wanted) || one.kind.startsWith(wanted));
    return (begins.length > 0 ? begins : all.filter((one) => one.name.toLowerCase().includes(wanted))).map(({ id, code, name }) => ({ id, code, name }));
  };
  return {
    find: (text) => Promise.resolve(like(text)),
    match: (texts) => Promise.resolve(texts.map((text) => like(text)[0] ?? null)),
    unknown: (text) => t('budgets.design.noKind', { text }),
  };
}

function codeCell(text: string, t: Translate): Cell {
  if (text === '') return nothing;
  return /^[A-Z]\w{0,19}$/.test(text) ? { text, value: text } : { text, value: null, problem: t('budgets.design.noCode') };
}

export function useDesignColumns(): readonly GridColumn[] {
  const t = useT();
  return useMemo(() => {
    const column = (key: 'code' | 'kind' | 'label' | 'of', more: Pick<GridColumn, 'width' | 'read'> & Partial<GridColumn>): GridColumn => ({ key, label: t(`budgets.design.columns.${key}`), names: [t(`budgets.design.columns.${key}`).toLowerCase(), key], ...more });
    return [
      column('kind', { width: 92, read: plain, lookup: kindLookup(t) }),
      column('label', { width: 150, grow: true, max: 1000, read: plain }),
      column('of', { width: 130, grow: true, max: 1000, read: plain }),
      column('code', { width: 58, max: 20, read: (text) => codeCell(text.trim().toUpperCase(), t) }),
    ];
  }, [t]);
}

/** Tab passes by cells in which nothing can stand for the kind of a row; the code is there already. */
export const designRules: GridRules = {
  skips: (row: Row, key) => {
    if (cellOf(row, 'kind').value === null) return false;
    const kind = kindOf(row);
    if (key === 'code') return cellOf(row, 'code').text !== '' || !isFigured(kind);
    if (key === 'of') return !isFigured(kind);
    return key === 'label' && kind === 'blank';
  },
  orders: [['kind', 'label', 'of', 'code'], ['label', 'of']],
};

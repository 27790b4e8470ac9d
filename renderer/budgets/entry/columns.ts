import { useMemo } from 'react';
import type { Found, GridColumn, GridRules, Lookup } from '../../parts/grid/columns.ts';
import { type Cell, cellOf, nothing, type Rows } from '../../parts/grid/sheet.ts';
import { namesLike } from '../../parts/record/asked.ts';
import { fetchCall } from '../../query.ts';
import { usePreference } from '../../state/preference.ts';
import { go, placeOf } from '../../state/ui.ts';
import { type Translate, useT } from '../../t.ts';
import { tagsLookup } from './tagSets.ts';
import { missingIn, readAmount, type RefKey, refs, refKeys, settleLine, type Ways } from './model.ts';

/** Columns that an entry shows only when they are wanted. */
export const spareColumns = ['department', 'place', 'project', 'party', 'tags', 'currency', 'quantity', 'tax_code'] as const;
export type SpareColumn = (typeof spareColumns)[number];

const offered = 12;
const asFound = ({ id, number, name }: { readonly id: number; readonly number: string; readonly name: string }): Found => ({ id, code: number, name });

/** Accounts that take lines, by number or name. */
export const accountLookup = (t: Translate): Lookup => ({
  find: async (text) => (await fetchCall('account.find', { text: text.slice(0, 200), limit: offered })).map(asFound),
  match: async (texts) => (await fetchCall('account.match', { texts: texts.map((text) => text.slice(0, 200)) })).map((one) => one && asFound(one)),
  unknown: (text) => t('budgets.entry.noAccount', { text }),
  open: (id) => void go(placeOf('account', id)),
});

const named = ({ id, title, subtitle }: { readonly id: number; readonly title: string; readonly subtitle: string }): Found => ({ id, code: subtitle, name: title });

function recordLookup(entity: string, t: Translate): Lookup {
  const find = async (text: string): Promise<readonly Found[]> => {
    const typed = text.trim().slice(0, 200);
    const found = await namesLike(entity, typed, offered);
    return found.map(named);
  };
  return {
    find,
    match: async (texts) =>
      await Promise.all(
        texts.map(async (text) => {
          const wanted = text.trim().toLowerCase();
          const exact = (await find(text)).filter((one) => [one.name, one.code].some((own) => own.toLowerCase() === wanted));
          return exact.length === 1 && exact[0] ? exact[0] : null;
        }),
      ),
    unknown: (text) => t('budgets.entry.noRecord', { text }),
    open: (id) => void go(placeOf(entity, id)),
  };
}

const plainText = (text: string): Cell => (text.trim() === '' ? nothing : { text: text.replace(/\s+/g, ' ').trim(), value: text.trim() });
const isText = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
const none: readonly string[] = [];

/** Which of the spare columns the user shows, and those in which something stands; to read, only the latter. */
export function useSpare(rows: Rows, readOnly = false): { readonly chosen: readonly string[]; readonly shown: readonly SpareColumn[]; readonly choose: (keys: readonly string[]) => void } {
  const [chosen, choose] = usePreference<readonly string[]>('entry.columns', none, isText);
  const shown = spareColumns.filter((key) => (!readOnly && chosen.includes(key)) || rows.some((row) => cellOf(row, key).text !== ''));
  return { chosen, shown, choose };
}

/** The columns of an entry. */
export function useColumns(ways: Ways, shown: readonly SpareColumn[]): readonly GridColumn[] {
  const t = useT();
  const wanted = shown.join(' ');
  return useMemo(() => {
    const names = (key: 'account' | 'debit' | 'credit' | 'text' | SpareColumn, ...more: readonly string[]): { readonly key: string; readonly label: string; readonly names: readonly string[] } => ({
      key,
      label: t(`budgets.entry.${key}`),
      names: [t(`budgets.entry.${key}`).toLowerCase(), key, ...more],
    });
    const ref = (key: RefKey): GridColumn => ({ ...names(key, ...(key === 'party' ? ['partner'] : [])), width: 130, read: plainText, lookup: recordLookup(refs[key], t) });
    const isRef = (key: SpareColumn): key is RefKey => refKeys.some((one) => one === key);
    const spare = (key: SpareColumn): GridColumn => {
      if (isRef(key)) return ref(key);
      if (key === 'tags') return { ...names('tags', 'tag', 'merkmale', 'merkmal'), width: 170, read: plainText, lookup: tagsLookup(t) };
      if (key === 'currency') return { ...names('currency'), width: 76, max: 24, read: (text) => (text.trim().toUpperCase() === ways.base ? nothing : plainText(text.toUpperCase())) };
      return { ...names('quantity'), width: 120, figures: true, read: plainText };
    };
    return [
      { ...names('account', 'konto', 'account number', 'kontonummer', 'number', 'nummer', 'code'), width: 190, grow: true, read: plainText, lookup: accountLookup(t) },
      { ...names('debit', 'soll', 'dr', 'amount', 'betrag'), width: 112, figures: true, read: (text) => readAmount(text, ways) },
      { ...names('credit', 'haben', 'cr'), width: 112, figures: true, read: (text) => readAmount(text, ways) },
      { ...names('text', 'description', 'buchungstext', 'narration', 'memo'), width: 130, grow: true, max: 500, read: plainText },
      ...wanted.split(' ').flatMap((one) => spareColumns.filter((key) => key === one)).map(spare),
    ];
  }, [t, ways, wanted]);
}

/** How lines of an entry behave. */
export const rulesOf = (ways: Ways, valued: ReadonlyMap<number, number>): GridRules => ({
  settle: (row, key) => settleLine(row, key, ways),
  missing: (rows, at, key) => missingIn(rows, at, key, ways, valued),
  skips: (row, key) => (key === 'credit' && cellOf(row, 'debit').value !== null) || (key === 'debit' && cellOf(row, 'credit').value !== null),
  orders: [
    ['account', 'text', 'debit', 'credit'],
    ['account', 'debit', 'credit', 'text'],
  ],
});

import { ArrowSplit20Regular, DocumentAdd20Regular } from '@fluentui/react-icons';
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { EntryDraft } from '#contract/budgets/entry.ts';
import type { Filled } from '#contract/budgets/template.ts';
import { isDay, today } from '#contract/kit/day.ts';
import { type Action, useActions } from '../../commands.ts';
import { office } from '../../office.ts';
import type { GridHandle } from '../../parts/grid/LineGrid.tsx';
import { atLeast, filled as written, isBlank } from '../../parts/grid/sheet.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { money } from '../../parts/format.ts';
import { usePreference } from '../../state/preference.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { t } from '../../t.ts';
import { takePending, takes, type Typed } from '../templates/picking.ts';
import { TakeDialog } from '../templates/TakeDialog.tsx';
import { joinedWords } from './joined.ts';
import { rowsFrom } from './load.ts';
import { keptOf } from './kept.ts';
import { fewest, inPlaceOf, toLines, type Ways } from './model.ts';
import type { EntryWork } from './useEntry.ts';

interface Given {
  readonly id: number;
  readonly work: EntryWork;
  readonly ways: Ways;
  readonly grid: RefObject<GridHandle | null>;
  /** It is being typed. */
  readonly typing: boolean;
}

const isText = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
const none: readonly string[] = [];

/** What an entry does with templates and tax codes: takes a template in, becomes one, and splits the tax out of a line. */
export function useEntryTemplates(given: Given): { readonly menu: readonly Action[]; readonly dialog: ReactNode } {
  const latest = useRef(given);
  const [columns, showColumns] = usePreference<readonly string[]>('entry.columns', none, isText);
  const shown = useRef({ columns, showColumns });
  useLayoutEffect(() => {
    latest.current = given;
    shown.current = { columns, showColumns };
  });
  const { id, typing } = given;
  const ready = given.work.kept !== undefined;
  const [taking, setTaking] = useState<{ readonly draft: EntryDraft; readonly name: string } | null>(null);

  const acts = useMemo(() => {
    const now = (): Given => latest.current;
    /** Behind the lines that are typed already, as one step. What the head says already stays; an entry that nobody touched takes the day. */
    const takeIn = async ({ draft, lines, open, template }: Filled, typed: Typed | null): Promise<void> => {
      const rows = await rowsFrom(lines, now().ways);
      await now().grid.current?.settle();
      const kept = keptOf(id);
      if (!kept) return;
      const before = [...written(kept.rows), ...(typed?.rows ?? [])];
      const { head } = kept;
      now().work.set({ ...(typed && !kept.dirty && isDay(typed.day) ? { day: typed.day } : {}), ...(head.narration.trim() === '' ? { narration: typed?.narration.trim() || (draft.narration ?? '') } : {}), ...(head.reference.trim() === '' ? { reference: draft.reference ?? '' } : {}), ...(written(kept.rows).length === 0 && draft.journal ? { journal: draft.journal } : {}) });
      const [first] = open;
      now().grid.current?.lay(atLeast([...before, ...rows.filter((row) => !isBlank(row))], fewest), before.length + (first ? first.line - 1 : 0), first ? first.side || 'debit' : 'account');
      // Two entries that were begun apart are one now: that is said, with what stays of which.
      if (typed && kept.dirty) tell(joinedWords(head, typed, template.name), undefined, 'attention');
      else tell(t('budgets.templates.filled', { name: template.name }));
    };
    const split = async (basis: 'gross' | 'net'): Promise<void> => {
      const { grid, ways } = now();
      await grid.current?.settle();
      const kept = keptOf(id);
      const at = grid.current?.at() ?? 0;
      const row = kept?.rows[at];
      const [line] = row ? toLines([row]).lines : [];
      if (!kept || !row || !line || line.tax_code_id == null) {
        const { columns: seen, showColumns: show } = shown.current;
        if (!seen.includes('tax_code')) show([...seen, 'tax_code']);
        tell(t('budgets.templates.noCode'), undefined, 'attention');
        // The column is there after the next drawing.
        setTimeout(() => grid.current?.focus(at, 'tax_code'), 50);
        return;
      }
      try {
        const day = kept.head.day;
        const done = await office['tax_code.split']({ line, basis, day: isDay(day) ? day : today() });
        if (done.lines.length === 1) return tell(t('budgets.templates.untaxed'), undefined, 'attention');
        const rows = (await rowsFrom(done.lines, ways)).slice(0, done.lines.length);
        await grid.current?.settle();
        const after = keptOf(id)?.rows ?? [];
        const laid = inPlaceOf(after, row, rows);
        if (!laid) return tell(t('budgets.entry.lineChanged'), undefined, 'attention');
        grid.current?.lay(laid, after.findIndex((one) => one.key === row.key), 'account');
        const shownIn = (minor: number): string => money(Math.abs(minor), line.amount === undefined ? (line.currency ?? ways.base) : ways.base);
        tell(t('budgets.templates.split', { net: shownIn(done.net), tax: shownIn(done.tax), gross: shownIn(done.gross) }));
      } catch (thrown) {
        tellWrong(failureOf(thrown).message);
      }
    };
    const take = async (): Promise<void> => {
      await now().grid.current?.settle();
      const kept = keptOf(id);
      if (!kept) return;
      const { day, journal, narration } = kept.head;
      // Opening and closing entries come from the year end alone.
      setTaking({ draft: { day: isDay(day) ? day : today(), journal: journal === 'opening' || journal === 'closing' ? 'general' : journal, narration: narration.trim(), lines: toLines(kept.rows).lines }, name: narration.replace(/\{\w+\}/g, '').replace(/\s+/g, ' ').trim() });
    };
    const is = (): boolean => now().typing;
    return {
      takeIn,
      menu: [
        { id: 'entry.tax_gross', label: 'budgets.templates.gross', icon: ArrowSplit20Regular, keys: ['F8'], group: 'record', when: is, run: () => split('gross') },
        { id: 'entry.tax_net', label: 'budgets.templates.net', icon: ArrowSplit20Regular, keys: ['Shift+F8'], group: 'record', when: is, run: () => split('net') },
        { id: 'entry.take', label: 'budgets.templates.take', icon: DocumentAdd20Regular, group: 'record', when: () => now().work.kept !== undefined && written(now().work.kept?.rows ?? []).length > 0, run: take },
      ] satisfies Action[],
    };
  }, [id]);
  useActions(acts.menu);
  useEffect(() => {
    if (!typing || !ready) return undefined;
    const stop = takes({
      day: () => {
        const day = keptOf(id)?.head.day ?? '';
        return isDay(day) ? day : today();
      },
      take: (filled, typed) => void acts.takeIn(filled, typed),
    });
    const pending = takePending();
    if (pending) void acts.takeIn(pending.filled, pending.typed);
    return stop;
  }, [typing, ready, id, acts]);
  return { menu: acts.menu, dialog: taking && <TakeDialog draft={taking.draft} name={taking.name} close={() => setTaking(null)} /> };
}

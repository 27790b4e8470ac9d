import { Add20Regular, ArrowLeft20Regular, ArrowUndo20Regular, BuildingFactory20Regular, Checkmark20Regular, Copy20Regular, CurrencyDollarEuro20Regular, Delete20Regular, DocumentCopy20Regular, Save20Regular } from '@fluentui/react-icons';
import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { isDay } from '#contract/kit/day.ts';
import { type Action, useActions } from '../../commands.ts';
import { leftRecord } from '../../frame/last.ts';
import { office } from '../../office.ts';
import { askReason, confirm } from '../../parts/Dialogs.tsx';
import type { GridHandle } from '../../parts/grid/LineGrid.tsx';
import { toTsv } from '../../parts/list/tsv.ts';
import { failureOf } from '../../parts/Problem.tsx';
import { askLeave } from '../../parts/record/Leave.tsx';
import { refresh } from '../../query.ts';
import { back, closed, go, placeOf, tell, tellWrong, useUi } from '../../state/ui.ts';
import { t } from '../../t.ts';
import { drop, fresh, keep, lastDay } from './kept.ts';
import { toCells } from './model.ts';
import { type EntryWork, titleOf } from './useEntry.ts';

export interface EntryActions {
  readonly save: Action;
  readonly post: Action;
  readonly reverse: Action;
  readonly leave: Action;
  readonly menu: readonly Action[];
}

interface Given {
  readonly id: number;
  readonly work: EntryWork;
  readonly grid: RefObject<GridHandle | null>;
  /** May make and change entries. */
  readonly writable: boolean;
  /** May post into periods that are closed for now. */
  readonly approves: boolean;
  readonly askReverse: () => void;
  readonly askCapitalise: () => void;
  /** Writes realised exchange differences into the lines. */
  readonly settle: () => Promise<void>;
  /** Begins in the date again. */
  readonly restart: () => void;
}

/** A new entry with nothing in it; where one is being typed already, that one. */
export const newEntry = (): Promise<void> => go(placeOf('entry', 0));

/** What can be done with an entry: as keys, in the palette, as buttons and behind the dots. */
export function useEntryActions(given: Given): EntryActions {
  const latest = useRef(given);
  useLayoutEffect(() => {
    latest.current = given;
  }, [given]);
  const { id } = given;
  const actions = useMemo(() => {
    const now = (): Given => latest.current;
    const state = (): string => (id === 0 ? 'draft' : (now().work.row?.state ?? ''));
    const typing = (): boolean => now().writable && state() === 'draft';
    const away = async (): Promise<void> => {
      if (id > 0) closed('entry', id);
      if (useUi.getState().past.length > 0) await back();
      else await go(placeOf('entry'));
      leftRecord('entry', id);
    };
    const save = async (): Promise<boolean> => {
      const written = await now().work.save();
      if (!written) return false;
      tell(t('budgets.entry.saved', { title: titleOf(written.id, undefined, now().work.kept?.head) }));
      if (id === 0) await go(placeOf('entry', written.id), { replace: true });
      return true;
    };
    const leave = async (): Promise<void> => {
      const { work } = now();
      if (!work.kept?.dirty || !typing()) return await away();
      const answer = await askLeave(work.title);
      if (answer === 'stay') return undefined;
      if (answer === 'save' && (await work.save()) === null) return undefined;
      if (answer === 'discard') work.forget();
      return await away();
    };
    const post = async (next: boolean): Promise<void> => {
      const { work, approves } = now();
      // Asked now: the answer to what was typed a moment ago may still be on its way.
      const day = work.kept?.head.day ?? '';
      const period = isDay(day) ? (await office['entry.check']({ day, lines: [] }).catch(() => null))?.period : null;
      let reason: string | undefined;
      if (period?.state === 'soft' && approves) {
        const typed = await askReason({ title: t('budgets.entry.reasonTitle'), text: t('budgets.entry.reasonText', { name: period.name }), yes: t('budgets.entry.post'), reason: t('budgets.entry.reason') });
        if (typed === null) return;
        reason = typed;
      }
      const posted = await work.post(reason);
      if (!posted) return;
      if (posted.typedOn) tell(t('budgets.entry.postedBefore', { number: posted.number }), undefined, 'attention');
      else tell(t('budgets.entry.postedAs', { number: posted.number }));
      if (!next) return await go(placeOf('entry', posted.id), { replace: id === 0 });
      if (id > 0) return await newEntry();
      keep(0, fresh(), '');
      return now().restart();
    };
    const told = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (thrown) {
        tellWrong(failureOf(thrown).message);
      }
    };
    const duplicate = (): Promise<void> =>
      told(async () => {
        const made = await office['entry.copy']({ id, day: lastDay() });
        refresh(['entry']);
        await go(placeOf('entry', made.id));
        tell(t('budgets.entry.duplicated'));
      });
    const discard = async (): Promise<void> => {
      const { work } = now();
      if (!(await confirm({ title: t('budgets.entry.discardTitle'), text: t('budgets.entry.discardText', { title: work.title }), yes: t('budgets.entry.discard') }))) return;
      await told(async () => {
        const { title } = work;
        if (id > 0 && work.row) await office['entry.discard']({ id, version: work.row.version });
        drop(id);
        await away();
        refresh(['entry']);
        tell(t('budgets.entry.discarded', { title }));
      });
    };
    const copyLines = async (): Promise<void> => {
      const headings = [t('budgets.entry.account'), t('budgets.entry.text'), t('budgets.entry.debit'), t('budgets.entry.credit')];
      await navigator.clipboard.writeText(toTsv(toCells(now().work.kept?.rows ?? [], headings)));
      tell(t('budgets.entry.linesCopied'));
    };
    const all = {
      save: { id: 'record.save', label: 'budgets.entry.save', icon: Save20Regular, keys: ['$mod+KeyS'], group: 'record', when: typing, run: async () => void (await save()) },
      post: { id: 'entry.post', label: 'budgets.entry.post', icon: Checkmark20Regular, keys: ['$mod+Enter'], group: 'record', when: typing, run: () => post(false) },
      next: { id: 'entry.post_next', label: 'budgets.entry.postNext', icon: Checkmark20Regular, keys: ['$mod+Shift+Enter'], group: 'record', when: typing, run: () => post(true) },
      fresh: { id: 'record.new', label: 'budgets.entry.new', icon: Add20Regular, keys: ['$mod+KeyN'], group: 'record', when: () => now().writable && id > 0, run: newEntry },
      reverse: { id: 'entry.reverse', label: 'budgets.entry.reverse', icon: ArrowUndo20Regular, group: 'record', when: () => now().writable && state() === 'posted' && now().work.row?.journal !== 'closing', run: () => now().askReverse() },
      capitalise: { id: 'entry.capitalise', label: 'budgets.assets.capitalise', icon: BuildingFactory20Regular, keys: ['$mod+Shift+KeyA'], group: 'record', when: () => now().writable && state() === 'posted', run: () => now().askCapitalise() },
      settle: { id: 'entry.settle', label: 'budgets.exchange.settle', icon: CurrencyDollarEuro20Regular, keys: ['$mod+Shift+KeyK'], group: 'record', when: typing, run: () => now().settle() },
      duplicate: { id: 'entry.copy', label: 'budgets.entry.duplicate', icon: DocumentCopy20Regular, keys: ['$mod+Shift+KeyD'], group: 'record', when: () => now().writable && id > 0, run: duplicate },
      copy: { id: 'entry.copy_lines', label: 'budgets.entry.copyLines', icon: Copy20Regular, group: 'record', run: copyLines },
      discard: { id: 'entry.discard', label: 'budgets.entry.discard', icon: Delete20Regular, group: 'record', when: () => typing() && (id > 0 || now().work.kept?.dirty === true), run: discard },
      leave: { id: 'record.leave', label: 'parts.record.leave', icon: ArrowLeft20Regular, keys: ['Escape'], group: 'record', quiet: true, run: leave },
    } satisfies Record<string, Action>;
    const menu: readonly Action[] = [all.next, all.fresh, all.settle, all.capitalise, all.duplicate, all.copy, all.discard];
    return { save: all.save, post: all.post, reverse: all.reverse, leave: all.leave, menu };
  }, [id]);
  useActions(useMemo(() => [actions.save, actions.post, actions.reverse, actions.leave, ...actions.menu], [actions]));
  return actions;
}

import { Add20Regular, Archive20Regular, ArrowLeft20Regular, ArrowUndo20Regular, Edit20Regular, Save20Regular } from '@fluentui/react-icons';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { Entity } from '#contract/kit/entity.ts';
import { type Action, useActions } from '../../commands.ts';
import { leftRecord } from '../../frame/last.ts';
import { fetchAsk, refresh } from '../../query.ts';
import { back, closed, go, placeOf, tell, tellWrong, useUi } from '../../state/ui.ts';
import { t, words } from '../../t.ts';
import { afterPicture } from '../afterPicture.ts';
import type { RecordForm } from '../form/useRecordForm.ts';
import { hasForm, nextSection } from '../form/walk.ts';
import { failureOf } from '../Problem.tsx';
import { archive, namesById, oneRow, restore } from './asked.ts';
import { askLeave } from './Leave.tsx';

export interface RecordActions {
  readonly save: Action;
  readonly leave: Action;
  readonly edit: Action;
  readonly menu: readonly Action[];
}

/** What a record offers: saving, leaving, archiving; as keys, in the palette and behind the dots. */
export function useRecordActions(entity: Entity, id: number, form: RecordForm, title: string, writable: boolean): RecordActions {
  const latest = useRef({ form, title, writable });
  useLayoutEffect(() => {
    latest.current = { form, title, writable };
  }, [form, title, writable]);

  const actions = useMemo(() => {
    const now = () => latest.current;
    const away = async (): Promise<void> => {
      if (id > 0) closed(entity.name, id);
      if (useUi.getState().past.length > 0) await back();
      else await go(placeOf(entity.name));
      leftRecord(entity.name, id);
    };
    const save = async (again: boolean): Promise<void> => {
      const typed = now().title;
      const saved = await now().form.save();
      if (saved === null) return;
      // A title that follows from the fields is known only now.
      const [named] = entity.fields[entity.title]?.derived ? await namesById(entity.name, [saved]).catch(() => []) : [];
      const name = named?.title ?? typed;
      if (id === 0 && !again) {
        // Its page stands, with its keys, before it is told: whoever presses the next one at once finds it there.
        await fetchAsk(`${entity.name}.get`, { id: saved }).catch(() => undefined);
        // A new one replaces the empty form in the history, so that Back leads to where one came from.
        await go(placeOf(entity.name, saved), { replace: true });
        await afterPicture();
      }
      tell(t(id === 0 ? 'parts.record.created' : 'parts.record.saved', { title: name }));
    };
    const leave = async (): Promise<void> => {
      if (!now().form.dirty) return await away();
      const answer = await askLeave(now().title);
      if (answer === 'stay') return undefined;
      if (answer === 'save' && (await now().form.save()) === null) return undefined;
      if (answer === 'discard') now().form.discard();
      return await away();
    };
    const shelve = async (back_: boolean): Promise<void> => {
      const { form: { row }, title: name } = now();
      if (!row) return;
      const verb = back_ ? restore : archive;
      const other = back_ ? archive : restore;
      try {
        const done = await verb(entity.name, row.id, row.version);
        refresh([entity.name]);
        tell(t(back_ ? 'parts.record.restoredDone' : 'parts.record.archivedDone', { title: name }), async () => {
          await other(entity.name, row.id, Math.max(done.version, (await oneRow(entity.name, row.id)).version));
          refresh([entity.name]);
        });
      } catch (thrown) {
        tellWrong(failureOf(thrown).message);
      }
    };
    const has = (archived: boolean) => (): boolean => now().writable && now().form.row?.archived === archived;
    const all = {
      save: { id: 'record.save', label: id === 0 ? 'parts.record.create' : 'parts.record.save', icon: Save20Regular, keys: ['$mod+KeyS'], group: 'record', when: () => now().writable, run: () => save(false) },
      again: { id: 'record.again', label: 'parts.record.again', icon: Add20Regular, keys: ['$mod+Shift+KeyS'], group: 'record', when: () => id === 0 && now().writable, run: () => save(true) },
      leave: { id: 'record.leave', label: 'parts.record.leave', icon: ArrowLeft20Regular, keys: ['Escape'], group: 'record', quiet: true, run: leave },
      edit: { id: 'record.edit', label: 'parts.record.edit', icon: Edit20Regular, keys: ['F2'], group: 'record', quiet: true, when: () => now().writable && hasForm(), run: nextSection },
      fresh: { id: 'record.new', label: 'parts.list.newOf', params: { what: words(entity.label) }, icon: Add20Regular, keys: ['$mod+KeyN'], group: 'record', when: () => now().writable && id > 0, run: () => go(placeOf(entity.name, 0)) },
      discard: { id: 'record.discard', label: 'parts.record.discard', icon: ArrowUndo20Regular, group: 'record', when: () => now().form.dirty, run: () => now().form.discard() },
      archive: { id: 'record.archive', label: 'parts.record.archive', icon: Archive20Regular, group: 'record', when: has(false), run: () => shelve(false) },
      restore: { id: 'record.restore', label: 'parts.record.restore', icon: Archive20Regular, group: 'record', when: has(true), run: () => shelve(true) },
    } satisfies Record<string, Action>;
    const menu: readonly Action[] = [all.again, all.fresh, all.discard, all.archive, all.restore];
    return { save: all.save, leave: all.leave, edit: all.edit, menu };
  }, [entity, id]);
  useActions(useMemo(() => [actions.save, actions.leave, actions.edit, ...actions.menu], [actions]));
  return actions;
}

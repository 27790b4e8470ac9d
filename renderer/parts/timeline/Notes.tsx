import { Button, Textarea, Tooltip } from '@fluentui/react-components';
import { Delete16Regular, Edit16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useState } from 'react';
import type { Note } from '#contract/records/links.ts';
import { office } from '../../office.ts';
import { refresh, useCall } from '../../query.ts';
import { tell, tellWrong } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { exact, relative } from '../format.ts';
import { Answer, failureOf } from '../Problem.tsx';
import { usePaneStyles } from './styles.ts';

interface Of {
  readonly entity: string;
  readonly id: number;
}

const doing = async (work: Promise<unknown>): Promise<boolean> => {
  try {
    await work;
    refresh(['note', 'link']);
    return true;
  } catch (thrown) {
    tellWrong(failureOf(thrown).message);
    return false;
  }
};

/** The notes on a record, newest first. Ctrl+Enter adds. */
export function Notes({ entity, id }: Of) {
  const styles = usePaneStyles();
  const t = useT();
  const notes = useCall('note.list', { entity, id });
  const [text, setText] = useState('');
  const add = async (): Promise<void> => {
    if (text.trim() !== '' && (await doing(office['note.create']({ on: { entity, id }, text: text.trim() })))) setText('');
  };
  return (
    <>
      <NoteInput label={t('parts.timeline.noteNew')} text={text} setText={setText} save={() => void add()} action={t('parts.timeline.noteAdd')} />
      <Answer of={notes}>{(all) => (all.length === 0 ? <p className={styles.quiet}>{t('parts.timeline.noteEmpty')}</p> : all.map((note) => <OneNote key={note.id} note={note} on={{ entity, id }} />))}</Answer>
    </>
  );
}

function NoteInput({ label, text, setText, save, action, cancel }: { readonly label: string; readonly text: string; readonly setText: (text: string) => void; readonly save: () => void; readonly action: string; readonly cancel?: () => void }) {
  const styles = usePaneStyles();
  const t = useT();
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      save();
    } else if (event.key === 'Escape' && cancel) {
      event.preventDefault();
      event.stopPropagation();
      cancel();
    }
  };
  return (
    <div className={styles.form}>
      <Textarea aria-label={label} placeholder={label} value={text} maxLength={20_000} autoFocus={cancel !== undefined} resize="vertical" onChange={(_event, data) => setText(data.value)} onKeyDown={pressed} />
      {(text !== '' || cancel) && (
        <div className={styles.end}>
          {cancel && <Button size="small" onClick={cancel}>{t('common.cancel')}</Button>}
          <Button size="small" appearance="primary" disabled={text.trim() === ''} onClick={save}>{action}</Button>
        </div>
      )}
    </div>
  );
}

function OneNote({ note, on }: { readonly note: Note; readonly on: Of }) {
  const styles = usePaneStyles();
  const t = useT();
  const [text, setText] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    if (text !== null && text.trim() !== '' && (await doing(office['note.update']({ id: note.id, version: note.version, text: text.trim() })))) setText(null);
  };
  const remove = async (): Promise<void> => {
    if (!(await doing(office['note.remove']({ id: note.id, version: note.version })))) return;
    // Taken away for good; what it said is written again as a new note.
    tell(t('parts.timeline.noteRemoved'), async () => void (await doing(office['note.create']({ on, text: note.text }))));
  };
  return (
    <article className={styles.item}>
      <div className={styles.head}>
        <b>{note.by}</b>
        <time className={styles.when} dateTime={new Date(note.at).toISOString()} title={exact(note.at)}>{relative(note.at)}</time>
        <Tooltip content={t('parts.timeline.noteEdit')} relationship="label">
          <Button size="small" appearance="subtle" icon={<Edit16Regular />} onClick={() => setText(note.text)} />
        </Tooltip>
        <Tooltip content={t('parts.timeline.noteRemove')} relationship="label">
          <Button size="small" appearance="subtle" icon={<Delete16Regular />} onClick={() => void remove()} />
        </Tooltip>
      </div>
      {text === null ? <p className={styles.text}>{note.text}</p> : <NoteInput label={t('parts.timeline.noteText')} text={text} setText={setText} save={() => void save()} cancel={() => setText(null)} action={t('common.save')} />}
    </article>
  );
}

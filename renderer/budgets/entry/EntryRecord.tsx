import { Badge, Button, Link, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from '@fluentui/react-components';
import { ArrowUndo16Regular, LockClosed16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { entities } from '#contract/calls.ts';
import { entry } from '#contract/budgets/entry.ts';
import { possible } from '../../commands.ts';
import { SidePane } from '../../frame/SidePane.tsx';
import type { GridHandle } from '../../parts/grid/LineGrid.tsx';
import { exact, instant } from '../../parts/format.ts';
import { Loading } from '../../parts/Loading.tsx';
import { NoPermission, Problem } from '../../parts/Problem.tsx';
import { LeaveDialog } from '../../parts/record/Leave.tsx';
import { RecordHead } from '../../parts/record/RecordHead.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { FileDrop } from '../../parts/timeline/FileDrop.tsx';
import { useCall } from '../../query.ts';
import { addFiles } from '../../records/document/files.ts';
import { entityOf } from '../../records/entity.ts';
import { RecordSide } from '../../records/RecordScreen.tsx';
import type { RecordProps } from '../../records/screen.ts';
import { go, opened, placeOf, useUi } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { CapitaliseDialog } from '../assets/CapitaliseDialog.tsx';
import { EntryForm } from './EntryForm.tsx';
import { EntryLines } from './EntryLines.tsx';
import { ReverseDialog } from './ReverseDialog.tsx';
import { type EntryRow, type EntryWork, useEntry } from './useEntry.ts';
import { settle } from './settle.ts';
import { useEntryActions } from './useEntryActions.ts';
import { useEntryTemplates } from './useEntryTemplates.tsx';
import { useWays } from './useWays.ts';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flex: '1 1 0', height: '100%', minHeight: 0, minWidth: 0 },
  notice: { margin: '0 16px 8px', flexShrink: 0 },
  posted: { display: 'flex', flexWrap: 'wrap', columnGap: '20px', rowGap: '2px', padding: '0 16px 10px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: '18px', flexShrink: 0 },
  piece: { display: 'inline-flex', alignItems: 'center', gap: '4px', minWidth: 0, '& .fui-Link': { fontSize: 'inherit' } },
  seal: { fontFamily: tokens.fontFamilyMonospace, userSelect: 'text' },
});

/** One entry: typed while it is a draft, read once it is posted. */
export function EntryRecord({ id }: RecordProps) {
  const { may } = useRights();
  return may('entry', id === 0 ? 'write' : 'read') ? <EntryPage key={id} id={id} /> : <NoPermission />;
}

function EntryPage({ id }: { readonly id: number }) {
  const styles = useStyles();
  const t = useT();
  const { may } = useRights();
  const ways = useWays();
  const grid = useRef<GridHandle>(null);
  const work = useEntry(entityOf('entry'), id, ways, grid);
  const [reversing, setReversing] = useState(false);
  const [capitalising, setCapitalising] = useState(false);
  const [round, setRound] = useState(0);
  const beside = useUi((ui) => ui.beside !== null);
  const { row, kept, title } = work;
  const writable = may('entry', 'write');
  const readOnly = !writable || (id > 0 && row?.state !== 'draft');
  const actions = useEntryActions({ id, work, grid, writable, approves: may('period', 'approve'), askReverse: () => setReversing(true), askCapitalise: () => setCapitalising(true), settle: () => settle(work, ways), restart: () => setRound((count) => count + 1) });
  const templates = useEntryTemplates({ id, work, ways, grid, typing: !readOnly });
  useEffect(() => {
    if (row) opened('entry', row.id, title);
  }, [row, title]);
  if (work.failure) return <Problem failure={work.failure} retry={work.retry} />;
  if (!kept || (id > 0 && !row)) return <Loading rows={14} height={40} />;
  // What takes an entry back is no next step that should invite.
  const main = possible(actions.post) ? actions.post : null;
  return (
    <FileDrop text={t('parts.timeline.fileDrop')} enabled={row !== undefined && may('document', 'write')} drop={(files) => row && void addFiles(files, { attach: { entity: 'entry', id: row.id } })}>
      <div className={styles.page}>
        <RecordHead
          entity={entityOf('entry')}
          title={title}
          badges={<State row={row} dirty={kept.dirty && id > 0} />}
          leave={actions.leave}
          main={main}
          idle={work.saving}
          second={possible(actions.save) ? actions.save : possible(actions.reverse) ? actions.reverse : null}
          others={[...actions.menu, ...templates.menu].filter(possible)}
        />
        <Notice work={work} />
        <EntryForm key={round} work={work} kept={kept} readOnly={readOnly} />
        {row && row.state !== 'draft' && <PostedFacts row={row} />}
        <EntryLines key={`lines ${round}`} work={work} kept={kept} ways={ways} readOnly={readOnly} grid={grid} />
        {templates.dialog}
        {reversing && row && <ReverseDialog row={row} close={() => setReversing(false)} />}
        {capitalising && row && <CapitaliseDialog entry={row} close={() => setCapitalising(false)} />}
        <LeaveDialog />
        {row && !beside && (
          <SidePane title={title}>
            <RecordSide entity={entityOf('entry')} id={row.id} />
          </SidePane>
        )}
      </div>
    </FileDrop>
  );
}

function State({ row, dirty }: { readonly row: EntryRow | undefined; readonly dirty: boolean }) {
  const t = useT();
  return (
    <>
      {row?.state === 'draft' && <Badge appearance="tint" color="informative">{t('budgets.entry.draft')}</Badge>}
      {row?.state === 'posted' && <Badge appearance="tint" color="success" icon={<LockClosed16Regular />}>{t('budgets.entry.posted')}</Badge>}
      {row?.state === 'reversed' && <Badge appearance="tint" color="warning" icon={<ArrowUndo16Regular />}>{t('budgets.entry.reversed')}</Badge>}
      {dirty && <Badge appearance="tint" color="warning">{t('budgets.entry.unsaved')}</Badge>}
    </>
  );
}

/** What concerns the whole entry: somebody else was first, or there is no account to post to. */
function Notice({ work }: { readonly work: EntryWork }) {
  const styles = useStyles();
  const t = useT();
  const books = useCall('books.get', {});
  const { trouble } = work;
  if (trouble?.conflict) {
    return (
      <MessageBar className={styles.notice} intent="warning" layout="multiline">
        <MessageBarBody>{t('budgets.entry.conflict')}</MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={work.reload}>{t('budgets.entry.loadTheirs')}</Button>
          <Button size="small" onClick={() => void work.saveAsNew().then((made) => (made === null ? undefined : go(placeOf('entry', made))))}>{t('budgets.entry.keepMine')}</Button>
        </MessageBarActions>
      </MessageBar>
    );
  }
  const text = trouble && trouble.at === '' ? trouble.message : books.data?.accounts === 0 ? t('budgets.entry.notYet') : '';
  if (text === '') return null;
  return (
    <MessageBar className={styles.notice} intent={trouble ? 'error' : 'info'}>
      <MessageBarBody>{text}</MessageBarBody>
    </MessageBar>
  );
}

/** Who posted it and when, its seal, and what it takes back or was taken back by. */
function PostedFacts({ row }: { readonly row: EntryRow }) {
  const styles = useStyles();
  const t = useT();
  const other = useCall('entry.names', { ids: row.reverses_id === null ? [] : [row.reverses_id] }, { enabled: row.reverses_id !== null });
  const taken = useCall('entry.list', { filters: [{ field: 'reverses_id', is: 'equals', value: row.id }], limit: 1 }, { enabled: row.state === 'reversed' });
  const by = taken.data?.rows[0];
  const origins = ['typed', 'reversal', 'import', 'year_end', 'opening', 'recurring'] as const;
  const origin = origins.find((one) => one === row.origin);
  const source = row.source_entity !== '' && row.source_id !== null && entities[row.source_entity] ? { entity: row.source_entity, id: row.source_id } : null;
  return (
    <div className={styles.posted}>
      {row.posted_at !== null && (
        <span className={styles.piece} title={exact(row.posted_at)}>{t('budgets.entry.postedBy', { who: row.posted_by || '–', when: instant(row.posted_at) })}</span>
      )}
      {row.reverses_id !== null && (
        <span className={styles.piece}>
          {t('budgets.entry.reversesWhat')} <Link as="button" onClick={() => void go(placeOf(entry.name, row.reverses_id ?? 0))}>{other.data?.[0]?.title ?? `#${row.reverses_id}`}</Link>
        </span>
      )}
      {by && (
        <span className={styles.piece}>
          {t('budgets.entry.reversedBy')} <Link as="button" onClick={() => void go(placeOf(entry.name, by.id))}>{by.number}</Link>
        </span>
      )}
      {origin !== 'typed' && row.origin !== '' && origin !== 'reversal' && (
        <span className={styles.piece}>
          {t('budgets.entry.origin')} {source ? <Link as="button" onClick={() => void go(placeOf(source.entity, source.id))}>{origin ? t(`budgets.entry.origins.${origin}`) : row.origin}</Link> : origin ? t(`budgets.entry.origins.${origin}`) : row.origin}
        </span>
      )}
      {row.seal !== '' && (
        <span className={styles.piece} title={`${t('budgets.entry.sealHint')}\n${row.seal}`}>
          {t('budgets.entry.seal')} <span className={styles.seal}>{row.seal.slice(0, 12)}…</span>
        </span>
      )}
    </div>
  );
}

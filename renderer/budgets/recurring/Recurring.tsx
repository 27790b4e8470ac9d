import { Badge, Button, Link } from '@fluentui/react-components';
import { CalendarLtr20Regular, CalendarPlay20Regular, CalendarCancel20Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import type { RecurringDate } from '#contract/budgets/recurring.ts';
import { today } from '#contract/kit/day.ts';
import type { AnyRow } from '#contract/kit/entity.ts';
import { type Action, run, useActions } from '../../commands.ts';
import { office } from '../../office.ts';
import { askReason } from '../../parts/Dialogs.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { day } from '../../parts/format.ts';
import { EntityList } from '../../parts/list/EntityList.tsx';
import { Answer, failureOf } from '../../parts/Problem.tsx';
import { useRights } from '../../parts/record/rights.ts';
import { refresh, useAsk, useCall } from '../../query.ts';
import { entityOf } from '../../records/entity.ts';
import { RecordScreen } from '../../records/RecordScreen.tsx';
import type { RecordProps } from '../../records/screen.ts';
import { go, placeOf, tell, tellWrong } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { runDue } from './running.ts';

const entity = entityOf('recurring_entry');

/** All recurring entries, and a button that makes what is due. */
export function RecurringList() {
  const t = useT();
  const { may } = useRights();
  const writable = may('entry', 'write');
  const action = useMemo<Action>(() => ({ id: 'recurring.run', label: 'budgets.templates.runAll', icon: CalendarPlay20Regular, group: 'list', when: () => writable, run: () => runDue() }), [writable]);
  useActions(useMemo(() => [action], [action]));
  return (
    <EntityList
      entity={entity}
      extra={
        writable && (
          <Button icon={<CalendarPlay20Regular />} onClick={() => run(action)}>
            {t('budgets.templates.runAll')}
          </Button>
        )
      }
    />
  );
}

const none: readonly Action[] = [];
const nextOf = (row: AnyRow): string => (typeof row['next_day'] === 'string' ? row['next_day'] : '');

async function skip(row: AnyRow, t: ReturnType<typeof useT>): Promise<void> {
  const next = day(nextOf(row));
  const reason = await askReason({ title: t('budgets.templates.skipTitle', { day: next }), text: t('budgets.templates.skipText'), yes: t('budgets.templates.skipYes'), reason: t('budgets.templates.reason') });
  if (reason === null) return;
  try {
    await office['recurring_entry.skip']({ id: row.id, version: row.version, reason });
    refresh(['recurring_entry', 'agenda']);
    tell(t('budgets.templates.skipped', { day: next }));
  } catch (thrown) {
    tellWrong(failureOf(thrown).message);
  }
}

/** One recurring entry: its fields, and what came of its dates. */
export function RecurringRecord({ id, draft }: RecordProps) {
  const t = useT();
  const { may } = useRights();
  const writable = may('entry', 'write');
  const due = (row: AnyRow): boolean => writable && !row.archived && nextOf(row) !== '' && nextOf(row) <= today();
  const { data: known } = useAsk<AnyRow>('recurring_entry.get', { id }, { enabled: id > 0 });
  const make = (row: AnyRow): Action => ({ id: 'recurring.run', label: 'budgets.templates.run', icon: CalendarPlay20Regular, keys: ['$mod+Enter'], group: 'record', when: () => due(row), run: () => runDue(row.id) });
  const leaveOut = (row: AnyRow): Action => ({ id: 'recurring.skip', label: 'budgets.templates.skip', icon: CalendarCancel20Regular, group: 'record', when: () => writable && !row.archived && nextOf(row) !== '', run: () => skip(row, t) });
  // In the palette too, beside the menu.
  useActions(known ? [leaveOut(known)] : none);
  return (
    <RecordScreen
      entity={entity}
      id={id}
      given={{ mode: 'draft', every: 1, unit: 'month', start_day: today(), ...draft }}
      next={(row) => (due(row) ? make(row) : null)}
      more={(row) => [leaveOut(row)]}
      tabs={[{ key: 'dates', label: t('budgets.templates.dates'), content: (row) => <Dates id={row.id} /> }]}
      figures={(row) => <Badge appearance="tint" color={due(row) ? 'warning' : 'informative'}>{nextOf(row) === '' ? t('budgets.templates.ended') : t('budgets.templates.next', { day: day(nextOf(row)) })}</Badge>}
    />
  );
}

function Dates({ id }: { readonly id: number }) {
  const t = useT();
  const found = useCall('recurring_entry.dates', { id });
  return <Answer of={found} rows={12}>{(dates) => (dates.length === 0 ? <EmptyState icon={CalendarLtr20Regular} title={t('budgets.templates.noDates')} /> : <DateTable dates={dates} />)}</Answer>;
}

const colours = { posted: 'success', reversed: 'informative', draft: 'warning', discarded: 'informative', skipped: 'informative', due: 'warning', planned: 'subtle' } as const;

function DateTable({ dates }: { readonly dates: readonly RecurringDate[] }) {
  const t = useT();
  return (
    // The table scrolls and may hold nothing that takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-box" tabIndex={0} role="region" aria-label={t('budgets.templates.dates')}>
      <table className="table" aria-label={t('budgets.templates.dates')}>
        <thead>
          <tr>
            <th scope="col">{t('budgets.templates.day')}</th>
            <th scope="col">{t('budgets.templates.state')}</th>
            <th scope="col">{t('budgets.templates.entry')}</th>
            <th scope="col">{t('budgets.templates.why')}</th>
          </tr>
        </thead>
        <tbody>
          {dates.map((one) => (
            <tr key={one.day}>
              <th scope="row">{day(one.day)}</th>
              <td><Badge appearance="tint" color={colours[one.state]}>{t(`budgets.templates.states.${one.state}`)}</Badge></td>
              <td>{one.entry && <Link as="button" onClick={() => void go(placeOf('entry', one.entry?.id ?? 0))}>{one.entry.number}</Link>}</td>
              <td>{one.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

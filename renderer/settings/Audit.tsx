import { Button, Select } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronRight16Regular, ClipboardTextLtr20Regular } from '@fluentui/react-icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { entities } from '#contract/calls.ts';
import type { Change } from '#contract/company/audit.ts';
import { CallFailed, office } from '../office.ts';
import { changeWords, fieldWords, nounWords, valueWords } from '../parts/changeWords.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { exact, number } from '../parts/format.ts';
import { Loading } from '../parts/Loading.tsx';
import { failureOf, Problem } from '../parts/Problem.tsx';
import { Screen } from '../parts/Screen.tsx';
import { whole } from '../parts/timeline/excerpt.ts';
import { useCall } from '../query.ts';
import { useCan } from '../state/session.ts';
import { go, placeOf } from '../state/ui.ts';
import { useT } from '../t.ts';

const kinds = [...Object.keys(entities), 'company', 'sequence'];
type Lines = Awaited<ReturnType<(typeof office)['audit.list']>>;

/** Who did what and when; pages follow by the number of the line. */
export function Audit() {
  const t = useT();
  const can = useCan();
  const [entity, setEntity] = useState('');
  const [userId, setUserId] = useState(0);
  const users = useCall('user.list', { limit: 1000 }, { enabled: can('user', 'read') });
  const filter = { ...(entity === '' ? {} : { entity }), ...(userId === 0 ? {} : { user_id: userId }) };
  const log = useInfiniteQuery<Lines, CallFailed, { pages: Lines[] }, readonly unknown[], number | null>({
    queryKey: ['audit', 'audit.list', { ...filter, paged: true }],
    queryFn: ({ pageParam }) => office['audit.list']({ ...filter, limit: 100, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
  });
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Screen
      title={t('settings.audit.title')}
      text={t('settings.audit.text')}
      actions={
        <>
          <label className="picker">
            {t('settings.audit.kind')}
            <Select value={entity} onChange={(_event, { value }) => setEntity(value)}>
              <option value="">{t('settings.audit.all_kinds')}</option>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {nounWords(kind)}
                </option>
              ))}
            </Select>
          </label>
          {users.data && (
            <label className="picker">
              {t('settings.audit.user')}
              <Select value={String(userId)} onChange={(_event, { value }) => setUserId(Number(value))}>
                <option value="0">{t('settings.audit.all_users')}</option>
                {users.data.rows.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </Select>
            </label>
          )}
        </>
      }
    >
      {log.error && !log.data ? (
        <Problem failure={failureOf(log.error)} retry={() => void log.refetch()} />
      ) : !log.data ? (
        <Loading rows={14} />
      ) : rows.length === 0 ? (
        <EmptyState icon={ClipboardTextLtr20Regular} title={t('settings.audit.none')} text={t('settings.audit.none_text')} />
      ) : (
        <>
          <table className="table sticky">
            <thead>
              <tr>
                <th scope="col" className="figure">
                  {t('settings.audit.line')}
                </th>
                <th scope="col">{t('settings.audit.when')}</th>
                <th scope="col">{t('settings.audit.by')}</th>
                <th scope="col">{t('settings.audit.what')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <Line key={one.seq} change={one} />
              ))}
            </tbody>
          </table>
          {log.hasNextPage ? (
            <div>
              <Button disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                {t('settings.audit.more')}
              </Button>
            </div>
          ) : (
            <p className="quiet">{t('settings.audit.end')}</p>
          )}
        </>
      )}
    </Screen>
  );
}

function Line({ change }: { readonly change: Change }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const Icon = open ? ChevronDown16Regular : ChevronRight16Regular;
  const entity = entities[change.entity];
  const opens = change.id !== null && entity !== undefined && entity.area !== 'user';
  return (
    <>
      <tr>
        <td className="figure quiet tight">{number(change.seq)}</td>
        <td className="tabular tight">{exact(change.at)}</td>
        <td className="tight">{change.by || 'Bureau'}</td>
        <td>
          <button type="button" className="unfold" aria-expanded={open} onClick={() => setOpen(!open)}>
            <Icon aria-hidden />
            <span className="cut">{changeWords(change)}</span>
          </button>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={4} className="unfolded">
            {change.changes.length === 0 ? (
              <p className="quiet">{t('settings.audit.no_values')}</p>
            ) : (
              <dl className="audit-changes">
                {change.changes.map(({ field, before, after }) => {
                  const [old, fresh] = whole(before, after).map((value) => valueWords(change.entity, field, value) || t('settings.audit.empty'));
                  return (
                    <div key={field} style={{ display: 'contents' }}>
                      <dt>{fieldWords(change.entity, field)}</dt>
                      <dd className="selectable breaks">{t('settings.audit.from_to', { before: old ?? '', after: fresh ?? '' })}</dd>
                    </div>
                  );
                })}
              </dl>
            )}
            {opens && (
              <Button size="small" onClick={() => change.id !== null && void go(placeOf(change.entity, change.id))}>
                {t('settings.audit.open')}
              </Button>
            )}
          </td>
        </tr>
      )}
    </>
  );
}
